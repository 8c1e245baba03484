"""How long a mailbox takes from the click until the panel shows it as there.

    python -m benchmarks.hosting [--rounds 20] [--broker redis://...] [--json]

One customer's name with a hosting plan at the sandbox of MrDomain, in this process and as quick as it can be; the
panel in a scratch database (SQLite, or DATABASE_URL's server); and a worker with threads in this process, woken over
the in-memory broker, or over `--broker` (an empty numbered database of Redis). Each round sends the form of a new
mailbox and looks every few milliseconds whether the mirror has it; then the page that shows it is opened. Seconds since
the click, medians: `answered`, when the browser had its answer; `there`, when the mirror had the mailbox, and the worst
of that. `begun` are those from the operation's row to the worker's claim. The account's own limits are lifted between
rounds: nobody makes so many mailboxes in a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from typing import Any

from benchmarks.pages import STATIC, Site, scratch

# ruff: isort: split
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection

from benchmarks.pages_seed import OPERATOR_HOST, session_of
from panel.account.models import Account, Throttle
from panel.brand.services import operator_brand
from panel.celery import app
from panel.domain.models import Domain
from panel.hosting.models import Mailbox, Survey
from panel.hosting.reading import plan_reading
from panel.operation.models import Operation
from panel.people.models import Customer, Membership, User
from registrar.sandbox import start

# In the sandbox's world: a plan with room for fifty mailboxes, three of which there are.
NAME, MOST_ROUNDS = "soler-estudio.com", 40
PAGE = f"/domains/{NAME}/hosting/mailboxes/"
PROMISE, PATIENCE, PAUSE = 1.0, 30.0, 0.005


def seed(endpoint: str) -> Site:
    """The browser of a customer whose name is at the sandbox, its hosting not read yet."""
    account = Account.objects.create(
        label="MrDomain", family="mrdomain", endpoint=endpoint, is_sandbox=True,
        credentials={"apiuser": "demo", "apipasswd": "demo"},
    )  # fmt: skip
    customer = Customer.objects.create(brand=operator_brand(), name="Soler", email="soler@names.example")
    owner = User.objects.create_user("owner@names.example", "x")
    Membership.objects.create(user=owner, customer=customer, role="owner")
    Domain.objects.create(
        name=NAME, unicode_name=NAME, tld_name="com", account=account, customer=customer, status="active"
    )
    return Site(WSGIHandler(), OPERATOR_HOST, f"{settings.SESSION_COOKIE_NAME}={session_of(owner)}")


def work() -> Any:
    """A worker with threads in this process, as `manage.py serve --with-worker` has one."""
    worker = app.WorkController(
        pool="threads", concurrency=4, without_gossip=True, without_mingle=True, without_heartbeat=True,
        hostname=f"benchmark-{os.getpid()}@localhost", loglevel="ERROR",
    )  # fmt: skip
    threading.Thread(target=worker.start, daemon=True, name="worker").start()
    return worker


def until(there: Any, since: float) -> float:
    """Seconds since a moment until a query finds something. Raises RuntimeError when it never does."""
    while not there.all().exists():
        if time.perf_counter() - since > PATIENCE:
            raise RuntimeError(f"nothing after {PATIENCE:.0f} seconds")
        time.sleep(PAUSE)
    return time.perf_counter() - since


def make(site: Site, number: int) -> dict[str, float]:
    """One mailbox, from the click to the page that shows it."""
    Throttle.objects.all().delete()
    local = f"box-{number}"
    form = {"name": local, "password": "Kq7-velvet-Anchor93", "form": local}
    began = time.perf_counter()
    site.send(PAGE, form)
    answered = time.perf_counter() - began
    there = until(Mailbox.objects.present().filter(name=f"{local}@{NAME}"), began)
    operation = Operation.objects.get(kind="hosting.create_mailbox", payload__key=f"{local}@{NAME}")
    first = operation.attempts.order_by("number")[0]
    page = time.perf_counter()
    site.ask(PAGE)
    return {
        "answered": answered,
        "begun": (first.started_at - operation.created_at).total_seconds(),
        "there": there,
        "page": time.perf_counter() - page,
    }


def run(rounds: int, broker: str) -> dict[str, Any]:
    """Everything, in one run."""
    if broker:
        app.conf.broker_url = broker
    call_command("collectstatic", interactive=False, verbosity=0)
    # Production refuses a sandbox; all else is as there.
    settings.SANDBOX_ALLOWED = True
    sandbox = start(base_port=0, seed=1)
    site = seed(sandbox.mrdomain_url)
    worker = work()
    try:
        plan_reading(Domain.objects.get(name=NAME), actor=None)
        until(Survey.objects.all(), time.perf_counter())
        found = [make(site, number) for number in range(rounds + 2)][2:]
    finally:
        worker.stop()
        sandbox.stop()
    middle = {word: round(statistics.median(row[word] for row in found), 3) for word in found[0]}
    return {
        "database": connection.vendor, "broker": (broker or "memory").partition(":")[0], "rounds": rounds,
        "load": os.getloadavg()[0], "promise": PROMISE, **middle,
        "worst": round(max(row["there"] for row in found), 3),
    }  # fmt: skip


def main() -> None:
    """Seed, work, measure, print, drop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20, choices=range(1, MOST_ROUNDS + 1), metavar="N")
    parser.add_argument("--broker", default="")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with scratch():
        result = run(options.rounds, options.broker)
    STATIC.cleanup()
    if options.json:
        print(json.dumps(result))
        return
    print(
        f"A mailbox on {result['database']}, broker {result['broker']}, {result['rounds']} rounds, load "
        f"{result['load']:.1f}\n"
    )
    for word in ("answered", "begun", "there", "worst", "promise", "page"):
        print(f"{word:10}{result[word]:>8} s")


if __name__ == "__main__":
    sys.exit(main())
