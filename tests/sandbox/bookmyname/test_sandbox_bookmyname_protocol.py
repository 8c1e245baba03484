"""What goes over the wire: the shapes that PHP and Perl send, the shape of an answer, faults of SOAP itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

# As PHP's SoapClient without a WSDL writes it (notes 8.1), the prefix of the method's namespace included.
PHP = """<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://api.dev.free.org/apis.cgi"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:ns2="http://xml.apache.org/xml-soap" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
 SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>
<ns1:{method}><param0 xsi:type="xsd:int">13490</param0><param1 xsi:type="xsd:string">demo</param1>{rest}</ns1:{method}>
</SOAP-ENV:Body></SOAP-ENV:Envelope>
"""
# As Perl's SOAP::Lite writes it (notes 8.3): default namespace, guessed types, names of its own for parameters.
PERL = """<?xml version="1.0" encoding="UTF-8"?><soap:Envelope
 soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:apachens="http://xml.apache.org/xml-soap"
 xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>
<{method} xmlns="http://api.dev.free.org/apis.cgi"><c-gensym3 xsi:type="xsd:int">13490</c-gensym3>
<c-gensym5 xsi:type="xsd:string">demo</c-gensym5>{rest}</{method}></soap:Body></soap:Envelope>"""
CONTACT_KEYS = (
    "id parent_id lastupdate lastupdate_ip handle creation email md5_email hash_email formejuridique civilite nom "
    "prenom societe adresse1 adresse2 cp ville pays_id telephone telecopie numero_tva siret lang revente status pays"
)


def shape(template: str, method: str, rest: str) -> bytes:
    return template.format(method=method, rest=rest).encode()


def pairs(fields: dict[str, str], phone: str = "string") -> str:
    """item, key and value without any type, but for the telephone's."""
    typed = {"telephone": f' xsi:type="xsd:{phone}"'}
    return "".join(
        f"<item><key>{key}</key><value{typed.get(key, '')}>{value}</value></item>"
        for key, value in fields.items()
    )


