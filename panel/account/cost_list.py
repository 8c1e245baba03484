"""A pasted list of costs, tld,create,renew,transfer,years,privacy: read line by line before anything is kept."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from panel.account.families import can
from panel.account.handkept import (
    SOLD,
    Entry,
    Unfit,
    known_entries,
    read_cost,
    read_extension,
    read_years,
    sells_privacy,
)
from panel.account.models import Account

MOST_LINES = 3000
COLUMNS = 6


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of the list. `problem` says why it cannot be kept; `before` is what is kept now.

    `names_privacy`: it has a column for the cost of privacy, empty or not.
    """

    number: int
    text: str
    entry: Entry | None = None
    before: Entry | None = None
    problem: str = ""
    note: str = ""
    names_privacy: bool = False


class UnreadableList(ValueError):
    """The list cannot be taken apart; the message says why."""


def preview(text: str, account: Account) -> list[CostLine]:
    """What a list would change, line by line, in one query. Raises UnreadableList."""
    lines = [_line(number, cells) for number, cells in _rows(text)]
    counts = Counter(line.entry.tld_name for line in lines if line.entry)
    known = known_entries(account, counts)
    return [_judge(line, account, known, counts) for line in lines]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    delimiter = max("\t;,", key=text[:2000].count)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, raw in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            cells = [cell.strip().lstrip("'") for cell in raw]
            # A line without a single figure is the heading.
            if not any(cells) or (not rows and not any(map(str.isdigit, "".join(cells[1:])))):
                continue
            rows.append((number, cells))
            if len(rows) > MOST_LINES:
                raise UnreadableList(_("At most %(most)s lines at once.") % {"most": MOST_LINES})
    except csv.Error as error:
        raise UnreadableList(_("The list cannot be read: %(error)s") % {"error": error}) from None
    if not rows:
        raise UnreadableList(
            _("There is no line in it. Write one tld,create,renew,transfer,years on each line.")
        )
    return rows


def _line(number: int, cells: list[str]) -> CostLine:
    text = " ".join(cells)
    name, create, renew, transfer, years, privacy = [*cells, *[""] * COLUMNS][:COLUMNS]
    try:
        entry = Entry(
            tld_name=read_extension(name),
            create=read_cost(create),
            renew=read_cost(renew),
            transfer=read_cost(transfer),
            years=read_years(years),
            privacy=read_cost(privacy),
        )
    except Unfit as problem:
        return CostLine(number, text, problem=str(problem))
    if all(entry.amount(action) is None for action in SOLD):
        return CostLine(number, text, entry, problem=_("There is no cost in this line."))
    return CostLine(number, text, entry, names_privacy=len(cells) >= COLUMNS)


def _judge(line: CostLine, account: Account, known: dict[str, Entry], counts: Counter[str]) -> CostLine:
    if line.problem or line.entry is None:
        return line
    entry, name = line.entry, line.entry.tld_name
    if counts[name] > 1:
        return CostLine(line.number, line.text, entry, problem=_("More than once in this list."))
    if entry.privacy is not None and not sells_privacy(account):
        return CostLine(line.number, line.text, entry, problem=_("The registrar sells no privacy."))
    before = known.get(name)
    if before is not None and not line.names_privacy:
        # A list without that column says nothing of it.
        entry = replace(entry, privacy=before.privacy)
    note = _("New.")
    if before is not None:
        note = _("Already so.") if before == entry else _("Changes what is kept.")
    if not can(account, "domain.create", name):
        note += " " + _("The registrar's API cannot register it.")
    return CostLine(line.number, line.text, entry, before, note=note)
