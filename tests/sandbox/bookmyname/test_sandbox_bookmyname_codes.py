"""Every row of the manual's tables of retcode and retval, each by a call that reaches it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from registrar.sandbox.bookmyname.codes import ERRORS

OWN, FOREIGN = "horizon-reseau.com", "voisin-de-palier.com"
STRANGER = 20551
Case = Callable[[Any], list[Any]]


def suspended(api: Any) -> int:
    return next(row["id"] for row in api.state()["contacts"] if row["status"] == "Suspended")


def without(mapping: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in keys}


def no_contacts(api: Any) -> list[Any]:
    for name in [row["domain"] for row in api.state()["domains"]]:
        api.world(remove_domain=name)
    for row in api.state()["contacts"]:
        if row["parent_id"] == 13490:
            api.ok("contact_delete", row["id"])
    return []


def updating(**changes: Any) -> Case:
    return lambda api: ["helene-gauthier.fr", changes]


def creating(name: str = "brand-new-name.com", **changes: Any) -> Case:
    return lambda api: [api.order(name, **changes)]


CONTACT = {
    "email": "a@b.example",
    "passwd": "x",
    "formejuridique": "Particulier",
    "nom": "Li",
    "prenom": "Bo",
    "adresse1": "1 rue A",
    "cp": "1",
    "ville": "B",
    "pays_id": "1",
    "telephone": "+33.123456",
}
CASES: dict[tuple[str, int], Case] = {
    ("contact_create", -2): lambda api: [{**CONTACT, "nom": "???", "prenom": "123"}],
    ("contact_create", -3): lambda api: ["no array"],
    ("contact_create", -4): lambda api: [without(CONTACT, "ville")],
    ("contact_create", 0): lambda api: [{**CONTACT, "pays_id": "9999"}],
    ("contact_update", -2): lambda api: [STRANGER, CONTACT],
    ("contact_update", -3): lambda api: [suspended(api), CONTACT],
    ("contact_update", -4): lambda api: [127743, "no array"],
    ("contact_update", -5): lambda api: [127743, {"ville": ""}],
    ("contact_update", 0): lambda api: [1, CONTACT],
    ("contact_delete", -2): lambda api: [STRANGER],
    ("contact_delete", -3): lambda api: [127743],
    ("contact_delete", 0): lambda api: [1],
    ("contact_info", 0): lambda api: ["QQQ123-FREE"],
    ("contact_list", 0): no_contacts,
    ("domain_check", -2): lambda api: [OWN],
    ("domain_check", -3): lambda api: ["anything.xyz"],
    ("domain_check", -4): lambda api: ["taken-name.com"],
    ("domain_check", -5): lambda api: [None],
    ("domain_multicheck", -2): lambda api: [""],
    ("domain_create", -2): creating("taken-name.com"),
    ("domain_create", -3): lambda api: [without(api.order("brand-new-name.com"), "period")],
    ("domain_create", -4): creating(owner_id=STRANGER),
    ("domain_create", -5): creating(""),
    ("domain_create", -6): creating("brand-new-name.us"),
    ("domain_create", -7): creating(ns0="not a host"),
    ("domain_renew", -2): lambda api: ["miel-leman.biz", 1],
    ("domain_renew", -3): lambda api: [OWN, 11],
    ("domain_renew", -4): lambda api: [None, 1],
    ("domain_renew", 0): lambda api: ["nowhere-here.com", 1],
    ("domain_update", -2): lambda api: ["miel-leman.biz", {"authinfo": "x"}],
    ("domain_update", -3): lambda api: [OWN, {}],
    ("domain_update", -4): updating(tech_id=STRANGER),
    ("domain_update", -5): lambda api: ["", {"authinfo": "x"}],
    ("domain_update", -6): updating(ns0="lame.online.net"),
    ("domain_update", -7): updating(ns0="broken.online.net"),
    ("domain_update", 0): lambda api: ["nowhere-here.com", {"authinfo": "x"}],
    ("domain_delete", -2): lambda api: [FOREIGN],
    ("domain_delete", -3): lambda api: ["deux-rives-2019.info"],
    ("domain_delete", -4): lambda api: [""],
    ("domain_delete", 0): lambda api: ["nowhere-here.com"],
    ("domain_info", -2): lambda api: [FOREIGN],
    ("domain_info", -3): lambda api: [None],
    ("domain_info", 0): lambda api: ["nowhere-here.com"],
    ("domain_transfer", -2): lambda api: ["taken-pending.com", "key"],
    ("domain_transfer", -3): lambda api: ["locked-name.com", "key"],
    ("domain_transfer", -4): lambda api: ["available-name.com", "key"],
    ("domain_transfer", -5): lambda api: [FOREIGN, "key"],
    ("domain_transfer", -6): lambda api: [OWN, "key"],
    ("domain_transfer", -7): lambda api: ["taken-name.xyz", "key"],
    ("domain_transfer", -8): lambda api: ["taken-young.com", "key"],
    ("domain_transfer", -9): lambda api: ["taken-name.com"],
    ("domain_transfer", -10): lambda api: ["taken-name.fr", "", STRANGER],
    ("host_create", -2): lambda api: ["ns0.horizon-reseau.com", "192.0.2.1"],
    ("host_create", -3): lambda api: ["ns9.horizon-reseau.com", "nonsense"],
    ("host_create", 0): lambda api: ["ns9.nowhere-here.com", "192.0.2.1"],
    ("host_update", -2): lambda api: [being_changed(api), "192.0.2.9"],
    ("host_update", -3): lambda api: ["ns0.horizon-reseau.com", "nonsense"],
    ("host_update", 0): lambda api: ["ns9.horizon-reseau.com", "192.0.2.1"],
    ("host_delete", -2): lambda api: [being_changed(api)],
    ("host_delete", -3): lambda api: ["ns0.horizon-reseau.com"],
    ("host_delete", 0): lambda api: ["ns9.horizon-reseau.com"],
    ("host_info", 0): lambda api: ["ns9.horizon-reseau.com"],
    ("api_status", 0): lambda api: [1],
}


def being_changed(api: Any) -> str:
    api.ok("host_update", "ns1.horizon-reseau.com", "192.0.2.7")
    return "ns1.horizon-reseau.com"


def test_table_is_complete() -> None:
    documented = {(name, retval) for name, rows in ERRORS.items() for retval in rows if retval != -1}
    assert set(CASES) == documented


@pytest.mark.parametrize(("function", "retval"), CASES, ids=lambda part: str(part))
def test_row_is_answered_and_changes_nothing(api: Any, function: str, retval: int) -> None:
    values = CASES[function, retval](api)
    before = (len(api.journal()), api.state()["balance"])
    result = api.call(function, *values)
    assert result == {"retcode": "0" if retval == 0 else "-1", "retval": str(retval)}
    assert (len(api.journal()), api.state()["balance"]) == before


@pytest.mark.parametrize("function", ERRORS)
def test_wrong_login_is_minus_one_everywhere(api: Any, call_of: Any, function: str) -> None:
    for login in ((13490, "wrong"), ("13491", "demo"), (None, None), ()):
        status, body = api.post(call_of(function, *login), function)
        assert (status, api.value(body)) == (200, {"retcode": "-1", "retval": "-1"})


@pytest.mark.parametrize("function", [name for name in ERRORS if name not in ("domain_list", "contact_list")])
def test_call_without_its_parameters_is_answered_by_a_code(api: Any, function: str) -> None:
    result = api.call(function)
    assert result["retcode"] in ("0", "-1") or function.startswith(("api_paysid", "api_regionid"))


ODD = ["9" * 5000, "\u0663", "-1", "1e3", "\u00b2", "", "x" * 300, "a..b", ["1"], {"1": "2"}]


@pytest.mark.parametrize("function", ERRORS)
def test_odd_value_in_every_place_is_answered_by_a_code(api: Any, function: str) -> None:
    for odd in ODD:
        keys = ("domain", "period", "owner_id", "admin_id", "tech_id", "bill_id", "ns0", "ns1")
        order = dict.fromkeys(keys, odd)
        for values in ([odd, odd, odd], [CONTACT | {"pays_id": odd}], [order], ["horizon-reseau.net", order]):
            assert api.call(function, *values)["retcode"] in ("0", "1", "-1")
