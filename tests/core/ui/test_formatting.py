from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from panel.core.templatetags.formatting import (
    browser_name,
    format_money,
    initials,
    split_name,
    to_relative,
    to_ulabel,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "amount", "currency", "shown"),
    [
        ("en", "1234.5", "EUR", "€1,234.50"),
        ("en", "-3", "USD", "−$3.00"),
        ("en", "12", "CHF", "CHF\xa012.00"),
        ("en", "248.6", "JPY", "¥249"),
        ("en", "0.005", "EUR", "€0.01"),
        ("es", "12.9", "EUR", "12,90\xa0€"),
        ("fr", "12.9", "EUR", "12,90\xa0€"),
        ("en", "5", "", "5.00"),
    ],
)
def test_money_follows_the_language_and_the_currency(
    language: str, amount: str, currency: str, shown: str
) -> None:
    with translation.override(language):
        assert format_money(Decimal(amount), currency) == shown


@pytest.mark.parametrize("garbage", [None, "", "abc", Decimal("NaN"), float("inf"), object()])
def test_money_of_garbage_is_empty(garbage: object) -> None:
    assert format_money(garbage, "EUR") == ""


def test_ulabel_shows_what_a_person_writes() -> None:
    assert to_ulabel("xn--bcher-kva.example") == "bücher.example"
    assert to_ulabel("XN--BCHER-KVA.com") == "bücher.com"
    assert to_ulabel("lighthouse.com") == "lighthouse.com"
    assert to_ulabel(None) == ""


@pytest.mark.parametrize(
    "name", ["xn--", "xn--\x00", "a..xn--zzzzzzzz99999", "xn--" + "a" * 90 + ".com", "xn--ü"]
)
def test_ulabel_of_garbage_comes_back(name: str) -> None:
    assert to_ulabel(name) == name


@given(st.text(max_size=80))
def test_ulabel_never_raises(text: str) -> None:
    assert isinstance(to_ulabel(text), str)
    assert isinstance(to_ulabel(f"xn--{text}"), str)


def test_split_name_keeps_the_whole_extension() -> None:
    assert split_name("harbor.co.uk") == ("harbor", ".co.uk")
    assert split_name("localhost") == ("localhost", "")


@pytest.mark.parametrize(
    ("distance", "shown"),
    [
        (timedelta(seconds=10), "just now"),
        (timedelta(minutes=5), "in 5 minutes"),
        (-timedelta(minutes=1), "1 minute ago"),
        (-timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1), "tomorrow"),
        (-timedelta(days=1), "yesterday"),
        (timedelta(days=24), "in 24 days"),
        (timedelta(days=90), "in 3 months"),
        (-timedelta(days=800), "2 years ago"),
    ],
)
def test_relative_names_the_distance(distance: timedelta, shown: str) -> None:
    assert to_relative(NOW + distance, now=NOW) == shown


def test_relative_counts_dates_in_calendar_days() -> None:
    with timezone.override("Pacific/Auckland"):
        assert to_relative(date(2026, 11, 24), now=NOW) == "today"
    with timezone.override("UTC"):
        assert to_relative(date(2026, 11, 24), now=NOW) == "tomorrow"


def test_relative_of_anything_else_is_empty() -> None:
    assert to_relative("tomorrow", now=NOW) == ""


def test_initials_of_names_and_addresses() -> None:
    assert initials("Carla Ortiz") == "CO"
    assert initials("carla.ortiz@demo.test") == "CO"
    assert initials("") == "?"


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("somebody's script", "somebody's script"),
        (None, ""),
    ],
)
def test_browser_name_tells_browser_and_system(user_agent: str | None, shown: str) -> None:
    assert browser_name(user_agent) == shown
