"""Terms of extensions: read with their sources, seen from a family, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrar.errors import NotSupported
from registrar.tld import (
    Terms,
    TransferProcess,
    known_families,
    known_tlds,
    rule_for,
    special_requirements,
    summary,
    terms_for,
)
from registrar.tld.terms import TERM_NAMES, parse_years, written_years


@given(st.sets(st.integers(1, 100), min_size=1))
def test_years_are_read_as_they_are_written(years: set[int]) -> None:
    assert parse_years(written_years(years)) == tuple(sorted(years))


@pytest.mark.parametrize("text", ["", "0", "101", "3-1", "1-", "a", "1,2"])
def test_years_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_years(text)


NETIM = [
    ("com", (1, 10), 30, 30, True),
    ("eu", (1, 1), 0, 40, False),
]


@pytest.mark.parametrize(("tld", "create", "after", "restore", "lock"), NETIM)
def test_netim_terms_are_those_of_its_tld_info(
    tld: str, create: tuple[int, int], after: int, restore: int, lock: bool
) -> None:
    terms = terms_for("netim", tld)

    assert terms.create_years is not None
    assert (terms.create_years.value[0], terms.create_years.value[-1]) == create
    assert terms.renew_years is not None
    assert terms.renew_years.value == tuple(range(1, 11))
    assert terms.renew_from_days is not None
    assert terms.renew_from_days.value == 3650
    assert terms.renew_until_days is not None
    assert terms.renew_until_days.value == after
    assert terms.redemption_days is not None
    assert terms.redemption_days.value == restore
    assert terms.lock is not None
    assert terms.lock.value is lock


def test_terms_of_netim_are_not_told_of_others() -> None:
    assert terms_for("mrdomain", "com") == Terms()
    assert terms_for(None, "com") == Terms()


def test_green_has_the_terms_of_the_manuals_example() -> None:
    terms = terms_for("mrdomain", "green")

    assert terms.create_years is not None
    assert terms.create_years.value == (1,)
    assert terms.transfer_years is not None
    assert terms.transfer_years.value == (1,)
    assert terms.transfer_code_required is not None
    assert terms.transfer_code_required.value is True


def test_only_fr_is_known_to_test_nameservers_whoever_sells_it() -> None:
    tested = {tld for tld in known_tlds() if (fact := terms_for(None, tld).dns_test) and fact.value}

    assert tested == {"fr"}
    for family in known_families():
        fact = terms_for(family, "fr").dns_test
        assert fact is not None
        assert fact.value is True


def test_bookmyname_asks_by_mail_before_it_transfers_generic_names() -> None:
    asked = {
        tld
        for tld in known_tlds()
        if (fact := terms_for("bookmyname", tld).transfer_process) and fact.value is TransferProcess.EMAIL
    }

    assert asked == {"com", "net", "org", "biz", "info", "name", "us"}


def test_name_com_sells_ten_extensions_by_hand_and_demands_no_unknown_field() -> None:
    special = {tld for tld in known_tlds() if special_requirements("namecom", tld)}

    assert special == {"asia", "ca", "de", "eu", "jobs", "nl", "pro", "us", "tel", "travel"}
    assert not any(special_requirements("netim", tld) for tld in known_tlds())


def test_unknown_extension_has_no_terms() -> None:
    assert terms_for("netim", "museum") == Terms()
    assert special_requirements("namecom", "museum") is False


def test_terms_of_an_unknown_family_are_not_supported() -> None:
    with pytest.raises(NotSupported):
        terms_for("nobody", "com")
    with pytest.raises(NotSupported):
        summary("com", "nobody")


def test_every_fact_has_a_source_and_knows_its_families() -> None:
    for tld in known_tlds():
        rule = rule_for(tld)
        assert rule is not None
        for name, facts in rule.facts.items():
            assert name in TERM_NAMES
            for fact in facts:
                assert fact.source
                assert set(fact.families) <= set(known_families())


def test_summary_of_an_unknown_extension_says_unknown_for_everything() -> None:
    lines = [line for line in summary("museum", "namecom") if not line.code.startswith("family_")]

    assert [line.code for line in lines] == list(TERM_NAMES)
    assert not any(line.known for line in lines)


def test_summary_of_com_is_in_codes() -> None:
    said = {line.code: line.value for line in summary("com", "netim")}

    assert said["create_years"] == "1-10"
    assert said["renew_until_days"] == "30"
    assert said["lock"] == "yes"
    assert said["dns_test"] == "no"
    assert said["trade"] == "priced"
    assert said["transfer_process"] is None
    assert said["nameservers"] is None
    assert said["family_nameservers"] == "2-5"
    assert said["family_years"] is None


def test_summary_names_the_fields_and_when_they_are_required() -> None:
    said = {line.value: line.detail for line in summary("fr", "bookmyname") if line.code == "field"}

    assert said["fr_identification"] == "always"
    assert said["birth_date"] == "if fr_identification=individual"
    assert "company_number" not in said


def test_summary_without_a_family_keeps_apart_who_says_what() -> None:
    lines = summary("us")

    process = [line for line in lines if line.code == "transfer_process"]
    assert [(line.value, line.families) for line in process] == [("email", ("bookmyname",))]
    special = [line for line in lines if line.code == "special_requirements"]
    assert [(line.value, line.families) for line in special] == [("yes", ("namecom",))]
    assert {line.families for line in lines if line.code == "family_nameservers"} == {
        (family,) for family in known_families()
    }


def test_summary_writes_counts_and_ages() -> None:
    said = {line.code: line.value for line in summary("museum", "bookmyname")}

    assert said["family_years"] == "1-10"
    assert said["family_transfer_age_days"] == "60"
