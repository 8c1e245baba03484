"""The rules against the manual: each row here was read in MrDomain Simple API 1.0.20, 5.3.3 or 5.4.1."""

from __future__ import annotations

import pytest

from registrar.errors import InvalidRequest, NotSupported
from registrar.tld import (
    Kind,
    Problem,
    check_fields,
    family_data,
    family_key,
    family_parameters,
    fields_for,
    known_tlds,
    rule_for,
)

DOCUMENTED = {
    "aero": {"aeroId", "aeroPass"},
    **{
        tld: {"domainIntendedUse"}
        for tld in ["barcelona", "madrid", "cat", "scot", "eus", "gal", "quebec", "radio"]
    },
    **{tld: {"ownerDateOfBirth"} for tld in ["ee", "fi", "hk", "moscow", "my", "vn"]},
    **{tld: {"frTradeMark", "frSirenNumber"} for tld in ["fr", "re", "yt", "pm", "wf", "tf"]},
    "ru": {"ownerDateOfBirth", "ruIssuer", "ruIssuerDate"},
    "xxx": {"xxxClass", "xxxName", "xxxEmail", "xxxId"},
}
# Named by the registrar's own WHMCS module only; nobody is obliged to fill them.
LATER = {
    **{tld: {"coreContactInfo"} for tld in ["lawyer", "attorney", "dentist", "airforce", "army", "navy"]},
    **{
        tld: {"lawaccid", "lawaccbody", "lawaccyear", "lawaccjurcc", "lawaccjurst"}
        for tld in ["law", "abogado"]
    },
    "ltda": {"ltdaAuthority", "ltdaLicenseNumber"},
    "pl": {"domainIntendedUse"},
    "pro": {"proProfession"},
}
JOBS = {
    f"jobs{role}{what}"
    for role in ("Owner", "Admin", "Tech", "Billing")
    for what in ("IsAssocMember", "Website", "Title", "Industrytype")
}

ASKED = [
    field
    for tld in known_tlds()
    for operation in ("create", "transfer")
    for field in fields_for("mrdomain", tld, operation)
]


def keys(tld: str, operation: str = "create", contact_type: str | None = None) -> set[str]:
    asked = fields_for("mrdomain", tld, operation, contact_type)
    return {family_key("mrdomain", tld, field.name) for field in asked}


@pytest.mark.parametrize(("tld", "expected"), [*DOCUMENTED.items(), *LATER.items()])
def test_create_asks_exactly_what_the_manual_lists(tld: str, expected: set[str]) -> None:
    assert keys(tld) == expected


MEANINGS = {
    "birth_date": "ownerDateOfBirth",
    "company_number": "frSirenNumber",
    "trademark_number": "frTradeMark",
    "intended_use": "domainIntendedUse",
    "identity_document_issuer": "ruIssuer",
    "identity_document_date": "ruIssuerDate",
    "aero_id": "aeroId",
    "aero_password": "aeroPass",
    "xxx_class": "xxxClass",
    "xxx_name": "xxxName",
    "xxx_email": "xxxEmail",
    "xxx_member_id": "xxxId",
    "core_contact_info": "coreContactInfo",
    "law_accreditation_body": "lawaccbody",
    "law_accreditation_id": "lawaccid",
    "law_accreditation_year": "lawaccyear",
    "law_jurisdiction_country": "lawaccjurcc",
    "law_jurisdiction_state": "lawaccjurst",
    "license_authority": "ltdaAuthority",
    "license_number": "ltdaLicenseNumber",
    "profession": "proProfession",
} | {
    f"jobs_{role}_{ours}": f"jobs{role.capitalize()}{theirs}"
    for role in ("owner", "admin", "tech", "billing")
    for ours, theirs in (
        ("shrm_member", "IsAssocMember"),
        ("website", "Website"),
        ("title", "Title"),
        ("industry", "Industrytype"),
    )
}


def test_every_meaning_is_sent_under_the_manuals_name() -> None:
    assert dict(family_data("mrdomain").keys) == MEANINGS


