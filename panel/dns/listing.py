"""A zone as its page shows it: grouped by name and type, with what a draft makes of it, searched and cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict

from panel.dns import naming, records
from panel.dns.drafts import Working
from panel.dns.merging import Change
from panel.dns.wording import WITH_PRIORITY, priority_words, ttl_words
from panel.domain.models import to_unicode
from registrar.types import DnsRecord, RecordType

ROWS_A_PAGE = 100
TYPES = frozenset(map(str, RecordType))
LONGEST_WORD = 253


@dataclass(frozen=True, slots=True)
class Row:
    """A record on the page. `state` is "", add, change or delete; `before` what was there where it changes."""

    row: str
    record: DnsRecord
    state: str = ""
    before: DnsRecord | None = None
    comment: str = ""
    fixed: bool = False
    rank: str = ""

    @property
    def value(self) -> str:
        """What it says, as people read it."""
        return shown_value(self.record)

    @property
    def before_value(self) -> str:
        """What was there, where it says something else."""
        if self.before is None or self.before.value == self.record.value:
            return ""
        return shown_value(self.before)

    @property
    def priority(self) -> int | None:
        """Its priority, where its type has one."""
        return self.record.priority if self.record.type in WITH_PRIORITY else None

    @property
    def ttl(self) -> str:
        """How long others keep it."""
        return ttl_words(self.record.ttl)

    @property
    def before_ttl(self) -> str:
        """How long others kept what was there, where that changes."""
        return ttl_words(self.before.ttl) if self.before and self.before.ttl != self.record.ttl else ""


@dataclass(frozen=True, slots=True)
class RecordSet:
    """The records of one name and type."""

    name: str
    full_name: str
    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What of a zone is looked at: a word, a type, only what changes, and which page."""

    word: str = ""
    kind: str = ""
    changed: bool = False
    page: int = 1

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Search:
        """As an address says; what makes no sense is left out."""
        kind = data.get("type", "")
        page = data.get("page", "")
        return cls(
            word=data.get("q", "").strip()[:LONGEST_WORD].lower(),
            kind=kind if kind in TYPES else "",
            changed=data.get("changed") == "1",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.word or self.kind or self.changed)

    def query(self, *, page: int | None = None) -> str:
        """The end of an address that shows the same, or another page of it."""
        found = QueryDict(mutable=True)
        number = page or self.page
        for key, value in (
            ("q", self.word),
            ("type", self.kind),
            ("changed", "1" if self.changed else ""),
            ("page", str(number) if number > 1 else ""),
        ):
            if value:
                found[key] = value
        return f"?{found.urlencode()}" if found else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of what was looked for. `total` counts all records of the zone, `found` those that fit."""

    sets: tuple[RecordSet, ...]
    search: Search
    found: int
    total: int

    @property
    def first(self) -> int:
        """The number of the first record of this page."""
        return (self.search.page - 1) * ROWS_A_PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last record of this page."""
        return self.first - 1 + sum(len(item.rows) for item in self.sets)

    @property
    def earlier(self) -> str:
        """The address of the page before, "" for none."""
        page = self.search.page - 1
        return (self.search.query(page=page) or "?") if page else ""

    @property
    def later(self) -> str:
        """The address of the next page, "" for none."""
        return self.search.query(page=self.search.page + 1) if self.last < self.found else ""


def listed(now: Working, search: Search, comments: Mapping[str, str]) -> Listing:
    """A page of the zone with the draft in it. `comments` by row."""
    zone = now.zone.domain.name
    pairs = _pairs(now)
    total = sum(1 for record, change in pairs if change is None or change.kind != "delete")
    found = [pair for pair in pairs if _fits(*pair, search, zone, comments)] if search.is_narrow else pairs
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    if search.page > pages:
        search = Search(search.word, search.kind, search.changed, pages)
    start = (search.page - 1) * ROWS_A_PAGE
    rows = [_row(record, change, zone, comments) for record, change in found[start : start + ROWS_A_PAGE]]
    return Listing(tuple(_grouped(rows, zone)), search, len(found), total)


def _pairs(now: Working) -> list[tuple[DnsRecord, Change | None]]:
    """Every record that there is or will be, in reading order, with its change."""
    if not now.changes:
        return [(record, None) for record in now.base]
    by_old = {change.old: change for change in now.changes if change.old is not None}
    pairs: list[tuple[DnsRecord, Change | None]] = []
    for record in now.base:
        change = by_old.get(record)
        pairs.append((change.record if change else record, change))
    pairs += [(change.record, change) for change in now.changes if change.old is None]
    return sorted(pairs, key=lambda pair: records.place_of(pair[0]))


def _fits(
    record: DnsRecord, change: Change | None, search: Search, zone: str, comments: Mapping[str, str]
) -> bool:
    if search.changed and change is None:
        return False
    if search.kind and record.type != search.kind:
        return False
    word = search.word
    if not word or word in record.name or word in record.value.lower() or word == record.type.lower():
        return True
    if "xn--" in record.name and word in to_unicode(record.name):
        return True
    return bool(comments) and word in comments.get(records.row_of(record), "").lower()


def _row(record: DnsRecord, change: Change | None, zone: str, comments: Mapping[str, str]) -> Row:
    return Row(
        row=change.row if change else records.row_of(record),
        record=record,
        state=change.kind if change else "",
        before=change.old if change and change.kind == "change" else None,
        comment=comments.get(records.row_of(record), "") if comments else "",
        fixed=records.is_apex_ns(record, zone),
    )


def _grouped(rows: Iterable[Row], zone: str) -> Iterable[RecordSet]:
    for (name, kind), group in groupby(rows, key=lambda row: (row.record.name, row.record.type)):
        yield RecordSet(
            name=naming.relative(name, zone),
            full_name=to_unicode(name),
            kind=str(kind),
            rows=_ranked(tuple(group), kind),
        )


def _ranked(rows: tuple[Row, ...], kind: RecordType) -> tuple[Row, ...]:
    if kind not in WITH_PRIORITY:
        return rows
    others = [row.record.priority for row in rows if row.state != "delete"]
    return tuple(
        row if row.state == "delete" else _with_rank(row, priority_words(row.record.priority, others))
        for row in rows
    )


def _with_rank(row: Row, rank: str) -> Row:
    return Row(row.row, row.record, row.state, row.before, row.comment, row.fixed, rank)


def shown_value(record: DnsRecord) -> str:
    """What a record says, with hosts as U-labels."""
    if record.type in records.HOSTS and "xn--" in record.value:
        *front, host = record.value.split(" ")
        return " ".join([*front, to_unicode(host)])
    return record.value
