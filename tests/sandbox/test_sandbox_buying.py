"""domain/check, create and renew: manual 5.1, 5.3, 5.20."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

Inline = Callable[..., dict[str, str]]
PRIVATE = {"ownerDateOfBirth": "1985-07-11"}


def test_check_has_the_manuals_shape(api: Any) -> None:
    assert api.ok("domain/check", domain="Lighthouse.com") == {
        "domains": [
            {
                "name": "lighthouse.com",
                "punycode": "lighthouse.com",
                "tld": "com",
                "available": True,
                "premium": False,
                "price": 9.95,
                "currency": "EUR",
            }
        ]
    }


def test_check_of_an_idn_gives_both_forms(api: Any) -> None:
    for name in ("España-Faro.es", "xn--espaa-faro-w9a.es"):
        (row,) = api.ok("domain/check", domain=name)["domains"]
        assert (row["name"], row["punycode"]) == ("españa-faro.es", "xn--espaa-faro-w9a.es")


@pytest.mark.parametrize(
    ("name", "available"),
    [
        ("lighthouse.com", True),
        ("lighthouse.fr", True),
        ("lighthouse.net", False),
        ("google.com", False),
        ("amazon.es", False),
        ("takenforever.shop", False),
        ("alder-hosting.com", False),
        ("availablename.co.uk", True),
    ],
)
def test_check_says_what_is_taken(api: Any, name: str, available: bool) -> None:
    (row,) = api.ok("domain/check", domain=name)["domains"]
    assert row["available"] is available


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", 101),
        ("under_score.com", 2001),
        ("-dash.com", 2001),
        ("nodots", 2001),
        ("www.lighthouse.com", 2001),
        ("lighthouse.museum", 2002),
        ("lighthouse.tel", 2003),
    ],
)
def test_check_of_a_name_that_cannot_be_answers_its_code(api: Any, name: str, code: int) -> None:
    assert api.code("domain/check", domain=name) == code


def test_create_has_the_manuals_shape(api: Any) -> None:
    data = api.ok("domain/create", domain="lighthouse.com", period=2, ownerContactID=api.contact())
    (row,) = data["domains"]
    assert isinstance(row.pop("domainID"), int)
    assert data["billing"] == {"total": 19.9, "currency": "EUR"}
    assert row == {
        "name": "lighthouse.com",
        "status": "register-init",
        "tld": "com",
        "tsExpir": "",
        "period": 2,
    }


def test_create_in_a_promotion_says_so_and_costs_less(api: Any) -> None:
    data = api.ok("domain/create", domain="lighthouse-lamps.shop", ownerContactID=api.contact())
    assert data["billing"]["total"] == 1.95
    assert data["domains"][0]["inPromo"] is True


def test_create_lowers_the_balance_by_the_price_and_is_in_the_journal_once(api: Any) -> None:
    owner = api.contact()
    data = api.ok("domain/create", domain="lighthouse.com", ownerContactID=owner)
    assert api.ok("account/info")["balance"] == 4990.05
    (entry,) = [row for row in api.journal() if row["action"] == "domain/create"]
    assert {key: entry[key] for key in ("family", "subject", "price", "currency", "results")} == {
        "family": "mrdomain",
        "subject": "lighthouse.com",
        "price": "9.95",
        "currency": "EUR",
        "results": {"domainID": data["domains"][0]["domainID"], "ownerContactID": owner},
    }


def test_registration_passes_through_its_states_on_the_sandbox_clock(api: Any) -> None:
    api.control("POST", "/reset", seed=1, speed=0)
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=api.contact())
    seen = []
    for _ in range(17):
        info = api.ok("domain/getinfo", domain="lighthouse.com")
        if not seen or seen[-1][0] != info["status"]:
            seen.append((info["status"], info["tsExpir"] != ""))
        api.advance(0.5)
    assert seen == [("register-init", False), ("register-pending", False), ("active", True)]


def test_slow_registry_needs_longer_than_com(api: Any) -> None:
    owner = api.contact()
    for name in ("lighthouse.com", "lighthouse-tours.es"):
        api.ok("domain/create", domain=name, ownerContactID=owner)
    waits = {row["punycode"]: row["pending"][-1]["in"] for row in api.state()["domains"] if row["pending"]}
    assert 2 < waits["lighthouse.com"] <= 8
    assert 7 < waits["lighthouse-tours.es"] <= 20


def test_registration_that_the_registry_cancels_is_refunded(api: Any) -> None:
    api.ok("domain/create", domain="cancelled-one.com", ownerContactID=api.contact())
    api.advance(30)
    assert api.ok("domain/getinfo", domain="cancelled-one.com")["status"] == "register-cancel"
    assert api.ok("account/info")["balance"] == 5000.0
    assert [row["action"] for row in api.journal()] == ["contact/create", "domain/create", "(refund)"]


def test_cancelled_name_can_be_ordered_again(api: Any) -> None:
    owner = api.contact()
    api.ok("domain/create", domain="cancelled-one.com", ownerContactID=owner)
    api.advance(30)
    assert api.ok("domain/check", domain="cancelled-one.com")["domains"][0]["available"] is True
    api.ok("domain/create", domain="cancelled-one.com", ownerContactID=owner)
    assert api.ok("domain/list", domain="cancelled-one.com")["queryInfo"]["total"] == 1


def test_create_with_inline_data_makes_one_contact_per_role_given(api: Any, inline: Inline) -> None:
    before = api.ok("contact/list")["queryInfo"]["total"]
    api.ok("domain/create", domain="lighthouse.com", **inline("owner"), **inline("tech", FirstName="Zoe"))
    assert api.ok("contact/list")["queryInfo"]["total"] == before + 2
    contacts = api.ok("domain/getinfo", domain="lighthouse.com", infoType="contact")
    assert contacts["contactTech"]["firstName"] == "Zoe"
    assert contacts["contactAdmin"] == contacts["contactBilling"] == contacts["contactOwner"]


def test_owner_id_makes_the_owner_data_ignored(api: Any, inline: Inline) -> None:
    owner = api.contact()
    data = {**inline("owner", Email="not an address"), "ownerContactID": owner}
    api.ok("domain/create", domain="lighthouse.com", **data)
    info = api.ok("domain/getinfo", domain="lighthouse.com", infoType="contact")
    assert info["contactOwner"]["contactID"] == owner


def test_create_twice_is_taken_the_second_time(api: Any) -> None:
    owner = api.contact()
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=owner)
    assert api.code("domain/create", domain="lighthouse.com", ownerContactID=owner) == 2010


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"domain": ""}, 101),
        ({"domain": "google.com"}, 2010),
        ({"domain": "refused-by-registry.com"}, 2009),
        ({"domain": "premiumlamps.com"}, 2011),
        ({"domain": "lighthouse.tel"}, 2003),
        ({"ownerContactID": ""}, 101),
        ({"ownerContactID": "XX-1"}, 3001),
        ({"adminContactID": "XX-1"}, 3001),
        ({"period": "11"}, 105),
        ({"period": "one"}, 105),
        ({"nameservers": "ns1.one.com"}, 105),
        ({"nameservers": ",".join(f"ns{n}.one.com" for n in range(8))}, 105),
        ({"nameservers": "default"}, 105),
        ({"nameservers": "keepns"}, 105),
        ({"nameservers": "ns_1.one.com,ns2.one.com"}, 105),
        ({"premium": "perhaps"}, 105),
    ],
)
def test_create_refused_answers_its_code_and_has_no_effect(
    api: Any, parameters: dict[str, str], code: int
) -> None:
    owner = api.contact()
    call = {"domain": "lighthouse.com", "ownerContactID": owner, **parameters}
    assert api.code("domain/create", **call) == code
    assert [row["action"] for row in api.journal()] == ["contact/create"]
    assert api.ok("account/info")["balance"] == 5000.0


def test_premium_name_costs_its_own_price_when_asked_for(api: Any) -> None:
    (row,) = api.ok("domain/check", domain="premiumlamps.com")["domains"]
    assert row["premium"] is True
    assert row["price"] > 50
    data = api.ok("domain/create", domain="premiumlamps.com", premium="1", ownerContactID=api.contact())
    assert data["billing"]["total"] == row["price"]


def test_balance_that_does_not_suffice_answers_1100_and_nothing_happens(api: Any) -> None:
    owner = api.contact()
    api.world(balance="9.94")
    assert api.code("domain/create", domain="lighthouse.com", ownerContactID=owner) == 1100
    assert api.state()["balance"] == "9.94"
    api.world(balance="9.95")
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=owner)
    assert api.state()["balance"] == "0.00"


def test_own_nameservers_are_kept_in_order_and_empty_ones_dropped(api: Any) -> None:
    api.buy("lighthouse.com", nameservers="ns2.one.com,ns1.one.com,,,")
    data = api.ok("domain/getnameservers", domain="lighthouse.com")
    assert data["defaultNS"] is False
    assert [(row["order"], row["name"]) for row in data["nameservers"]] == [
        (1, "ns2.one.com"),
        (2, "ns1.one.com"),
    ]


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("lighthouse.aero", {"aeroId": "A1", "aeroPass": "x"}),
        ("lighthouse.barcelona", {"domainIntendedUse": "A shop of lamps"}),
        ("lighthouse.quebec", {"domainIntendedUse": "A shop of lamps"}),
        ("lighthouse.radio", {"domainIntendedUse": "A station"}),
        ("lighthouse.ee", PRIVATE),
        ("lighthouse.fi", PRIVATE),
        ("lighthouse.hk", PRIVATE),
        ("lighthouse.moscow", PRIVATE),
        ("lighthouse.my", PRIVATE),
        ("lighthouse.vn", PRIVATE),
        ("lighthouse.ru", {**PRIVATE, "ruIssuer": "OVD 1", "ruIssuerDate": "20050101"}),
        ("lighthouse.xxx", {"xxxClass": "default", "xxxName": "Ada Byron", "xxxEmail": "ada@example.com"}),
        ("lighthouse.xxx", {"xxxClass": "membership", "xxxId": "77"}),
    ],
)
def test_each_parameter_of_a_tld_is_demanded(api: Any, name: str, needed: dict[str, str]) -> None:
    owner = api.contact()
    for missing in needed:
        sent = {key: value for key, value in needed.items() if key != missing}
        assert api.code("domain/create", domain=name, ownerContactID=owner, **sent) == 101, missing
    api.ok("domain/create", domain=name, ownerContactID=owner, **needed)


def test_birth_date_is_not_demanded_of_an_organization(api: Any) -> None:
    company = api.contact(Type="organization", OrgName="Lamps SL", OrgType="612")
    api.ok("domain/create", domain="lighthouse.ee", ownerContactID=company)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("lighthouse.fi", {"ownerDateOfBirth": "11/07/1985"}),
        ("lighthouse.fi", {"ownerDateOfBirth": "1985-02-30"}),
        ("lighthouse.xxx", {"xxxClass": "other"}),
        ("lighthouse.fr", {"frSirenNumber": "123456824"}),
    ],
)
def test_malformed_parameter_of_a_tld_answers_105(api: Any, name: str, parameters: dict[str, str]) -> None:
    assert api.code("domain/create", domain=name, ownerContactID=api.contact(), **parameters) == 105


def test_siren_number_of_a_french_organization_is_accepted(api: Any) -> None:
    company = api.contact(Type="organization", OrgName="Lampes SARL", Country="FR", PostalCode="69002")
    api.ok("domain/create", domain="lighthouse.fr", ownerContactID=company, frSirenNumber="123456824")


def renewal(api: Any, name: str, **change: Any) -> dict[str, Any]:
    info = api.ok("domain/getinfo", domain=name)
    return {"domain": name, "curExpDate": info["tsExpir"], **change}


def test_renew_has_the_manuals_shape(api: Any) -> None:
    before = api.ok("domain/getinfo", domain="camillefournier.com")
    expected = str(int(before["tsExpir"][:4]) + 4) + before["tsExpir"][4:]
    data = api.ok("domain/renew", **renewal(api, "camillefournier.com", period=4))
    assert data == {
        "billing": {"total": 41.8, "currency": "EUR"},
        "domains": [
            {
                "name": "camillefournier.com",
                "status": "renewed",
                "tld": "com",
                "domainID": before["domainID"],
                "tsExpir": expected,
                "renewPeriod": "4",
            }
        ],
    }


def test_renewed_domain_becomes_active_with_the_new_date(api: Any) -> None:
    data = api.ok("domain/renew", **renewal(api, "camillefournier.com"))
    api.advance(30)
    info = api.ok("domain/getinfo", domain="camillefournier.com")
    assert (info["status"], info["tsExpir"]) == ("active", data["domains"][0]["tsExpir"])


def test_renew_takes_the_short_date_and_the_id(api: Any) -> None:
    info = api.ok("domain/getinfo", domain="camillefournier.com")
    api.ok("domain/renew", domainID=info["domainID"], curExpDate=info["tsExpir"].replace("-", ""))


def test_renew_of_an_expired_domain_in_grace_revives_it(api: Any) -> None:
    api.ok("domain/renew", **renewal(api, "muellerbau-sanierung.eu"))
    api.control("POST", "/settle")
    info = api.ok("domain/getinfo", domain="muellerbau-sanierung.eu")
    assert info["status"] == "active"
    assert info["tsExpir"] > datetime.now(UTC).strftime("%Y-%m-%d")


def test_renew_with_the_old_date_again_is_refused(api: Any) -> None:
    call = renewal(api, "camillefournier.com")
    api.ok("domain/renew", **call)
    assert api.code("domain/renew", **call) == 2100


def test_code_of_a_wrong_date_can_be_chosen(api: Any) -> None:
    api.world(curexpdate_code=2101)
    assert api.code("domain/renew", **renewal(api, "camillefournier.com", curExpDate="2020-01-01")) == 2101


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("camillefournier.com", {"curExpDate": ""}, 101),
        ("camillefournier.com", {"curExpDate": "soon"}, 105),
        ("camillefournier.com", {"period": 11}, 105),
        ("camillefournier.com", {"period": 10}, 2101),
        ("muellerbau-alt.com", {}, 2101),
        ("willford-trails.xyz", {}, 2101),
        ("willford-moves.me", {"curExpDate": "2030-01-01"}, 2101),
    ],
)
def test_renew_refused_answers_its_code(api: Any, name: str, change: dict[str, Any], code: int) -> None:
    assert api.code("domain/renew", **renewal(api, name, **change)) == code


def test_renew_of_a_blocked_domain_answers_2102(api: Any) -> None:
    api.world(domain="camillefournier.com", set={"renewBlocked": True})
    assert api.code("domain/renew", **renewal(api, "camillefournier.com")) == 2102


def test_charges_add_up_to_the_balance(api: Any) -> None:
    owner = api.contact()
    for name in ("lighthouse.com", "lighthouse.fr", "lighthouse-lamps.shop"):
        api.ok("domain/create", domain=name, ownerContactID=owner)
    api.ok("domain/renew", **renewal(api, "camillefournier.com"))
    spent = sum(Decimal(row.get("price", "0")) for row in api.journal())
    assert Decimal(api.state()["balance"]) == Decimal(5000) - spent
    assert api.journal()[-1]["balance"] == api.state()["balance"]
