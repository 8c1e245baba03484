"""Every answer carries an id that a person can quote; error pages show it and need nothing that may be broken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from panel.access.rules import Permission, requires
from panel.urls import urlpatterns as product

ID = re.compile(r"^req-[23456789bcdfghjkmnpqrstvwxz]{12}$")
public = requires(Permission.PUBLIC)


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("canary-secret-of-the-code")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("canary-secret-of-the-code")


def suspects(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("canary-secret-of-the-code")


urlpatterns = [
    path("breaks/", public(breaks)),
    path("refuses/", public(refuses)),
    path("suspects/", public(suspects)),
    *product,
]
handler400 = "panel.core.views.bad_request"
handler403 = "panel.core.views.forbidden"
handler404 = "panel.core.views.not_found"
handler500 = "panel.core.views.server_error"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, operator: Any) -> Client:
    """A panel with pages that go wrong."""
    import panel.urls

    monkeypatch.setattr(panel.urls, "urlpatterns", urlpatterns)
    from django.urls import clear_url_caches

    clear_url_caches()
    client = Client(raise_request_exception=False)
    yield client
    monkeypatch.undo()
    clear_url_caches()


def test_every_answer_has_its_own_id(client: Client, operator: Any) -> None:
    ids = [
        client.get(page)["X-Request-ID"]
        for page in ("/healthz", "/accounts/login/", "/nothing/", "/theme.css")
    ]

    assert all(ID.match(text) for text in ids)
    assert len(set(ids)) == len(ids)


def test_id_sent_by_the_browser_is_not_taken_over(client: Client, operator: Any) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": "<script>"})

    assert ID.match(response["X-Request-ID"])


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        ("/nothing-here/", 404, "There is nothing here"),
        ("/refuses/", 403, "You may look, but not do this"),
        ("/suspects/", 400, "That request could not be read"),
        ("/breaks/", 500, "Something went wrong on our side"),
    ],
)
def test_error_page_is_ours_quotes_its_id_and_tells_nothing(
    broken: Client, page: str, status: int, words: str
) -> None:
    response = broken.get(page)

    content = response.content.decode()
    assert response.status_code == status
    assert words in content
    assert response["X-Request-ID"] in content
    assert "canary" not in content
    assert "Traceback" not in content
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_error_page_on_a_brands_host_wears_the_brand(broken: Client, alder: Any) -> None:
    content = broken.get("/nothing-here/", headers={"host": "alder.localhost"}).content.decode()

    assert "Alder Hosting" in content
    assert "help@alder.test" in content
    assert "Nameward" not in content


def test_error_page_needs_no_database(
    broken: Client, django_assert_num_queries: Any, rf: Any, operator: Any
) -> None:
    from panel.core.views import server_error

    request = rf.get("/breaks/")
    with django_assert_num_queries(0):
        response = server_error(request)

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_old_form_is_explained_with_an_id(operator: Any) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a@b.test", "password": "x"})

    content = response.content.decode()
    assert response.status_code == 403
    assert "This form was open too long" in content
    assert response["X-Request-ID"] in content
