"""Name.com's domain, DNS and host commands."""

from __future__ import annotations

import re
from typing import Any

import pytest

MINE = "bluestem-studio.com"


def test_list_is_keyed_by_name_and_can_be_of_one_user(api: Any) -> None:
    rows = api.get("domain/list")["domains"]
    assert len(rows) == 25
    assert list(rows[MINE]) == ["tld", "create_date", "expire_date"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d 23:59:59", rows[MINE]["expire_date"])
    assert api.get("domain/list/demo-ote")["domains"] == rows
    api.post("domain/create", domain_name="lighthouse.com", period=1, username="client-7")
    assert list(api.get("domain/list/client-7")["domains"]) == ["lighthouse.com"]


def test_get_has_the_documented_keys(api: Any) -> None:
    data = api.get("domain/get/ibarra-lutherie.co")
    assert list(data) == [
        "domain_name",
        "create_date",
        "expire_date",
        "locked",
        "nameservers",
        "contacts",
        "addons",
        "whois_privacy",
        "auto_renew",
    ]
    assert data["addons"] == {"whois_privacy": {"price": "3.99"}, "domain/renew": {"price": "26.99"}}
    assert [contact["type"] for contact in data["contacts"]] == [
        ["registrant", "administrative", "billing"],
        ["technical"],
    ]


def test_domain_of_somebody_else_answers_the_assumed_code(api: Any) -> None:
    assert api.error("GET", "domain/get/google.com") == (204, "Parameter Value Error - Domain")
    for code, text in ((221, "Authorization Error"), (240, "Command Failed")):
        api.world(assume={"foreign_domain_code": code})
        assert api.error("GET", "domain/get/google.com") == (code, f"{text} - Domain")


def test_name_that_is_missing_or_none_at_all_is_refused(api: Any) -> None:
    assert api.error("GET", "domain/get") == (203, "Required Parameter Missing - Domain Name")
    assert api.error("GET", "domain/get/nodots") == (204, "Parameter Value Error - Domain")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_lock_and_unlock_are_asked_for_in_both_ways(api: Any, method: str) -> None:
    assert api.ok(method, f"domain/unlock/{MINE}", b"" if method == "POST" else None) == {}
    assert api.get(f"domain/get/{MINE}")["locked"] is False
    api.ok(method, f"domain/lock/{MINE}")
    assert api.get(f"domain/get/{MINE}")["locked"] is True
    assert [(row["action"], row["subject"]) for row in api.journal()] == [
        ("domain/unlock", MINE),
        ("domain/lock", MINE),
    ]


def test_extension_without_a_lock_says_so(api: Any) -> None:
    assert api.error("GET", "domain/lock/fjallvind.de") == (240, "Command Failed - Domain Cannot Be Locked")


def test_own_nameservers_come_back_with_three_letters(api: Any) -> None:
    path = f"domain/update_nameservers/{MINE}"
    assert api.post(path, nameservers=["ns1.name.com", "NS2.name.com", "ns3.one.net."]) == {}
    first, second, third = api.get(f"domain/get/{MINE}")["nameservers"]
    assert re.fullmatch(r"ns1[a-z]{3}\.name\.com", first)
    assert second == first.replace("ns1", "ns2")
    assert third == "ns3.one.net"
    api.post(path, nameservers=[first, second])
    assert api.get(f"domain/get/{MINE}")["nameservers"] == [first, second]


def test_nameservers_are_demanded_and_checked(api: Any) -> None:
    path = f"domain/update_nameservers/{MINE}"
    assert api.error("POST", path, {}) == (203, "Required Parameter Missing - Nameservers")
    for bad in (["ns1.a.com"], ["ns1.a.com", "ns1.a.com"], ["ns1.a.com", "b_c"], [1, 2]):
        assert api.error("POST", path, {"nameservers": bad}) == (204, "Parameter Value Error - Nameservers")


def test_contacts_sent_replace_their_roles_only(api: Any, person: dict[str, str]) -> None:
    before = api.get(f"domain/get/{MINE}")["contacts"]
    api.post(f"domain/update_contacts/{MINE}", contacts=[{"type": ["billing"], **person}])
    rows = api.get(f"domain/get/{MINE}")["contacts"]
    assert rows[-1] == {"type": ["billing"], **person}
    assert rows[0]["email"] == before[0]["email"]
    api.world(assume={"contact_roles": "all"})
    sent = {"contacts": [{"type": ["billing"], **person}]}
    assert api.error("POST", f"domain/update_contacts/{MINE}", sent)[0] == 203


def test_check_is_keyed_by_name_and_needs_no_login_unless_told(api: Any) -> None:
    body = {"keyword": "Lighthouse", "tlds": ["com", ".net"], "services": ["availability"]}
    rows = api.ok("POST", "domain/check", body, {})["domains"]
    assert rows == {
        "lighthouse.com": {"tld": "com", "avail": True, "price": "8.99"},
        "lighthouse.net": {"tld": "net", "avail": False, "price": "10.49"},
    }
    api.world(assume={"check_without_login": False, "check_price": "number"})
    assert api.error("POST", "domain/check", body, {})[0] == 251
    assert api.post("domain/check", **body)["domains"]["lighthouse.com"]["price"] == 8.99


def test_check_by_url_and_by_its_old_name_and_of_a_whole_name(api: Any) -> None:
    expected = {"lighthouse.com": {"tld": "com", "avail": True, "price": "8.99"}}
    assert api.get("domain/check/lighthouse/com")["domains"] == expected
    assert api.post("domain/power_check", keyword="lighthouse.com")["domains"] == expected
    assert len(api.post("domain/check", keyword="lighthouse")["domains"]) == 5


def test_check_suggests_free_names_where_asked_to(api: Any) -> None:
    data = api.post("domain/check", keyword="lighthouse", services=["suggested"])
    assert list(data) == ["suggested"]
    assert len(data["suggested"]) == 5
    assert all(row["avail"] for row in data["suggested"].values())


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({}, (203, "Required Parameter Missing - Keyword")),
        ({"keyword": "a b"}, (204, "Parameter Value Error - Keyword")),
        ({"keyword": "x", "tlds": ["nowhere"]}, (204, "Parameter Value Error - Tlds")),
        ({"keyword": "x", "services": ["magic"]}, (204, "Parameter Value Error - Services")),
    ],
)
def test_check_refuses_what_it_cannot_read(api: Any, body: Any, answer: Any) -> None:
    assert api.error("POST", "domain/check", body) == answer


