"""Comparing and writing a page's rows inside PostgreSQL: copied into a table of the session, joined, and upserted.

A row that is as the page says is read by its name's index and nothing more: it is neither locked nor written.
"""

# The statements are made of our own names of tables and columns; values are parameters.
# ruff: noqa: S608

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from panel.account.models import Account
from panel.domain.drift import book
from panel.domain.drift.models import LIVE_STATES, Drift
from panel.domain.models import Domain
from panel.domain.passes.lines import AT, COLUMNS, MARKS, OF_INFO, OF_STATUS, SHOWN, WHERE_TOLD, Lines
from panel.domain.passes.storing import Compared

TABLE = "sync_page"
MIRROR = Domain._meta.db_table
ITEMS = Drift._meta.db_table
SERVERS = AT["nameservers"]
FIELDS = {str(field.column): field for field in Domain._meta.concrete_fields}
# The row of the name, by its index: the estimate for a table without statistics must not lead to reading the mirror.
BESIDE = f'{TABLE} s LEFT JOIN LATERAL (SELECT * FROM "{MIRROR}" m WHERE m.name = s.name LIMIT 1) d ON true'


class Copying:
    """One page as rows of a temporary table."""

    def __init__(self, account: Account, lines: Lines, asked_at: datetime) -> None:
        self.account, self.lines, self.asked_at = account, lines, asked_at

    def compare(self) -> Compared:
        """As storing.Writer."""
        with connection.cursor() as cursor:
            # Nothing is there unless this transaction has kept a page already.
            cursor.execute(f"{_make()}; DELETE FROM {TABLE}")
            with cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copying:
                for row in self.lines.rows.values():
                    copying.write_row(_written(row))
            cursor.execute(_compare(), [self.account.pk, self.asked_at])
            same, keys, names, new, foreign = cursor.fetchone()
        return Compared(same or [], dict(zip(names or [], keys or [], strict=True)), new or [], foreign or [])

    def readings(self, changed: dict[str, int], servers: Mapping[str, Any]) -> list[book.Seen]:
        """As storing.Writer."""
        with connection.cursor() as cursor:
            cursor.execute(_watched(), [list(changed.values()), self.asked_at])
            rows = cursor.fetchall()
        width = len(book.COLUMNS)
        return [
            book.Seen(
                domain_id=key,
                before=_read(values[:width]),
                after=_read(values[width:]),
                settled=status in book.JUDGED,
                implausible=self.lines.implausible.get(name),
                servers=servers.get(name, ()),
            )
            for key, name, status, *values in rows
        ]

    def write(self, names: Sequence[str]) -> tuple[list[int], int]:
        """As storing.Writer."""
        statement, defaults = _upsert()
        with connection.cursor() as cursor:
            cursor.execute(
                statement, [self.account.pk, *defaults, list(names), self.account.pk, self.asked_at]
            )
            rows = cursor.fetchall()
        added = [key for key, is_new in rows if is_new]
        return added, len(rows) - len(added)


def _written(row: tuple[Any, ...]) -> tuple[Any, ...]:
    servers = row[SERVERS]
    return row if servers is None else (*row[:SERVERS], json.dumps(servers), *row[SERVERS + 1 :])


def _read(values: Sequence[Any]) -> dict[str, Any]:
    found = dict(zip(book.COLUMNS, values, strict=True))
    for column in ("nameservers", "ds_keys"):
        if isinstance(found[column], str):
            found[column] = json.loads(found[column])
    return found


@cache
def _make() -> str:
    """The table that holds a page until its transaction ends."""
    kinds = {
        models.DateField: "date", models.BooleanField: "boolean", models.JSONField: "jsonb",
        models.ForeignKey: "bigint",
    }  # fmt: skip
    shown = {column: kinds.get(type(FIELDS[column]), "text") for column in ("name", *SHOWN)}
    columns = {**shown, **dict.fromkeys(MARKS, "boolean")}
    listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    return f"CREATE TEMPORARY TABLE IF NOT EXISTS {TABLE} ({listed}) ON COMMIT DELETE ROWS"


