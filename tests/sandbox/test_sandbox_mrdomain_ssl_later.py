"""Certificates at MrDomain after their issue, and their lists: manual 8."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.sandbox.certificates import DAY, issued, order, request_for, status


def renewal(api: Any, number: int, name: str, **more: Any) -> dict[str, Any]:
    contact = api.state()["contacts"][0]["contactID"]
    return {"certificateID": number, "csrData": request_for(name), "adminContactID": contact, **more}


def test_renewal_is_a_new_certificate_for_the_time_after(api: Any) -> None:
    name = "*.alder-hosting.com"
    (old,) = api.ok("ssl/list", commonName=name)["ssl"]
    assert old["renewable"] is True
    data = api.ok("ssl/renew", **renewal(api, old["certificateID"], name))
    assert data["billing"]["total"] == 59.95
    assert data["ssl"]["status"] == "process"
    number = data["ssl"]["certificateID"]
    assert number != old["certificateID"]
    assert status(api, old["certificateID"]) == "renew"
    api.advance(100)
    new = api.ok("ssl/getinfo", certificateID=number)
    assert new["status"] == "valid"
    assert int(new["tsExpir"][:4]) == int(old["tsExpir"][:4]) + 1
    assert new["tsExpir"][4:] == old["tsExpir"][4:]
    assert status(api, old["certificateID"]) == "valid"


def test_renewal_that_cannot_be_is_refused(api: Any) -> None:
    (old,) = api.ok("ssl/list", commonName="*.alder-hosting.com")["ssl"]
    key = old["certificateID"]
    assert api.code("ssl/renew", **renewal(api, key, "*.other.com")) == 5000
    assert api.code("ssl/renew", **renewal(api, 1, "*.alder-hosting.com")) == 5001
    assert api.code("ssl/renew", **renewal(api, issued(api), "www.lighthouse.com")) == 5000
    trial = issued(api, "lighthouse.fr", 58)
    api.advance(80 * DAY)
    assert api.code("ssl/renew", **renewal(api, trial, "lighthouse.fr")) == 5000


def test_reissue_keeps_the_dates_and_changes_the_key(api: Any) -> None:
    number = issued(api)
    before = api.ok("ssl/getinfo", certificateID=number, infoType="ssldata")
    balance = api.state()["balance"]
    key = ec.generate_private_key(ec.SECP256R1())
    data = api.ok("ssl/reissue", certificateID=number, csrData=request_for("www.lighthouse.com", key))
    assert (data["status"], data["tsExpir"]) == ("reissue", before["tsExpir"])
    assert api.ok("ssl/getinfo", certificateID=number, infoType="validationStatus")["validationData"]
    api.advance(100)
    after = api.ok("ssl/getinfo", certificateID=number, infoType="ssldata")
    assert (after["status"], after["tsExpir"]) == ("valid", before["tsExpir"])
    assert x509.load_pem_x509_certificate(after["sslCert"].encode()).public_key() == key.public_key()
    assert api.state()["balance"] == balance


def test_reissue_that_cannot_be_is_refused(api: Any) -> None:
    number = order(api)["certificateID"]
    same = {"certificateID": number, "csrData": request_for("www.lighthouse.com")}
    assert api.code("ssl/reissue", **same) == 5000
    api.control("POST", "/settle")
    assert api.code("ssl/reissue", **{**same, "csrData": request_for("other.com")}) == 5000
    assert api.code("ssl/reissue", **{**same, "certificateID": 1}) == 5001
    several = issued(api, "lighthouse.org", 57)
    names = {f"alt_name_{n}": f"h{n}.lighthouse.org" for n in range(1, 4)}
    sent = {"certificateID": several, "csrData": request_for("lighthouse.org")}
    assert api.code("ssl/reissue", **sent, **names) == 5000


def test_further_name_is_charged_beyond_the_room_and_is_in_the_files_after_a_reissue(api: Any) -> None:
    number = issued(api, "lighthouse.org", 57)
    totals = []
    for host in ("a", "b", "c"):
        sent = {"certificateID": number, "extraSAN": f"{host}.lighthouse.org"}
        data = api.ok("ssl/multidomainaddsan", **sent)
        totals.append(data["billing"]["total"])
    assert totals == [0.0, 0.0, 9.95]
    assert data["ssl"]["sanMaxDomains"] == 4
    assert data["ssl"]["alternativeNames"][-1] == "c.lighthouse.org"
    pem = api.ok("ssl/getinfo", certificateID=number, infoType="pem")["content"]["data"]
    names = {f"alt_name_{n}": f"{host}.lighthouse.org" for n, host in enumerate("abc", 1)}
    api.ok("ssl/reissue", certificateID=number, csrData=request_for("lighthouse.org"), **names)
    api.control("POST", "/settle")
    again = api.ok("ssl/getinfo", certificateID=number, infoType="pem")["content"]["data"]
    assert [("c.lighthouse.org" in str(names_in(text))) for text in (pem, again)] == [False, True]


def names_in(pem: str) -> list[str]:
    certificate = x509.load_pem_x509_certificate(pem.encode())
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return found.get_values_for_type(x509.DNSName)


def test_further_name_that_cannot_be_is_refused(api: Any) -> None:
    several, single = issued(api, "lighthouse.org", 57), issued(api)
    for number, name, code in (
        (several, "", 101),
        (several, "a b", 5000),
        (several, "lighthouse.org", 5000),
        (several, "*.lighthouse.org", 5000),
        (single, "x.lighthouse.com", 5000),
        (1, "x.lighthouse.com", 5001),
    ):
        assert api.code("ssl/multidomainaddsan", certificateID=number, extraSAN=name) == code
    waiting = order(api, "lighthouse.net", 57)["certificateID"]
    sent = {"certificateID": waiting, "extraSAN": "x.lighthouse.net"}
    assert api.code("ssl/multidomainaddsan", **sent) == 5000


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 5),
        ({"productID": 55}, 2),
        ({"status": "process"}, 1),
        ({"status": "expired"}, 1),
        ({"renewable": "1"}, 1),
        ({"renewable": "0"}, 4),
        ({"commonName": "WWW.soler-estudio.com"}, 1),
        ({"status": "valid", "productID": 57}, 1),
    ],
)
def test_list_is_filtered(api: Any, filters: dict[str, Any], count: int) -> None:
    assert api.ok("ssl/list", **filters)["queryInfo"]["total"] == count


def test_list_tells_the_number_of_names_of_those_with_several(api: Any) -> None:
    rows = {row["commonName"]: row for row in api.ok("ssl/list")["ssl"]}
    assert rows["panaderia-etxeberria.com"]["sanMaxDomains"] == 3
    assert "sanMaxDomains" not in rows["www.soler-estudio.com"]


def test_certificate_expires(api: Any) -> None:
    (row,) = api.ok("ssl/list", commonName="*.alder-hosting.com")["ssl"]
    api.advance(22 * DAY)
    assert status(api, row["certificateID"]) == "expired"


def test_world_changes_certificates_behind_the_clients_back(api: Any) -> None:
    number = order(api, "unvalidated-lamps.com")["certificateID"]
    api.world(certificate=number, set={"due": 5})
    api.advance(6)
    assert status(api, number) == "valid"
    api.world(certificate=number, set={"status": "cancel", "tsExpir": "2030-01-02"})
    info = api.ok("ssl/getinfo", certificateID=number)
    assert (info["status"], info["tsExpir"]) == ("cancel", "2030-01-02")
    api.world(remove_certificate=number)
    assert api.code("ssl/getinfo", certificateID=number) == 5001
    for bad in ({"certificate": 1, "set": {}}, {"certificate": 135037, "set": {"status": "good"}}):
        with pytest.raises(AssertionError):
            api.world(**bad)
