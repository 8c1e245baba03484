"""What zones cost with 100,000 records at one registrar account: pages, search, edits, plans, versions, many zones.

    python -m benchmarks.zones [--records 100000] [--large 5000] [--each 105] [--rounds 20] [--only WORD] [--json]

Seeds a scratch database (SQLite, or DATABASE_URL's server) with one customer at one account: zones of `--each` records
and one of `--large`. It is served and timed as benchmarks.pages does. The minimal view has no middleware and no
session: it reads the large zone's row and shows the first 100 of its records, three columns, one template. Drafts of
the large zone with 1, 100 and 1,000 changes belong to three people; of five changes three are of an address, one is a
record less and one a record more. An edit is a form sent by htmx, answered with the zone as it then is. Nothing is
asked of a registrar. Starting the change of many zones is timed once: afterwards they are being changed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from benchmarks.pages import STATIC, Answer, Bare, Site, loaded, measure, scratch, show_pages

# ruff: isort: split
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from benchmarks.pages_seed import OPERATOR_HOST
from benchmarks.zones_seed import DRAFTS, RARE, SHARED, Seeded, seed
from panel.dns import many, mirror, records
from panel.dns.models import Zone
from panel.dns.replace import replacement
from panel.domain.models import Domain
from registrar.types import RecordType

ROWS = 100
# Milliseconds that a page, an edit and a plan shall take at most.
PROMISE = 150
NEW = "203.0.113.200"
MINIMAL = (
    "<table>{% for row in rows %}<tr><td>{{ row.0 }}</td><td>{{ row.1 }}</td>"
    "<td>{{ row.2 }}</td></tr>{% endfor %}</table>"
)


def minimal(request: HttpRequest) -> HttpResponse:
    """The least that a Django view over the same table can do."""
    zone = Zone.objects.get(pk=request.GET["zone"])
    return HttpResponse(engines["django"].from_string(MINIMAL).render({"rows": zone.records[:ROWS]}))


urlpatterns = [path("minimal/", minimal)]


def requests(application: WSGIHandler, seeded: Seeded) -> Iterator[tuple[str, Callable[[], Answer]]]:
    """What is measured, in words, and how it is asked for."""
    sites = {
        changes: Site(application, OPERATOR_HOST, f"{settings.SESSION_COOKIE_NAME}={session}")
        for changes, session in seeded.sessions.items()
    }
    none = sites[0]
    large, ordinary = (f"/domains/{zone.domain.name}/dns/" for zone in (seeded.large, seeded.ordinary))
    last = -(-len(seeded.large.records) // ROWS)
    for label, address in (
        ("large: page 1", large),
        (f"large: page {last}", f"{large}?page={last}"),
        ("ordinary: page", ordinary),
        ("large: search, few", f"{large}?q=host-0001"),
        ("large: search, many", f"{large}?q=host"),
        ("large: search, none", f"{large}?q=nowhere"),
        ("large: form of a record", _record(seeded.large)),
        ("large: versions", f"{large}versions/"),
        ("large: two versions compared", f"{large}versions/?from=1&to=2"),
        ("large: export", f"{large}export/"),
        ("many zones: replace, all have it", _replace(SHARED)),
        ("many zones: replace, one has it", _replace(RARE)),
        ("many zones: replace, none has it", _replace("192.0.2.99")),
    ):
        yield label, partial(none.ask, address)
    for changes in DRAFTS[1:]:
        yield f"large: page with {changes:,} changes", partial(sites[changes].ask, large)
        yield f"large: review of {changes:,}", partial(sites[changes].ask, f"{large}review/")
    for changes in DRAFTS[1:]:
        yield f"large: edit, {changes:,} in the draft", partial(_edit, sites[changes], seeded.large)
    yield "ordinary: edit", partial(_edit, none, seeded.ordinary)


def _record(zone: Zone) -> str:
    """The address of the form of a record: the last A record, which no draft has changed."""
    row = next(row for row in reversed(mirror.records_of(zone)) if row.type == RecordType.A)
    return f"/domains/{zone.domain.name}/dns/record/?row={records.row_of(row)}"


def _edit(site: Site, zone: Zone) -> Answer:
    form = {"name": "edited", "address": NEW}
    return site.send(_record(zone), form, status="200", HTTP_HX_REQUEST="true")


def _replace(old: str) -> str:
    return f"/dns/replace/?{urlencode({'old': old, 'new': NEW})}"


def start(application: WSGIHandler, seeded: Seeded) -> dict[str, float]:
    """Starting the first zones of a change of many, once."""
    pair = replacement(SHARED, NEW)
    zones = many.zones_of(Domain.objects.filter(customer=seeded.customer), holding=SHARED)
    plans = [found for found in many.plans_for(zones, pair.applied).plans if found.can_start]
    names = [found.name for found in plans]
    form = {
        "zone": names, **{f"mark-{found.name}": found.plan.mark for found in plans},
        **{f"sure-{name}": "yes" for name in names},
    }  # fmt: skip
    cookie = f"{settings.SESSION_COOKIE_NAME}={seeded.sessions[0]}"
    answer = Site(application, OPERATOR_HOST, cookie).send(_replace(SHARED), form)
    return {
        "zones": len(plans),
        "milliseconds": round(answer.seconds * 1000, 1),
        "cpu": round(answer.cpu * 1000, 1),
        "queries": answer.queries,
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, in one run."""
    call_command("collectstatic", interactive=False, verbosity=0)
    seeded = seed(options.records, options.large, options.each)
    application = loaded()
    least = partial(Site(Bare(__name__), OPERATOR_HOST).ask, f"/minimal/?zone={seeded.large.pk}")
    pages = {"minimal view": measure(least, options.rounds, least)}
    for label, request in requests(application, seeded):
        if options.only in label:
            pages[label] = measure(request, options.rounds, least)
    return {
        "database": connection.vendor, "zones": seeded.zones, "records": seeded.records,
        "large": len(seeded.large.records), "rounds": options.rounds, "load": os.getloadavg()[0],
        "promise": PROMISE, "pages": pages,
        "late": [label for label, figure in pages.items() if figure["milliseconds"] > PROMISE],
        "started": start(application, seeded) if options.only in "many zones: start" else None,
    }  # fmt: skip


def show(result: dict[str, Any]) -> None:
    """The table."""
    print(
        f"{result['records']:,} records in {result['zones']:,} zones, {result['large']:,} of them in one, on "
        f"{result['database']}, {result['rounds']} rounds, load {result['load']:.1f}\n"
    )
    show_pages(result["pages"])
    print(f"\nOver {result['promise']} ms: {', '.join(result['late']) or 'none'}")
    started = result["started"]
    if started:
        print(
            f"Starting {started['zones']} zones at once: {started['milliseconds']} ms ({started['cpu']} of processor "
            f"time), {started['queries']} queries"
        )


def main() -> None:
    """Seed, serve, measure, print, drop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=5_000)
    parser.add_argument("--each", type=int, default=105)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="measure what has this in its label")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with scratch():
        result = run(options)
    STATIC.cleanup()
    if options.json:
        print(json.dumps(result))
    else:
        show(result)


if __name__ == "__main__":
    sys.exit(main())