def test_record_is_numbers_when_made_and_texts_in_the_list(api: Any) -> None:
    made = api.post(f"dns/create/{MINE}", hostname="mail", type="MX", content="MX.one.net.", ttl="600")
    number = made["record_id"]
    assert isinstance(number, int)
    assert {**made, "create_date": ""} == {
        "record_id": number,
        "name": f"mail.{MINE}",
        "type": "MX",
        "content": "mx.one.net",
        "ttl": 600,
        "create_date": "",
        "priority": 10,
    }
    body = api.raw("GET", f"dns/list/{MINE}")[1]
    head = f'{{"record_id":"{number}","name":"mail.{MINE}","type":"MX","content":"mx.one.net","ttl":"600",'
    assert head.encode() in body
    assert body.endswith(b'"priority":"10"}]}')


def test_priority_is_where_it_is_used_unless_told(api: Any) -> None:
    api.post(f"dns/create/{MINE}", hostname="t", type="TXT", content="x", ttl=300, priority="N/A")
    assert "priority" not in api.get(f"dns/list/{MINE}")["records"][-1]
    api.world(assume={"priority": "always"})
    assert api.get(f"dns/list/{MINE}")["records"][-1]["priority"] == "10"


@pytest.mark.parametrize("host", ["", ".", MINE, MINE + ".", "@"])
def test_apex_has_several_spellings(api: Any, host: str) -> None:
    made = api.post(f"dns/create/{MINE}", hostname=host, type="TXT", content="v=x", ttl=300)
    assert made["name"] == MINE


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"type": "AAAA", "content": "2607:F2D8:0::1"}, "2607:f2d8::1"),
        ({"type": "SRV", "content": "10 5060 sip.one.net.", "priority": 5}, "10 5060 sip.one.net"),
        ({"type": "CNAME", "content": "one.net."}, "one.net"),
        ({"type": "NS", "content": "ns1.one.net."}, "ns1.one.net"),
        ({"type": "aname", "content": "one.net"}, "one.net"),
    ],
)
def test_content_is_kept_in_one_spelling(api: Any, sent: dict[str, Any], kept: str) -> None:
    assert api.post(f"dns/create/{MINE}", hostname="sub", ttl=300, **sent)["content"] == kept


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"type": "PTR"}, (204, "Parameter Value Error - Type")),
        ({"type": ""}, (203, "Required Parameter Missing - Type")),
        ({"ttl": 299}, (204, "Parameter Value Error - Ttl")),
        ({"content": "one"}, (204, "Parameter Value Error - Content")),
        ({"type": "AAAA"}, (204, "Parameter Value Error - Content")),
        ({"type": "CNAME", "content": "a b"}, (204, "Parameter Value Error - Content")),
        ({"type": "SRV", "content": "5060 sip.one.net"}, (204, "Parameter Value Error - Invalid Srv Format")),
        ({"type": "SRV", "content": "1 5060 ."}, (204, "Parameter Value Error - Invalid Srv Format")),
        (
            {"type": "MX", "content": "mx.one.net", "priority": 70000},
            (204, "Parameter Value Error - Priority"),
        ),
        ({"hostname": "a b"}, (204, "Parameter Value Error - Hostname")),
        (
            {"hostname": "", "type": "NS", "content": "ns1.one.net"},
            (204, "Parameter Value Error - Hostname"),
        ),
        (
            {"hostname": "v6", "type": "AAAA", "content": "2607:f2d8:3::20"},
            (204, "Parameter Value Error - Duplicate Record"),
        ),
    ],
)
def test_record_that_cannot_be_answers_its_code(api: Any, change: dict[str, Any], answer: Any) -> None:
    sent = {"hostname": "sub", "type": "A", "content": "23.94.18.9", "ttl": 300, **change}
    assert api.error("POST", f"dns/create/{MINE}", sent) == answer
    assert api.journal() == []


