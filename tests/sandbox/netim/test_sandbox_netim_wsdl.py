"""The WSDL: zeep, which has no network here, reads it and calls every kind of function by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree
from zeep.transports import Transport

from registrar.sandbox.netim.family import EFFECTS, HANDLERS
from registrar.sandbox.netim.functions import FUNCTIONS

ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
SCHEMA = Path(__file__).with_name("soap-encoding.xsd")
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"


class Offline(Transport):
    """Answers the one address that the WSDL mentions and that is not the sandbox."""

    def load(self, url: str) -> Any:
        return SCHEMA.read_bytes() if url == ENCODING else super().load(url)


@pytest.fixture(scope="module")
def client(running: Any) -> zeep.Client:
    return zeep.Client(f"{running.url('netim')}/2.0/api.wsdl", transport=Offline())


def test_every_function_is_declared_executed_and_offered(api: Any, client: zeep.Client) -> None:
    offered = set(client.wsdl.services["DRSService"].ports["DRSPort"].binding.all())
    assert offered == set(FUNCTIONS) == set(HANDLERS)
    operations = {name for name, function in FUNCTIONS.items() if function.is_operation}
    assert operations - {"queryOpe"} == set(EFFECTS)
    assert len(FUNCTIONS) == 64


def test_address_is_where_the_caller_found_it(api: Any) -> None:
    for host in (None, "sandbox.example:8702"):
        status, body, kind = api.raw(
            "GET", f"{api.url}/2.0/api.wsdl", headers={"Host": host} if host else None
        )
        assert (status, kind) == (200, "text/xml; charset=utf-8")
        (address,) = etree.fromstring(body).iter("{http://schemas.xmlsoap.org/wsdl/soap/}address")
        assert address.get("location") == (f"http://{host}/2.0/" if host else f"{api.url}/2.0/")


def test_strange_host_does_not_get_into_the_wsdl(api: Any) -> None:
    body = api.raw("GET", f"{api.url}/2.0/api.wsdl", headers={"Host": 'x"><script>'})[1]
    assert b"script" not in body
    assert etree.fromstring(body).tag == f"{WSDL}definitions"


def test_zeep_registers_a_domain_and_reads_structs_arrays_and_maps(
    api: Any, client: zeep.Client, person: dict[str, str]
) -> None:
    service = client.service
    key = service.sessionOpen("DEMO01", "demo", "EN")
    (row,) = service.domainCheck(key, "lighthouse.com")
    assert (row.result, row.reason) == ("AVAILABLE", None)
    additional = {"item": [{"key": "ES_NIF", "value": "12345678Z"}]}
    owner = service.contactCreate(key, {**person, "additional": additional})
    contact = service.contactInfo(key, owner)
    assert (contact.city, contact.isOwner, contact.additional["item"][0]["value"]) == (
        "Lille",
        1,
        "12345678Z",
    )
    answer = service.domainCreate(
        key, "lighthouse.com", owner, *["DEMO01"] * 3, "ns1.netim.net", "ns2.netim.net", "", "", "", 1, 0
    )
    assert (answer.STATUS, answer.TYPE) == ("Done", "domainCreate")
    assert list(service.domainInfo(key, "lighthouse.com").ns) == ["ns1.netim.net", "ns2.netim.net"]
    assert service.domainTldInfo(key, "com").Fee4Registration == 8.8
    assert service.sessionClose(key) is None


def test_zeep_sends_arrays_of_texts_and_of_structs(api: Any, client: zeep.Client) -> None:
    service = client.service
    key = service.sessionOpen("DEMO01", "demo", "EN")
    text = zeep.xsd.Element("item", zeep.xsd.String())
    address = zeep.xsd.AnyObject(text, "203.0.113.9")
    host = "ns1.phare-hebergement.net"
    assert service.hostUpdate(key, host, {"_value_1": [address]}, {"_value_1": []}).STATUS == "Done"
    assert [list(row.ipv4) for row in service.queryHostList(key, host)] == [["203.0.113.9"]]
    kind = client.get_type("{urn:DRS}StructDSRecord")
    record = zeep.xsd.AnyObject(zeep.xsd.Element("item", kind), kind(key=7, type=2, digest="ab" * 32))
    answer = service.domainSetDNSSecExt(key, "phare-hebergement.eu", {"_value_1": [record]}, 257, 3, 13, "")
    assert answer.STATUS == "Done"


def test_zeep_reads_a_fault(api: Any, client: zeep.Client) -> None:
    with pytest.raises(zeep.exceptions.Fault) as caught:
        client.service.sessionOpen("DEMO01", "no", "EN")
    assert caught.value.code == "E01-M0101"
    assert caught.value.message.startswith("E01-M0101 : Unable to connect")
