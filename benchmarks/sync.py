"""How fast a whole pass mirrors an account, against a bare loop that pages, parses and copies.

    python -m benchmarks.sync [--domains 100000] [--page 1000] [--rounds 3] [--whole] [--json]

Pages are JSON files on this machine, read and parsed by either. A pass is the real one: claimed, counted, compared,
written, its names remembered and what is missing looked for. `--whole` brings flags, contacts and nameservers along,
in the three forms that one registrar's list has. Each figure is the best of the rounds, since a busy machine only ever
makes it worse; rows per second of processor time, here and at the server, tell what an idle one does. A scratch
database (SQLite, or DATABASE_URL's server), dropped afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import setup_test_environment

from panel.account import runs, throttle
from panel.account.models import Account, SyncRun
from panel.domain.models import Domain
from panel.domain.passes import sync
from registrar import Capability, Support, types

TLDS = ("com", "net", "org", "fr", "es", "eu")
# Names of one registrant, on the average.
NAMES_OF_ONE = 10
FIRST_DAY = date(2026, 1, 1)
FAST = throttle.Rate(per_minute=10**9, burst=10**9)


class Registrar:
    """A registrar whose list is a folder of pages. `moved`: every tenth line has another status than before."""

    def __init__(self, folder: Path, count: int, length: int, *, whole: bool) -> None:
        self.folder, self.count, self.length, self.moved = folder, count, length, False
        self.list_includes = sync.IN_LISTS if whole else frozenset()
        self.domains = self
        for number in range(-(-count // length)):
            lines = [self._line(at) for at in range(number * length, min((number + 1) * length, count))]
            (folder / f"{number + 1}.json").write_text(json.dumps(lines))

    def supports(self, operation: str) -> Capability:
        """Its list is all that it has: nothing tells which names went."""
        return Capability(operation, Support.NONE)

    def _line(self, at: int) -> dict[str, Any]:
        expires = FIRST_DAY + timedelta(days=at % 700 + 200)
        return {
            "name": f"birch-{at:07}.{TLDS[at % 6]}", "tld": TLDS[at % 6], "id": str(1_000_000 + at),
            "expires": expires.isoformat(), "person": at // NAMES_OF_ONE,
        }  # fmt: skip

    def list(self, *, page: int, page_length: int, include: Any = None) -> types.Page[types.DomainSummary]:
        """A page of the list, read and parsed."""
        lines = json.loads((self.folder / f"{page}.json").read_text())
        items = tuple(self._summary(number, line, include) for number, line in enumerate(lines))
        return types.Page(items, page, page_length, self.count)

    def _summary(self, number: int, line: dict[str, Any], include: Any) -> types.DomainSummary:
        expires = date.fromisoformat(line["expires"])
        word = "renewed" if self.moved and number % 10 == 0 else "active"
        more: dict[str, Any] = {}
        if include == types.DomainDetail.INFO:
            more["info"] = types.DomainInfo(
                name=line["name"], tld=line["tld"], remote_id=line["id"], status=types.DomainStatus.ACTIVE,
                raw_status=word, expires_on=expires, created_on=FIRST_DAY, renewable=True,
                renewal_mode=types.RenewalMode.MANUAL, transfer_lock=True, modification_lock=False,
                whois_privacy=False, whois_visible=True,
            )  # fmt: skip
        elif include == types.DomainDetail.CONTACTS:
            person = _person(line["person"])
            more["contacts"] = types.DomainContacts(owner=person, admin=person, tech=person, billing=person)
        elif include == types.DomainDetail.NAMESERVERS:
            servers = (types.Nameserver("ns1.birch.example", 1), types.Nameserver("ns2.birch.example", 2))
            more["nameservers"] = servers
        return types.DomainSummary(
            name=line["name"], tld=line["tld"], remote_id=line["id"], status=types.DomainStatus.ACTIVE,
            raw_status=word, expires_on=expires, **more,
        )  # fmt: skip


def _person(number: int) -> types.ContactRecord:
    content = types.Contact(
        type=types.ContactType.INDIVIDUAL, first_name="Ada", last_name=f"Morel {number}",
        email=f"ada{number}@birch.example", phone="+34.600123456", address="Calle Mayor 1", postal_code="28013",
        city="Madrid", state="Madrid", country="ES", identification="12345678Z",
    )  # fmt: skip
    return types.ContactRecord(handle=f"B-{number}", contact=content)


def bare(registrar: Registrar) -> None:
    """The least that has to be done: every page read, parsed, and its lines copied into a table without an index."""
    forms: list[types.DomainDetail | None] = [None]
    if registrar.list_includes:
        forms = [types.DomainDetail.INFO, types.DomainDetail.CONTACTS, types.DomainDetail.NAMESERVERS]
    columns = "name, tld, remote_id, status, expires_on"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare (name text, tld text, remote_id text, status text, expires_on date)"
        )
        for page in range(1, -(-registrar.count // registrar.length) + 1):
            found = [registrar.list(page=page, page_length=registrar.length, include=form) for form in forms]
            rows = [
                (item.name, item.tld, item.remote_id, item.raw_status, item.expires_on)
                for item in found[0].items
            ]
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copying:
                        for row in rows:
                            copying.write_row(row)
                else:
                    cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s, %s)", rows)
        cursor.execute("DROP TABLE bare")


def one_pass(account: Account) -> SyncRun:
    """A pass from its start to its end, in as many turns as it takes."""
    run = runs.start(account, SyncRun.Kind.DOMAINS, wake=False)
    while run.state in runs.OPEN:
        sync.run(run.pk)
        run.refresh_from_db()
    assert run.state == SyncRun.State.DONE, run.message
    return run


def best(
    rounds: int, count: int, work: Callable[[], Any], prepare: Callable[[], Any] = lambda: None
) -> dict[str, Any]:
    """The fastest of so many rounds, each prepared."""
    figures = []
    for _ in range(rounds):
        prepare()
        figures.append(timed(count, work))
    return max(figures, key=lambda figure: int(figure["rows_per_second"]))


def timed(count: int, work: Callable[[], Any]) -> dict[str, Any]:
    """Rows a second, seconds, those on a processor here and at the server, and megabytes grown at the highest."""
    before, served = resource.getrusage(resource.RUSAGE_SELF), server_seconds()
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    here, there = (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        server_seconds() - served,
    )
    return {
        "rows_per_second": round(count / seconds),
        "rows_per_cpu_second": round(count / (here + there)),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(here, 2),
        "server_cpu_seconds": round(there, 2),
        "grew_mb": round((after.ru_maxrss - before.ru_maxrss) / 1024, 1),
    }


def server_seconds() -> float:
    """Seconds that the server's process for this connection has been on a processor; 0 where that cannot be seen."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def written() -> int:
    """How many rows of domains this database has written, by its own statistics; -1 where it keeps none."""
    if connection.vendor != "postgresql":
        return -1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = %s",
            [Domain._meta.db_table],
        )
        (found,) = cursor.fetchone()
    return int(found)


