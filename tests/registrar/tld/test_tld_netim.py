"""Netim: keys of the contact's map `additional` by extension, and the contact's own members."""

from __future__ import annotations

from registrar.tld import family_data, family_key, family_parameters, fields_for, known_tlds

# Netim's reference, 3.3.
NETIM_KEYS = [
    "AERO_AUTHID",
    "AERO_AUTHKEY",
    "AL_COMPANY_NMBR",
    "AL_ID_CARD_NMBR",
    "AL_PASSPORT_NMBR",
    "AL_VAT_NMBR",
    "AU_ELIGIBILITY_TYPE[domain]",
    "AU_REGISTRANT_ID_NUMBER[domain]",
    "AU_REGISTRANT_ID_TYPE[domain]",
    "BARCELONA_INTENDED_USE[domain]",
    "CAT_INTENDED_USE[domain]",
    "DJ_INTENDED_USE[domain]",
    "EUS_INTENDED_USE[domain]",
    "GAL_INTENDED_USE[domain]",
    "GN_INTENDED_USE[domain]",
    "LR_INTENDED_USE[domain]",
    "MADRID_INTENDED_USE[domain]",
    "RADIO_INTENDED_USE[domain]",
    "SPORT_INTENDED_USE[domain]",
    "SWISS_INTENDED_USE[domain]",
    "BG_LEGAL_REP_FIRSTNAME",
    "BG_LEGAL_REP_LASTNAME",
    "BY_PASSPORT_DATE",
    "BY_PASSPORT_NMBR",
    "BY_PASSPORT_ORG",
    "BY_PASSPORT_PERSONAL_NMBR",
    "CA_LEGAL_TYPE",
    "ES_NIE",
    "ES_NIF",
    "ES_OTHER",
    "ES_TIPO",
    "EU_CITIZENSHIP",
    "GW_TRADEMARK_NAME[domain]",
    "GW_TRADEMARK_NUMBER[domain]",
    "HR_OIB",
    "KR_DOC",
    "MR_ELIGIBILITY[domain]",
    "MR_TRADEMARK_NAME[domain]",
    "MR_TRADEMARK_NUMBER[domain]",
    "MT_CATEGORY[domain]",
    "MT_TRADEMARK_NAME[domain]",
    "MT_TRADEMARK_NUMBER[domain]",
    "RU_KPP",
    "RU_TIN",
    "SA_ELIGIBILITY_TYPE[domain]",
    "TRAVEL_COMMUNITY",
    "UK_CATEGORY",
    "US_CATEGORY[domain]",
    "US_APP_PURPOSE[domain]",
]
NETIM_MEMBERS = {
    "tmName",
    "tmNumber",
    "tmType",
    "tmDate",
    "companyNumber",
    "vatNumber",
    "birthDate",
    "birthZipCode",
    "birthCity",
    "birthCountry",
    "idNumber",
}


def test_netim_keys_are_those_of_the_reference_all_of_them_and_no_other() -> None:
    data = family_data("netim")
    used = {
        family_key("netim", tld, field.name) for tld in known_tlds() for field in fields_for("netim", tld)
    }

    additional = {key for key in used if key.startswith("additional.")}

    assert additional == {f"additional.{key}" for key in NETIM_KEYS}
    assert set(data.keys.values()) == NETIM_MEMBERS
    assert used - additional <= NETIM_MEMBERS


def test_netim_is_asked_the_same_in_a_transfer_as_in_a_registration() -> None:
    for tld in known_tlds():
        assert fields_for("netim", tld, "create") == fields_for("netim", tld, "transfer")


def test_netim_key_follows_the_extension() -> None:
    use = {"intended_use": "A bakery"}

    assert family_parameters("netim", "cat", use, "individual") == {
        "additional.CAT_INTENDED_USE[domain]": "A bakery"
    }
    assert family_parameters("netim", "swiss", use, "individual") == {
        "additional.SWISS_INTENDED_USE[domain]": "A bakery"
    }
    assert family_parameters("netim", "com.au", {"eligibility_type": "Company"}, "organization") == {
        "additional.AU_ELIGIBILITY_TYPE[domain]": "Company"
    }


def test_netim_leaves_optional_answers_out() -> None:
    assert family_parameters("netim", "fr", {}, "individual") == {}
    assert family_parameters("netim", "es", {"tax_number": "12345678Z"}, "individual") == {
        "additional.ES_NIF": "12345678Z"
    }
