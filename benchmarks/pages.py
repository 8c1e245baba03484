"""What pages cost with many names: served by the application itself, beside a minimal Django view over the same table.

    python -m benchmarks.pages [--domains 100000] [--rounds 30] [--only WORD] [--json]

Seeds a scratch database (SQLite, or DATABASE_URL's server) with two brands that hold so many names each, serves in
this process through the WSGI application with production's settings, every middleware and signed-in sessions, and drops
the database at the end. `ms` is the median time from the request to the last byte, `best` the quickest; `cpu` is this
process's own processor time and `db` the time spent waiting for the database, both medians, as are the queries: on a
machine that others use as well, they say more. The minimal view has no middleware and no session: 50 rows of the same
table, three columns, one template. A spreadsheet is read to its end; its memory is what the process grew by at most.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

STATIC = tempfile.TemporaryDirectory(prefix="nameward-pages-")
# As in production: with DEBUG every query is kept in memory and every static file looked for.
os.environ |= {
    "DEBUG": "0", "DEMO": "0", "HTTPS": "0", "SSL_REDIRECT": "0", "REDIS_URL": "", "LOG_LEVEL": "ERROR",
    "SECRET_KEY": secrets.token_urlsafe(32), "FIELD_KEYS": "k:" + "A" * 43 + "=",
    "OPERATOR_HOSTS": "panel.example", "PUBLIC_URL": "http://panel.example", "STATIC_ROOT": STATIC.name,
    "DJANGO_SETTINGS_MODULE": "panel.settings",
}  # fmt: skip

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import engines
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import path

from benchmarks.pages_seed import BRAND_HOST, OPERATOR_HOST, Seeded, seed
from panel.core import heap, keyset
from panel.domain.models import Domain

HOSTS = {"customer": OPERATOR_HOST, "staff": OPERATOR_HOST, "brand": BRAND_HOST}
# What a browser that has opened a form sends with it.
CSRF = "c" * 32
DEEP = 1000
ROWS = 50
MINIMAL = (
    "<table>{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.status }}</td>"
    "<td>{{ row.expires_on }}</td></tr>{% endfor %}</table>"
)


def minimal(request: HttpRequest) -> HttpResponse:
    """The least that a Django view over the same table can do."""
    rows = Domain.objects.filter(customer=request.GET["customer"]).order_by("name")[:ROWS]
    return HttpResponse(engines["django"].from_string(MINIMAL).render({"rows": rows}))


urlpatterns = [path("minimal/", minimal)]


class Bare(WSGIHandler):
    """An application that is a module's views alone, without middleware."""

    def __init__(self, urls: str) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().__init__()
        self.urls = urls

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = self.urls
        return super().get_response(request)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request cost."""

    seconds: float
    cpu: float
    waited: float
    queries: int
    size: int


@dataclass
class Meter:
    """Counts queries and the time spent on them."""

    queries: int = 0
    waited: float = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.queries += 1
            self.waited += time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Site:
    """An application, asked as a server would ask it."""

    application: WSGIHandler
    host: str
    cookie: str = ""

    def ask(self, address: str) -> Answer:
        """One request, read to its end. Raises RuntimeError when the answer is not 200."""
        environ = RequestFactory().get(address, HTTP_HOST=self.host, HTTP_COOKIE=self.cookie).environ
        environ["wsgi.input"] = BytesIO()
        return self._answered(environ, "200")

    def send(self, address: str, data: Mapping[str, Any], *, status: str = "302", **headers: str) -> Answer:
        """A form sent, with headers as WSGI names them. Raises RuntimeError when the answer has another status."""
        cookies = f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        sent = {**data, "csrfmiddlewaretoken": CSRF}
        made = RequestFactory().post(address, sent, HTTP_HOST=self.host, HTTP_COOKIE=cookies, **headers)
        return self._answered(made.environ, status)

    def _answered(self, environ: dict[str, Any], status: str) -> Answer:
        statuses: list[str] = []
        meter = Meter()
        with connection.execute_wrapper(meter):
            started, cpu = time.perf_counter(), time.process_time()
            response = self.application(environ, lambda told, _headers: statuses.append(told))
            size = sum(len(chunk) for chunk in response)
            response.close()
            seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        if not statuses[0].startswith(status):
            raise RuntimeError(f"{environ['PATH_INFO']}: {statuses[0]}")
        return Answer(seconds, cpu, meter.waited, meter.queries, size)


def loaded() -> WSGIHandler:
    """The application, with everything in memory before it is asked, as panel/wsgi.py has it."""
    heap.load_views()
    heap.set_aside()
    return WSGIHandler()


def cursor_of_page(number: int, name: str, customer: Any) -> str:
    """The address of a deep page of the customer's list by name, as its Next button writes it."""
    names = Domain.objects.filter(customer=customer).exclude(status="deleted").only("name")
    size = min((number - 1) * ROWS, names.count() - 1)
    return f"?after={keyset.page(names, keyset.Order(name), size=size).after}"