@pytest.mark.parametrize(
    ("tld", "operation", "contact_type", "required"),
    [
        ("aero", "create", "individual", {"aero_id", "aero_password"}),
        ("cat", "create", "organization", {"intended_use"}),
        ("ee", "create", "individual", {"birth_date"}),
        ("ee", "create", "organization", set()),
        ("fr", "create", "organization", set()),
        (
            "ru",
            "create",
            "individual",
            {"birth_date", "identity_document_issuer", "identity_document_date"},
        ),
        ("ru", "transfer", "organization", set()),
        (
            "jobs",
            "transfer",
            "organization",
            {"jobs_owner_website", "jobs_admin_website", "jobs_tech_website", "jobs_billing_website"},
        ),
        ("jobs", "create", "organization", set()),
    ],
)
def test_required_fields_are_those_of_the_manual(
    tld: str, operation: str, contact_type: str, required: set[str]
) -> None:
    _, problems = check_fields("mrdomain", tld, {}, contact_type, operation)

    assert problems == dict.fromkeys(required, Problem.MISSING)


def test_extensions_that_mrdomain_asks_about_are_those_of_the_manual_and_the_module() -> None:
    asking = {tld for tld in known_tlds() if keys(tld) or keys(tld, "transfer")}

    assert asking == {*DOCUMENTED, *LATER, "jobs"}


@pytest.mark.parametrize("tld", LATER)
def test_field_that_only_the_module_names_is_asked_of_nobody_and_says_so(tld: str) -> None:
    for field in fields_for("mrdomain", tld):
        assert field.required == "never"
        assert field.assumption
        assert "WHMCS" in field.source


def test_transfer_asks_only_for_jobs_and_ru() -> None:
    asking = {tld: keys(tld, "transfer") for tld in known_tlds() if keys(tld, "transfer")}

    assert asking == {"jobs": JOBS, "ru": DOCUMENTED["ru"]}


def test_every_mrdomain_key_is_asked_somewhere() -> None:
    used = {
        field.name for tld in known_tlds() for field in rule_for(tld).fields if "mrdomain" in field.families
    }

    assert used == set(family_data("mrdomain").keys)


def test_every_mrdomain_field_names_manual_and_section() -> None:
    for tld in DOCUMENTED:
        for field in fields_for("mrdomain", tld):
            assert field.source.startswith("MrDomain Simple API 1.0.20, 5.")
            assert field.why.endswith(".")


def test_unknown_tld_has_no_rule_and_no_fields() -> None:
    assert rule_for("museum") is None
    assert rule_for("") is None
    assert fields_for("mrdomain", "museum") == ()
    assert family_parameters("mrdomain", "museum", {}, "individual") == {}


def test_second_level_inherits_only_where_the_data_say_so() -> None:
    assert rule_for(".com.hk") is rule_for("HK")
    assert rule_for("com.au") is rule_for("au")
    assert rule_for("co.uk") is rule_for("uk")
    assert rule_for("com.fr") is None
    assert rule_for("com.es") is None


def test_unknown_family_is_not_supported() -> None:
    with pytest.raises(NotSupported):
        fields_for("nobody", "fr")


def test_unknown_operation_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="operation"):
        fields_for("mrdomain", "fr", "renew")


def test_contact_type_filters_the_fields() -> None:
    assert keys("fr", contact_type="individual") == set()
    assert keys("fr", contact_type="organization") == {"frTradeMark", "frSirenNumber"}
    assert keys("fi", contact_type="organization") == set()


def test_parameters_for_ru_individual() -> None:
    extra = {
        "birth_date": "1984-05-23",
        "identity_document_issuer": " Passport office 45 ",
        "identity_document_date": "2015-03-12",
    }

    assert family_parameters("mrdomain", "ru", extra, "individual", "transfer") == {
        "ownerDateOfBirth": "1984-05-23",
        "ruIssuer": "Passport office 45",
        "ruIssuerDate": "2015-03-12",
    }


