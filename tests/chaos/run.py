"""One run: build a panel, let customers, workers and the nemesis loose on it, wait for quiet, audit."""

from __future__ import annotations

import contextlib
import gc
import os
import secrets
import shutil
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts import preflight
from tests.chaos import auditor, broker, traffic, worker, world
from tests.chaos.mutants import VARIABLE
from tests.chaos.nemesis import Nemesis
from tests.chaos.plan import PACES, PLACES, SPEED, Schedule
from tests.chaos.processes import Crew, Hand, Sandbox, ScratchDatabase, ended_well, fork
from tests.chaos.report import Report

# One worker's clock is right, one runs two hours ahead, one two hours behind. Where there are two clocks that ring,
# one of them is wrong as well.
WORKERS = [0.0, 2.0, -2.0]
RINGERS = [0.0, 2.0]
SHARES = 4
PACE = 40.0
LOADED = (
    "celery.apps.worker", "celery.beat", "celery.concurrency.thread", "celery.worker.components",
    "celery.worker.consumer", "celery.worker.loops", "celery.worker.strategy", "kombu.transport.redis",
    "panel.account.services", "panel.dns.operations", "panel.domain.checkout", "panel.domain.operations_contacts",
    "panel.domain.operations_dnssec", "panel.domain.operations_end", "panel.domain.operations_renew",
    "panel.domain.operations_settings", "panel.domain.operations_transfer", "panel.domain.tasks",
    "panel.operation.engine", "panel.operation.sweep", "panel.urls", "registrar.registry", "time_machine",
    *(f"registrar.{family}.driver" for family in PLACES),
)  # fmt: skip
# After the last customer and the last blow, everything must have come to its end by then.
QUIET_SECONDS = 150.0
# What the settings say of the pool of connections.
_POOLS: dict[str, Any] = {}
# Lines of the children's log that are shown when one of them failed.
TAIL = 40


class ChaosRun:
    """The parts of a run, in the order in which they begin."""

    def __init__(
        self, schedule: Schedule, database: ScratchDatabase, messages: broker.ScratchBroker, folder: Path
    ) -> None:
        self.schedule, self.database, self.messages, self.folder = schedule, database, messages, folder
        name = "PostgreSQL" if database.is_postgres else "SQLite"
        self.report = Report(schedule.seed, name, messages.name)
        self.log = folder / "children.log"
        self.canaries = [os.environ["SECRET_KEY"], os.environ["FIELD_KEYS"].partition(":")[2], traffic.CANARY]

    def play(self) -> Report:
        """All of it. The report is good when every invariant holds."""
        began = time.monotonic()
        port = preflight.find_free("127.0.0.1", 30_000 + os.getpid() % 500 * 20, 7)
        self.sandbox = Sandbox(port, self.schedule.seed, SPEED, self.folder / "sandbox.log")
        try:
            _set_up(muted=not self.messages.url)
            world.build(port)
            _hang_up()
            crew = Crew(self._work, WORKERS + (RINGERS if self.messages.url else []), self.log)
            try:
                self._storm(crew)
                self._grow_quiet(crew)
                self._synchronize(crew)
            except RuntimeError:
                print(*self.log.read_text(errors="replace").splitlines()[-TAIL:], sep="\n")
                raise
            finally:
                crew.dismiss()
            self._audit(crew)
        finally:
            self.sandbox.stop()
        self.report.seconds = time.monotonic() - began
        return self.report

    def _work(self, hand: Hand) -> None:
        _pool_connections()
        if not self.messages.url:
            worker.work(self.schedule.seed, hand.number, hand.clock_hours)
        elif hand.number < len(WORKERS):
            broker.work(hand.clock_hours)
        else:
            broker.ring(hand.number, hand.clock_hours, self.folder)

    def _storm(self, crew: Crew) -> None:
        nemesis = Nemesis(self.schedule, self.sandbox, self.database, self.messages, crew)
        nemesis.plant()
        began = time.monotonic()
        customers = [fork(lambda share=share: self._shop(share), self.log) for share in range(SHARES)]
        try:
            while customers:
                customers = [pid for pid in customers if not ended_well(pid)]
                nemesis.tend(_attempts())
                crew.tend()
                self.database.tend()
                time.sleep(0.25)
        finally:
            for pid in customers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.report.struck = dict(nemesis.calm_down().most_common())
        self.report.deeds = dict(nemesis.done.most_common())
        self.report.storm_seconds = time.monotonic() - began

    def _grow_quiet(self, crew: Crew) -> None:
        """Wait until nothing goes on any more, or for too long."""
        deadline = time.monotonic() + QUIET_SECONDS
        while _open_operations() and time.monotonic() < deadline:
            crew.tend()
            time.sleep(0.3)

    def _synchronize(self, crew: Crew) -> None:
        """Two passes over every account; the first sees a listing with a name missing. The crew reads what is due."""
        for is_first in (True, False):
            reader = fork(lambda missed=is_first: _read_listings(self.sandbox, missed), self.log)
            while not ended_well(reader):
                crew.tend()
                time.sleep(0.1)
            self._grow_quiet(crew)

    def _shop(self, share: int) -> None:
        _pool_connections()
        traffic.run(self.schedule, share, SHARES, PACE, self.sandbox)

    def _names_at(self, family: str) -> dict[str, Any]:
        return auditor.names_listed(family, self.sandbox.call("GET", f"/state/{family}"))

    def _audit(self, crew: Crew) -> None:
        states = {family: self._names_at(family) for family in PLACES}
        found = auditor.audit(self.sandbox.journal(), states, self.canaries)
        for log in (self.log, self.folder / "sandbox.log"):
            text = log.read_text(errors="replace") if log.exists() else ""
            if said := auditor.leak_in(text, self.canaries):
                found.secrets.append(f"{log.name} shows {said}")
        self.report.take(found, crew.deaths)