def _value(column: str) -> str:
    """What the row is to hold: the line's word where the line tells, else what the row holds."""
    if column in WHERE_TOLD:
        return f"COALESCE(s.{column}, d.{column})"
    if column in OF_STATUS:
        return f"CASE WHEN s.has_status THEN s.{column} ELSE d.{column} END"
    if column in OF_INFO:
        return f"CASE WHEN s.has_info THEN s.{column} ELSE d.{column} END"
    return f"s.{column}" if column in SHOWN else f"d.{column}"


def _row(values: Sequence[str]) -> str:
    return f"({', '.join(values)})"


@cache
def _compare() -> str:
    values, kept = _row([_value(column) for column in SHOWN]), _row([f"d.{column}" for column in SHOWN])
    live = ", ".join(f"'{state}'" for state in LIVE_STATES)
    return f"""
        WITH beside AS MATERIALIZED (
            SELECT d.id, s.name, CASE
                WHEN d.id IS NULL THEN 'new'
                WHEN d.account_id <> %s THEN 'foreign'
                WHEN d.updated_at >= %s THEN 'same'
                WHEN {values} IS DISTINCT FROM {kept}
                    OR d.missing_since IS NOT NULL OR (s.is_whole AND d.detailed_at IS NULL) OR s.is_strange
                    OR EXISTS (SELECT 1 FROM "{ITEMS}" i WHERE i.domain_id = d.id AND i.state IN ({live}))
                THEN 'changed'
                ELSE 'same' END AS verdict
            FROM {BESIDE}
        )
        SELECT array_agg(id) FILTER (WHERE verdict = 'same'),
            array_agg(id) FILTER (WHERE verdict = 'changed'), array_agg(name) FILTER (WHERE verdict = 'changed'),
            array_agg(name) FILTER (WHERE verdict = 'new'), array_agg(name) FILTER (WHERE verdict = 'foreign')
        FROM beside"""


@cache
def _watched() -> str:
    before = ", ".join(f"d.{column}" for column in book.COLUMNS)
    after = ", ".join(_value(column) for column in book.COLUMNS)
    return f"""
        SELECT d.id, d.name, {_value("status")}, {before}, {after}
        FROM "{MIRROR}" d JOIN {TABLE} s ON s.name = d.name
        WHERE d.id = ANY(%s) AND d.updated_at < %s ORDER BY d.id FOR UPDATE OF d"""


@cache
def _upsert() -> tuple[str, list[Any]]:
    """The statement, and the values of those columns that lists know nothing of, for rows that are new."""
    now = "STATEMENT_TIMESTAMP()"
    detailed = (
        f"CASE WHEN s.is_whole THEN {now}"
        " WHEN NOT s.has_status AND s.expires_on IS NOT NULL AND s.expires_on IS DISTINCT FROM d.expires_on"
        " THEN NULL"
        " ELSE d.detailed_at END"
    )
    filled = {
        "name": "s.name", "account_id": "%s", "created_at": now, "updated_at": now, "synced_at": now,
        "missing_since": "NULL", "detailed_at": detailed,
    }  # fmt: skip
    defaults = []
    for column, field in FIELDS.items():
        if field.primary_key or column in filled:
            continue
        default = field.get_db_prep_save(field.get_default(), connection)
        filled[column] = f"COALESCE({_value(column)}, %s)" if column in SHOWN else "%s"
        defaults.append(default)
    changed = [*SHOWN, "synced_at", "detailed_at", "missing_since", "updated_at"]
    kept = _row([f"d.{column}" for column in SHOWN])
    new = _row([f"EXCLUDED.{column}" for column in SHOWN])
    return (
        f"""
        INSERT INTO "{MIRROR}" AS d ({", ".join(filled)})
        SELECT {", ".join(filled.values())} FROM {BESIDE}
        WHERE s.name = ANY(%s) ORDER BY s.name
        ON CONFLICT (name) DO UPDATE SET {", ".join(f"{column} = EXCLUDED.{column}" for column in changed)}
        WHERE d.account_id = %s AND d.updated_at < %s AND ({kept} IS DISTINCT FROM {new}
            OR d.missing_since IS NOT NULL OR (d.detailed_at IS NULL) <> (EXCLUDED.detailed_at IS NULL))
        RETURNING d.id, d.xmax = 0""",
        defaults,
    )
