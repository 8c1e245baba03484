"""Searching: reading what was typed, offering in the right order, asking politely."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.access.actor import Actor, actor_for
from panel.account.models import Account, Cost, Exchange, Throttle
from panel.billing.pricing import PriceBook
from panel.domain import answering, search
from panel.domain.models import Availability, Domain, Search, SearchLine
from panel.domain.names import ImpossibleName, Wanted, read_query
from panel.domain.offers import NotForSale, OfferState, offers_for, put_in_cart
from panel.domain.suggest import extension_order
from tests.conftest import control

SOLD = {"com", "fr", "es", "co.uk"}


@pytest.fixture
def actor(owner: Any, operator: Any) -> Actor:
    found = actor_for(owner, operator)
    assert found is not None
    return found


def run_search(actor: Actor, text: str) -> Search:
    """A search whose worker has come by once."""
    found = search.start_search(actor, text, language="en")
    answering.answer(found.pk)
    found.refresh_from_db()
    return found


def states(actor: Actor, found: Search) -> dict[str, str]:
    lines = found.lines.select_related("availability")
    return {offer.line.name: offer.state.value for offer in offers_for(actor, lines)}


def checks() -> int:
    return Exchange.objects.filter(action="domain/check").count()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("lighthouse", Wanted("lighthouse")),
        ("  LightHouse.COM ", Wanted("lighthouse", "com")),
        ("https://www.lighthouse.co.uk/page?x=1", Wanted("lighthouse", "co.uk")),
        ("my light house", Wanted("mylighthouse")),
        ("bücher.fr", Wanted("xn--bcher-kva", "fr")),
        ("xn--bcher-kva.fr", Wanted("xn--bcher-kva", "fr")),
        ("shop.lighthouse.com", Wanted("lighthouse", "com")),
        ("lighthouse.museum", Wanted("lighthouse", "museum")),
        ("lighthouse.co.jp", Wanted("lighthouse", "co.jp")),
        ("me@lighthouse.com", Wanted("lighthouse", "com")),
        ("e\N{COMBINING ACUTE ACCENT}te.fr", Wanted("xn--te-9ia", "fr")),
        ("x" * 63, Wanted("x" * 63)),
    ],
)
def test_query_is_read_as_one_registrable_name(typed: str, wanted: Wanted) -> None:
    assert read_query(typed, SOLD) == wanted


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type a word"),
        ("...", "Type a word"),
        ("x" * 64, "1 to 63"),
        ("é" * 63, "too long"),
        ("-light", "hyphen"),
        ("li--ght".replace("li--", "ab--"), "third and fourth"),
        ("light_house", "_"),
        ("light!house.com", "!"),
        ("a..b", "two dots"),
        ("😀", "😀"),
        ("xn--zzzzzzzz99999", ""),
    ],
)
def test_query_that_no_registry_takes_is_refused_with_its_reason(typed: str, says: str) -> None:
    with pytest.raises(ImpossibleName) as refused:
        read_query(typed, SOLD)
    assert says in str(refused.value.sentence)


def test_extension_order_puts_com_then_near_then_popular_first() -> None:
    sold = ["aero", "com", "es", "fr", "madrid", "net", "org", "com.es"]

    order = extension_order(sold, countries=["ES"], language="fr")

    assert order == ["com", "es", "fr", "com.es", "madrid", "net", "org", "aero"]


def test_word_search_offers_favorite_first_and_makes_no_call(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse", language="fr")

    lines = list(found.lines.all())
    assert [line.name for line in lines][:3] == ["lighthouse.com", "lighthouse.fr", "lighthouse.net"]
    assert lines[0].group == SearchLine.Group.EXACT
    assert {line.state for line in lines} == {SearchLine.State.PENDING}
    assert checks() == 0


def test_full_name_search_keeps_typed_extension_first(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse.madrid", language="en")

    assert found.lines.get(group=SearchLine.Group.EXACT).name == "lighthouse.madrid"
    assert not found.lines.exclude(group=SearchLine.Group.EXACT).filter(tld_name="madrid").exists()


def test_unsold_extension_is_answered_without_a_call(actor: Actor, catalogue: Account) -> None:
    found = run_search(actor, "lighthouse.museum")

    assert states(actor, found)["lighthouse.museum"] == OfferState.UNSUPPORTED
    assert not Exchange.objects.filter(action="domain/check", request__contains="museum").exists()


def test_worker_answers_every_line_and_adds_suggestions(actor: Actor, catalogue: Account) -> None:
    found = run_search(actor, "lighthouse")

    said = states(actor, found)
    assert said["lighthouse.com"] == OfferState.AVAILABLE
    assert said["lighthouse.fr"] == OfferState.AVAILABLE
    assert said["lighthouse.net"] == OfferState.TAKEN
    suggested = found.lines.filter(group=SearchLine.Group.SUGGESTION)
    assert 0 < suggested.count() <= answering.MOST_SUGGESTIONS
    assert search.is_done(found, found.lines.all())


def test_available_line_shows_first_year_and_then(actor: Actor, catalogue: Account) -> None:
    Cost.objects.filter(tld__name="fr", action="renew").update(amount=Decimal("12.00"))
    found = run_search(actor, "lighthouse.fr")

    offer = offers_for(actor, found.lines.select_related("availability").filter(group=0))[0]

    book = PriceBook(actor.brand)
    assert (offer.first, offer.then) == (book.quote("fr").price, book.quote("fr", "renew").price)  # type: ignore[union-attr]
    assert offer.first != offer.then


def test_premium_line_is_priced_from_its_own_cost(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse.madrid", language="en")
    answer = Availability.objects.create(
        account=catalogue,
        name="lighthouse.madrid",
        state="premium",
        cost=Decimal("900.00"),
        currency="EUR",
        checked_at=timezone.now(),
    )
    found.lines.filter(name="lighthouse.madrid").update(state="answered", availability=answer)

    offer = offers_for(actor, found.lines.select_related("availability").filter(group=0))[0]

    assert offer.state == OfferState.PREMIUM
    assert offer.first is not None
    assert offer.first >= Decimal("900.00")


def test_premium_line_without_a_cost_is_being_priced(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse.madrid", language="en")
    answer = Availability.objects.create(
        account=catalogue, name="lighthouse.madrid", state="premium", checked_at=timezone.now()
    )
    found.lines.filter(name="lighthouse.madrid").update(state="answered", availability=answer)

    assert states(actor, found)["lighthouse.madrid"] == OfferState.PRICELESS
    with pytest.raises(NotForSale):
        put_in_cart(actor, "lighthouse.madrid", "madrid")


def test_price_under_cost_is_not_offered(actor: Actor, catalogue: Account) -> None:
    rules = PriceBook(actor.brand).price_list.rules
    rules.create(tld_name="fr", margin_percent=Decimal(-50), margin_fixed=Decimal(0))

    found = run_search(actor, "lighthouse.fr")

    assert states(actor, found)["lighthouse.fr"] == OfferState.PRICELESS


def test_own_name_is_said_to_be_owned_and_a_strangers_only_taken(
    actor: Actor, catalogue: Account, make_customer: Any
) -> None:
    for name, customer in (("lighthouse.com", actor.customer), ("lighthouse.fr", make_customer("Other"))):
        Domain.objects.create(
            name=name,
            unicode_name=name,
            tld_name=name.partition(".")[2],
            account=catalogue,
            customer=customer,
            status=Domain.Status.ACTIVE,
        )

    found = run_search(actor, "lighthouse")

    said = states(actor, found)
    assert said["lighthouse.com"] == OfferState.OWNED
    assert said["lighthouse.fr"] != OfferState.OWNED


def test_second_search_uses_young_answers_without_a_call(actor: Actor, catalogue: Account) -> None:
    run_search(actor, "lighthouse")
    before = checks()

    again = search.start_search(actor, "lighthouse", language="en")

    group = again.lines.exclude(group=SearchLine.Group.SUGGESTION)
    assert {line.state for line in group} == {SearchLine.State.ANSWERED}
    answering.answer(again.pk)
    assert checks() == before


def test_old_answers_are_asked_for_again(actor: Actor, catalogue: Account) -> None:
    run_search(actor, "lighthouse")
    Availability.objects.update(checked_at=timezone.now() - timedelta(hours=2))
    before = checks()

    run_search(actor, "lighthouse")

    assert checks() > before


def test_silent_registrar_costs_one_call_a_run_and_ends_in_failed(
    actor: Actor, catalogue: Account, sandbox: Any
) -> None:
    control(
        sandbox,
        "POST",
        "/faults",
        {"family": "mrdomain", "action": "domain/check", "kind": "reset_before", "rate": 1},
    )
    found = search.start_search(actor, "lighthouse", language="en")

    answering.answer(found.pk)

    assert checks() == 1
    assert {line.tries for line in found.lines.all()} == {1}
    assert states(actor, found)["lighthouse.com"] == OfferState.RETRYING
    for _turn in range(answering.MOST_TRIES):
        answering.answer(found.pk)
    assert set(states(actor, found).values()) == {OfferState.FAILED}


def test_try_again_after_failure_gets_the_answer(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse", language="en")
    found.lines.update(state=SearchLine.State.FAILED, tries=answering.MOST_TRIES)

    count = search.try_again(found)
    answering.answer(found.pk)

    assert count == found.lines.exclude(group=SearchLine.Group.SUGGESTION).count()
    assert states(actor, found)["lighthouse.com"] == OfferState.AVAILABLE


def test_empty_bucket_leaves_lines_waiting_without_a_call(actor: Actor, catalogue: Account) -> None:
    Throttle.objects.create(account=catalogue, call_class="check", tokens=0.0, refilled_at=timezone.now())

    found = run_search(actor, "lighthouse")

    assert checks() == 0
    assert {line.state for line in found.lines.all()} == {SearchLine.State.PENDING}


def test_account_that_rests_is_waited_for_without_giving_up(actor: Actor, catalogue: Account) -> None:
    Account.objects.update(retry_after=timezone.now() + timedelta(minutes=1))
    found = search.start_search(actor, "lighthouse", language="en")

    for _turn in range(answering.MOST_TRIES + 1):
        answering.answer(found.pk)
    waiting = set(states(actor, found).values())
    Account.objects.update(retry_after=None)
    answering.answer(found.pk)

    assert waiting == {OfferState.CHECKING}
    assert states(actor, found)["lighthouse.com"] == OfferState.AVAILABLE
    assert found.lines.filter(group=SearchLine.Group.SUGGESTION).exists()


def test_account_that_rests_too_long_ends_in_failed(actor: Actor, catalogue: Account) -> None:
    Account.objects.update(retry_after=timezone.now() + timedelta(hours=1))
    found = search.start_search(actor, "lighthouse", language="en")
    Search.objects.filter(pk=found.pk).update(updated_at=timezone.now() - answering.GOES_ON_FOR)

    for _turn in range(answering.MOST_TRIES):
        answering.answer(found.pk)
    found.refresh_from_db()

    assert set(states(actor, found).values()) == {OfferState.FAILED}
    assert search.is_done(found, found.lines.all())


def test_stopped_account_is_not_called(actor: Actor, catalogue: Account) -> None:
    Account.objects.update(state="stopped")

    run_search(actor, "lighthouse")

    assert checks() == 0


def test_search_being_checked_is_left_to_its_worker(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse", language="en")
    Search.objects.filter(pk=found.pk).update(busy_until=timezone.now() + timedelta(minutes=1))

    answering.answer(found.pk)

    assert checks() == 0


def test_wake_if_due_rings_once_in_five_seconds(actor: Actor, catalogue: Account) -> None:
    found = search.start_search(actor, "lighthouse", language="en")
    assert not search.wake_if_due(found)

    Search.objects.filter(pk=found.pk).update(woken_at=timezone.now() - timedelta(seconds=6))

    assert search.wake_if_due(found)
    assert not search.wake_if_due(found)


def test_twenty_searches_a_minute_are_enough(actor: Actor, catalogue: Account) -> None:
    for _turn in range(search.SEARCHES_A_MINUTE):
        Search.objects.create(customer=actor.customer, actor=actor.user, query="x", label="x")

    with pytest.raises(search.SearchTooOften):
        search.start_search(actor, "lighthouse", language="en")


def test_more_extensions_adds_what_was_not_there(
    actor: Actor, catalogue: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "EXTENSIONS_AT_ONCE", 2)
    found = search.start_search(actor, "lighthouse", language="en")

    added = search.more_extensions(found, language="en")

    names = list(found.lines.values_list("name", flat=True))
    assert added == 2
    assert len(names) == len(set(names)) == 5
    assert search.more_extensions(found, language="en") == 0


@pytest.mark.parametrize("state", ["taken", "maintenance", "unsupported"])
def test_only_names_found_free_can_be_put_in_the_cart(actor: Actor, catalogue: Account, state: str) -> None:
    Availability.objects.create(
        account=catalogue, name="lighthouse.com", state=state, checked_at=timezone.now()
    )

    with pytest.raises(NotForSale):
        put_in_cart(actor, "lighthouse.com", "com")


def test_name_nobody_looked_up_cannot_be_put_in_the_cart(actor: Actor, catalogue: Account) -> None:
    with pytest.raises(NotForSale):
        put_in_cart(actor, "lighthouse.com", "com")


def test_offers_take_the_same_queries_for_one_line_and_for_many(
    actor: Actor, catalogue: Account, django_assert_max_num_queries: Any
) -> None:
    found = run_search(actor, "lighthouse")
    lines = list(found.lines.select_related("availability"))
    PriceBook(actor.brand)

    with django_assert_max_num_queries(10) as one:
        offers_for(actor, lines[:1])
    with django_assert_max_num_queries(10) as many:
        offers_for(actor, lines)

    assert len(one) == len(many)
