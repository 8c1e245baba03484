"""Which entry of the sidebar a page belongs to."""

from __future__ import annotations

import re

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/domains/", "/domains/"),
        ("/domains/gone/", "/domains/"),
        ("/jobs/", "/domains/"),
        ("/offers/", "/domains/"),
        ("/transfers/new/", "/domains/"),
        ("/contacts/", "/contacts/"),
        ("/wallet/", "/wallet/"),
    ],
)
def test_page_highlights_the_entry_that_it_belongs_to(own: Client, address: str, entry: str) -> None:
    page = own.get(address).content.decode()

    current = set(re.findall(r'class="nav-link" href="([^"]+)" aria-current="page"', page))
    assert current == {entry}
