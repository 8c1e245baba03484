"""What a change takes away: a second yes for what a slip of the hand would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from panel.dns.lint.remark import Level, Remark, Row
from panel.dns.lint.together import LOCATED, Zone
from registrar.types import RecordType

# Of a zone of at least SMALL records, a change of more than this part asks for a second yes.
SMALL, MOST_OF_IT = 10, 0.3


def remarks(before: Zone, after: Zone) -> Iterator[Remark]:
    """What of the change needs a second yes."""
    if not before.rows:
        return
    if not after.rows:
        text = _("This removes every record of the zone: web, mail and everything else would stop.")
        yield _second("emptied", text, before.name)
        return
    yield from _mail(before, after)
    apex_was, apex_is = before.by_name.get(before.name, []), after.by_name.get(before.name, [])
    if _any(apex_was, _has_place) and not _any(apex_is, _has_place):
        text = _("This removes the address of %(name)s itself: its website would not be found any more.")
        yield _second("apex_removed", text, before.name, name=before.name)
    served_was, served_is = _nameservers(apex_was), _nameservers(apex_is)
    if served_was and not served_is:
        text = _("This removes the zone's own nameservers from it.")
        yield _second("ns_apex", text, before.name)
    elif len(served_is) == 1 and len(served_was) != 1:
        text = _("The zone would name a single nameserver. When that one fails, everything does.")
        yield Remark(Level.WARNING, "ns_single", text, before.name)
    yield from _size(before, after)


def _mail(before: Zone, after: Zone) -> Iterator[Remark]:
    for name, rows in before.by_name.items():
        if _any(rows, _takes_mail) and not _any(after.by_name.get(name, []), _takes_mail):
            text = _(
                "This removes the last mail server (MX) of %(name)s: mail to it would come back or be lost."
            )
            yield _second("mx_last", text, name, name=name)


def _size(before: Zone, after: Zone) -> Iterator[Remark]:
    total = len(before.rows)
    if total < SMALL:
        return
    gone = Counter(map(_mark, before.rows))
    gone.subtract(map(_mark, after.rows))
    count = sum(number for number in gone.values() if number > 0)
    if count > total * MOST_OF_IT:
        text = ngettext_lazy(
            "This changes or removes %(count)d of %(total)d record.",
            "This changes or removes %(count)d of %(total)d records.",
            "total",
        )
        yield _second("many", text, before.name, count=count, total=total)


def _mark(row: Row) -> tuple[str, str, str, int | None, int | None]:
    return row.name, row.type, row.value, row.record.ttl, row.record.priority


def _any(rows: list[Row], condition: Callable[[Row], bool]) -> bool:
    return any(condition(row) for row in rows)


def _takes_mail(row: Row) -> bool:
    return row.type == RecordType.MX and row.value != "."


def _has_place(row: Row) -> bool:
    return row.type in LOCATED


def _nameservers(rows: list[Row]) -> set[str]:
    return {row.value for row in rows if row.type == RecordType.NS}


def _second(code: str, text: str | Promise, about: str, **values: object) -> Remark:
    return Remark(Level.SECOND_YES, code, text, about, None, values)
