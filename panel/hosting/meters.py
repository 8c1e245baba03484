"""What a plan counts, as lines and as a chart of how much of each is used."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.hosting.models import Plan

LABELS: dict[str, Promise] = {
    "ftp_usage": gettext_lazy("Space"),
    "ftp_files": gettext_lazy("Files"),
    "web_traffic": gettext_lazy("Traffic this month"),
    "database_usage": gettext_lazy("Space of databases"),
    "databases": gettext_lazy("Databases"),
    "mailboxes": gettext_lazy("Mailboxes"),
    "mail_aliases": gettext_lazy("Mail forwards"),
    "ftp": gettext_lazy("FTP users"),
    "subdomains": gettext_lazy("Subdomains"),
}
# From here on a person should know.
NEARLY = 90


@dataclass(frozen=True, slots=True)
class Gauge:
    """One thing that is counted. `percent` None: it has no limit, or none is told."""

    word: str
    label: str
    used: int
    most: int | None
    text: str
    percent: int | None

    @property
    def nearly_full(self) -> bool:
        """Whether little of it is left."""
        return self.percent is not None and self.percent >= NEARLY


def gauges(plan: Plan) -> list[Gauge]:
    """The plan's meters in their order; what the plan does not have at all is left out."""
    found = []
    for word, label in LABELS.items():
        meter = plan.meters.get(word)
        if meter is None or (not meter["used"] and meter["maximum"] == 0):
            continue
        used, most = meter["used"], meter["maximum"]
        percent = round(100 * used / most) if most else None
        found.append(Gauge(word, str(label), used, most, _text(used, most, meter.get("unit", "")), percent))
    return found


def fullest(plan: Plan) -> str:
    """What of a plan is nearest to its limit, and how near; empty where nothing is counted."""
    found = max((gauge for gauge in gauges(plan) if gauge.percent), key=_percent, default=None)
    if found is None:
        return ""
    return _("%(what)s: %(percent)s%%") % {"what": found.label, "percent": found.percent}


def _percent(gauge: Gauge) -> int:
    return gauge.percent or 0


def _text(used: int, most: int | None, unit: str) -> str:
    shown = _figure(used, unit)
    if most is None:
        return shown
    limit = _figure(most, unit)
    return _("%(used)s of %(most)s") % {"used": shown, "most": limit}


def chart(found: list[Gauge]) -> list[tuple[str, float]]:
    """How many percent of what counts most are used, for a column chart with short labels."""
    short = {
        "ftp_usage": _("Space"),
        "ftp_files": _("Files"),
        "web_traffic": _("Traffic"),
        "mailboxes": _("Mailboxes"),
        "databases": _("Databases"),
    }
    return [
        (short[gauge.word], float(gauge.percent))
        for gauge in found
        if gauge.word in short and gauge.percent is not None
    ]


def _figure(value: int, unit: str) -> str:
    if unit == "bytes":
        return filesizeformat(value)
    return formats.number_format(value, use_l10n=True, force_grouping=True)
