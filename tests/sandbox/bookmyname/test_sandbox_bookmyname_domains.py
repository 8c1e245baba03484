"""Domains: reading, the life of one, DNS servers, status bits and what some TLDs ask of an owner."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

CREATED = """tid id lastupdate lastupdate_ip domain registrar_creation registrar_expiration authinfo service status
registry_status ns0 ns1 bill_id tech_id admin_id owner_id"""
INFO = CREATED.replace("tid ", "").replace("service ", "service ip_dns_master ")
ZEROS = "0000-00-00 00:00:00"
OWN = "horizon-reseau.com"


def year(record: dict[str, str]) -> int:
    return int(record["registrar_expiration"][:4])


def test_free_name_is_one_one_without_fields(api: Any) -> None:
    assert api.call("domain_check", "Available-Name.COM") == {"retcode": "1", "retval": "1"}


def test_multicheck_has_the_keys_of_the_manual_in_its_order(api: Any) -> None:
    found = api.call("domain_multicheck", "horizon-reseau")
    assert (found["retcode"], found["retval"]) == ("1", "1")
    assert " ".join(found["retfields"]) == "com net org biz info mobi pro name us eu be fr cn"
    taken = {tld for tld, free in found["retfields"].items() if free == "0"}
    assert taken == {"com", "net", "fr"}


def test_multicheck_of_a_name_that_is_taken_everywhere_has_no_one(api: Any) -> None:
    found = api.call("domain_multicheck", "taken-name")
    assert (found["retcode"], found["retval"], set(found["retfields"].values())) == ("1", "0", {"0"})


@pytest.mark.parametrize("label", ["with.dot", "under_score", "-"])
def test_multicheck_takes_a_bare_label_only(api: Any, label: str) -> None:
    assert api.code("domain_multicheck", label) == (-1, -2)


def test_name_that_another_registrar_of_this_world_holds_is_taken_at_the_registry(api: Any) -> None:
    assert api.code("domain_check", "soler-estudio.com") == (-1, -4)


def test_create_answers_the_record_before_anything_is_done(api: Any) -> None:
    result = api.call("domain_create", api.order("lighthouse.com", registry_status=64, authinfo="Mine"))
    record = result["retfields"]
    assert " ".join(record).split() == CREATED.split()
    assert record["tid"] == result["retval"]
    assert (record["registrar_creation"], record["registrar_expiration"]) == (ZEROS, ZEROS)
    assert (record["status"], record["registry_status"]) == ("Active", "0")
    assert re.fullmatch(r"[A-Za-z0-9]{12}", record["authinfo"])


def test_domain_lives_from_create_to_delete(api: Any) -> None:
    api.buy("lighthouse.com", period=2)
    record = api.info("lighthouse.com")
    assert " ".join(record).split() == INFO.split()
    assert year(record) == int(record["registrar_creation"][:4]) + 2
    api.ok("domain_renew", "lighthouse.com", "3")
    assert year(api.info("lighthouse.com")) == year(record)
    api.settle()
    assert year(api.info("lighthouse.com")) == year(record) + 3
    api.ok("domain_delete", "lighthouse.com")
    assert api.info("lighthouse.com")["registry_status"] == str(0x800)
    api.settle()
    assert api.code("domain_info", "lighthouse.com") == (0, 0)
    assert api.code("domain_check", "lighthouse.com") == (1, 1)
    actions = [(row["action"], row["subject"]) for row in api.journal() if "lighthouse" in row["subject"]]
    assert actions == [
        (action, "lighthouse.com") for action in ("domain_create", "domain_renew", "domain_delete")
    ]


def test_id_of_the_record_is_the_retval_of_info(api: Any) -> None:
    result = api.call("domain_info", OWN)
    assert result["retval"] == result["retfields"]["id"]


def test_list_maps_names_to_epoch_seconds(api: Any) -> None:
    result = api.call("domain_list")
    rows = result["retfields"]
    assert result["retval"] == str(len(rows))
    expiry = datetime.strptime(api.info(OWN)["registrar_expiration"], "%Y-%m-%d %H:%M:%S")
    assert rows[OWN] == str(int(expiry.replace(tzinfo=UTC).timestamp()))
    assert rows["gauthier-ceramique.com"] == "0"
    assert "voisin-de-palier.com" not in rows


def test_list_is_one_of_names_where_the_world_says_so(api: Any) -> None:
    names = list(api.ok("domain_list"))
    api.world(domain_list="list")
    assert api.ok("domain_list", "") == names


@pytest.mark.parametrize(("roles", "inside"), [("Owner", False), ("Admin", False), ("bill,tech", True)])
def test_role_limits_the_list(api: Any, roles: str, inside: bool) -> None:
    rows = api.ok("domain_list", roles)
    assert ("chorale-deux-rives.org" in rows) is inside
    assert (OWN in rows) is True


def test_unknown_keys_and_both_spellings_of_glue_are_taken(api: Any) -> None:
    servers = {
        "ns0": "ns1.lighthouse.com",
        "ipns0": "192.0.2.1",
        "ns1": "ns2.lighthouse.com",
        "ips1": "192.0.2.2",
    }
    api.buy("lighthouse.com", colour="blue", **servers)
    assert api.info("lighthouse.com")["ns1"] == "ns2.lighthouse.com"
    assert api.ok("host_info", "ns2.lighthouse.com")["ip"] == "192.0.2.2"


@pytest.mark.parametrize(
    "servers",
    [
        {"ns0": "ns1.lighthouse.com"},
        {"ns0": "ns1.lighthouse.com", "ips0": "nonsense"},
        {"ns1": "under_score.example"},
        {"ns1": "single"},
    ],
)
def test_invalid_server_is_minus_seven(api: Any, servers: dict[str, str]) -> None:
    assert api.code("domain_create", api.order("lighthouse.com", **servers)) == (-1, -7)


def test_create_takes_four_servers_and_update_thirteen(api: Any) -> None:
    many = {f"ns{number}": f"ns{number}.online.net" for number in range(14)}
    api.buy("lighthouse.com", **many)
    assert [key for key in api.info("lighthouse.com") if key.startswith("ns")] == ["ns0", "ns1", "ns2", "ns3"]
    api.ok("domain_update", "lighthouse.com", many)
    api.settle()
    assert len([key for key in api.info("lighthouse.com") if key.startswith("ns")]) == 13


def test_server_that_is_sent_empty_is_removed_and_one_not_sent_stays(api: Any) -> None:
    api.ok("domain_update", "helene-gauthier.com", {"ns0": "a.online.net", "ns2": "c.online.net"})
    api.settle()
    before = api.info("helene-gauthier.com")
    assert [before[f"ns{number}"] for number in range(3)] == [
        "a.online.net",
        "ns1.online.net",
        "c.online.net",
    ]
    api.ok("domain_update", "helene-gauthier.com", {"ns0": ""})
    api.settle()
    after = api.info("helene-gauthier.com")
    assert [after["ns0"], after["ns1"], after.get("ns2")] == ["ns1.online.net", "c.online.net", None]
    assert api.code("domain_update", "helene-gauthier.com", {"ns0": ""}) == (-1, -3)


def test_update_with_the_whole_record_changes_only_what_differs(api: Any) -> None:
    before = api.info("ruches-du-leman.com")
    sent = {**before, "registry_status": 0, "authinfo": "NewEPPcode", "tech_id": 13490, "id": 7, "period": 1}
    api.ok("domain_update", "ruches-du-leman.com", sent)
    api.settle()
    after = api.info("ruches-du-leman.com")
    assert {key for key in before if before[key] != after[key]} == {
        "registry_status",
        "authinfo",
        "tech_id",
        "lastupdate",
    }


def test_registry_status_sets_the_clients_bits_only(api: Any) -> None:
    api.ok("domain_update", "helene-gauthier.fr", {"registry_status": 0x40 | 0x04 | 0x20 | 0x400})
    api.settle()
    assert api.info("helene-gauthier.fr")["registry_status"] == str(0x44)


@pytest.mark.parametrize("value", ["locked", "-1", "32768"])
def test_registry_status_that_is_no_number_of_bits_is_minus_three(api: Any, value: str) -> None:
    assert api.code("domain_update", "helene-gauthier.fr", {"registry_status": value}) == (-1, -3)


@pytest.mark.parametrize("bit", [1 << number for number in range(15)])
def test_bits_deny_what_the_manual_says(api: Any, bit: int) -> None:
    api.world(domain="helene-gauthier.fr", set={"registry_status": bit})
    pending = bit >= 0x400
    renewable = not pending and bit not in (0x10, 0x20, 0x100, 0x200)
    updatable = not pending and bit not in (0x100, 0x200)
    calls = {
        "domain_renew": ("helene-gauthier.fr", 1),
        "domain_update": ("helene-gauthier.fr", {"authinfo": "x"}),
    }
    for (function, values), allowed in zip(calls.items(), (renewable, updatable), strict=True):
        assert (api.code(function, *values)[0] == 1) is allowed, function
        api.settle()


def test_roles_change_only_for_the_owner_or_admin(api: Any) -> None:
    assert api.code("domain_update", "chorale-deux-rives.org", {"tech_id": 13490}) == (-1, -2)
    assert api.code("domain_update", "chorale-deux-rives.org", {"authinfo": "Another"})[0] == 1


def test_slave_service_needs_the_address_of_its_master(api: Any) -> None:
    assert api.code("domain_create", api.order("lighthouse.com", service="dnsslave")) == (-1, -3)
    api.buy("lighthouse.com", service="dnsslave", ip_dns_master="192.0.2.5")
    record = api.info("lighthouse.com")
    assert (record["service"], record["ip_dns_master"]) == ("dnsslave", "192.0.2.5")


@pytest.mark.parametrize("period", [0, 11, "x", ""])
def test_period_is_from_one_to_ten_years(api: Any, period: Any) -> None:
    assert api.code("domain_create", api.order("lighthouse.com", period=period)) == (-1, -3)
    assert api.code("domain_renew", OWN, period) == (-1, -3)


def test_renewal_past_ten_years_is_a_bad_period(api: Any) -> None:
    assert api.code("domain_renew", OWN, 9) == (-1, -3)
    assert api.code("domain_renew", OWN, 8)[0] == 1


@pytest.mark.parametrize(
    ("name", "extensions"),
    [
        ("brand-new.us", {"dotus_nexus_purpose": "P3", "dotus_nexus_category": "C11"}),
        ("brand-new.fr", {"dotfr_mode": "MARQUE", "dotfr_marque": "3 456 789"}),
        ("brand-new.fr", {"dotfr_mode": "SIRET", "siret": "48210937500021", "formejuridique": "Autre"}),
        (
            "brand-new.fr",
            {
                "dotfr_mode": "ASSOCIATION",
                "formejuridique": "Association",
                "societe": "Les Amis",
                "dotfr_publication_jo": "12-09-2009",
                "dotfr_publication_jo_page": "4417",
            },
        ),
        (
            "brand-new.asia",
            {
                "asia_locality": "@CHINE",
                "asia_typeofentity": "naturalPerson",
                "asia_formofident": "passport",
                "asia_identnumber": "X1",
            },
        ),
    ],
)
def test_owner_has_to_hold_what_the_tld_asks_for(api: Any, name: str, extensions: dict[str, str]) -> None:
    countries = {f"@{text}": number for number, text in api.ok("api_paysid").items()}
    fields = {key: countries.get(value, value) for key, value in extensions.items()}
    assert api.code("domain_create", api.order(name)) == (-1, -6)
    for key in [key for key in fields if key.startswith(("dot", "asia"))]:
        assert api.code("domain_create", api.order(name, api.contact(**{**fields, key: ""}))) == (-1, -6)
    api.buy(name, api.contact(**fields))
    assert api.info(name)["registrar_creation"] != ZEROS


def test_person_gives_date_and_place_of_birth_for_fr(api: Any, born: dict[str, str]) -> None:
    for change in ({"dotfr_ne_le": "1971-03-14"}, {"dotfr_ne_cp": ""}, {"dotfr_ne_ville": ""}):
        owner = api.contact(**{**born, **change})
        assert api.code("domain_create", api.order("brand-new.fr", owner)) == (-1, -6)
    api.buy("brand-new.fr", api.contact(**born))
    assert api.info("brand-new.fr")["status"] == "Active"


def test_owner_whose_method_does_not_fit_is_turned_down_by_the_registry(api: Any) -> None:
    owner = api.contact(dotfr_mode="SIRET", siret="48210937500021", formejuridique="Particulier")
    tid = api.ok("domain_create", api.order("brand-new.fr", owner))["tid"]
    api.settle()
    assert api.status(tid) == "Error"
    assert api.code("domain_info", "brand-new.fr") == (0, 0)


@pytest.mark.parametrize("word", ["lame", "broken"])
def test_zonecheck_is_for_fr_only(api: Any, born: dict[str, str], word: str) -> None:
    owner = api.contact(**born)
    server = {"ns1": f"{word}.online.net"}
    assert api.code("domain_create", api.order("brand-new.fr", owner, **server)) == (-1, -7)
    assert api.code("domain_create", api.order("brand-new.com", owner, **server))[0] == 1


def test_domain_that_nobody_renews_goes_after_a_while(api: Any) -> None:
    api.advance(40 * 86400)
    assert "miel-express.mobi" in api.ok("domain_list")
    api.advance(10 * 86400)
    assert api.code("domain_info", "miel-express.mobi") == (0, 0)
    assert api.code("domain_check", "miel-express.mobi") == (1, 1)
