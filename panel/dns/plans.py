"""What a draft would do to the zone, what stands against it, and what asks for a second yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from panel.core.mark import mark_of
from panel.dns import lint
from panel.dns.drafts import Working
from panel.dns.merging import Change
from panel.dns.wording import ttl_words
from registrar.zones import ZoneRules

# Deleting more than this asks for a second yes, however large the zone is.
MOST_DELETIONS = 20


# What a page shows of each kind of change before somebody asks for all of them.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind; `more` of them are not shown."""

    kind: str
    changes: tuple[Change, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.changes)


def groups_of(changes: Sequence[Change], *, everything: bool = False) -> list[Group]:
    """Changes by what they do, as pages show them."""
    found = [
        (kind, tuple(item for item in changes if item.kind == kind)) for kind in ("add", "change", "delete")
    ]
    return [Group(kind, some if everything else some[:SHOWN], len(some)) for kind, some in found if some]


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft that is ready to be looked at. `mark` names exactly this plan: what is applied is what was seen."""

    now: Working
    remarks: tuple[lint.Remark, ...]
    risks: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The same for the same changes of the same zone."""
        return mark_of(self.now.zone.mark, self.now.changes)

    @property
    def errors(self) -> list[lint.Remark]:
        """What keeps it from being applied."""
        return [remark for remark in self.remarks if remark.level == lint.Level.ERROR]

    @property
    def warnings(self) -> list[lint.Remark]:
        """What deserves a look because of the change."""
        return [item for item in self.remarks if item.level == lint.Level.WARNING and not item.old]

    @property
    def old_warnings(self) -> list[lint.Remark]:
        """What was already so before the change."""
        return [item for item in self.remarks if item.level == lint.Level.WARNING and item.old]

    @property
    def seen_after(self) -> str:
        """How long others may still keep what there is now, in words; "" where nothing is taken away."""
        times = [change.old.ttl for change in self.now.changes if change.old is not None]
        known = [time for time in times if time is not None]
        return ttl_words(max(known)) if known else ""


def plan_of(now: Working, rules: ZoneRules) -> Plan:
    """Check what the draft makes of the zone."""
    remarks = tuple(
        lint.check(
            now.base,
            now.wanted,
            now.zone.domain.name,
            hosted_types=rules.types,
            minimum_ttl=rules.minimum_ttl,
        )
    )
    return Plan(now, remarks, tuple(_risks(now.changes, remarks)))


def _risks(changes: Iterable[Change], remarks: Iterable[lint.Remark]) -> Iterable[str]:
    risky = [remark for remark in remarks if remark.level == lint.Level.SECOND_YES]
    yield from (remark.sentence for remark in risky)
    deleted = sum(1 for change in changes if change.kind == "delete")
    if deleted > MOST_DELETIONS and not {remark.code for remark in risky} & {"many", "emptied"}:
        text = ngettext("This deletes %(count)d record.", "This deletes %(count)d records.", deleted)
        yield text % {"count": deleted}