def forget() -> None:
    """An empty mirror."""
    Domain.objects.all().delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'VACUUM ANALYZE "{Domain._meta.db_table}"')


def run(count: int, length: int, rounds: int, *, whole: bool) -> dict[str, Any]:
    """The bare loop and every kind of pass, in one run."""
    account = Account.objects.create(
        label="benchmark", family="mrdomain", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        registrar = Registrar(Path(folder), count, length, whole=whole)

        @contextmanager
        def local(*_: Any, **__: Any) -> Iterator[Registrar]:
            yield registrar

        with (
            mock.patch("panel.account.gateway.open_account", local),
            mock.patch.dict(throttle.RATES, {"sync": FAST}),
            mock.patch.object(sync, "PAGE", length),
            mock.patch.object(sync, "_read_in_full", return_value=0),
        ):
            figures["bare loop"] = best(rounds, count, lambda: bare(registrar))
            figures["all new"] = best(rounds, count, lambda: one_pass(account), forget)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            before = written()
            figures["unchanged"] = best(rounds, count, lambda: one_pass(account))
            figures["unchanged"]["rows_written"] = written() - before

            def move() -> None:
                registrar.moved = not registrar.moved

            figures["a tenth changed"] = best(rounds, count, lambda: one_pass(account), move)
    base = figures["bare loop"]["rows_per_second"]
    for figure in figures.values():
        figure["ratio"] = round(figure["rows_per_second"] / base, 2)
    return {
        "database": connection.vendor, "domains": count, "page": length, "rounds": rounds, "whole": whole,
        "passes": figures,
    }  # fmt: skip


def main() -> None:
    """Measure, print, drop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--domains", type=int, default=100_000)
    parser.add_argument("--page", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        result = run(options.domains, options.page, options.rounds, whole=options.whole)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    if options.json:
        print(json.dumps(result))
        return
    kind = "whole lines" if result["whole"] else "plain lines"
    print(
        f"{result['domains']} {kind} in pages of {result['page']} on {result['database']}, best of {result['rounds']}\n"
    )
    print(f"{'':18}{'rows/s':>9}{'ratio':>7}{'per cpu s':>11}{'s':>8}{'cpu s':>8}{'server':>8}{'grew MB':>9}")
    for label, figure in result["passes"].items():
        print(
            f"{label:18}{figure['rows_per_second']:>9}{figure['ratio']:>7}{figure['rows_per_cpu_second']:>11}{figure['seconds']:>8}"
            f"{figure['cpu_seconds']:>8}{figure['server_cpu_seconds']:>8}{figure['grew_mb']:>9}"
        )


if __name__ == "__main__":
    main()
