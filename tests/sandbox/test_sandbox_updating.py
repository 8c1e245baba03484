"""Everything that changes a domain: manual 5.6 to 5.11, 5.18, 5.19, 5.22."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NAME = "alder-mail.online"
HEAD = {"name", "status", "tld", "tsExpir", "domainID"}
KEY = {"keytag": "257", "algorithm": "13", "digesttype": "2", "digest": "AB" * 32}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("transferBlock", "", False),
        ("block", "1", True),
        ("whoisPrivacy", "true", True),
        ("renewalMode", "letexpire", "letexpire"),
        ("tag", "one, two", "one,two"),
    ],
)
def test_update_changes_what_getinfo_says(api: Any, kind: str, value: str, expected: Any) -> None:
    reply = api.post("domain/update", domain=NAME, updateType=kind, **{kind: value})
    assert reply["messages"] == ["Operation done correctly."]
    assert set(reply["responseData"]) == HEAD
    field = "modifyBlock" if kind == "block" else kind
    assert api.ok("domain/getinfo", domain=NAME)[field] == expected
    assert api.journal()[-1]["subject"] == NAME


def test_view_whois_is_for_the_tlds_that_have_it(api: Any) -> None:
    api.ok("domain/update", domain="camille-fournier.fr", updateType="viewWhois", viewWhois="0")
    assert api.ok("domain/getinfo", domain="camille-fournier.fr")["viewWhois"] is False
    assert api.code("domain/update", domain=NAME, updateType="viewWhois", viewWhois="0") == 2201


@pytest.mark.parametrize("action", ["domain/update", "domain/updatenameservers"])
def test_nameservers_change_and_go_back_to_default(api: Any, action: str) -> None:
    call = {"domain": NAME, "updateType": "nameservers"}
    api.ok(action, **call, nameservers="ns1.one.com,ns2.one.com,ns3.one.com")
    data = api.ok("domain/getnameservers", domain=NAME)
    assert [row["name"] for row in data["nameservers"]] == ["ns1.one.com", "ns2.one.com", "ns3.one.com"]
    api.ok(action, **call, nameservers="default")
    assert api.ok("domain/getnameservers", domain=NAME)["defaultNS"] is True


@pytest.mark.parametrize("action", ["domain/updatenameservers", "domain/updatecontacts"])
def test_wrapper_answers_without_messages(api: Any, action: str) -> None:
    extra = {"nameservers": "default"} if action.endswith("servers") else {"techContactID": api.contact()}
    reply = api.post(action, domain=NAME, **extra)
    assert "messages" not in reply
    assert set(reply["responseData"]) == HEAD


def test_contacts_given_by_id_and_by_data_replace_the_old(
    api: Any, inline: Callable[..., dict[str, str]]
) -> None:
    owner = api.contact(FirstName="Olga")
    api.ok(
        "domain/update",
        domain=NAME,
        updateType="contact",
        ownerContactID=owner,
        **inline("tech", FirstName="Tim"),
    )
    info = api.ok("domain/getinfo", domain=NAME, infoType="contact")
    assert info["contactOwner"]["contactID"] == owner
    assert info["contactTech"]["firstName"] == "Tim"
    assert info["contactAdmin"]["contactID"] == owner


def test_new_owner_of_a_generic_tld_has_to_be_verified(api: Any) -> None:
    api.ok("domain/updatecontacts", domain=NAME, ownerContactID=api.contact())
    assert api.ok("domain/getinfo", domain=NAME)["ownerverification"] == "inprocess"
    api.advance(200)
    assert api.ok("domain/getinfo", domain=NAME)["ownerverification"] == "verified"


def test_owner_of_an_es_domain_is_not_changed_by_an_update(api: Any) -> None:
    assert api.code("domain/updatecontacts", domain="soler-estudio.es", ownerContactID=api.contact()) == 2201
    api.ok("domain/updatecontacts", domain="soler-estudio.es", adminContactID=api.contact())


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"domain": NAME}, 101),
        ({"domain": NAME, "updateType": "everything"}, 105),
        ({"updateType": "tag", "tag": "x"}, 101),
        ({"domain": "google.com", "updateType": "tag", "tag": "x"}, 2008),
        ({"domain": NAME, "updateType": "tag"}, 101),
        ({"domain": NAME, "updateType": "block"}, 101),
        ({"domain": NAME, "updateType": "block", "block": "perhaps"}, 105),
        ({"domain": NAME, "updateType": "renewalMode", "renewalMode": "never"}, 105),
        ({"domain": NAME, "updateType": "renewalMode"}, 101),
        ({"domain": NAME, "updateType": "nameservers"}, 101),
        ({"domain": NAME, "updateType": "nameservers", "nameservers": "parking"}, 105),
        ({"domain": NAME, "updateType": "contact"}, 101),
        ({"domain": NAME, "updateType": "contact", "ownerContactID": "XX-1"}, 3001),
        ({"domain": "soler-estudio.es", "updateType": "whoisPrivacy", "whoisPrivacy": "1"}, 2201),
        ({"domain": "soler-estudio.es", "updateType": "transferBlock", "transferBlock": "1"}, 2201),
        ({"domain": "muellerbau-alt.com", "updateType": "nameservers", "nameservers": "default"}, 2201),
        ({"domain": "alder-hosting.com", "updateType": "nameservers", "nameservers": "default"}, 2202),
        ({"domain": "devries-keramiek.com", "updateType": "nameservers", "nameservers": "default"}, 2210),
    ],
)
def test_update_refused_answers_its_code_and_has_no_effect(
    api: Any, parameters: dict[str, str], code: int
) -> None:
    assert api.code("domain/update", **parameters) == code
    assert api.journal() == []


def test_modification_lock_lets_itself_be_taken_away(api: Any) -> None:
    api.ok("domain/update", domain="alder-hosting.com", updateType="block", block="")
    api.ok("domain/update", domain="alder-hosting.com", updateType="nameservers", nameservers="default")


def test_glue_records_are_made_changed_and_deleted(api: Any) -> None:
    host = f"ns1.{NAME}"
    reply = api.post(
        "domain/gluerecordcreate", domain=NAME, name=host, ipv4="212.20.40.200", ipv6="2a02:2670::5"
    )
    assert reply["messages"] == ["Operation done correctly."]
    assert set(reply["responseData"]) == HEAD | {"gluerecords"}
    assert reply["responseData"]["gluerecords"] == [
        {"name": host, "ipv4": "212.20.40.200", "ipv6": "2a02:2670::5"}
    ]
    changed = api.ok("domain/gluerecordupdate", domain=NAME, name=host, ipv4="212.20.40.203")
    assert changed["gluerecords"] == [{"name": host, "ipv4": "212.20.40.203"}]
    assert api.ok("domain/gluerecorddelete", domain=NAME, name=host)["gluerecords"] == []
    assert [row["action"] for row in api.journal()] == [
        "domain/gluerecordcreate",
        "domain/gluerecordupdate",
        "domain/gluerecorddelete",
    ]


@pytest.mark.parametrize(
    ("action", "parameters", "code"),
    [
        ("gluerecordcreate", {"ipv4": "212.20.40.200"}, 101),
        ("gluerecordcreate", {"name": f"ns1.{NAME}"}, 101),
        ("gluerecordcreate", {"name": "ns1.other.com", "ipv4": "212.20.40.200"}, 105),
        ("gluerecordcreate", {"name": f"ns1.{NAME}", "ipv4": "212.20.40"}, 105),
        ("gluerecordcreate", {"name": f"ns1.{NAME}", "ipv4": "212.20.40.200", "ipv6": "1.2.3.4"}, 105),
        ("gluerecordupdate", {"name": f"ns9.{NAME}", "ipv4": "212.20.40.200"}, 2200),
        ("gluerecorddelete", {"name": f"ns9.{NAME}"}, 2200),
        ("dnsseccreate", {**KEY, "keytag": ""}, 101),
        ("dnsseccreate", {**KEY, "keytag": "70000"}, 105),
        ("dnsseccreate", {**KEY, "algorithm": "RSA"}, 105),
        ("dnsseccreate", {**KEY, "digest": "not a digest"}, 105),
        ("dnssecdelete", KEY, 2200),
    ],
)
def test_glue_and_dnssec_refused_answer_their_code(
    api: Any, action: str, parameters: dict[str, str], code: int
) -> None:
    assert api.code(f"domain/{action}", domain=NAME, **parameters) == code
    assert api.journal() == []


def test_glue_record_twice_and_one_in_use_answer_2200(api: Any) -> None:
    host = "ns1.alder-hosting.net"
    assert (
        api.code("domain/gluerecordcreate", domain="alder-hosting.net", name=host, ipv4="212.20.40.200")
        == 2200
    )
    assert api.code("domain/gluerecorddelete", domain="alder-hosting.net", name=host) == 2200


def test_dnssec_entries_are_made_and_deleted(api: Any) -> None:
    reply = api.post("domain/dnsseccreate", domain=NAME, **KEY)
    assert reply["messages"] == ["Operation done correctly."]
    entry = {"keytag": 257, "algorithm": 13, "digesttype": 2, "digest": "AB" * 32}
    assert reply["responseData"]["dnssec"] == {"active": True, "entries": [entry]}
    assert api.code("domain/dnsseccreate", domain=NAME, **KEY) == 2200
    assert api.code("domain/dnssecdelete", domain=NAME, **{**KEY, "digest": "CD" * 32}) == 2200
    assert api.ok("domain/dnssecdelete", domain=NAME, **KEY)["dnssec"] == {"active": False, "entries": []}


def test_verification_mail_is_sent_again_only_while_it_is_awaited(api: Any) -> None:
    reply = api.post("domain/resendverificationmail", domain="devries-keramiek.com")
    assert reply["messages"] == ["Operation done correctly."]
    assert set(reply["responseData"]) == HEAD
    assert api.ok("domain/getinfo", domain="devries-keramiek.com")["ownerverification"] == "inprocess"
    assert api.code("domain/resendverificationmail", domain="alder-hosting.com") == 2210
