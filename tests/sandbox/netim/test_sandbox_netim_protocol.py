"""Bytes on the wire: how calls are dispatched and bound, and what replies and faults look like (section 1)."""

from __future__ import annotations

import re
from typing import Any

import pytest

WRAPPED = '<{0} xmlns="{1}">{2}</{0}>'


def call(api: Any, inner: str, action: str | None = None) -> tuple[int, bytes]:
    head, foot = api.plain("X").decode().split("<ns1:X></ns1:X>")
    return api.post(f"{head}{inner}{foot}".encode(), action)  # type: ignore[no-any-return]


def session_and(api: Any, *more: str) -> str:
    return "".join((f"<IDSession>{api.session}</IDSession>", *more))


def test_session_id_is_32_lower_case_hex_digits_in_the_part_idsession(api: Any) -> None:
    status, body = api.post(api.plain("sessionOpen", "DEMO01", "demo", "EN"))
    assert status == 200
    assert re.search(rb'Response><IDSession xsi:type="xsd:string">[0-9a-f]{32}</IDSession></ns1', body)


def test_reply_of_domaincheck_has_the_captured_shape(api: Any) -> None:
    status, body = api.post(api.named("domainCheck", domain="lighthouse.com"))
    assert status == 200
    assert (
        b'<SOAP-ENV:Body><ns1:domainCheckResponse><domainCheckResponseReturn SOAP-ENC:arrayType="ns1:'
        b'StructDomainCheckResponse[1]" xsi:type="ns1:ArrayStructDomainCheckResponse"><item xsi:type="ns1:'
        b'StructDomainCheckResponse"><domain xsi:type="xsd:string">lighthouse.com</domain><result xsi:type='
        b'"xsd:string">AVAILABLE</result><reason xsi:type="xsd:string"></reason></item>'
        b"</domainCheckResponseReturn></ns1:domainCheckResponse></SOAP-ENV:Body>"
    ) in body
    assert b'xmlns:ns1="urn:DRS"' in body


def test_tld_info_has_the_captured_members_in_order_with_their_types(api: Any) -> None:
    body = api.post(api.named("domainTldInfo", tld="COM"))[1].decode()
    inner = body.partition("<return ")[2]
    members = re.findall(
        r"<(\w+) (?:xsi:type=\"\w+:(\w+)\"|xsi:nil=\"true\"|SOAP-ENC:arrayType=\"([^\"]+)\")", inner
    )
    assert " ".join(name for name, *_ in members if name not in ("item", "type")) == (
        "tld Country Extensions tld tld tld PeriodCreate PeriodRenew DelaiRenewBeforeExpiration "
        "DelaiRenewAfterExpiration DelaiRestoreAfterDelete HasEppCode HasRegistrarLock HasAutorenew HasWhoisPrivacy "
        "HasMultipleCheck HasImmediateDelete HasTrusteeService HasLocalContactService HasZonecheck HasDnsSec "
        "FeeCurrency Fee4Registration Fee4Renewal Fee4Transfer Fee4Trade Fee4Restore Fee4TrusteeService "
        "Fee4LocalContactService Informations"
    )
    types = {name: kind for name, kind, _ in members}
    assert types["PeriodCreate"] == "string"
    assert types["HasDnsSec"] == "int"
    assert types["Fee4Registration"] == "double"
    assert '<tld xsi:nil="true" xsi:type="ns1:ArrayOfString"/>' in inner
    assert '<Fee4Registration xsi:type="xsd:double">8.8</Fee4Registration>' in inner
    assert '<Country xsi:nil="true"/>' in inner


def test_function_without_a_result_answers_an_empty_wrapper(api: Any) -> None:
    status, body = api.post(api.named("sessionClose"))
    assert status == 200
    assert b"<ns1:sessionCloseResponse></ns1:sessionCloseResponse>" in body


def test_fault_has_status_500_an_unprefixed_code_and_code_and_text(api: Any) -> None:
    status, body = api.post(api.plain("sessionOpen", "DEMO01", "wrong", "EN"))
    assert status == 500
    assert (
        b"<SOAP-ENV:Fault><faultcode>E01-M0101</faultcode><faultstring>E01-M0101 : Unable to connect - "
        b"Bad login / password combinaison</faultstring></SOAP-ENV:Fault>"
    ) in body


@pytest.mark.parametrize("function", ["domainCheck", "DOMAINCHECK", "domaincheck"])
@pytest.mark.parametrize("namespace", ["urn:DRS", "urn:Services", "http://example.com/", ""])
def test_function_is_found_by_its_local_name_in_any_case_and_namespace(
    api: Any, function: str, namespace: str
) -> None:
    inner = session_and(api, "<domain>lighthouse.com</domain>")
    status, body = call(api, WRAPPED.format(function, namespace, inner))
    assert status == 200
    assert b"domainCheckResponseReturn" in body


@pytest.mark.parametrize(
    "action",
    [
        "domainCheck",
        '"domainCheckAction"',
        '"https://api.netim.com/2.0/#domainCheck"',
        '""',
        '"domainDelete"',
        None,
    ],
)
def test_soapaction_does_not_decide(api: Any, action: str | None) -> None:
    status, body = api.post(api.named("domainCheck", domain="lighthouse.com"), action)
    assert status == 200
    assert b">AVAILABLE<" in body


