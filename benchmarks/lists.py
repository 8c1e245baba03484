"""How the domain list behaves with many names: server time and queries of a page, against a bare view.

    python -m benchmarks.lists [--domains 100000] [--rounds 30] [--json]

Seeds a scratch database (SQLite, or DATABASE_URL's server), measures in one run, and drops it. The bare view reads 50
rows of the same table and joins their names: what Django itself costs. Milliseconds are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings, setup_test_environment
from django.utils import timezone

from panel.account.models import Account
from panel.brand.services import operator_brand
from panel.domain.models import Domain
from panel.people.models import Customer, Membership, User

WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty")
PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TLDS = ("com", "net", "org", "fr", "es", "eu")


def seed(count: int) -> User:
    """One customer with `count` names."""
    customer = Customer.objects.create(brand=operator_brand(), name="Many Names", email="many@names.example")
    user = User.objects.create_user("many@names.example", "x")
    Membership.objects.create(user=user, customer=customer, role="owner")
    account = Account.objects.create(
        label="benchmark", family="mrdomain", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )
    today = timezone.now().date()
    rows = (
        Domain(
            name=(name := f"{WORDS[number % 10]}-{WORDS[number // 10 % 10]}-{number}.{TLDS[number % 6]}"),
            unicode_name=name,
            tld_name=TLDS[number % 6],
            account=account,
            customer=customer,
            status="active",
            expires_on=today + timedelta(days=number % 700 - 20),
            synced_at=timezone.now(),
        )
        for number in range(count)
    )
    Domain.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return user


def measure(call: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Median milliseconds, queries and kilobytes of a response."""
    call()
    with CaptureQueriesContext(connection) as queries:
        response = call()
    count = len(queries)
    assert response.status_code == 200, response.status_code
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return {
        "milliseconds": round(statistics.median(times), 2),
        "queries": count,
        "kilobytes": round(len(response.content) / 1024, 1),
    }


def bare(request: Any) -> HttpResponse:
    """The least that a view over the same table can do."""
    return HttpResponse(", ".join(Domain.objects.order_by("name").values_list("name", flat=True)[:50]))


def deep_cursor(client: Client, pages: int) -> str:
    """The address of the page that is `pages` clicks on Next away."""
    path = "/domains/?size=100"
    for _ in range(pages):
        found = client.get(path).content.decode()
        marker = found.rfind("after=")
        if marker < 0:
            break
        cursor = found[marker:].split('"', 1)[0].replace("&amp;", "&")
        path = f"/domains/?size=100&{cursor}"
    return path


def run(count: int, rounds: int) -> dict[str, Any]:
    """Every page, in one run."""
    user = seed(count)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    factory = RequestFactory()
    pages = {
        "first page": "/domains/",
        "page 50 (100 a page)": deep_cursor(client, 50),
        "by expiry": "/domains/?sort=expires",
        "part of a name": "/domains/?q=grove-haven",
        "one extension, by expiry": "/domains/?tld=fr&sort=-expires",
    }
    figures = {"bare view": measure(lambda: bare(factory.get("/")), rounds)}
    for label, path in pages.items():
        figures[label] = measure(lambda path=path: client.get(path), rounds)
    base = figures["bare view"]["milliseconds"]
    for figure in figures.values():
        figure["ratio"] = round(figure["milliseconds"] / base, 1)
    return {"database": connection.vendor, "domains": count, "rounds": rounds, "pages": figures}


def main() -> None:
    """Seed, measure, print, drop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--domains", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        with override_settings(STORAGES=PLAIN_STATIC):
            result = run(options.domains, options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    if options.json:
        print(json.dumps(result))
        return
    print(
        f"{result['domains']} domains of one customer on {result['database']}, median of {result['rounds']}\n"
    )
    print(f"{'':28}{'ms':>9}{'ratio':>8}{'queries':>9}{'kB':>8}")
    for label, figure in result["pages"].items():
        print(
            f"{label:28}{figure['milliseconds']:>9}{figure['ratio']:>8}{figure['queries']:>9}{figure['kilobytes']:>8}"
        )


if __name__ == "__main__":
    sys.exit(main())
