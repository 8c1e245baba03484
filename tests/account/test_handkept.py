"""Costs that staff keep by hand: read carefully, kept as the catalogue of any account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from panel.account import handkept
from panel.account.cost_list import MOST_LINES, UnreadableList, preview
from panel.account.handkept import Entry, Unfit
from panel.account.models import Account, Cost, Tld
from panel.billing.pricing import PriceBook

LIST = """tld,create,renew,transfer,years
io,34.90,36.00,34.90,1-10
.me,5,,,1 2
"""


@pytest.fixture
def account(db: None) -> Account:
    """An account at a registrar that tells no costs."""
    return Account.objects.create(
        label="BookMyName",
        family="bookmyname",
        endpoint="http://127.0.0.1:9",
        is_sandbox=True,
        currency="EUR",
    )


def entry(name: str = "io", create: str = "34.90", years: tuple[int, ...] = (1, 2)) -> Entry:
    return Entry(name, Decimal(create), None, Decimal("30.00"), years)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("io", "io"), (" .Co.UK ", "co.uk"), ("été", "xn--t-9fab"), ("xn--p1ai", "xn--p1ai")],
)
def test_extension_is_kept_as_a_labels(typed: str, expected: str) -> None:
    assert handkept.read_extension(typed) == expected


@pytest.mark.parametrize("typed", ["", ".", "two words", "-bad", "a" * 64, "über..x!"])
def test_text_that_is_no_extension_is_refused(typed: str) -> None:
    with pytest.raises(Unfit):
        handkept.read_extension(typed)


@pytest.mark.parametrize(
    ("typed", "expected"), [("12.5", "12.50"), ("12,50", "12.50"), ("7", "7.00"), ("", None), (" - ", None)]
)
def test_cost_is_read_as_people_write_it(typed: str, expected: str | None) -> None:
    assert handkept.read_cost(typed) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize("typed", ["0", "-1", "1.005", "EUR 5", "NaN", "1e9", "1,000.00", "1,000", "٣"])
def test_cost_that_may_be_a_slip_is_refused(typed: str) -> None:
    with pytest.raises(Unfit):
        handkept.read_cost(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1-3", (1, 2, 3)), ("1 2 5", (1, 2, 5)), ("2;1/3-4", (1, 2, 3, 4)), ("", (1,)), ("10", (10,))],
)
def test_years_are_read_as_ranges_and_lists(typed: str, expected: tuple[int, ...]) -> None:
    assert handkept.read_years(typed) == expected


@pytest.mark.parametrize("typed", ["0", "11", "5-2", "one", "1-11", "1--2"])
def test_years_that_nobody_sells_are_refused(typed: str) -> None:
    with pytest.raises(Unfit):
        handkept.read_years(typed)


@pytest.mark.parametrize("years", [(1,), (1, 2, 3), (1, 2, 5), (1, 3, 4, 10)])
def test_years_are_written_as_they_are_read(years: tuple[int, ...]) -> None:
    assert handkept.read_years(handkept.written_years(years)) == years


def test_kept_costs_are_sold_like_any_other(account: Account, operator: Any) -> None:
    handkept.keep(account, [entry()], None)

    quote = PriceBook(operator).quote("io")
    assert quote is not None
    assert (quote.account, quote.cost, quote.years) == (account, Decimal("34.90"), (1, 2))
    assert PriceBook(operator).quote("io", "renew") is None
    assert Cost.objects.get(action="transfer").years == [1]


def test_keeping_again_replaces_the_extension_and_leaves_others(account: Account) -> None:
    handkept.keep(account, [entry("io"), entry("me", "5.00")], None)

    handkept.keep(account, [entry("io", "40.00", (1,))], None)

    assert handkept.known_entries(account) == {"io": entry("io", "40.00", (1,)), "me": entry("me", "5.00")}
    assert Tld.objects.count() == 2


def test_dropped_extension_is_sold_no_longer(account: Account, operator: Any) -> None:
    handkept.keep(account, [entry()], None)

    assert handkept.drop(account, "io", None)
    assert not handkept.drop(account, "io", None)
    assert PriceBook(operator).quote("io") is None


def test_list_is_read_line_by_line(account: Account) -> None:
    handkept.keep(account, [Entry("me", Decimal(4), None, None, (1, 2))], None)

    first, second = preview(LIST, account)

    assert first.entry == Entry(
        "io", Decimal("34.90"), Decimal("36.00"), Decimal("34.90"), tuple(range(1, 11))
    )
    assert (first.number, first.note, first.problem) == (2, "New.", "")
    assert second.entry == Entry("me", Decimal("5.00"), None, None, (1, 2))
    assert second.before is not None
    assert second.note == "Changes what is kept."


def test_list_with_semicolons_takes_decimal_commas(account: Account) -> None:
    (line,) = preview("io;34,90;34,90;;1-2", account)

    assert line.entry == Entry("io", Decimal("34.90"), Decimal("34.90"), None, (1, 2))


def test_cost_of_privacy_is_a_sixth_value_where_it_is_sold_and_stays_where_a_list_leaves_it_out(
    account: Account, operator: Any
) -> None:
    (unsold,) = preview("io,1,2,,1-2,3.99", account)
    account.family = "namecom"
    account.save()
    for text in ("io,1,2,,1-2,3.99", "io,5,2,,1-2"):
        handkept.keep(account, [line.entry for line in preview(text, account) if line.entry], None)
    quote = PriceBook(operator).quote("io", "privacy", account=account)
    handkept.keep(account, [line.entry for line in preview("io,5,2,,1-2,", account) if line.entry], None)

    assert "sells no privacy" in unsold.problem
    assert quote is not None
    # 3.99 and a quarter on top, up to .90
    assert (quote.price, quote.years, quote.sellable) == (Decimal("5.90"), (1, 2), True)
    assert PriceBook(operator).quote("io", "privacy", account=account) is None


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("io,1\nio,2", 2, "More than once"),
        ("io,1\nnot a tld,2", 2, "no extension"),
        ("io,1\nme,free 0", 2, "no amount"),
        ("io,1\nme,5,5,5,1-99", 2, "number of years"),
        ("io,1\nme,,,,2", 2, "no cost in this line"),
        ("io,1\nme,0.00", 2, "more than zero"),
    ],
)
def test_line_that_cannot_be_kept_says_why(account: Account, text: str, number: int, words: str) -> None:
    lines = {line.number: line for line in preview(text, account)}

    assert words in lines[number].problem


@pytest.mark.parametrize("text", ["", "tld,create\n", "\n \n", "x,1\n" * (MOST_LINES + 1)])
def test_list_that_is_none_is_refused(account: Account, text: str) -> None:
    with pytest.raises(UnreadableList):
        preview(text, account)


def test_list_is_read_in_one_query(account: Account, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        preview("\n".join(f"t{number},1.00" for number in range(50)), account)