def test_parameters_for_ru_organization_are_empty() -> None:
    assert family_parameters("mrdomain", "ru", {}, "organization") == {}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"xxx_class": "not_resolving"}, {"xxxClass": "nonResolver"}),
        ({"xxx_class": "member", "xxx_member_id": "77"}, {"xxxClass": "membership", "xxxId": "77"}),
        (
            {"xxx_class": "non_member", "xxx_name": "Ana Torres", "xxx_email": "ana@example.com"},
            {"xxxClass": "default", "xxxName": "Ana Torres", "xxxEmail": "ana@example.com"},
        ),
    ],
)
def test_parameters_for_xxx_follow_the_class(extra: dict[str, str], expected: dict[str, str]) -> None:
    assert family_parameters("mrdomain", "xxx", extra, "individual") == expected


@pytest.mark.parametrize(
    ("extra", "missing"),
    [
        ({}, {"xxx_class"}),
        ({"xxx_class": "member"}, {"xxx_member_id"}),
        ({"xxx_class": "non_member"}, {"xxx_name", "xxx_email"}),
    ],
)
def test_xxx_demands_what_the_class_needs(extra: dict[str, str], missing: set[str]) -> None:
    _, problems = check_fields("mrdomain", "xxx", extra, "individual")

    assert problems == dict.fromkeys(missing, Problem.MISSING)


def test_parameters_for_jobs_write_booleans_as_one_or_empty() -> None:
    extra = {f"jobs_{role}_website": "https://example.com" for role in ("owner", "admin", "tech", "billing")}
    extra |= {"jobs_owner_shrm_member": "yes", "jobs_tech_shrm_member": "0"}

    sent = family_parameters("mrdomain", "jobs", extra, "organization", "transfer")

    assert sent["jobsOwnerIsAssocMember"] == "1"
    assert sent["jobsTechIsAssocMember"] == ""
    assert "jobsAdminIsAssocMember" not in sent
    assert sent["jobsBillingWebsite"] == "https://example.com"


@pytest.mark.parametrize(
    ("tld", "extra", "contact_type", "field"),
    [
        ("fi", {}, "individual", "birth_date"),
        ("fi", {"birth_date": "   "}, "individual", "birth_date"),
        ("fi", {"birth_date": "23/05/1984"}, "individual", "birth_date"),
        ("fi", {"birth_date": "1984-02-30"}, "individual", "birth_date"),
        ("fi", {"birth_date": "2999-01-01"}, "individual", "birth_date"),
        ("fi", {"birth_date": "1984-05-23"}, "organization", "birth_date"),
        ("fi", {"birth_date": "1984-05-23", "shoe_size": "43"}, "individual", "shoe_size"),
        ("com", {"birth_date": "1984-05-23"}, "individual", "birth_date"),
        ("cat", {"intended_use": "x" * 256}, "individual", "intended_use"),
        ("cat", {"intended_use": "a\x00b"}, "individual", "intended_use"),
        ("xxx", {"xxx_class": "default"}, "individual", "xxx_class"),
        ("xxx", {"xxx_class": "non_member", "xxx_name": "A", "xxx_email": "a@b"}, "individual", "xxx_email"),
    ],
)
def test_bad_extra_raises_and_names_the_neutral_field(
    tld: str, extra: dict[str, str], contact_type: str, field: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        family_parameters("mrdomain", tld, extra, contact_type)

    assert caught.value.field == field


def test_error_never_shows_a_secret() -> None:
    with pytest.raises(InvalidRequest) as caught:
        family_parameters("mrdomain", "aero", {"aero_id": "E1", "aero_password": "hunter2\x00"}, "individual")

    assert caught.value.field == "aero_password"
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "value", ["ftp://example.com", "example.com", "https://", "https://a b.com", "http://[x"]
)
def test_url_that_is_none_is_a_problem(value: str) -> None:
    _, problems = check_fields("mrdomain", "jobs", {"jobs_owner_website": value}, "organization", "transfer")

    assert problems["jobs_owner_website"] == Problem.BAD_URL


def test_kinds_in_use_are_as_documented() -> None:
    kinds = {field.name: field.kind for field in ASKED}

    assert kinds["birth_date"] is Kind.DATE
    assert kinds["xxx_class"] is Kind.CHOICE
    assert kinds["jobs_owner_shrm_member"] is Kind.BOOLEAN
    assert kinds["jobs_owner_website"] is Kind.URL
