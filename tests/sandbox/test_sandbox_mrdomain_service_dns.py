"""The DNS zone of a service of MrDomain: manual 7.40-7.47."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

NAME, MAIL = "soler-estudio.com", "laribera-vecinos.org"


def zone(api: Any, name: str = NAME, **filters: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = api.ok("service/dnslist", serviceName=name, **filters)["dns"]
    return rows


def plain(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return sorted(tuple(row[key] for key in ("name", "type", "ttl", "priority", "value")) for row in rows)


def create(api: Any, **record: str) -> dict[str, str]:
    (row,) = api.ok("service/dnscreate", serviceName=NAME, **record)["dns"]
    return dict(row)


def failing(api: Any, **record: str) -> int:
    sent = {"name": f"x.{NAME}", "type": "A", "value": "37.152.90.1", **record}
    code: int = api.code("service/dnscreate", serviceName=NAME, **sent)
    return code


def encoded(rows: Any) -> str:
    return base64.b64encode(json.dumps(rows).encode()).decode()


def test_default_zone_suits_the_plan(api: Any) -> None:
    kinds = {row["type"] for row in zone(api)}
    assert kinds == {"A", "CNAME", "MX", "TXT"}
    assert {row["priority"] for row in zone(api, filterType="MX")} == {"10"}
    assert {row["ttl"] for row in zone(api)} == {"-"}
    assert zone(api, MAIL, filter="ftp.") == []


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        ({"type": "A", "value": "37.152.90.20"}, ("-", "-", "37.152.90.20")),
        ({"type": "AAAA", "value": "2A02:2670::1", "ttl": "600"}, ("600", "-", "2a02:2670::1")),
        ({"type": "CNAME", "value": "One.example.NET."}, ("-", "-", "one.example.net")),
        ({"type": "MX", "value": "mx.example.net"}, ("-", "10", "mx.example.net")),
        ({"type": "MX", "value": "mx.example.net", "priority": "0"}, ("-", "0", "mx.example.net")),
        ({"type": "SRV", "value": "10 8080 srv.example.es"}, ("-", "10", "10 8080 srv.example.es")),
        ({"type": "TXT", "value": 'v=x; "y" ñ', "priority": "5"}, ("-", "-", 'v=x; "y" ñ')),
        ({"type": "NS", "value": "ns1.example.net"}, ("-", "-", "ns1.example.net")),
        (
            {"type": "CAA", "value": '0 issue "authority.example"'},
            ("-", "-", '0 issue "authority.example"'),
        ),
        ({"type": "A", "value": "37.152.90.20", "ttl": "-", "priority": "-"}, ("-", "-", "37.152.90.20")),
    ],
)
def test_record_of_each_type_comes_back_as_texts(
    api: Any, record: dict[str, str], kept: tuple[str, ...]
) -> None:
    row = create(api, name=f"_a._tcp.x.{NAME}".upper(), **record)
    assert row["name"] == f"_a._tcp.x.{NAME}"
    assert (row["ttl"], row["priority"], row["value"]) == kept


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"name": ""}, 101),
        ({"type": ""}, 101),
        ({"value": ""}, 101),
        ({"name": "x"}, 105),
        ({"name": "x.other.com"}, 105),
        ({"name": f"a b.{NAME}"}, 105),
        ({"type": "PTR"}, 105),
        ({"value": "37.152.90.256"}, 105),
        ({"type": "AAAA"}, 105),
        ({"type": "CNAME", "value": "nodots"}, 105),
        ({"type": "SRV", "value": "8080 srv.example.es"}, 105),
        ({"type": "SRV", "value": "10 99999 srv.example.es"}, 105),
        ({"type": "CAA", "value": "0 issue authority.example"}, 105),
        ({"type": "CAA", "value": '300 issue "authority.example"'}, 105),
        ({"type": "TXT", "value": "x" * 4097}, 105),
        ({"ttl": "5"}, 105),
        ({"ttl": "soon"}, 105),
        ({"type": "MX", "value": "mx.example.net", "priority": "70000"}, 105),
        ({"name": f"www.{NAME}"}, 4004),
        ({"name": NAME, "type": "CNAME", "value": "one.example.net"}, 4004),
    ],
)
def test_record_that_cannot_be_answers_its_code(api: Any, record: dict[str, str], code: int) -> None:
    assert failing(api, **record) == code
    assert api.journal() == []


def test_cname_stands_alone_and_a_record_comes_once(api: Any) -> None:
    create(api, name=f"x.{NAME}", type="A", value="37.152.90.1")
    create(api, name=f"x.{NAME}", type="A", value="37.152.90.2")
    assert failing(api) == 4004
    assert failing(api, type="CNAME", value="one.example.net") == 4004


def test_update_without_ttl_and_priority_brings_the_defaults_back(api: Any) -> None:
    row = create(api, name=f"x.{NAME}", type="MX", value="mx.example.net", ttl="600", priority="5")
    key = {"serviceName": NAME, "entityID": row["entityID"]}
    (changed,) = api.ok("service/dnsupdate", **key, value="mx2.example.net")["dns"]
    assert changed == {**row, "value": "mx2.example.net", "ttl": "-", "priority": "10"}
    assert api.code("service/dnsupdate", **key) == 101
    assert api.code("service/dnsupdate", **key, value="x y") == 105
    create(api, name=f"x.{NAME}", type="MX", value="mx3.example.net")
    assert api.code("service/dnsupdate", **key, value="mx3.example.net") == 4005


def test_list_filters_by_name_type_and_value(api: Any) -> None:
    create(api, name=f"x.{NAME}", type="TXT", value="Hello there")
    assert [row["name"] for row in zone(api, filterValue="hello")] == [f"x.{NAME}"]
    assert {row["type"] for row in zone(api, filterType="CNAME")} == {"CNAME"}
    assert api.code("service/dnslist", serviceName=NAME, filterType="PTR") == 105


def test_zone_is_set_as_a_whole_emptied_and_restored(api: Any) -> None:
    before = plain(zone(api))
    rows = [
        {"name": NAME, "type": "A", "ttl": "-", "priority": "-", "value": "8.1.1.18"},
        {"name": f"*.{NAME}", "type": "CNAME", "value": "srv1.example.com"},
        {"name": NAME, "type": "MX", "value": "mx.example.com", "priority": 0, "ttl": 600},
    ]
    assert api.ok("service/dnssetzone", serviceName=NAME, dnsZoneData=encoded(rows)) == {}
    assert plain(zone(api)) == [
        (f"*.{NAME}", "CNAME", "-", "-", "srv1.example.com"),
        (NAME, "A", "-", "-", "8.1.1.18"),
        (NAME, "MX", "600", "0", "mx.example.com"),
    ]
    assert api.ok("service/dnsdeleteall", serviceName=NAME) == {}
    assert zone(api) == []
    assert api.ok("service/dnsrestore", serviceName=NAME) == {}
    assert plain(zone(api)) == before
    assert [(row["action"], row["results"]["records"]) for row in api.journal()] == [
        ("service/dnssetzone", 3),
        ("service/dnsdeleteall", 0),
        ("service/dnsrestore", len(before)),
    ]


GOOD = {"name": NAME, "type": "A", "value": "8.1.1.18"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", 101),
        ("not base64!", 105),
        (base64.b64encode(b"{").decode(), 105),
        (base64.b64encode(b"\xff\xfe").decode(), 105),
        (encoded({}), 105),
        (encoded([1]), 105),
        (encoded([{**GOOD, "value": ["8.1.1.18"]}]), 105),
        (encoded([{**GOOD, "name": "other.com"}]), 105),
        (encoded([{"name": NAME}]), 105),
        (encoded([GOOD, GOOD]), 4005),
        (encoded([{**GOOD, "value": f"8.1.{n // 250}.{n % 250}"} for n in range(501)]), 4003),
    ],
)
def test_zone_that_cannot_be_leaves_the_old_one(api: Any, data: str, code: int) -> None:
    before = zone(api)
    assert api.code("service/dnssetzone", serviceName=NAME, dnsZoneData=data) == code
    assert zone(api) == before


def test_zone_has_room_for_500_records(api: Any) -> None:
    rows = [{**GOOD, "value": f"8.1.{n // 250}.{n % 250}"} for n in range(500)]
    api.ok("service/dnssetzone", serviceName=NAME, dnsZoneData=encoded(rows))
    assert failing(api) == 4003