def addresses(seeded: Seeded) -> Iterator[tuple[str, str, str]]:
    """Label, audience and address of every page that is measured."""
    deep = cursor_of_page(DEEP, "name", seeded.customer)
    yield "customer: domains, page 1", "customer", "/domains/"
    yield f"customer: domains, page {DEEP:,}", "customer", f"/domains/{deep}"
    yield "customer: part of a name, few", "customer", "/domains/?q=-4242"
    yield "customer: part of a name, many", "customer", "/domains/?q=grove"
    yield "customer: part of a name, none", "customer", "/domains/?q=nowhere"
    yield "customer: filter + sort", "customer", "/domains/?tld=fr&state=active&sort=-expires"
    yield "customer: rare filter + sort", "customer", "/domains/?tld=museum&sort=expires"
    yield "customer: a domain", "customer", f"/domains/{seeded.name}/"
    yield "customer: calendar of renewals", "customer", "/renewals/"
    yield "customer: contacts", "customer", "/contacts/"
    yield "customer: orders", "customer", "/orders/"
    yield "staff: domains, page 1", "staff", "/office/domains/"
    yield f"staff: domains, page {DEEP:,}", "staff", f"/office/domains/{deep}"
    yield "staff: part of a name", "staff", "/office/domains/?q=-4242"
    yield "staff: filter + sort", "staff", "/office/domains/?tld_name=fr&sort=-expires_on"
    yield "staff: a domain", "staff", f"/office/domains/{seeded.name}/"
    yield "staff: operations", "staff", "/office/operations/"
    yield "staff: renewals", "staff", "/office/renewals/"
    yield "staff: customers", "staff", "/office/customers/"
    yield "brand: domains, page 1", "brand", "/brand/domains/"
    yield "brand: part of a name", "brand", "/brand/domains/?q=-4242"
    yield "brand: filter + sort", "brand", "/brand/domains/?tld=fr&sort=-expires"
    yield "brand: a domain", "brand", f"/brand/domains/{seeded.brand_name}/"
    yield "brand: renewals", "brand", "/brand/renewals/"


def measure(request: Callable[[], Answer], rounds: int, beside: Callable[[], Answer]) -> dict[str, float]:
    """Medians of a request, after two that warm up. `ratio` is to one made in turn with it: a machine may slow down."""
    for _ in range(2):
        request()
    pairs = [(request(), beside()) for _ in range(rounds)]
    answers = [answer for answer, _least in pairs]
    least = statistics.median(least.seconds for _answer, least in pairs)
    return {
        "ratio": round(statistics.median(answer.seconds for answer in answers) / least, 1),
        "milliseconds": round(statistics.median(answer.seconds for answer in answers) * 1000, 1),
        "best": round(min(answer.seconds for answer in answers) * 1000, 1),
        "cpu": round(statistics.median(answer.cpu for answer in answers) * 1000, 1),
        "database": round(statistics.median(answer.waited for answer in answers) * 1000, 1),
        "queries": statistics.median_high(answer.queries for answer in answers),
        "kilobytes": round(answers[-1].size / 1000, 1),
    }