def test_named_parameters_may_come_in_any_order(api: Any) -> None:
    inner = f"<domain>lighthouse.com</domain><x>1</x>{session_and(api)}"
    assert call(api, f"<domainCheck>{inner}</domainCheck>")[0] == 200


def test_unknown_names_are_positions(api: Any) -> None:
    inner = f"<Item>{api.session}</Item><Item>lighthouse.com</Item>"
    assert call(api, f"<domainCheck>{inner}</domainCheck>")[0] == 200


def test_surplus_parameters_are_ignored(api: Any) -> None:
    inner = session_and(api, "<domain>lighthouse.com</domain>", "<authID></authID>", "<param3>x</param3>")
    assert call(api, f"<domainCheck>{inner}</domainCheck>")[0] == 200


def test_wrongly_cased_name_beside_a_right_one_is_nil(api: Any) -> None:
    inner = f"<idSession>{api.session}</idSession><domain>lighthouse.com</domain>"
    assert api.told(call(api, f"<domainCheck>{inner}</domainCheck>"))[0] == "E02"


def test_wrongly_cased_name_of_the_only_part_is_a_position(api: Any) -> None:
    assert call(api, f"<sessionClose><idSession>{api.session}</idSession></sessionClose>")[0] == 200


def test_nil_for_trailing_parts_is_as_good_as_leaving_them_out(api: Any) -> None:
    nil = 'xsi:nil="true"'
    record = "<domain>walsh-boatyard.com</domain><subdomain {}/><type>TXT</type><value>{}</value>"
    first = session_and(api, record.format(nil, "one"), f"<options {nil}/>")
    second = session_and(api, record.format("", "two"))
    for inner in (first, second):
        status, body = call(api, f"<domainZoneCreate>{inner}</domainZoneCreate>")
        assert (status, api.value(body)["STATUS"]) == (200, "Done")


def test_nil_for_a_required_part_is_an_invalid_value(api: Any) -> None:
    assert api.told(api.post(api.named("domainCheck", domain=None))) == (
        "E13",
        "E13 : domain : Missing value",
    )


@pytest.mark.parametrize("name", ["IDOpe", "operationID", "idOpe"])
def test_operation_id_is_taken_under_every_name_that_a_source_gives_it(api: Any, name: str) -> None:
    number = api.done("domainZoneCreate", "walsh-boatyard.com", "", "TXT", "x")["ID_OPE"]
    status, body = api.post(api.named("queryOpe", **{name: number}))
    assert (status, api.value(body)["ID_OPE"]) == (200, number)


def test_map_is_taken_with_and_without_its_type(api: Any, person: dict[str, str]) -> None:
    pair = "<item><key>EU_CITIZENSHIP</key><value>IT</value></item>"
    texts = "".join(f"<{key}>{value}</{key}>" for key, value in person.items())
    for kind in ("", ' xsi:type="ns2:Map"'):
        contact = f"<contact>{texts}<additional{kind}>{pair}</additional></contact>"
        status, body = call(api, f"<contactCreate>{session_and(api, contact)}</contactCreate>")
        assert status == 200
        assert api.ok("contactInfo", api.value(body))["additional"] == {"EU_CITIZENSHIP": "IT"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"apiuser=demo&apipasswd=demo",
        b"<half><of",
        b"\x00\xff\xfe",
        '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>'.encode("latin-1"),
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body/></E:Envelope>',
        b'<E:Envelope xmlns:E="http://www.w3.org/2003/05/soap-envelope"><E:Body><hello/></E:Body></E:Envelope>',
    ],
)
def test_garbage_gets_a_proper_fault(api: Any, body: bytes) -> None:
    assert api.told(api.post(body))[0].startswith("SOAP-ENV:")


def test_latin1_bytes_in_an_envelope_that_says_utf8_are_refused(api: Any) -> None:
    body = api.named("queryContactList", filter="Maëlle", field="firstName").decode().encode("latin-1")
    assert api.told(api.post(body))[0] == "SOAP-ENV:Client"


def test_unknown_function_gets_the_fault_of_a_php_server(api: Any) -> None:
    assert api.told(api.post(api.plain("domainFly", "x"))) == (
        "SOAP-ENV:Server",
        "Procedure 'domainFly' not present",
    )


def test_texts_of_other_kinds_are_invalid_values(api: Any) -> None:
    assert api.fails("domainCheck", {"name": "x"}) == "E13 : domain : Invalid value"
    assert api.fails("contactCreate", "text") == "E13 : contact : Invalid value"
    assert api.fails("domainRenew", "walsh-boatyard.com", "soon") == "E13 : duration : Invalid value"
    assert api.fails("hostCreate", "ns9.walsh-boatyard.com", "text") == "E13 : ipv4 : Invalid value"


def test_addresses_other_than_the_api_are_not_found(api: Any) -> None:
    hello = api.named("hello")
    assert api.raw("POST", f"{api.url}/2.0", hello)[0] == 200
    assert api.raw("POST", f"{api.url}/3.0/", hello)[0] == 404
    assert api.raw("GET", f"{api.url}/")[0] == 404
    assert api.raw("PUT", f"{api.url}/2.0/", hello)[0] == 405


def test_address_shows_a_person_the_functions(api: Any) -> None:
    status, body, kind = api.raw("GET", f"{api.url}/2.0/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert b"DRS" in body
    assert b"<li>domainCreate</li>" in body
