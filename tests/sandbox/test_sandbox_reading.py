"""Lists, info, Whois, history: manual 5.12 to 5.24."""

from __future__ import annotations

from typing import Any

import pytest

HEAD = {"name", "status", "tld", "tsExpir", "domainID"}


def names(data: Any) -> list[str]:
    return [row["name"] for row in data["domains"]]


def test_account_after_a_reset_is_worth_importing(api: Any) -> None:
    data = api.ok("domain/list", infoType="status")
    rows = data["domains"]
    assert data["queryInfo"] == {"page": 1, "pageLength": 1000, "results": len(rows), "total": len(rows)}
    assert len(rows) >= 40
    assert {row["status"] for row in rows} >= {
        "active",
        "renewed",
        "transfer-pending",
        "expired-renewgrace",
        "expired-redemption",
        "expired-pendingdelete",
    }
    assert len({row["tld"] for row in rows}) >= 15
    assert sum(not row["name"].isascii() for row in rows) >= 4
    assert {row["ownerverification"] for row in rows} >= {"verified", "notapplicable", "inprocess", "failed"}
    assert api.ok("contact/list")["queryInfo"]["total"] == 12


def test_list_row_has_exactly_the_five_fields(api: Any) -> None:
    for row in api.ok("domain/list")["domains"]:
        assert set(row) == HEAD
        assert isinstance(row["domainID"], int)


def test_pages_of_the_list_cover_it_once(api: Any) -> None:
    whole = names(api.ok("domain/list"))
    paged = [name for page in range(1, 7) for name in names(api.ok("domain/list", page=page, pageLength=8))]
    assert paged == whole
    assert api.ok("domain/list", page=99, pageLength=8)["queryInfo"] == {
        "page": 99,
        "pageLength": 8,
        "results": 0,
        "total": len(whole),
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"domain": "alder-hosting.com"}, ["alder-hosting.com"]),
        ({"domain": "alder"}, []),
        ({"domain": "café-lumière.fr"}, ["café-lumière.fr"]),
        ({"word": "keramiek"}, ["anoukdevries-keramiek.nl", "devries-keramiek.com"]),
        ({"word": "lumière"}, ["café-lumière.fr"]),
        ({"word": "keramiek", "tld": "nl"}, ["anoukdevries-keramiek.nl"]),
        ({"status": "renewed"}, ["alderpanel.app", "vinhos-do-vale.com"]),
        ({"tag": "important"}, ["alder-hosting.com"]),
        ({"tag": "import"}, []),
        ({"ownerverification": "inprocess"}, ["żaglowy-szlak.com"]),
        ({"renewalMode": "letexpire", "tld": "info"}, ["fiestasdelaribera.info"]),
        ({"tld": "co.uk", "word": "alder"}, ["alder-hosting.co.uk"]),
    ],
)
def test_filter_narrows_the_list(api: Any, filters: dict[str, str], expected: list[str]) -> None:
    assert names(api.ok("domain/list", **filters)) == expected


def test_owner_filter_finds_the_owners_domains(api: Any) -> None:
    (contact,) = api.ok("contact/list", name="Camille")["contacts"]
    found = names(api.ok("domain/list", owner=contact["contactID"]))
    assert found == ["camille-fournier.fr", "camillefournier.com", "café-lumière.fr"]


def test_renewable_filter_leaves_out_redemption_and_transfers(api: Any) -> None:
    found = names(api.ok("domain/list", renewable="true"))
    assert "fiestasdelaribera.info" in found
    assert not {"muellerbau-alt.com", "willford-trails.xyz", "willford-moves.me"} & set(found)


@pytest.mark.parametrize("kind", ["status", "contact", "nameservers", "service", "gluerecords"])
def test_info_type_of_a_list_adds_what_getinfo_says(api: Any, kind: str) -> None:
    (row,) = api.ok("domain/list", domain="alder-hosting.com", infoType=kind)["domains"]
    assert row == api.ok("domain/getinfo", domain="alder-hosting.com", infoType=kind)


@pytest.mark.parametrize(
    "parameters",
    [
        {"infoType": "authcode"},
        {"status": "alive"},
        {"ownerverification": "x"},
        {"page": "0"},
        {"pageLength": "-1"},
    ],
)
def test_bad_filter_answers_105(api: Any, parameters: dict[str, str]) -> None:
    assert api.code("domain/list", **parameters) == 105


def test_status_info_has_the_manuals_fields_by_tld(api: Any) -> None:
    common = {"tsCreate", "renewable", "renewalMode", "modifyBlock", "authcodeCheck", "serviceAssociated"}
    common |= HEAD | {"tag", "ownerverification"}
    com = api.ok("domain/getinfo", domain="alder-hosting.com", infoType="status")
    assert set(com) == common | {"transferBlock", "whoisPrivacy"}
    assert all(
        isinstance(com[key], bool) for key in ("renewable", "modifyBlock", "transferBlock", "whoisPrivacy")
    )
    assert set(api.ok("domain/getinfo", domain="camille-fournier.fr")) == common | {"viewWhois"}
    assert set(api.ok("domain/getinfo", domain="vinhosdovale.pt")) == common
    moving = api.ok("domain/getinfo", domain="willford-moves.me")
    assert moving["transferStatus"] in ("queued", "set-auth")
    assert moving["tsExpir"] == ""


def test_contact_info_has_four_whole_contacts(api: Any) -> None:
    data = api.ok("domain/getinfo", domain="panaderiaetxeberria.es", infoType="contact")
    assert set(data) == HEAD | {"contactOwner", "contactAdmin", "contactTech", "contactBilling"}
    owner = data["contactOwner"]
    assert owner["orgType"] == 612
    assert owner["country"] == "ES"
    assert owner["daaccepted"] is True
    assert owner["esNicHandle"].endswith("-ESNIC-F4")