def main(
    *, seed: int, operations: int, database_url: str, redis_url: str, folder: Path, keep: Path | None
) -> int:
    """Play one run and print what it found; 0 when every invariant holds."""
    messages = broker.ScratchBroker(redis_url)
    database = ScratchDatabase(database_url)
    os.environ.update(
        {name: str(value) for name, value in PACES.items()},
        DJANGO_SETTINGS_MODULE="panel.settings", DEBUG="1", DEMO="", DATA_DIR=str(folder), LOG_LEVEL="ERROR",
        CELERY_SKIP_CHECKS="1", DATABASE_URL=database.url, REDIS_URL=redis_url, SECRET_KEY=secrets.token_hex(24),
        FIELD_KEYS="chaos:" + secrets.token_hex(22)[:43] + "=", PYTHONWARNINGS="ignore",
    )  # fmt: skip
    mutant = os.environ.get(VARIABLE, "")
    print(f"Chaos: seed {seed}, {operations} operations{f', mutant {mutant}' if mutant else ''}", flush=True)
    try:
        report = ChaosRun(Schedule(seed, operations), database, messages, folder).play()
    finally:
        _hang_up()
        database.drop()
        messages.flush()
    report.show()
    if keep is not None:
        report.keep(keep)
        shutil.copy(folder / "children.log", keep.with_suffix(".children.log"))
    return 0 if report.good else 1


def _set_up(*, muted: bool) -> None:
    import django
    from django.conf import settings

    django.setup()
    # The sandbox is allowed by now; from here on nothing keeps every query in memory.
    settings.DEBUG = False
    # A fork must not inherit a pool's threads: this process has none, its children make their own.
    _POOLS.update(settings.DATABASES["default"]["OPTIONS"].pop("pool", {}))
    from django.core.management import call_command

    from panel.core import broker as panel_broker

    # Children find everything loaded, and a run is of one state of the code though somebody edits it meanwhile.
    for module in LOADED:
        import_module(module)
    # What writes Netim's calls is made once, from its WSDL.
    import_module("registrar.netim.session").writer()
    if muted:
        # Nobody is waked: everything must be found in the rows.
        panel_broker.send = lambda *args, **named: False
    call_command("migrate", verbosity=0)
    # Children live for a short time and share what is loaded here.
    gc.freeze()
    gc.set_threshold(50_000)


def _pool_connections() -> None:
    from django.conf import settings

    if _POOLS:
        settings.DATABASES["default"]["OPTIONS"]["pool"] = _POOLS


def _hang_up() -> None:
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()


def _attempts() -> int:
    """How many attempts the workers have made, or none while the database is away."""
    from django.db import Error, connection

    from panel.operation.models import Attempt

    try:
        last = Attempt.objects.order_by("-pk").values_list("pk", flat=True).first()
        return last or 0
    except Error:
        return 0
    finally:
        connection.close()


def _open_operations() -> int:
    from django.db import connection

    try:
        return world.count_open()
    finally:
        connection.close()


def _read_listings(sandbox: Sandbox, missed: bool) -> None:
    """What the sync of each account does; with `missed`, one name is missing in each listing."""
    from panel.account import runs
    from panel.account.models import Account, SyncRun
    from panel.domain import tasks
    from tests.chaos import mutants

    worker.hurry()
    mutants.apply_named()
    for account in Account.objects.all():
        if missed:
            fault = {"family": account.family, "kind": "missed", "times": 1}
            sandbox.call("POST", "/faults", {**fault, "action": PLACES[account.family].listing})
        tasks.sync_domains(runs.start(account, SyncRun.Kind.DOMAINS, wake=False).pk)
    sandbox.call("DELETE", "/faults")
