"""A worker without a broker: whatever is due is found in the rows, by several threads, as often as they come by.

That is the worst that a broker can do: every message arrives several times, late and in any order, and every worker
sweeps.
"""

from __future__ import annotations

import queue
import random
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from tests.chaos import mutants

# Threads of one worker. Writers of SQLite wait for each other by sleeping, so that more would do less.
THREADS = 3
THREADS_ON_SQLITE = 1
CREW = 3
# The chance that a worker takes up an operation of another's share each time it sees it: messages come twice.
STRAY = 0.15
BATCH = 10
IDLE_SECONDS = 0.1
LONGEST_WAIT = 4.0
SWEEP_SECONDS = 1.0
ACCOUNTS_SECONDS = 5.0


def hurry() -> None:
    """Politeness at the size of a test: nothing here is measured in minutes. Patched in, so that no setting can."""
    from panel.account import breaker, throttle
    from panel.operation import clock
    from registrar import errors

    for call_class in throttle.RATES:
        throttle.RATES[call_class] = throttle.Rate(per_minute=6_000_000, burst=1_000_000)
    breaker.BREAKER_SECONDS, breaker.BREAKER_LONGEST, breaker.REST_SECONDS = 1, 4, 1
    clock.LONGEST_BACKOFF = LONGEST_WAIT
    ask = errors.RateLimited.__init__

    def ask_briefly(self: errors.RateLimited, *args: Any, after: float | None = None, **named: Any) -> None:
        ask(self, *args, after=after and min(after, LONGEST_WAIT), **named)

    errors.RateLimited.__init__ = ask_briefly


def read_seldom() -> None:
    """One change in three is followed by a reading of the name: readings are half of the work, and change nothing."""
    from panel.domain import kind, operations

    plan = operations.plan_refresh

    def seldom(name: str, account: Any, **named: Any) -> Any:
        return plan(name, account, **named) if crc32(name.encode()) % 3 == 0 else None

    operations.plan_refresh = kind.plan_refresh = seldom


def shift_clock(hours: float) -> None:
    """Be wrong by so many hours from now on."""
    if hours:
        import time_machine

        time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True).start()


def work(seed: int, number: int, clock_hours: float) -> None:
    """Run until SIGTERM. `clock_hours` is how wrong this worker's clock is."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hurry()
    read_seldom()
    mutants.apply_named()
    shift_clock(clock_hours)
    count = THREADS if _is_postgres() else THREADS_ON_SQLITE
    line: queue.Queue[int] = queue.Queue(maxsize=count)
    threads = [threading.Thread(target=_serve, args=(over, line)) for _number in range(count)]
    threads.append(threading.Thread(target=_sweep, args=(over,)))
    for thread in threads:
        thread.start()
    _feed(over, line, random.Random(f"{seed}|worker|{number}"), number)
    for thread in threads:
        thread.join()


def _is_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


def _feed(over: threading.Event, line: queue.Queue[int], dice: random.Random, number: int) -> None:
    """Put what is due in line, in any order: its own share, and now and then what others have in line already."""
    while not over.is_set():
        ids = [pk for pk in _patiently(_due) or [] if pk % CREW == number % CREW or dice.random() < STRAY]
        dice.shuffle(ids)
        for pk in ids[:BATCH]:
            while not over.is_set():
                try:
                    line.put(pk, timeout=0.1)
                    break
                except queue.Full:
                    continue
        if len(ids) < BATCH:
            over.wait(IDLE_SECONDS)


def _serve(over: threading.Event, line: queue.Queue[int]) -> None:
    from panel.operation import engine

    while not over.is_set():
        try:
            pk = line.get(timeout=0.1)
        except queue.Empty:
            continue
        _patiently(engine.run, pk)


def _due() -> list[int]:
    from django.db.models.functions import Now

    from panel.operation.clock import FREE
    from panel.operation.models import Operation
    from panel.operation.states import State

    due = Operation.objects.filter(
        FREE,
        state__in=[State.QUEUED, State.WAITING, State.UNKNOWN],
        next_check_at__lte=Now(),
        account__state="active",
    )
    return list(due.order_by("lane", "next_check_at").values_list("pk", flat=True)[:40])


def _sweep(over: threading.Event) -> None:
    from django.conf import settings

    from panel.account import services
    from panel.operation import sweep

    turns = 0
    while not over.wait(SWEEP_SECONDS):
        _patiently(sweep.recover, settings.OPERATION_QUARANTINE_SECONDS)
        _patiently(sweep.release_planned)
        _patiently(sweep.overdue)
        turns += 1
        if turns % round(ACCOUNTS_SECONDS / SWEEP_SECONDS) == 0:
            _patiently(services.refresh_all)


def _patiently(function: Any, *args: Any) -> Any:
    """Call it; a database that is away, locked or restarted is asked again later, as a Celery worker would."""
    from django.db import Error, connection

    try:
        return function(*args)
    except Error as error:
        print(f"database: {type(error).__name__}: {error}", flush=True)
        connection.close()
        time.sleep(0.2)
        return None
