"""Before nameservers are changed: whether those that are proposed answer for the name yet. It keeps nobody from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.rules import actor_of
from panel.core.mark import mark_of
from panel.domain.asking import checks
from panel.domain.asking.checks import Purpose, Shown, ZoneCheck
from panel.domain.asking.words import line_of
from panel.domain.forms import OWN, NameserversForm
from panel.domain.models import Domain, to_unicode

if TYPE_CHECKING:
    from panel.domain.setting_pages import SettingPages

STOP_POLLING = 286


def proposed(request: HttpRequest, domain: Domain) -> Shown | None:
    """The check that this page is about, where its address says so."""
    return checks.latest(domain, Purpose.PROPOSED) if "proposed" in request.GET else None


def initial(found: Shown | None) -> dict[str, Any]:
    """What the form begins with: the servers that were asked."""
    if found is None:
        return {}
    servers = "\n".join(to_unicode(answer.server) for answer in found.answers)
    return {"initial": {"choice": OWN, "servers": servers}}


def handled(
    pages: SettingPages, request: HttpRequest, domain: Domain, form: NameserversForm, found: Shown | None
) -> HttpResponseBase | None:
    """The answer to what is about the check alone: asking (posted as `check`), and the part that waits for it."""
    if "check" in request.POST:
        if form.is_valid() and not form.cleaned_data["nameservers"]:
            form.add_error("choice", _("The ones that come with the name need no check."))
        if form.is_valid() and checks.just_begun(domain, Purpose.PROPOSED):
            form.add_error(None, _("They were asked just now. Wait a few seconds."))
        if form.is_valid():
            servers = form.cleaned_data["nameservers"]
            checks.begin(domain, Purpose.PROPOSED, servers, actor=actor_of(request).user)
            return redirect(f"{pages.url('domain-nameservers', domain.name)}?proposed=1")
        context = pages.context(domain, form=form, **shown(pages, domain, None))
        return render(request, "domains/nameservers.html", context, status=422)
    if found is not None and request.htmx and request.htmx.target == "preflight":  # type: ignore[attr-defined]
        context = shown(pages, domain, found)
        if found.live and request.GET.get("seen") == context["preflight"]["mark"]:
            return HttpResponse(status=204)
        status = 200 if found.live else STOP_POLLING
        return render(request, "domains/part/preflight.html", context, status=status)
    return None


def shown(pages: SettingPages, domain: Domain, found: Shown | None) -> dict[str, Any]:
    """What the page shows of the check; also has it asked for again where the message to a worker was lost."""
    if found is None:
        return {"preflight": None}
    checks.wake_if_due(found)
    zone_check = ZoneCheck(found.check.zone_check)
    return {
        "preflight": {
            "live": found.live,
            "good": found.good,
            "is_good": found.is_good and zone_check != ZoneCheck.FAILED,
            "lines": [line_of(found, answer) for answer in found.answers],
            "zone_check": zone_check.value,
            "report": found.check.zone_report if pages.prefix == "office:" else "",
            "mark": mark_of([(answer.server, answer.state) for answer in found.answers], zone_check.value),
            "url": f"{pages.url('domain-nameservers', domain.name)}?proposed=1",
        }
    }
