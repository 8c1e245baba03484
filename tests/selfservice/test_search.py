"""The search pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account, Exchange
from panel.billing.models import CartLine
from panel.domain import answering
from panel.domain.models import Availability, Search, SearchLine
from panel.domain.search import SEARCHES_A_MINUTE

HTMX = {"HX-Request": "true"}


@pytest.fixture
def buyer(own: Client, catalogue: Account) -> Client:
    """The owner of `customer`, with extensions for sale."""
    return own


@pytest.fixture
def searched(buyer: Client) -> Search:
    buyer.post("/search/", {"q": "lighthouse"})
    return Search.objects.get()


def poll(client: Client, search: Search, **query: Any) -> Any:
    return client.get(f"/search/{search.public_id}/", query, headers=HTMX)


def shown(search: Search) -> list[str]:
    return [f"{line.pk}:checking" for line in search.lines.all()]


def test_search_leads_to_its_results_and_calls_nobody(buyer: Client) -> None:
    answer = buyer.post("/search/", {"q": "lighthouse"})

    search = Search.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/search/{search.public_id}/"
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(("typed", "says"), [("", "Type a word"), ("x" * 64, "1 to 63"), ("a_b", "_")])
def test_impossible_name_keeps_what_was_typed_and_says_why(buyer: Client, typed: str, says: str) -> None:
    answer = buyer.post("/search/", {"q": typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    assert says in page
    assert not Search.objects.exists()


def test_too_many_searches_are_refused_kindly(buyer: Client, customer: Any) -> None:
    for _turn in range(SEARCHES_A_MINUTE):
        Search.objects.create(customer=customer, query="x", label="x")

    answer = buyer.post("/search/", {"q": "lighthouse"})

    assert answer.status_code == 422
    assert "Wait a moment" in answer.content.decode()


def test_results_page_shows_lines_at_once_and_polls(buyer: Client, searched: Search) -> None:
    page = buyer.get(f"/search/{searched.public_id}/").content.decode()

    assert page.count("search-line-checking") == searched.lines.count()
    assert 'hx-trigger="every 1s"' in page
    assert "<noscript>" in page


def test_poll_without_news_changes_nothing(buyer: Client, searched: Search) -> None:
    answer = poll(buyer, searched, shown=shown(searched), slow="False")

    assert answer.status_code == 204


def test_poll_brings_only_lines_that_changed(buyer: Client, searched: Search, catalogue: Account) -> None:
    before = shown(searched)
    line = searched.lines.get(name="lighthouse.com")
    line.availability = Availability.objects.create(
        account=catalogue, name=line.name, state="available", checked_at=timezone.now()
    )
    line.state = SearchLine.State.ANSWERED
    line.save()

    answer = poll(buyer, searched, shown=before, slow="False")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="line-{line.pk}" hx-swap-oob="true"' in page
    assert page.count('class="search-line ') == 1
    assert "Add to cart" in page


def test_poll_ends_when_everything_is_answered(buyer: Client, searched: Search) -> None:
    before = shown(searched)
    answering.answer(searched.pk)

    answer = poll(buyer, searched, shown=before, slow="False")

    assert answer.status_code == 286
    assert "Similar names" in answer.content.decode()
    assert "every 1s" not in buyer.get(f"/search/{searched.public_id}/").content.decode()


def test_slow_answers_are_explained(buyer: Client, searched: Search) -> None:
    Search.objects.update(updated_at=timezone.now() - timedelta(seconds=30))

    answer = poll(buyer, searched, shown=shown(searched), slow="False")

    assert answer.status_code == 200
    assert "longer than usual" in answer.content.decode()


def test_failed_lines_can_be_tried_again(buyer: Client, searched: Search) -> None:
    searched.lines.update(state=SearchLine.State.FAILED)
    page = buyer.get(f"/search/{searched.public_id}/").content.decode()
    assert "Try again" in page

    buyer.post(f"/search/{searched.public_id}/again/")

    assert not searched.lines.filter(state=SearchLine.State.FAILED).exists()


def test_results_show_idn_names_as_people_write_them(buyer: Client) -> None:
    buyer.post("/search/", {"q": "bücher"})
    search = Search.objects.get()

    page = buyer.get(f"/search/{search.public_id}/").content.decode()

    assert search.lines.first().name == "xn--bcher-kva.com"  # type: ignore[union-attr]
    assert "bücher" in page


def test_add_button_toggles_and_counts(buyer: Client, searched: Search) -> None:
    answering.answer(searched.pk)
    line = searched.lines.get(name="lighthouse.com")

    added = buyer.post("/cart/add/", {"name": line.name, "line": line.pk}, headers=HTMX).content.decode()

    assert CartLine.objects.get().name == "lighthouse.com"
    assert "In cart" in added
    assert 'id="cart-count" hx-swap-oob="true">1<' in added
    removed = buyer.post("/cart/remove/", {"name": line.name, "line": line.pk}, headers=HTMX).content.decode()
    assert "Add to cart" in removed
    assert not CartLine.objects.exists()


def test_taken_name_is_not_added(buyer: Client, searched: Search) -> None:
    answering.answer(searched.pk)

    answer = buyer.post("/cart/add/", {"name": "lighthouse.net"}, follow=True)

    assert not CartLine.objects.exists()
    assert "cannot be bought right now" in answer.content.decode()


def test_reader_sees_results_without_buttons(colleague: Client, buyer: Client, searched: Search) -> None:
    answering.answer(searched.pk)

    page = colleague.get(f"/search/{searched.public_id}/").content.decode()

    assert "Available" in page
    assert "Add to cart" not in page
    assert colleague.post("/cart/add/", {"name": "lighthouse.com"}).status_code == 403


def test_stranger_does_not_find_the_search(stranger: Client, searched: Search) -> None:
    assert stranger.get(f"/search/{searched.public_id}/").status_code == 404
    assert stranger.post(f"/search/{searched.public_id}/more/").status_code == 404
    assert stranger.post(f"/search/{searched.public_id}/again/").status_code == 404


def test_results_never_name_the_registrar(buyer: Client, searched: Search) -> None:
    answering.answer(searched.pk)

    page = buyer.get(f"/search/{searched.public_id}/").content.decode().lower()

    assert "mrdomain" not in page
