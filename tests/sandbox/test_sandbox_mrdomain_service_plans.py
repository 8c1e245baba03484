"""Services of MrDomain as a whole: manual 7.1-7.9."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from registrar.sandbox import start

BASIC, MAIL, MINI, REDIR = (
    "soler-estudio.com",
    "laribera-vecinos.org",
    "camille-fournier.fr",
    "willford-photos.com",
)
DAY = 86400


def order(api: Any, name: str = "lighthouse.com", key: str = "basic", **more: Any) -> Any:
    """A service that is set up."""
    data = api.ok("service/create", serviceName=name, productkey=key, **more)
    api.control("POST", "/settle")
    return data


def test_list_has_the_manuals_fields_and_a_default_page_of_1000(api: Any) -> None:
    data = api.ok("service/list")
    assert data["queryInfo"] == {"page": 1, "pageLength": 1000, "results": 9, "total": 9}
    first = data["services"][0]
    assert list(first) == ["name", "type", "productkey", "status", "tsExpir"]
    assert first["type"] == "Basic Hosting Service"
    assert first["name"] == BASIC


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"name": "MÜLLER-bau.com"}, 1),
        ({"name": "soler"}, 0),
        ({"name": "not a name"}, 0),
        ({"word": "soler"}, 1),
        ({"word": "müller"}, 1),
        ({"tld": "com"}, 5),
        ({"tld": ".org"}, 1),
        ({"renewable": "1"}, 7),
        ({"renewable": "0"}, 2),
        ({"status": "renewable"}, 6),
        ({"status": "inactive"}, 1),
        ({"status": "init"}, 0),
    ],
)
def test_every_filter_narrows_the_list(api: Any, filters: dict[str, str], count: int) -> None:
    assert api.ok("service/list", **filters)["queryInfo"]["total"] == count


def test_info_about_status_tells_creation_and_renewal(api: Any) -> None:
    data = api.ok("service/getinfo", serviceName=BASIC)
    assert (data["renewable"], data["renewalMode"]) == (False, "manual")
    assert data["tsCreate"] < data["tsExpir"]


def test_meters_count_what_there_is_within_the_plans_limits(api: Any) -> None:
    meters = api.ok("service/getinfo", serviceName=BASIC, infoType="resources")["resources"]
    assert list(meters) == [
        "ftpusage",
        "ftpfiles",
        "webtraffic",
        "ftp",
        "ddbb",
        "ddbbusage",
        "subdomain",
        "email",
        "emailalias",
    ]
    assert all(list(meter) == ["value", "max", "unit"] for meter in meters.values())
    assert all(0 <= meter["value"] <= meter["max"] for meter in meters.values())
    assert meters["email"] == {"value": 3, "max": 50, "unit": ""}
    assert meters["ftpusage"]["unit"] == "bytes"
    api.ok("service/mailcreate", serviceName=BASIC, name="neu", password="secret-1")
    again = api.ok("service/getinfo", serviceName=BASIC, infoType="resources")["resources"]
    assert again["email"]["value"] == 4


def test_servers_are_named_after_the_service(api: Any) -> None:
    servers = api.ok("service/getinfo", serviceName=BASIC, infoType="serverinfo")["serverinfo"]
    assert servers["ftpAbsolutePath"] == f"/var/www/{BASIC}/"
    assert list(servers)[-1] == "PHPMyAdmin"


def test_log_has_lines_where_there_are_web_pages(api: Any) -> None:
    assert "client" in api.ok("service/getinfo", serviceName=BASIC, infoType="logerror")["logError"]
    assert api.ok("service/getinfo", serviceName=MAIL, infoType="logerror")["logError"] == ""


def test_php_is_off_for_a_mail_plan(api: Any) -> None:
    assert api.ok("service/getinfo", serviceName=BASIC, infoType="php")["php"]["version"] == "default"
    assert api.ok("service/getinfo", serviceName=MAIL, infoType="php")["php"]["enabled"] is False


def test_create_charges_the_plan_and_is_set_up_on_the_sandbox_clock(api: Any) -> None:
    api.control("POST", "/reset", seed=1, speed=0)
    data = api.ok("service/create", serviceName="Lighthouse.com", productkey="basic", period=2)
    assert data["billing"] == {"total": 59.9, "currency": "EUR"}
    (row,) = data["services"]
    assert (row["name"], row["type"], row["productkey"], row["status"]) == (
        "lighthouse.com",
        "Basic Hosting Service",
        "basic",
        "init",
    )
    assert int(row["tsExpir"][:4]) == datetime.now(UTC).year + 2
    assert api.state()["balance"] == "4940.10"
    assert api.code("service/dnsdeleteall", serviceName="lighthouse.com") == 300
    api.advance(9)
    assert api.ok("service/getinfo", serviceName="lighthouse.com")["status"] == "active"
    (entry,) = api.journal()
    assert (entry["action"], entry["subject"], entry["price"]) == (
        "service/create",
        "lighthouse.com",
        "59.90",
    )


def test_new_service_begins_with_an_account_two_names_and_a_zone(api: Any) -> None:
    order(api)
    (ftp,) = api.ok("service/ftplist", serviceName="lighthouse.com")["ftp"]
    assert (ftp["name"], ftp["ftpPath"]) == ("ftp.lighthouse.com", "/")
    names = [
        row["name"] for row in api.ok("service/subdomainlist", serviceName="lighthouse.com")["subdomain"]
    ]
    assert names == ["lighthouse.com", "www.lighthouse.com"]
    assert api.ok("service/dnslist", serviceName="lighthouse.com")["queryInfo"]["total"] > 8


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"serviceName": ""}, 101),
        ({"serviceName": "a b"}, 2001),
        ({"serviceName": "localhost"}, 2001),
        ({"productkey": ""}, 101),
        ({"productkey": "huge"}, 105),
        ({"period": 11}, 105),
        ({"serviceName": BASIC}, 4007),
        ({"serviceName": "refuse-me.com"}, 4007),
    ],
)
def test_create_refused_answers_its_code_and_has_no_effect(api: Any, sent: Any, code: int) -> None:
    assert (
        api.code("service/create", **{"serviceName": "lighthouse.com", "productkey": "basic", **sent}) == code
    )
    assert api.journal() == []


def test_balance_that_does_not_suffice_answers_1100(api: Any) -> None:
    api.world(balance="11.94")
    for action, sent in (
        ("create", {"serviceName": "lighthouse.com", "productkey": "mini"}),
        ("renew", {"serviceName": "panaderia-etxeberria.com"}),
        ("upgrade", {"serviceName": BASIC, "productkey": "corporate"}),
    ):
        assert api.code(f"service/{action}", **sent) == 1100
    assert api.state()["balance"] == "11.94"
    order(api, key="redir")


def test_renewal_adds_years_and_is_confirmed_later(api: Any) -> None:
    before = api.ok("service/getinfo", serviceName=MINI)["tsExpir"]
    data = api.ok("service/renew", serviceName=MINI, period=3)
    (row,) = data["services"]
    assert (data["billing"]["total"], row["status"]) == (35.85, "renewed")
    assert int(row["tsExpir"][:4]) == int(before[:4]) + 3
    api.advance(10)
    assert api.ok("service/getinfo", serviceName=MINI)["status"] == "active"


def test_renewal_out_of_its_period_answers_4009(api: Any) -> None:
    assert api.code("service/renew", serviceName=BASIC) == 4009


def test_renewal_of_a_service_that_has_run_out_revives_it(api: Any) -> None:
    name = "ferreteria-lluch.com"
    assert api.ok("service/getinfo", serviceName=name)["status"] == "inactive"
    assert api.code("service/maildelete", serviceName=name, entityID="x") == 300
    api.ok("service/renew", serviceName=name)
    api.control("POST", "/settle")
    assert api.ok("service/getinfo", serviceName=name)["status"] == "active"


def test_upgrade_costs_the_rest_of_the_time_and_brings_room(api: Any) -> None:
    data = api.ok("service/upgrade", serviceName=BASIC, productkey="advanced")
    assert 40 < data["billing"]["total"] < 42
    assert data["services"][0]["productkey"] == "advanced"
    meters = api.ok("service/getinfo", serviceName=BASIC, infoType="resources")["resources"]
    assert meters["ddbb"]["max"] == 50
    assert {row["quotaMax"] for row in api.ok("service/maillist", serviceName=BASIC)["mail"]} == {
        25 * 1024**3
    }


def test_upgrade_of_a_parked_name_brings_a_site_and_keeps_the_zone(api: Any) -> None:
    zone = api.ok("service/dnslist", serviceName=REDIR)["dns"]
    api.ok("service/upgrade", serviceName=REDIR, productkey="mini")
    assert len(api.ok("service/ftplist", serviceName=REDIR)["ftp"]) == 1
    assert api.ok("service/dnslist", serviceName=REDIR)["dns"] == zone


@pytest.mark.parametrize(
    ("name", "key", "code"),
    [
        (BASIC, "mini", 4008),
        (BASIC, "basic", 4008),
        (BASIC, "mailpro", 4008),
        ("ferreteria-lluch.com", "basic", 4008),
        (BASIC, "huge", 105),
        ("nobody.com", "basic", 4001),
    ],
)
def test_upgrade_to_anything_but_a_higher_plan_is_refused(api: Any, name: str, key: str, code: int) -> None:
    assert api.code("service/upgrade", serviceName=name, productkey=key) == code


def test_update_changes_renewal_and_php(api: Any) -> None:
    api.ok("service/update", serviceName=BASIC, updateType="renewalMode", renewalMode="autorenew")
    assert api.ok("service/getinfo", serviceName=BASIC)["renewalMode"] == "autorenew"
    data = api.ok("service/update", serviceName=BASIC, updateType="phpversion", phpversion="8.3")
    assert (data["php"]["enabled"], data["php"]["name"]) == (True, "PHP 8.3")


@pytest.mark.parametrize(
    ("name", "sent", "code"),
    [
        (BASIC, {}, 101),
        (BASIC, {"updateType": "colour"}, 105),
        (BASIC, {"updateType": "renewalMode", "renewalMode": "letexpire"}, 105),
        (BASIC, {"updateType": "phpversion"}, 101),
        (BASIC, {"updateType": "phpversion", "phpversion": "5.2"}, 105),
        (MAIL, {"updateType": "phpversion", "phpversion": "8.3"}, 300),
        ("nobody.com", {"updateType": "renewalMode", "renewalMode": "manual"}, 4001),
        ("a b", {"updateType": "renewalMode", "renewalMode": "manual"}, 4001),
    ],
)
def test_update_refused_answers_its_code(api: Any, name: str, sent: dict[str, str], code: int) -> None:
    assert api.code("service/update", serviceName=name, **sent) == code


def test_parking_is_switched(api: Any) -> None:
    assert api.ok("service/parkinggetinfo", serviceName=BASIC) == {"parking": {"enabled": False}}
    assert api.ok("service/parkingupdate", serviceName=BASIC, enabled="true")["parking"]["enabled"] is True
    assert api.ok("service/parkinggetinfo", serviceName=BASIC)["parking"]["enabled"] is True
    assert api.code("service/parkingupdate", serviceName=MAIL, enabled="1") == 4010
    assert api.code("service/parkingupdate", serviceName=BASIC) == 101
    assert [row["action"] for row in api.journal()] == ["service/parkingupdate"]


def test_web_constructor_gives_an_address_that_logs_in_and_no_effect(api: Any) -> None:
    login = {"serviceName": BASIC, "subdomain": "www"}
    url = api.ok("service/webconstructorlogin", **login, loginlang="es")["webconstructor"]["loginURL"]
    assert urlsplit(url).path == "/es/"
    assert urlsplit(url).query.startswith("login_hash=")
    assert api.journal() == []
    assert api.code("service/webconstructorlogin", **login, loginlang="spanish") == 105
    assert api.code("service/webconstructorlogin", serviceName=BASIC, subdomain="shop") == 4002
    assert api.code("service/webconstructorlogin", serviceName=MAIL, subdomain="www") == 10001


def test_service_runs_out_and_goes_or_renews_by_itself(api: Any) -> None:
    api.advance(20 * DAY)
    state = {row["name"]: row["status"] for row in api.state()["services"]}
    assert state[MAIL] == "active"
    assert state[REDIR] == "inactive"
    assert "panaderia-etxeberria.com" in state
    renewed = {
        (row["subject"], row["price"])
        for row in api.journal()
        if row["action"] == "(autorenew)" and row["price"] in ("23.95", "29.95")
    }
    assert renewed == {(MAIL, "23.95"), ("panaderia-etxeberria.com", "29.95")}
    api.advance(30 * DAY)
    assert REDIR not in {row["name"] for row in api.state()["services"]}


def test_domain_tells_the_service_that_has_its_name(api: Any) -> None:
    assert api.ok("domain/getinfo", domain="alder-hosting.com")["serviceAssociated"] is False
    order(api, "alder-hosting.com", "mini")
    assert api.ok("domain/getinfo", domain="alder-hosting.com")["serviceAssociated"] is True
    shown = api.ok("domain/getinfo", domain="alder-hosting.com", infoType="service")["service"]
    assert (shown["productkey"], shown["status"]) == ("mini", "Active")


def test_world_changes_services_behind_the_clients_back(api: Any) -> None:
    api.world(
        service=BASIC,
        set={
            "status": "inactive",
            "tsExpir": "2030-01-02",
            "tsCreate": "2020-01-02",
            "renewalMode": "autorenew",
            "productkey": "mini",
            "phpversion": "8.0",
            "parking": True,
            "dns": [{"name": BASIC, "type": "A", "value": "37.152.90.1"}],
        },
    )
    info = api.ok("service/getinfo", serviceName=BASIC)
    assert (info["status"], info["tsExpir"], info["productkey"]) == ("inactive", "2030-01-02", "mini")
    (record,) = api.ok("service/dnslist", serviceName=BASIC)["dns"]
    api.world(service=BASIC, set={"drop": record["entityID"]})
    assert api.ok("service/dnslist", serviceName=BASIC)["dns"] == []
    api.world(add_service={"name": "lighthouse.com", "productkey": "mail", "set": {"parking": False}})
    api.world(remove_service=BASIC)
    names = {row["name"] for row in api.ok("service/list")["services"]}
    assert "lighthouse.com" in names
    assert BASIC not in names
    assert api.journal() == []


@pytest.mark.parametrize(
    "data",
    [
        {"service": "nobody.com", "set": {}},
        {"service": BASIC, "set": {"status": "renewable"}},
        {"service": BASIC, "set": {"colour": "red"}},
        {"service": BASIC, "set": {"dns": [{"name": "x.org", "type": "A", "value": "1.1.1.1"}]}},
        {"add_service": {"name": BASIC}},
        {"remove_service": "nobody.com"},
        {"empty_data": "text"},
        {"ssl_path_key": "path"},
    ],
)
def test_change_of_a_service_that_cannot_be_is_refused(api: Any, data: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        api.world(**data)


def test_services_certificates_and_users_survive_a_restart(tmp_path: Path, caller_of: Any) -> None:
    path = tmp_path / "world.json"
    with start(seed=3, speed=0, state_file=path) as first:
        api = caller_of(first)
        api.ok("service/create", serviceName="lighthouse.com", productkey="basic")
        api.ok("user/create", username="new.user", password="long-enough")
        before = api.state()
    with start(seed=4, speed=0, state_file=path) as second:
        api = caller_of(second)
        assert api.state() == before
        api.control("POST", "/settle")
        assert api.ok("service/getinfo", serviceName="lighthouse.com")["status"] == "active"
        assert {row["status"] for row in api.ok("ssl/list")["ssl"]} == {"valid", "expired"}
