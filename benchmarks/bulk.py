"""How long a change of many names takes until it is accepted, and what its pages and its planning cost.

    python -m benchmarks.bulk [--names 1000 10000] [--rounds 5] [--plan 400] [--json]

For each number: one customer with so many names in a scratch database (SQLite, or DATABASE_URL's server; dropped
afterwards), who previews a renewal of all of them, starts it, and opens its page; each through the panel's own views.
Milliseconds are medians; every start is a job of its own. Then another customer starts jobs of the first number of
names while a worker in a thread plans; and a worker plans `--plan` of the names.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_test_environment
from django.utils import timezone

from panel.account.models import Account, Cost, Tld
from panel.billing import ledger
from panel.brand.services import operator_brand
from panel.domain.bulk.work import CHUNK, work
from panel.domain.models import BulkJob, Domain
from panel.people.models import Customer, Membership, User

PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TLDS = ("com", "net", "org", "fr", "es", "eu")
NEW, START = "/jobs/new/", "/jobs/start/"
WANTED = {"all": "1", "filter": "", "action": "renew"}
STATUSES = ("active", "active", "active", "on_hold", "redemption")


def seed(count: int, accounts: list[Account]) -> Client:
    """The browser of a customer with `count` names at these accounts, some of which cannot be renewed."""
    customer = Customer.objects.create(
        brand=operator_brand(), name=f"{count} names", email=f"{count}@x.example"
    )
    ledger.top_up(customer, Decimal(1_000_000), reason="benchmark", actor=None)
    user = User.objects.create_user(f"{count}@names.example", "x")
    Membership.objects.create(user=user, customer=customer, role="owner")
    today = timezone.localdate()
    Domain.objects.bulk_create(
        (
            Domain(
                name=(name := f"name-{count}-{number}.{TLDS[number % 6]}"), unicode_name=name,
                tld_name=TLDS[number % 6], account=accounts[number % len(accounts)], customer=customer,
                status=STATUSES[number % 5], expires_on=today + timedelta(days=number % 360 + 1),
            )
            for number in range(count)
        ),
        batch_size=2000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def make_accounts() -> list[Account]:
    """An account at each of two registrars, with a cost in every extension."""
    accounts = [
        Account.objects.create(label=family, family=family, endpoint="http://127.0.0.1:9/", is_sandbox=True)
        for family in ("mrdomain", "netim")
    ]
    for account in accounts:
        for name in TLDS:
            tld = Tld.objects.create(account=account, name=name, parent=name, seen_at=timezone.now())
            for action in ("create", "renew"):
                Cost.objects.create(tld=tld, action=action, amount=Decimal(9), currency="EUR", years=[1, 2])
    return accounts


def measure(call: Callable[[], Any], rounds: int) -> tuple[dict[str, Any], Any]:
    """Median milliseconds, queries and kilobytes of a response, and the last one."""
    call()
    times, response, queries = [], None, 0
    for _ in range(rounds):
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            response = call()
            times.append((time.perf_counter() - started) * 1000)
        queries = len(captured)
        assert response.status_code in (200, 302), response.status_code
    figures = {
        "milliseconds": round(statistics.median(times), 1),
        "queries": queries,
        "kilobytes": round(len(response.content) / 1024, 1) if response is not None else 0,
    }
    return figures, response


def ticket(client: Client) -> str:
    """What the start button of a fresh preview carries."""
    found = re.search(r'name="ticket" value="([^"]+)"', client.post(NEW, WANTED).content.decode())
    assert found is not None
    return found[1]


def run_one(client: Client, rounds: int) -> dict[str, dict[str, Any]]:
    """Preview, start and page for all names of a customer."""
    preview, _page = measure(lambda: client.post(NEW, WANTED), rounds)
    tickets = [ticket(client) for _ in range(rounds + 1)]
    accept, answer = measure(lambda: client.post(START, {"ticket": tickets.pop()}), rounds)
    page, _page = measure(lambda: client.get(answer["Location"]), rounds)
    poll = {"HX-Request": "true", "HX-Target": "job-progress"}
    progress, _part = measure(lambda: client.get(answer["Location"], headers=poll), rounds)
    return {"preview": preview, "accept": accept, "page of the job": page, "its progress alone": progress}


def accept_beside_a_worker(client: Client, rounds: int) -> dict[str, Any]:
    """A customer's jobs are accepted, and their pages opened, while a worker does nothing but plan another's."""
    busy, over = BulkJob.objects.order_by("-pk")[0], threading.Event()

    def plan_on() -> None:
        while not over.is_set() and BulkJob.objects.filter(pk=busy.pk, planned_at=None).exists():
            work(busy.pk)
        connections.close_all()

    tickets = [ticket(client) for _ in range(rounds)]
    worker = threading.Thread(target=plan_on)
    worker.start()
    times = []
    for text in tickets:
        time.sleep(0.5)
        started = time.perf_counter()
        answer = client.post(START, {"ticket": text})
        assert client.get(answer["Location"]).status_code == 200
        times.append((time.perf_counter() - started) * 1000)
    was_busy = busy.items.filter(state="pending").exists()
    over.set()
    worker.join()
    return {
        "milliseconds": round(statistics.median(times), 1),
        "worst": round(max(times), 1),
        "busy": was_busy,
    }


def plan(most: int) -> dict[str, Any]:
    """A worker plans some of the last job's names."""
    job = BulkJob.objects.order_by("-pk")[0]
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        for _chunk in range(most // CHUNK):
            work(job.pk, chunks=1)
    seconds = time.perf_counter() - started
    planned = job.items.filter(state="planned").count()
    return {
        "names": planned,
        "milliseconds_a_name": round(seconds * 1000 / max(planned, 1), 1),
        "queries_a_name": round(len(captured) / max(planned, 1), 1),
    }


def run(numbers: list[int], rounds: int, most: int) -> dict[str, Any]:
    """Everything, in one run."""
    accounts = make_accounts()
    figures: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    for count in numbers:
        figures[str(count)] = run_one(seed(count, accounts), rounds)
        beside = beside or accept_beside_a_worker(seed(count + 1, accounts), rounds)
    return {
        "database": connection.vendor, "rounds": rounds, "names": figures, "beside a worker": beside,
        "planning": plan(most),
    }  # fmt: skip


def show(result: dict[str, Any]) -> None:
    """The figures as a table."""
    print(f"On {result['database']}, median of {result['rounds']}\n")
    print(f"{'names':>7}  {'':22}{'ms':>9}{'queries':>9}{'kB':>8}")
    for count, figures in result["names"].items():
        for label, figure in figures.items():
            print(
                f"{int(count):>7}  {label:22}{figure['milliseconds']:>9}{figure['queries']:>9}{figure['kilobytes']:>8}"
            )
    beside = result["beside a worker"]
    state = "" if beside["busy"] else " (who had ended before)"
    print(
        f"\nAccepted with its page beside a worker{state}: {beside['milliseconds']} ms, at worst {beside['worst']}."
    )
    found = result["planning"]
    print(
        f"\nA worker planned {found['names']} names at {found['milliseconds_a_name']} ms"
        f" and {found['queries_a_name']} queries each."
    )


def main() -> None:
    """Seed, measure, print, drop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plan", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        with override_settings(STORAGES=PLAIN_STATIC):
            result = run(options.names, options.rounds, options.plan)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    if options.json:
        print(json.dumps(result))
        return
    show(result)


if __name__ == "__main__":
    sys.exit(main())
