"""Contacts: what is kept, what is ignored, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest


def test_contact_is_found_by_id_and_by_handle(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    assert api.ok("contact_info", "", made["id"]) == made
    assert api.ok("contact_info", made["handle"]) == made


def test_namesakes_have_handles_of_their_own(api: Any, dupond: dict[str, str]) -> None:
    handles = {api.ok("contact_create", dupond)["handle"] for _ in range(12)}
    assert len(handles) == 12


def test_update_with_the_whole_record_ignores_what_is_read_only(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    api.advance(3600)
    sent = {**made, "nom": "DUPONT", "telecopie": "+33.173500000", "handle": "XX1-FREE", "status": "Deleted"}
    changed = api.ok("contact_update", made["id"], sent)
    differing = {key for key in made if made[key] != changed[key]}
    assert differing == {"nom", "telecopie", "lastupdate"}
    assert api.ok("contact_info", "", made["id"]) == changed


def test_update_of_one_key_keeps_the_others(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    changed = api.ok("contact_update", made["id"], {"ville": "LYON"})
    assert {key for key in made if made[key] != changed[key]} <= {"ville", "lastupdate"}


def test_new_address_has_a_new_disguise(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    changed = api.ok("contact_update", made["id"], {"email": "dupont@free.fr"})
    assert changed["md5_email"] != made["md5_email"]


@pytest.mark.parametrize(
    "changes",
    [
        {"passwd": ""},
        {"email": ""},
        {"email": "no address"},
        {"formejuridique": "GmbH"},
        {"formejuridique": "Societe", "societe": ""},
        {"civilite": "Dr"},
        {"nom": ""},
        {"telephone": "0147010203"},
        {"telecopie": "none"},
        {"lang": "it"},
        {"hash_email": "perhaps"},
    ],
)
def test_missing_or_malformed_element_is_minus_four(
    api: Any, dupond: dict[str, str], changes: dict[str, str]
) -> None:
    assert api.code("contact_create", {**dupond, **changes}) == (-1, -4)
    assert api.journal() == []


@pytest.mark.parametrize(("word", "canonical"), [("SOCIETE", "Societe"), ("association", "Association")])
def test_words_are_taken_in_any_case_and_given_in_their_own(
    api: Any, dupond: dict[str, str], word: str, canonical: str
) -> None:
    contact = {**dupond, "formejuridique": word, "societe": "Les Amis", "civilite": "mme"}
    made = api.ok("contact_create", contact)
    assert (made["formejuridique"], made["civilite"]) == (canonical, "Mme")


def test_unknown_region_does_not_exist(api: Any, dupond: dict[str, str]) -> None:
    assert api.code("contact_create", {**dupond, "region_id": "99"}) == (0, 0)
    assert api.code("contact_create", {**dupond, "region_id": "12"})[0] == 1


def test_deleted_contact_keeps_its_id_but_is_in_no_list(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    gone = api.ok("contact_delete", made["id"])
    assert (gone["id"], gone["status"]) == (made["id"], "Deleted")
    assert api.ok("contact_info", "", made["id"])["status"] == "Deleted"
    assert made["id"] not in [row["id"] for row in api.ok("contact_list")]
    assert api.code("contact_delete", made["id"]) == (0, 0)
    assert api.code("contact_update", made["id"], {"ville": "LYON"}) == (-1, -3)


def test_deleted_contact_is_absent_where_the_world_says_so(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    api.ok("contact_delete", made["id"])
    api.world(deleted_contacts="absent")
    assert api.code("contact_info", "", made["id"]) == (0, 0)


def test_somebody_elses_contact_does_not_exist_in_info(api: Any) -> None:
    assert api.code("contact_info", "", 20551) == (0, 0)


def test_list_holds_the_resellers_contacts_in_the_shape_of_the_world(api: Any) -> None:
    rows = api.ok("contact_list")
    assert len(rows) == 8
    ids = [row["id"] for row in rows]
    assert "13490" not in ids
    assert "20551" not in ids
    api.world(contact_list="ids")
    assert api.ok("contact_list") == ids
    api.world(contact_list="map")
    assert api.ok("contact_list") == {row["id"]: row["handle"] for row in rows}


def test_countries_and_regions_have_numbers(api: Any) -> None:
    countries, regions = api.ok("api_paysid"), api.ok("api_regionid")
    assert (countries["1"], len(countries)) == ("FRANCE", len(set(countries.values())))
    assert "ALLEMAGNE" in countries.values()
    assert "Bretagne" in regions.values()
    api.world(countries="en")
    assert {"FRANCE", "GERMANY"} <= set(api.ok("api_paysid").values())


def test_country_of_a_contact_is_the_one_of_its_number(api: Any, dupond: dict[str, str]) -> None:
    number = next(key for key, name in api.ok("api_paysid").items() if name == "ESPAGNE")
    made = api.ok("contact_create", {**dupond, "pays_id": number})
    assert (made["pays_id"], made["pays"]) == (number, "ESPAGNE")


def test_journal_masks_the_password(api: Any, dupond: dict[str, str]) -> None:
    made = api.ok("contact_create", dupond)
    (entry,) = api.journal()
    assert (entry["action"], entry["subject"]) == ("contact_create", made["id"])
    assert entry["arguments"]["passwd"] == "********"
    assert entry["results"] == {"id": int(made["id"]), "handle": made["handle"]}
    assert "coincoin" not in str(api.journal())