def test_map_of_php_makes_a_contact_in_the_documented_order(api: Any, dupond: dict[str, str]) -> None:
    rest = f'<param2 xsi:type="ns2:Map">{pairs(dupond)}</param2>'
    _, body = api.post(shape(PHP, "contact_create", rest), "contact_create")
    result = api.value(body)
    assert list(result) == ["retcode", "retval", "retfields"]
    contact = result["retfields"]
    assert " ".join(contact) == CONTACT_KEYS
    assert contact["id"] == result["retval"]
    assert (contact["parent_id"], contact["formejuridique"], contact["pays"]) == (
        "13490",
        "Particulier",
        "FRANCE",
    )
    assert re.fullmatch(r"PD\d+-FREE", contact["handle"])
    assert re.fullmatch(rf"[0-9a-f]{{8}}\.{contact['id']}@contacts\.nospam\.free\.org", contact["md5_email"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", contact["creation"])


def test_answer_is_a_map_in_the_namespace_of_the_call(api: Any, call_of: Any) -> None:
    _, body = api.post(call_of("api_status", 13490, "demo", 1), "api_status")
    root = etree.fromstring(body)
    (response,) = root[0]
    (value,) = response
    assert response.tag == "{http://api.dev.free.org/apis.cgi}api_statusResponse"
    assert value.tag == "return"
    assert b'<return xsi:type="ns2:Map"><item><key xsi:type="xsd:string">retcode</key>' in body
    assert b'<value xsi:type="xsd:int">0</value>' in body
    assert value.nsmap["ns2"] == "http://xml.apache.org/xml-soap"


def test_answers_have_length_and_type(api: Any, call_of: Any) -> None:
    url = api.sandbox.url("bookmyname") + "/apis.cgi"
    status, body, kind = api.raw("POST", url, call_of("domain_list", 13490, "demo"))
    assert (status, kind) == (200, "text/xml; charset=utf-8")
    assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


@pytest.mark.parametrize("kind", ["string", "float"])
def test_telephone_keeps_its_text_whatever_its_type(api: Any, dupond: dict[str, str], kind: str) -> None:
    fields = {**dupond, "telephone": "+33.100000000"}
    rest = f'<c-gensym7 xsi:type="apachens:Map">{pairs(fields, kind)}</c-gensym7>'
    _, body = api.post(shape(PERL, "contact_create", rest), "contact_create")
    assert api.value(body)["retfields"]["telephone"] == "+33.100000000"


def test_ids_and_leading_zeros_survive_as_text(api: Any, dupond: dict[str, str]) -> None:
    contact = api.ok("contact_create", {**dupond, "cp": "01000", "pays_id": 1})
    assert contact["cp"] == "01000"
    assert api.ok("contact_info", "", int(contact["id"])) == api.ok("contact_info", "", contact["id"])


def test_map_without_a_type_is_a_map(api: Any, dupond: dict[str, str]) -> None:
    rest = f"<param2>{pairs(dupond)}</param2>"
    _, body = api.post(shape(PHP, "contact_create", rest), "contact_create")
    assert api.value(body)["retcode"] == "1"


def test_struct_without_a_type_is_taken_as_a_courtesy(api: Any, dupond: dict[str, str]) -> None:
    members = "".join(f"<{key}>{value}</{key}>" for key, value in dupond.items())
    _, body = api.post(shape(PERL, "contact_create", f"<c-gensym7>{members}</c-gensym7>"), "contact_create")
    assert api.value(body)["retcode"] == "1"


def test_text_that_perl_sends_as_base64_is_read(api: Any, dupond: dict[str, str]) -> None:
    fields = {key: value for key, value in dupond.items() if key != "ville"}
    ville = '<item><key>ville</key><value xsi:type="xsd:base64Binary">QmV6aWVycyDDqQ==</value></item>'
    rest = f'<c-gensym7 xsi:type="apachens:Map">{pairs(fields)}{ville}</c-gensym7>'
    _, body = api.post(shape(PERL, "contact_create", rest), "contact_create")
    assert api.value(body)["retfields"]["ville"] == "Beziers é"


@pytest.mark.parametrize("empty", [{}, []])
def test_empty_array_is_an_empty_map(api: Any, empty: Any) -> None:
    assert api.code("contact_create", empty) == (-1, -4)
    assert api.code("contact_update", 127743, empty) == (-1, -5)
    assert api.code("domain_update", "horizon-reseau.com", empty) == (-1, -3)


def test_undefined_variable_of_the_manuals_example_is_a_code_and_no_fault(api: Any) -> None:
    rest = '<param2 xsi:nil="true"/>'
    status, body = api.post(shape(PHP, "domain_check", rest), "domain_check")
    assert (status, api.value(body)) == (200, {"retcode": "-1", "retval": "-5"})


def test_last_parameters_may_be_left_out(api: Any) -> None:
    handle = api.ok("contact_info", "", 13490)["handle"]
    assert api.ok("contact_info", handle)["id"] == "13490"
    assert "horizon-reseau.com" in api.ok("domain_list")
    assert set(api.ok("domain_transfer", "taken-name.com", "key")) == {"tid", "owner_id"}


def test_surplus_parameters_are_ignored(api: Any) -> None:
    assert api.code("domain_check", "available-name.com", "more", 7) == (1, 1)


@pytest.mark.parametrize("namespace", ["urn:anything", "https://api.free.org/apis.cgi"])
def test_function_is_found_by_its_local_name(api: Any, call_of: Any, namespace: str) -> None:
    body = call_of("api_paysid", 13490, "demo").replace(
        b"http://api.dev.free.org/apis.cgi", namespace.encode()
    )
    _, answer = api.post(body, "api_paysid")
    assert f'xmlns:ns1="{namespace}"'.encode() in answer
    assert api.value(answer)["retfields"]["1"] == "FRANCE"


def test_action_of_the_head_need_not_be_sent(api: Any, call_of: Any) -> None:
    api.post(call_of("domain_check", 13490, "demo", "available-name.com"))
    assert api.control("GET", "/requests")["requests"][-1]["action"] == "domain_check"


def test_unknown_function_is_a_fault(api: Any, call_of: Any) -> None:
    status, body = api.post(call_of("domain_steal", 13490, "demo"), "domain_steal")
    assert status == 500
    assert b"<faultcode>SOAP-ENV:Server</faultcode>" in body
    assert b"<faultstring>Function 'domain_steal' doesn't exist</faultstring>" in body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<a>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>',
        b"<x/>",
    ],
)
def test_malformed_envelope_is_a_fault(api: Any, body: bytes) -> None:
    status, answer = api.post(body, "domain_check")
    assert status == 500
    assert b"<faultcode>SOAP-ENV:Client</faultcode>" in answer


def test_doctype_is_refused_before_anything_is_executed(api: Any, dupond: dict[str, str]) -> None:
    rest = f'<param2 xsi:type="ns2:Map">{pairs(dupond)}</param2>'
    body = shape(PHP, "contact_create", rest).replace(b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY b "c">]>', 1)
    status, _ = api.post(body, "contact_create")
    assert (status, api.journal()) == (500, [])


def test_only_post_on_the_one_path_is_served(api: Any) -> None:
    url = api.sandbox.url("bookmyname")
    assert api.raw("GET", f"{url}/apis.cgi")[0] == 405
    assert api.raw("POST", f"{url}/other")[0] == 404


def test_soaplite_server_names_and_types_as_perl_does(api: Any, call_of: Any, dupond: dict[str, str]) -> None:
    api.world(server="soaplite")
    contact = {**dupond, "ville": "Béziers", "cp": "01000"}
    _, body = api.post(call_of("contact_create", 13490, "demo", contact), "contact_create")
    text = body.decode()
    assert re.search(r"<s-gensym\d+ xsi:type=", text)
    assert '<value xsi:type="xsd:float">+33.147010203</value>' in text
    assert '<value xsi:type="xsd:base64Binary">QsOpemllcnM=</value>' in text
    assert '<value xsi:type="xsd:int">01000</value>' in text
    status, body = api.post(call_of("nothing", 13490, "demo"), "nothing")
    assert (status, b"<faultcode>soap:Client</faultcode>" in body) == (500, True)
