"""The suite itself: nothing of the contract is left without a promise, and no family without a profile."""

from __future__ import annotations

from importlib import import_module

import pytest

from registrar import FAMILIES
from tests.registrar.contract.contract import MODULES, PROMISES, operations
from tests.registrar.contract.profiles import PROFILES


@pytest.mark.parametrize("noun", MODULES)
def test_every_operation_of_the_contract_has_a_promise(noun: str) -> None:
    for part in ("", "_order", "_update") if noun == "domain" else ("",):
        import_module(f"tests.registrar.contract.test_contract_{noun}{part}")

    assert set(operations(noun)) == {name for name in PROMISES if name.partition(".")[0] == noun}


def test_every_family_has_a_profile() -> None:
    assert PROFILES.keys() == FAMILIES.keys()