def spreadsheet(site: Site, address: str) -> dict[str, float]:
    """A spreadsheet of everything, read to its end."""
    site.ask(f"{address}&q=-4242")
    status = Path("/proc/self/status")
    Path("/proc/self/clear_refs").write_text("5")
    before = _kilobytes(status, "VmRSS")
    answer = site.ask(address)
    return {
        "seconds": round(answer.seconds, 2),
        "cpu": round(answer.cpu, 2),
        "queries": answer.queries,
        "megabytes": round(answer.size / 1e6, 1),
        "grew_megabytes": round(max(0, _kilobytes(status, "VmHWM") - before) / 1024, 1),
    }


def _kilobytes(status: Path, name: str) -> int:
    line = next(line for line in status.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


@contextmanager
def scratch() -> Iterator[None]:
    """A database of its own, dropped at the end."""
    name = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    own = f"{STATIC.name}/pages.sqlite3" if is_file else f"nameward_pages_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = own
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def run(count: int, rounds: int, only: str = "") -> dict[str, Any]:
    """Every page, in one run."""
    call_command("collectstatic", interactive=False, verbosity=0)
    seeded = seed(count)
    application = loaded()
    least = partial(Site(Bare(__name__), OPERATOR_HOST).ask, f"/minimal/?customer={seeded.customer.pk}")
    pages = {"minimal view": measure(least, rounds, least)}
    cookie = settings.SESSION_COOKIE_NAME
    sites = {
        audience: Site(application, host, f"{cookie}={seeded.cookies[audience]}")
        for audience, host in HOSTS.items()
    }
    for label, audience, address in addresses(seeded):
        if only in label:
            pages[label] = measure(partial(sites[audience].ask, address), rounds, least)
    sheets = {
        label: spreadsheet(sites[audience], address)
        for label, audience, address in (
            ("customer: CSV of all", "customer", "/domains/?format=csv"),
            ("staff: CSV of all", "staff", "/office/domains/?format=csv"),
        )
        if only in label
    }
    return {
        "database": connection.vendor, "domains": count, "rounds": rounds, "load": os.getloadavg()[0],
        "pages": pages, "spreadsheets": sheets,
    }  # fmt: skip


def show_pages(pages: Mapping[str, Mapping[str, float]]) -> None:
    """A line for each page, as measure() found it, with its ratio."""
    print(f"{'':36}{'ms':>8}{'best':>8}{'cpu':>8}{'db':>8}{'ratio':>8}{'queries':>9}{'kB':>8}")
    for label, row in pages.items():
        print(
            f"{label:36}{row['milliseconds']:>8}{row['best']:>8}{row['cpu']:>8}{row['database']:>8}"
            f"{row['ratio']:>8}{row['queries']:>9}{row['kilobytes']:>8}"
        )


def show(result: dict[str, Any]) -> None:
    """The tables."""
    print(
        f"{result['domains']:,} domains in each of two brands on {result['database']}, "
        f"{result['rounds']} rounds, load {result['load']:.1f}\n"
    )
    show_pages(result["pages"])
    print(f"\n{'':34}{'s':>8}{'cpu s':>8}{'queries':>9}{'MB':>7}{'grew MB':>9}")
    for label, row in result["spreadsheets"].items():
        print(
            f"{label:34}{row['seconds']:>8}{row['cpu']:>8}{row['queries']:>9}{row['megabytes']:>7}"
            f"{row['grew_megabytes']:>9}"
        )


def main() -> None:
    """Seed, serve, measure, print, drop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--domains", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--only", default="", help="measure the pages with this in their label")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with scratch():
        result = run(options.domains, options.rounds, options.only)
    STATIC.cleanup()
    if options.json:
        print(json.dumps(result))
    else:
        show(result)


if __name__ == "__main__":
    sys.exit(main())
