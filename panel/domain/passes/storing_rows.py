"""Comparing and writing a page's rows by the ORM, for databases without COPY."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from django.db.models.functions import Now

from panel.account.models import Account
from panel.domain.drift import book
from panel.domain.drift.models import LIVE_STATES, Drift
from panel.domain.models import Domain
from panel.domain.passes.lines import AT, SHOWN, Lines, changes
from panel.domain.passes.storing import Compared

STAMPS = ("synced_at", "detailed_at", "missing_since", "updated_at")


class Saving:
    """One page as model instances."""

    def __init__(self, account: Account, lines: Lines, asked_at: datetime) -> None:
        self.account, self.lines, self.asked_at = account, lines, asked_at
        self.rows: dict[str, Domain] = {}
        self.found: dict[str, dict[str, Any]] = {}

    def compare(self) -> Compared:
        """As storing.Writer."""
        known = Domain.objects.select_for_update(of=("self",)).filter(name__in=self.lines.rows)
        self.rows = {row.name: row for row in known}
        keys = [row.pk for row in self.rows.values()]
        live = Drift.objects.filter(domain_id__in=keys, state__in=LIVE_STATES)
        watched = set(live.values_list("domain_id", flat=True))
        compared = Compared()
        for name, line in self.lines.rows.items():
            row = self.rows.get(name)
            if row is None:
                compared.new.append(name)
            elif row.account_id != self.account.pk:
                compared.foreign.append(name)
            elif row.updated_at >= self.asked_at:
                # Changed since the registrar was asked: what it answered is older than what is known.
                compared.same.append(row.pk)
            elif (differs := changes(line, row)) or row.pk in watched or line[AT["is_strange"]]:
                self.found[name] = differs
                compared.changed[name] = row.pk
            else:
                compared.same.append(row.pk)
        return compared

    def readings(self, changed: dict[str, int], servers: Mapping[str, Any]) -> list[book.Seen]:
        """As storing.Writer."""
        readings = []
        for name, key in changed.items():
            before = book.values_of(self.rows[name])
            differs = self.found[name]
            after = {**before, **{column: value for column, value in differs.items() if column in before}}
            readings.append(
                book.Seen(
                    domain_id=key,
                    before=before,
                    after=after,
                    settled=differs.get("status", self.rows[name].status) in book.JUDGED,
                    implausible=self.lines.implausible.get(name),
                    servers=servers.get(name, ()),
                )
            )
        return readings

    def write(self, names: Sequence[str]) -> tuple[list[int], int]:
        """As storing.Writer."""
        new = [self._new(name) for name in names if name not in self.rows]
        differing = [self._changed(name) for name in names if self.found.get(name)]
        # The rows are there: nothing but the conflict of their names can come of it.
        Domain.objects.bulk_create(
            differing, update_conflicts=True, unique_fields=["name"], update_fields=_written()
        )
        return [row.pk for row in Domain.objects.bulk_create(new)], len(differing)

    def _new(self, name: str) -> Domain:
        row = Domain(name=name, account=self.account)
        self._apply(row, changes(self.lines.rows[name], row))
        return row

    def _changed(self, name: str) -> Domain:
        row = copy(self.rows[name])
        row.pk, row._state = None, type(row._state)()
        self._apply(row, self.found[name])
        return row

    def _apply(self, row: Domain, values: Mapping[str, Any]) -> None:
        for column, value in values.items():
            if column != "is_whole":
                setattr(row, column, value)
        row.synced_at = Now()
        if self.lines.rows[row.name][AT["is_whole"]]:
            row.detailed_at = Now()


def _written() -> list[str]:
    by_column = {field.column: field.name for field in Domain._meta.concrete_fields}
    return [*(by_column[column] for column in SHOWN), *STAMPS]
