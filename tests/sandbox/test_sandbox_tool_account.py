"""Modules tool and account: manual 3 and 4."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest


def test_idnconverter_turns_both_ways(api: Any) -> None:
    for query in ("españa.com", "xn--espaa-rta.com"):
        assert api.ok("tool/idnconverter", query=query) == {
            "query": query,
            "unicode": "españa.com",
            "punycode": "xn--espaa-rta.com",
        }


def test_domainsuggests_gives_each_word_a_boolean_per_tld(api: Any) -> None:
    data = api.ok("tool/domainsuggests", query="lighthouse", language="en", tlds="com,net,tv")
    assert data["query"] == "lighthouse"
    assert data["suggests"]["lighthouse"]["com"] is True
    assert data["suggests"]["lighthouse"]["net"] is False
    assert len(data["suggests"]) == 9
    assert all(list(row) == ["com", "net", "tv"] for row in data["suggests"].values())
    assert data == api.ok("tool/domainsuggests", query="lighthouse", language="en", tlds="com,net,tv")


def test_domainsuggests_defaults_to_spanish_and_com_net(api: Any) -> None:
    suggests = api.ok("tool/domainsuggests", query="coches")["suggests"]
    assert "loscoches" in suggests
    assert list(suggests["coches"]) == ["com", "net"]


@pytest.mark.parametrize("change", [{"language": "xx"}, {"tlds": "com,museum"}, {"query": "no spaces"}])
def test_domainsuggests_with_a_bad_parameter_answers_105(api: Any, change: dict[str, str]) -> None:
    assert api.code("tool/domainsuggests", **{"query": "coches", **change}) == 105


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("countries", {"code": "AD", "name": "Andorra"}),
        ("country", {"code": "ZW", "name": "Zimbabwe"}),
        ("es_juridic", {"code": "39", "name": "Agrupación de Interés Económico"}),
    ],
)
def test_gettable_lists_codes_and_names(api: Any, table: str, row: dict[str, str]) -> None:
    assert row in api.ok("tool/gettable", tableType=table)["items"]


def test_gettable_knows_every_country_of_iso_3166(api: Any) -> None:
    assert len(api.ok("tool/gettable", tableType="countries")["items"]) == 249


def test_dig_answers_records_of_a_domain_in_the_account(api: Any) -> None:
    data = api.ok("tool/dig", query="alder-hosting.com", type="NS", nameserver="8.8.8.8")
    assert {key: data[key] for key in ("query", "nameserver", "type")} == {
        "query": "alder-hosting.com",
        "nameserver": "8.8.8.8",
        "type": "NS",
    }
    assert "status: NOERROR" in data["result"]
    assert "IN\tNS\tns1.alder-hosting.net." in data["result"]


def test_dig_of_an_unregistered_name_says_nxdomain(api: Any) -> None:
    result = api.ok("tool/dig", query="availablehere.com", type="A", nameserver="ns1.example.net")["result"]
    assert "status: NXDOMAIN" in result
    assert "ANSWER SECTION" not in result


@pytest.mark.parametrize(
    ("servers", "passes"), [("ns1.a.com,ns2.a.com", True), ("broken1.a.com,ns2.a.com", False)]
)
def test_zonecheck_reports_whether_the_servers_answer(api: Any, servers: str, passes: bool) -> None:
    data = api.ok("tool/zonecheck", domain="soler.fr", nameservers=servers)
    assert data["domain"] == "soler.fr"
    assert data["nameservers"] == servers.split(",")
    assert data["result"]["zonepass"] is passes
    assert "ZONE  : soler.fr" in data["result"]["report"]


@pytest.mark.parametrize(
    ("action", "parameters", "code"),
    [
        ("tool/idnconverter", {}, 101),
        ("tool/domainsuggests", {}, 101),
        ("tool/gettable", {}, 101),
        ("tool/gettable", {"tableType": "cities"}, 105),
        ("tool/dig", {"query": "a.com", "nameserver": "8.8.8.8"}, 101),
        ("tool/dig", {"query": "a.com", "type": "PTR", "nameserver": "8.8.8.8"}, 105),
        ("tool/dig", {"query": "a.com", "type": "A"}, 101),
        ("tool/zonecheck", {"domain": "a.fr"}, 101),
        ("tool/zonecheck", {"domain": "a.fr", "nameservers": "ns1.a.fr"}, 105),
        ("tool/zonecheck", {"domain": "a.museum", "nameservers": "ns1.a.fr,ns2.a.fr"}, 2002),
        ("account/zones", {"pageLength": "many"}, 105),
        ("account/zones", {"page": "0"}, 105),
    ],
)
def test_missing_or_bad_parameter_answers_its_code(
    api: Any, action: str, parameters: dict[str, str], code: int
) -> None:
    assert api.code(action, **parameters) == code


def test_info_tells_balance_and_threshold_as_numbers(api: Any) -> None:
    assert api.ok("account/info") == {
        "clientName": "Demo Reseller",
        "apiuser": "demo",
        "balance": 5000.0,
        "threshold": 30.0,
        "currency": "EUR",
        "ip": "127.0.0.1",
    }


def test_promos_are_a_list_of_the_current_ones(api: Any) -> None:
    promos = api.ok("account/promos")
    assert isinstance(promos, list)
    by_subject = {(row["type"], row.get("tld", row.get("productID"))): row for row in promos}
    assert by_subject["ssl", "57"]["price"] == 28
    assert "tld" not in by_subject["ssl", "57"]
    assert set(by_subject["domain", "green"]) == {"promo", "type", "action", "price", "tsIni", "tsEnd", "tld"}
    assert ("domain", "pro") not in by_subject


def test_promo_ends_on_its_day_in_the_catalogue_too(api: Any) -> None:
    (before,) = api.ok("account/zones", tld="green")["zones"]
    assert before["create"] == {"price": 9.95, "years": "1", "inPromo": True}
    api.advance(31 * 86400)
    (after,) = api.ok("account/zones", tld="green")["zones"]
    assert after["create"] == {"price": 12.95, "years": "1"}
    assert all(row.get("tld") != "green" for row in api.ok("account/promos"))


def test_zone_has_the_manuals_shape(api: Any) -> None:
    data = api.ok("account/zones", tld="com")
    assert data == {
        "queryInfo": {"page": 1, "pageLength": 100, "results": 1, "total": 1},
        "zones": [
            {
                "tld": "com",
                "tldtop": "com",
                "authcodereq": True,
                "create": {"price": 9.95, "years": "1,2,3,4,5,6,7,8,9,10"},
                "renew": {"price": 10.45, "years": "1,2,3,4,5,6,7,8,9,10"},
                "transfer": {"price": 9.95, "years": "1"},
            }
        ],
    }


def test_zones_filter_by_top_and_leave_out_what_is_not_offered(api: Any) -> None:
    assert [row["tld"] for row in api.ok("account/zones", tldtop="uk")["zones"]] == ["co.uk", "uk"]
    (russian,) = api.ok("account/zones", tld="ru")["zones"]
    assert "transfer" not in russian
    assert russian["requirements"]


def test_zones_pages_cover_everything_once(api: Any) -> None:
    whole = [row["tld"] for row in api.ok("account/zones")["zones"]]
    paged: list[str] = []
    for page in range(1, 99):
        data = api.ok("account/zones", page=page, pageLength=7)
        if not data["zones"]:
            break
        paged += [row["tld"] for row in data["zones"]]
        assert data["queryInfo"]["total"] == len(whole)
    assert len(whole) >= 45
    assert paged == whole


def test_every_price_is_a_positive_amount_of_cents(api: Any) -> None:
    for zone in api.ok("account/zones")["zones"]:
        for action in ("create", "renew"):
            price = Decimal(str(zone[action]["price"]))
            assert price > 0
            assert price == price.quantize(Decimal("0.01"))
