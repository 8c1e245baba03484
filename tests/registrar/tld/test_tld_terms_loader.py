"""The loader reads terms with their sources and refuses those that contradict themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from registrar.tld import NameserverCount, Trade, TransferProcess
from registrar.tld.loader import DataError, load

FAMILY = """
family = "acme"
[nameservers]
minimum = 2
maximum = 4
source = "Acme API, 1"
[format]
date = "%d-%m-%Y"
true = "yes"
false = "no"
"""
TERMS = """
[[rule]]
tlds = ["test"]
[[rule.terms]]
create_years = "1-5;10"
nameservers = { minimum = 2, maximum = 13 }
dns_test = true
trade = "form"
transfer_process = "tag"
renew_until_days = -7
grace_days = 0
source = "Registry's rules, 4"
[[rule.terms]]
families = ["acme"]
create_years = "1"
lock = false
source = "Acme API, 3"
assumption = "Read from an example."
"""


def write(folder: Path, rule: str) -> Path:
    (folder / "families").mkdir()
    (folder / "rules").mkdir()
    (folder / "fields.toml").write_text("")
    (folder / "families" / "acme.toml").write_text(FAMILY)
    (folder / "rules" / "any.toml").write_text(rule)
    return folder


def test_terms_are_read_with_source_and_assumption(tmp_path: Path) -> None:
    rule = load(write(tmp_path, TERMS)).rules["test"]

    terms = rule.terms("acme")

    assert terms.create_years is not None
    assert terms.create_years.value == (1,)
    assert terms.create_years.source == "Acme API, 3"
    assert terms.create_years.assumption == "Read from an example."
    assert terms.nameservers is not None
    assert terms.nameservers.value == NameserverCount(2, 13)
    assert terms.trade is not None
    assert terms.trade.value is Trade.FORM
    assert terms.transfer_process is not None
    assert terms.transfer_process.value is TransferProcess.TAG
    assert terms.renew_until_days is not None
    assert terms.renew_until_days.value == -7
    assert terms.redemption_days is None


def test_fact_of_a_family_is_nobody_elses(tmp_path: Path) -> None:
    rule = load(write(tmp_path, TERMS)).rules["test"]

    for terms in (rule.terms(), rule.terms("other")):
        assert terms.create_years is not None
        assert terms.create_years.value == (1, 2, 3, 4, 5, 10)
        assert terms.lock is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "Acme API, 3"', "", "source"),
        ('families = ["acme"]', 'families = ["nobody"]', "unknown nobody"),
        ('families = ["acme"]', "", "create_years is there twice"),
        ('create_years = "1"\nlock = false', "", "without a fact"),
        ('create_years = "1-5;10"', 'create_years = "5-1"', "no period"),
        ('create_years = "1-5;10"', 'create_years = "some"', "create_years"),
        ('create_years = "1-5;10"', "create_years = 1", "must be text"),
        ("minimum = 2, maximum = 13", "minimum = 3, maximum = 2", "out of range"),
        ("minimum = 2, maximum = 13", "least = 2", "unknown key least"),
        ("dns_test = true", 'dns_test = "yes"', "true or false"),
        ('trade = "form"', 'trade = "fax"', "trade cannot be fax"),
        ('transfer_process = "tag"', 'transfer_process = "fax"', "transfer_process cannot be fax"),
        ("grace_days = 0", "grace_days = -1", "out of range"),
        ("grace_days = 0", "grace_days = 1.5", "whole number"),
        ("grace_days = 0", "weeks = 2", "unknown key weeks"),
    ],
)
def test_load_refuses_bad_terms(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TERMS

    with pytest.raises(DataError, match=said):
        load(write(tmp_path, TERMS.replace(old, new, 1)))


def test_load_refuses_a_rule_that_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="says nothing"):
        load(write(tmp_path, '[[rule]]\ntlds = ["test"]\n'))