def test_zone_has_an_end(api: Any) -> None:
    rows = [{"name": f"h{n}.{MINE}", "type": "A", "content": "23.94.18.9"} for n in range(500)]
    api.world(domain=MINE, set={"records": rows})
    sent = {"hostname": "sub", "type": "A", "content": "23.94.18.9", "ttl": 300}
    assert api.error("POST", f"dns/create/{MINE}", sent) == (240, "Command Failed - Too Many Records")


@pytest.mark.parametrize("kind", [int, str])
def test_record_is_deleted_by_its_number(api: Any, kind: type) -> None:
    first = api.get(f"dns/list/{MINE}")["records"][0]
    assert api.post(f"dns/delete/{MINE}", record_id=kind(first["record_id"])) == {}
    assert first not in api.get(f"dns/list/{MINE}")["records"]
    gone = {"record_id": first["record_id"]}
    assert api.error("POST", f"dns/delete/{MINE}", gone) == (204, "Parameter Value Error - Record Id")
    assert api.error("POST", f"dns/delete/{MINE}", {})[0] == 203


def test_hosts_are_made_changed_and_deleted(api: Any) -> None:
    path = "okafor-dental.com"
    assert api.get(f"host/list/{path}") == {"hosts": []}
    api.post(f"host/create/{path}", hostname="ns1", ip_address="23.94.18.9")
    api.post(f"host/add_ip/{path}", hostname=f"ns1.{path}", ip_address="2607:f2d8::9")
    assert api.get(f"host/list/{path}")["hosts"] == [
        {"hostname": f"ns1.{path}", "ips": ["23.94.18.9", "2607:f2d8::9"]}
    ]
    api.post(f"host/remove_ip/{path}", hostname="ns1", ip_address="23.94.18.9")
    api.post(f"host/delete/{path}", hostname="ns1")
    assert api.get(f"host/list/{path}") == {"hosts": []}
    assert [row["action"] for row in api.journal()] == [
        "host/create",
        "host/add_ip",
        "host/remove_ip",
        "host/delete",
    ]


def test_sync_takes_over_what_the_registry_has(api: Any) -> None:
    path = "bluestem-hosting.us"
    assert len(api.get(f"host/list/{path}")["hosts"]) == 2
    assert len(api.get(f"host/sync/{path}")["hosts"]) == 3
    assert len(api.get(f"host/list/{path}")["hosts"]) == 3
    api.get(f"host/sync/{path}")
    assert [row["action"] for row in api.journal()] == ["host/sync"]


@pytest.mark.parametrize(
    ("command", "body", "answer"),
    [
        ("create", {"ip_address": "23.94.18.9"}, (203, "Required Parameter Missing - Hostname")),
        ("create", {"hostname": "ns9"}, (203, "Required Parameter Missing - Ip Address")),
        ("create", {"hostname": "ns9", "ip_address": "x"}, (204, "Parameter Value Error - Ip Address")),
        ("create", {"hostname": "ns9", "ips": ["1.1.1.1", "1.1.1.1"]}, (204, "Parameter Value Error - Ips")),
        ("create", {"hostname": "n s", "ips": ["1.1.1.1"]}, (204, "Parameter Value Error - Hostname")),
        ("create", {"hostname": "ns1", "ips": ["1.1.1.1"]}, (204, "Parameter Value Error - Duplicate Host")),
        ("delete", {"hostname": "ns9"}, (204, "Parameter Value Error - Hostname")),
        ("delete", {"hostname": "ns1"}, (240, "Command Failed - Host In Use")),
        (
            "add_ip",
            {"hostname": "ns1", "ip_address": "23.94.18.51"},
            (204, "Parameter Value Error - Duplicate Ip Address"),
        ),
        (
            "remove_ip",
            {"hostname": "ns1", "ip_address": "1.1.1.1"},
            (204, "Parameter Value Error - Ip Address"),
        ),
        (
            "remove_ip",
            {"hostname": "ns1", "ip_address": "23.94.18.51"},
            (240, "Command Failed - Last Ip Address"),
        ),
    ],
)
def test_host_that_cannot_be_answers_its_code(api: Any, command: str, body: Any, answer: Any) -> None:
    assert api.error("POST", f"host/{command}/{MINE}", body) == answer
    assert api.journal() == []


def test_host_has_at_most_thirteen_addresses(api: Any) -> None:
    addresses = [f"23.94.19.{n}" for n in range(1, 14)]
    api.post(f"host/create/{MINE}", hostname="ns5", ips=addresses)
    more = {"hostname": "ns5", "ip_address": "23.94.20.1"}
    assert api.error("POST", f"host/add_ip/{MINE}", more) == (240, "Command Failed - Too Many Ip Addresses")
