"""Module account, over every family."""

from __future__ import annotations

import pytest

from registrar.errors import NotFound
from tests.registrar.contract.contract import Door, promise


@promise("account.info")
def test_account_tells_its_currency_and_what_it_holds(door: Door) -> None:
    info = door.driver.account.info()

    assert len(info.currency) == 3
    assert info.balance is None or f"{info.balance:.2f}" == door.balance()


@promise("account.zones")
def test_extensions_are_paged_completely_and_found_one_by_one(door: Door) -> None:
    page = door.driver.account.zones(page_length=7)
    found = list(page.items)
    while not page.is_last:
        page = door.driver.account.zones(page=page.number + 1, page_length=7)
        found += page.items

    assert len(found) == page.total == len({zone.tld for zone in found})
    (com,) = door.driver.account.zones(tld="com").items
    assert com.create is not None
    assert com.create.price > 0


@promise("account.extension")
def test_extension_tells_its_periods_and_an_unknown_one_is_not_found(door: Door) -> None:
    com = door.driver.account.extension("com")

    assert (com.tld, com.create_years[0]) == ("com", 1)
    with pytest.raises(NotFound):
        door.driver.account.extension("nosuch")


@promise("account.promotions")
def test_promotions_are_for_a_name_or_a_product_and_for_a_time(door: Door) -> None:
    for promotion in door.driver.account.promotions():
        assert bool(promotion.tld) != bool(promotion.product)
        assert promotion.starts_at < promotion.ends_at
