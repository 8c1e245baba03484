"""A customer's own labels on names: written on a name's page, found in the list, kept with nobody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.access.actor import actor_for
from panel.domain import handovers
from panel.domain.assignment import assign
from panel.domain.bulk.work import work
from panel.domain.models import Domain, DomainTag, Tag
from panel.domain.tags.queries import tags_on
from panel.domain.tags.services import MOST, BadTags, set_tags, written
from panel.operation.models import Operation
from tests.selfservice.bulk import ids, started, words_of


def shown(page: Any) -> list[str]:
    """The names that a list shows."""
    return [row.name for row in page.context["listing"].page.rows]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", []),
        (" shop ,  customer   42,", ["shop", "customer 42"]),
        ("Shop, SHOP, shop", ["Shop"]),
        ("one\ntwo", ["one", "two"]),
        ("straße, STRASSE", ["straße"]),
    ],
)
def test_text_is_read_as_tags(text: str, tags: list[str]) -> None:
    assert written(text) == tags


@pytest.mark.parametrize("text", ["x" * 41, "a\tb\x00c", "\ufdfa" * 20, ", ".join(map(str, range(MOST + 1)))])
def test_what_cannot_be_tags_is_refused(text: str) -> None:
    with pytest.raises(BadTags):
        written(text)


def test_tags_are_written_on_the_names_page(own: Client, names: list[Domain]) -> None:
    answer = own.post("/domains/name-0.com/tags/", {"tags": "Shop, customer 42"})

    page = own.get("/domains/name-0.com/")
    assert answer["Location"] == "/domains/name-0.com/"
    assert tags_on(names[0]) == ["customer 42", "Shop"]
    assert '<a class="tag" href="/domains/?tag=shop">Shop</a>' in page.content.decode()
    assert not Operation.objects.exists()


def test_writing_again_replaces_what_was_there(own: Client, names: list[Domain]) -> None:
    own.post("/domains/name-0.com/tags/", {"tags": "one, two"})

    own.post("/domains/name-0.com/tags/", {"tags": "two, three"})

    assert tags_on(names[0]) == ["three", "two"]


def test_bad_tags_come_back_with_what_was_written(own: Client, names: list[Domain]) -> None:
    answer = own.post("/domains/name-0.com/tags/", {"tags": "x" * 41})

    assert answer.status_code == 422
    assert "x" * 41 in answer.content.decode()
    assert "is too long: a tag has at most 40 characters" in words_of(answer)


def test_tag_in_use_keeps_its_one_spelling(own: Client, names: list[Domain]) -> None:
    own.post("/domains/name-0.com/tags/", {"tags": "Shop"})

    own.post("/domains/name-1.com/tags/", {"tags": "SHOP"})

    assert tags_on(names[1]) == ["Shop"]
    assert Tag.objects.count() == 1


def test_tag_that_no_name_bears_takes_a_new_spelling(own: Client, names: list[Domain]) -> None:
    own.post("/domains/name-0.com/tags/", {"tags": "shop"})
    own.post("/domains/name-0.com/tags/", {"tags": ""})

    own.post("/domains/name-0.com/tags/", {"tags": "Shop"})

    assert tags_on(names[0]) == ["Shop"]


def test_list_is_filtered_by_a_tag_and_found_by_it(own: Client, names: list[Domain], owner: Any) -> None:
    set_tags(names[1], ["Shop"], actor=owner)

    assert shown(own.get("/domains/?tag=shop")) == ["name-1.com"]
    assert shown(own.get("/domains/?q=SHOP")) == ["name-1.com"]
    assert 'value="shop"' in own.get("/domains/").content.decode()


def test_spreadsheet_has_the_tags(own: Client, names: list[Domain], owner: Any) -> None:
    set_tags(names[1], ["Shop", "b"], actor=owner)

    answer = own.get("/domains/?format=csv&cols=tags&sort=name")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows == [["Name", "Tags"], ["name-0.com", ""], ["name-1.com", "b, Shop"], ["name-2.com", ""]]


def test_list_takes_the_same_queries_with_few_and_many_tags(
    own: Client, make_domain: Callable[..., Domain], owner: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert own.get("/domains/").status_code == 200
        return len(captured)

    set_tags(make_domain("first.com"), ["one"], actor=owner)
    queries()
    few = queries()
    for number in range(20):
        set_tags(make_domain(f"more-{number}.com"), ["one", f"t{number}", "all"], actor=owner)

    assert queries() == few


def test_filter_by_a_tag_that_nobody_uses_chooses_nothing(own: Client, names: list[Domain]) -> None:
    answer = own.post("/jobs/new/", {"all": "1", "filter": "tag=shop", "action": "auto-renew:on"})

    assert answer.status_code == 302
    assert answer["Location"] == "/domains/?tag=shop"


def test_tags_of_others_are_neither_shown_nor_offered(
    stranger: Client, own: Client, names: list[Domain], owner: Any
) -> None:
    set_tags(names[0], ["Secret"], actor=owner)

    assert stranger.get("/domains/name-0.com/tags/").status_code == 404
    assert stranger.post("/domains/name-0.com/tags/", {"tags": "mine"}).status_code == 404
    assert "Secret" not in stranger.get("/domains/").content.decode()
    assert tags_on(names[0]) == ["Secret"]


def test_reader_sees_tags_and_cannot_write_them(colleague: Client, names: list[Domain], owner: Any) -> None:
    set_tags(names[0], ["Shop"], actor=owner)

    assert "Shop" in words_of(colleague.get("/domains/name-0.com/"))
    assert colleague.post("/domains/name-0.com/tags/", {"tags": ""}).status_code == 403


def test_name_that_is_given_to_another_customer_leaves_its_tags_behind(
    names: list[Domain], owner: Any, make_customer: Callable[..., Any]
) -> None:
    set_tags(names[0], ["Secret"], actor=owner)

    assign(Domain.objects.filter(pk=names[0].pk), make_customer("Other"), owner)

    assert not DomainTag.objects.exists()


def test_name_that_is_handed_over_leaves_its_tags_behind(
    names: list[Domain], owner: Any, make_customer: Callable[..., Any], make_user: Callable[..., Any]
) -> None:
    set_tags(names[0], ["Secret"], actor=owner)
    taker = make_user("taker@demo.test", customer=make_customer("Taker"))
    offer = handovers.offer(names[0], "taker@demo.test", actor=owner)
    actor = actor_for(taker, offer.giver.brand)
    assert actor is not None

    handovers.accept(offer, actor)

    assert not DomainTag.objects.exists()


# --- many names at once -----------------------------------------------------------------------------------------------


def test_tags_are_added_to_many_names_and_taken_off(own: Client, names: list[Domain], owner: Any) -> None:
    set_tags(names[0], ["Old"], actor=owner)
    set_tags(names[1], ["Shop"], actor=owner)
    asked = own.post("/jobs/new/", {"ids": ids(names), "action": "tag"})
    assert asked.status_code == 200
    assert "In use: Old, Shop." in words_of(asked)

    page = own.post("/jobs/new/", {"ids": ids(names), "action": "tag", "answered": "1", "tags": "shop"})
    added = started(own, names, "tag", answered="1", tags="shop")
    work(added.pk)

    assert page.context["numbers"] == {"ready": 2, "unchanged": 1, "refused": 0}
    assert [tags_on(name) for name in names] == [["Old", "Shop"], ["Shop"], ["Shop"]]
    assert not Operation.objects.exists()
    assert "Done" in words_of(own.get(f"/jobs/{added.public_id}/"))

    taken = started(own, names, "untag", answered="1", tags="old, SHOP")
    work(taken.pk)
    assert not DomainTag.objects.exists()


def test_change_without_a_tag_is_asked_again(own: Client, names: list[Domain]) -> None:
    answer = own.post("/jobs/new/", {"ids": ids(names), "action": "tag", "answered": "1", "tags": " , "})

    assert answer.status_code == 422
    assert "Write at least one tag." in words_of(answer)


def test_too_many_tags_on_a_name_are_told_before_the_start(
    own: Client, names: list[Domain], owner: Any
) -> None:
    set_tags(names[0], [f"t{number}" for number in range(MOST)], actor=owner)

    page = own.post("/jobs/new/", {"ids": ids(names), "action": "tag", "answered": "1", "tags": "more"})

    assert page.context["numbers"] == {"ready": 2, "unchanged": 0, "refused": 1}
    assert "The name would bear too many tags." in words_of(page)


def test_preview_of_tags_takes_the_same_queries_for_few_and_many_names(
    own: Client, make_domain: Callable[..., Domain], owner: Any
) -> None:
    def queries(names: list[Domain]) -> int:
        with CaptureQueriesContext(connection) as captured:
            own.post("/jobs/new/", {"ids": ids(names), "action": "tag", "answered": "1", "tags": "one"})
        return len(captured)

    many = [make_domain(f"many-{number}.com") for number in range(30)]
    for name in many[:20]:
        set_tags(name, ["two", name.name], actor=owner)
    queries(many[:1])

    assert queries(many[:1]) == queries(many)