def test_service_info_tells_the_hosting_or_nothing(api: Any) -> None:
    service = api.ok("domain/getinfo", domain="soler-estudio.com", infoType="service")["service"]
    assert set(service) == {"name", "type", "productkey", "status", "tsExpir"}
    assert service["productkey"] == "basic"
    assert api.ok("domain/getinfo", domain="alder-hosting.com", infoType="service")["service"] == {}


@pytest.mark.parametrize(
    ("wrapper", "kind"),
    [
        ("domain/getauthcode", "authcode"),
        ("domain/getnameservers", "nameservers"),
        ("domain/getgluerecords", "gluerecords"),
        ("domain/getdnssec", "dnssec"),
    ],
)
def test_wrapper_says_what_getinfo_says_by_name_and_by_id(api: Any, wrapper: str, kind: str) -> None:
    info = api.ok("domain/getinfo", domain="alder-hosting.com", infoType=kind)
    assert api.ok(wrapper, domain="alder-hosting.com") == info
    assert api.ok(wrapper, domainID=info["domainID"]) == info


def test_shapes_of_nameservers_glue_and_dnssec(api: Any) -> None:
    servers = api.ok("domain/getnameservers", domain="alder-hosting.com")
    assert servers["defaultNS"] is False
    assert [set(row) for row in servers["nameservers"]] == [{"order", "name", "ipv4"}] * 2
    glue = api.ok("domain/getgluerecords", domain="alder-hosting.com")["gluerecords"]
    assert [set(row) for row in glue] == [{"name", "ipv4", "ipv6"}, {"name", "ipv4"}]
    dnssec = api.ok("domain/getdnssec", domain="alder-hosting.com")["dnssec"]
    assert dnssec["active"] is True
    assert set(dnssec["entries"][0]) == {"keytag", "algorithm", "digesttype", "digest"}
    assert api.ok("domain/getdnssec", domain="devries-keramiek.com")["dnssec"] == {
        "active": False,
        "entries": [],
    }


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, 101),
        ({"domain": "google.com"}, 2008),
        ({"domainID": "1"}, 2008),
        ({"domainID": "x"}, 105),
        ({"domain": "alder-hosting.com", "infoType": "everything"}, 105),
        ({"domain": "owenhughes-joinery.uk", "infoType": "authcode"}, 300),
    ],
)
def test_getinfo_refused_answers_its_code(api: Any, parameters: dict[str, str], code: int) -> None:
    assert api.code("domain/getinfo", **parameters) == code


def test_whois_of_an_own_domain_is_text(api: Any) -> None:
    data = api.ok("domain/whois", domain="alder-hosting.com")
    assert set(data) == {"domain", "whoisData"}
    assert data["whoisData"].startswith("Domain Name: ALDER-HOSTING.COM\n")
    assert "REDACTED" not in data["whoisData"]
    assert "REDACTED" in api.ok("domain/whois", domain="camillefournier.com")["whoisData"]


def test_whois_of_a_foreign_or_pending_domain_is_refused(api: Any) -> None:
    assert api.code("domain/whois", domain="google.com") == 2006
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=api.contact())
    assert api.code("domain/whois", domain="lighthouse.com") == 2007


def test_history_is_paged_with_the_newest_first(api: Any) -> None:
    for tag in ("one", "two"):
        api.ok("domain/update", domain="alder-mail.online", updateType="tag", tag=tag)
    data = api.ok("domain/gethistory", domain="alder-mail.online", pageLength=1)
    assert set(data) == HEAD | {"queryInfo", "history"}
    assert data["queryInfo"] == {"page": 1, "pageLength": 1, "results": 1, "total": 3}
    (row,) = data["history"]
    assert set(row) == {"ts", "ip", "user", "title", "message"}
    assert (row["title"], row["message"], row["user"]) == ("Tag", "two", "demo")


def test_deleted_domains_are_listed_in_pages(api: Any) -> None:
    data = api.ok("domain/listdeleted", pageLength=3)
    assert data["queryInfo"] == {"page": 1, "pageLength": 3, "results": 3, "total": 4}
    assert set(data["domains"][0]) == {"name", "tld", "tsDeleted", "info"}


def test_expired_domain_goes_through_grace_and_redemption_to_deletion(api: Any) -> None:
    seen = []
    for _ in range(80):
        reply = api.post("domain/getinfo", domain="willford.club")
        status = reply["responseData"]["status"] if reply["success"] else reply["errorCode"]
        if status not in seen:
            seen.append(status)
        api.advance(86400)
    assert seen == ["active", "expired-renewgrace", "expired-redemption", "expired-pendingdelete", 2008]
    assert api.ok("domain/listdeleted")["queryInfo"]["total"] > 4
    assert api.ok("domain/check", domain="willford.club")["domains"][0]["available"] is True


def test_domain_that_renews_by_itself_does_so_once_and_pays(api: Any) -> None:
    before = api.ok("domain/getinfo", domain="panaderiaetxeberria.es")["tsExpir"]
    api.advance(40 * 86400)
    after = api.ok("domain/getinfo", domain="panaderiaetxeberria.es")
    assert (after["status"], after["tsExpir"][:4]) == ("active", str(int(before[:4]) + 1))
    entries = [row for row in api.journal() if row["subject"] == "panaderiaetxeberria.es"]
    assert [(row["action"], row["price"]) for row in entries] == [("(autorenew)", "6.45")]
