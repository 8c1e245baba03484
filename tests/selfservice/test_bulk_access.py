"""Changes of many names: who may see and do what, and pages that take as many queries whatever the number of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.domain.bulk.work import work
from panel.domain.models import BulkItem, BulkJob, Domain
from tests.selfservice.bulk import NEW, START, ids, started, ticket_of

# --- who may --------------------------------------------------------------------------------------------------------


@pytest.fixture
def job(own: Client, names: list[Domain]) -> BulkJob:
    return started(own, names, "transfer-lock:on")


def test_colleague_who_may_look_sees_jobs_and_starts_none(
    colleague: Client, names: list[Domain], job: BulkJob
) -> None:
    here = f"/jobs/{job.public_id}/"

    assert colleague.get("/jobs/").status_code == 200
    page = colleague.get(here)
    assert page.status_code == 200
    assert "cancel/" not in page.content.decode()
    assert colleague.get(f"{NEW}?of={job.public_id}").status_code == 403
    assert colleague.post(NEW, {"ids": ids(names), "action": "renew"}).status_code == 403
    assert colleague.post(START, {"ticket": "x"}).status_code == 403
    assert colleague.post(f"{here}cancel/").status_code == 403
    assert job.items.filter(state="pending").count() == 3


def test_jobs_of_others_do_not_exist(stranger: Client, job: BulkJob) -> None:
    assert stranger.get(f"/jobs/{job.public_id}/").status_code == 404
    assert stranger.get(f"/jobs/{job.public_id}/?format=csv").status_code == 404
    assert stranger.post(f"/jobs/{job.public_id}/cancel/").status_code == 404
    assert stranger.get(f"{NEW}?of={job.public_id}").status_code == 404
    assert job.public_id not in stranger.get("/jobs/").content.decode()


def test_jobs_do_not_exist_under_another_brand(
    alder: Any, make_customer: Any, make_user: Any, job: BulkJob
) -> None:
    browser = Client(HTTP_HOST="alder.localhost")
    theirs = make_user("birch@demo.test", customer=make_customer("Birch", brand=alder))
    browser.force_login(theirs, backend="panel.people.backends.BrandAuthenticationBackend")

    assert browser.get("/jobs/").status_code == 200
    assert browser.get(f"/jobs/{job.public_id}/").status_code == 404
    assert browser.post(f"/jobs/{job.public_id}/cancel/").status_code == 404
    assert browser.get(f"{NEW}?of={job.public_id}").status_code == 404


def test_nobody_signed_in_is_asked_to(client: Client, job: BulkJob) -> None:
    for path in ("/jobs/", f"/jobs/{job.public_id}/", NEW):
        assert "/accounts/login/" in client.get(path)["Location"]


def test_staff_without_a_customer_find_no_customer_pages(signed_in: Any, staff: Any, job: BulkJob) -> None:
    browser = signed_in(staff)

    assert browser.get("/jobs/").status_code == 404
    assert browser.get(f"/jobs/{job.public_id}/").status_code == 404


# --- as many queries with many names --------------------------------------------------------------------------------


def queries(client: Client, path: str, data: dict[str, Any] | None = None) -> int:
    """How many queries a page takes, once everything is warm."""

    def ask() -> Any:
        return client.get(path) if data is None else client.post(path, data)

    ask()
    with CaptureQueriesContext(connection) as found:
        response = ask()
        assert response.status_code == 200
        if response.streaming:
            b"".join(response.streaming_content)
    return len(found)


@pytest.mark.parametrize("action", ["renew", "transfer-lock:on", "privacy:on", "auto-renew:on"])
def test_preview_takes_the_same_queries_with_3_and_40_names(
    own: Client, names: list[Domain], make_domain: Callable[..., Domain], action: str
) -> None:
    data = {"all": "1", "filter": "", "action": action}
    few = queries(own, NEW, data)
    for number in range(37):
        make_domain(f"more-{number}.{('com', 'net', 'fr')[number % 3]}")

    assert queries(own, NEW, data) == few


def test_pages_of_a_job_take_the_same_queries_with_3_and_40_names(
    own: Client, names: list[Domain], make_domain: Callable[..., Domain]
) -> None:
    small = started(own, names[:1], "auto-renew:on")
    pages = ("", "?format=csv", "?result=under-way")
    work(small.pk)
    few = [queries(own, f"/jobs/{small.public_id}/{page}") for page in pages]
    more = [make_domain(f"more-{number}.com", renewal_mode="manual") for number in range(39)]
    large = started(own, more, "auto-renew:on")
    work(large.pk)

    assert BulkItem.objects.filter(job=large, state="planned").count() == 39
    assert [queries(own, f"/jobs/{large.public_id}/{page}") for page in pages] == few


ITEMS = 'INSERT INTO "domain_bulkitem"'
SPAN = ("SAVEPOINT", "RELEASE")


def accepted(own: Client, names: list[Domain]) -> tuple[list[str], list[str], list[str]]:
    """The first words of the statements of a preview, of its start, and of the page that comes then."""
    found = []
    answer: Any = None
    ticket = ""
    for step in ("preview", "start", "page"):
        with CaptureQueriesContext(connection) as captured:
            if step == "preview":
                ticket = ticket_of(own.post(NEW, {"ids": ids(names), "action": "renew"}))
            elif step == "start":
                answer = own.post(START, {"ticket": ticket})
            else:
                own.get(answer["Location"])
        found.append([_short(query["sql"]) for query in captured])
    return found[0], found[1], found[2]


def _short(sql: str) -> str:
    """What a statement does, and to what; savepoints are all named differently."""
    words = sql.split()
    return words[0] if words[0] in SPAN else " ".join(words[:3])


def test_accepting_takes_the_same_queries_with_10_and_200_names_and_one_short_transaction(
    own: Client, names: list[Domain], registrar_account: Any, customer: Any
) -> None:
    more = Domain.objects.bulk_create(
        Domain(
            name=f"many-{number}.com", unicode_name=f"many-{number}.com", tld_name="com", status="active",
            account=registrar_account, customer=customer, expires_on=names[0].expires_on,
        )
        for number in range(200)
    )  # fmt: skip
    accepted(own, more[:10])

    few, many = accepted(own, more[:10]), accepted(own, more)

    # SQLite takes some ninety rows in one insert.
    assert few[1].count(ITEMS) == 1
    assert many[1].count(ITEMS) <= 3
    assert many[0] == few[0]
    assert [sql for sql in many[1] if sql != ITEMS] == [sql for sql in few[1] if sql != ITEMS]
    # What the one transaction holds, while nobody else can write to SQLite: inserts alone, and all of the writing.
    begins, ends = (many[1].index(word) for word in SPAN)
    assert set(many[1][begins + 1 : ends]) == {'INSERT INTO "domain_bulkjob"', ITEMS}
    rest = [*many[0], *many[1][:begins], *many[1][ends + 1 :], *many[2]]
    assert {sql.split()[0] for sql in rest} == {"SELECT"}
    assert BulkJob.objects.order_by("-pk")[0].total == 200
