"""SOAP calls as zeep writes them from a WSDL of ours, and replies read by local names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from registrar.errors import InvalidRequest, OutcomeUnknown, RateLimited, UnreadableReply
from registrar.transport.http import HttpReply
from registrar.transport.soap import APACHE, ENCODING, XSI, SoapWriter
from registrar.transport.soap_reply import SoapFault, read

WSDL = f"""
<definitions targetNamespace="urn:T" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:T"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:e="{ENCODING}" xmlns:a="{APACHE}">
  <types>
    <schema targetNamespace="{APACHE}" xmlns="http://www.w3.org/2001/XMLSchema">
      <complexType name="pair"><sequence><element name="key" type="xsd:string"/>
        <element name="value" type="xsd:anyType"/></sequence></complexType>
      <complexType name="Map"><sequence>
        <element name="item" type="a:pair" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
    </schema>
    <schema targetNamespace="urn:T" xmlns="http://www.w3.org/2001/XMLSchema">
      <import namespace="{ENCODING}"/><import namespace="{APACHE}"/>
      <complexType name="Names"><complexContent><restriction base="e:Array">
        <sequence><element name="item" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/></sequence>
        <attribute ref="e:arrayType" wsdl:arrayType="xsd:string[]"/></restriction></complexContent></complexType>
      <complexType name="Thing"><sequence>
        <element name="first" type="xsd:string" minOccurs="0"/>
        <element name="second" type="xsd:int" minOccurs="0"/>
        <element name="more" type="a:Map" minOccurs="0"/></sequence></complexType>
    </schema>
  </types>
  <message name="doIt"><part name="name" type="xsd:string"/><part name="count" type="xsd:int"/>
    <part name="names" type="t:Names"/><part name="thing" type="t:Thing"/></message>
  <message name="done"/>
  <portType name="P"><operation name="doIt"><input message="t:doIt"/><output message="t:done"/></operation></portType>
  <binding name="B" type="t:P">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="doIt"><soap:operation soapAction="doItAction"/>
      <input><soap:body use="encoded" namespace="urn:T" encodingStyle="{ENCODING}"/></input>
      <output><soap:body use="encoded" namespace="urn:T" encodingStyle="{ENCODING}"/></output></operation>
  </binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="https://example.com/"/></port></service>
</definitions>
"""
SCHEMA = b"""
<schema targetNamespace="http://schemas.xmlsoap.org/soap/encoding/" xmlns="http://www.w3.org/2001/XMLSchema">
  <attribute name="arrayType" type="string"/>
  <complexType name="Array"><sequence><any minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
</schema>
"""


@pytest.fixture(scope="module")
def writer():
    return SoapWriter(WSDL.encode(), {ENCODING: SCHEMA}, "urn:T")


def call(message: bytes) -> etree._Element:
    return etree.fromstring(message)[0][0]


def kind(element: etree._Element) -> str:
    prefix, _, name = (element.get(f"{{{XSI}}}type") or "").partition(":")
    return f"{element.nsmap[prefix]} {name}"


def test_wsdl_is_read_without_fetching_anything(writer):
    assert writer.functions == {"doIt"}
    assert writer.parts("doIt") == ("name", "count", "names", "thing")
    assert writer.action("doIt") == "doItAction"


def test_document_that_is_not_in_the_package_is_not_fetched():
    with pytest.raises(KeyError):
        SoapWriter(WSDL.encode(), {}, "urn:T")


def test_simple_values_carry_their_types(writer):
    name, count, names, thing = call(writer.write("doIt", {"name": "A <b> & é", "count": True}))

    assert (name.text, kind(name)) == ("A <b> & é", "http://www.w3.org/2001/XMLSchema string")
    assert (count.text, kind(count)) == ("1", "http://www.w3.org/2001/XMLSchema int")
    assert names.get(f"{{{XSI}}}nil") == "true"
    assert thing.get(f"{{{XSI}}}nil") == "true"


@pytest.mark.parametrize(
    ("value", "text"),
    [(7, "7"), (False, "0"), (Decimal("1.50"), "1.50"), (date(2027, 5, 1), "2027-05-01"), ("", None)],
)
def test_value_is_written_as_text(writer, value, text):
    assert call(writer.write("doIt", {"name": value}))[0].text == text


def test_call_is_in_the_encoded_style_of_its_namespace(writer):
    element = call(writer.write("doIt", {}))

    assert element.tag == "{urn:T}doIt"
    assert element.get("{http://schemas.xmlsoap.org/soap/envelope/}encodingStyle") == ENCODING


@pytest.mark.parametrize("names", [(), ("a",), ("a", "b", "c")])
def test_array_tells_its_length_and_the_type_of_its_items(writer, names):
    array = call(writer.write("doIt", {"names": list(names)}))[2]

    assert array.get(f"{{{ENCODING}}}arrayType") == f"xsd:string[{len(names)}]"
    assert kind(array) == "urn:T Names"
    assert [(item.tag, item.text) for item in array] == [("item", name) for name in names]
    assert all(kind(item).endswith(" string") for item in array)


def test_struct_and_map_carry_their_types(writer):
    more = {"KEY": "v", "BY_NAME": {"x.com": "w"}}
    thing = call(writer.write("doIt", {"thing": {"first": "a", "second": 2, "more": more}}))[3]

    assert kind(thing) == "urn:T Thing"
    assert [child.tag for child in thing] == ["first", "second", "more"]
    assert kind(thing[2]) == f"{APACHE} Map"
    flat, nested = thing[2]
    assert [(part.tag, part.text) for part in flat] == [("key", "KEY"), ("value", "v")]
    assert kind(nested[1]) == f"{APACHE} Map"
    assert [part.text for part in nested[1][0]] == ["x.com", "w"]


def test_member_that_is_none_is_left_out(writer):
    assert [
        child.tag for child in call(writer.write("doIt", {"thing": {"first": None, "second": 1}}))[3]
    ] == ["second"]


def test_positional_call_gives_its_parameters_names_that_no_server_has():
    positional = SoapWriter(WSDL.encode(), {ENCODING: SCHEMA}, "urn:T", positional=True)

    element = call(positional.write("doIt", {"thing": {"first": "a"}, "name": "b"}))

    assert [child.tag for child in element] == ["param0", "param1", "param2", "param3"]
    assert element[3][0].tag == "first"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": 1.5}, "name"),
        ({"name": b"a"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": ["a"]}, "name"),
        ({"name": {"a": "b"}}, "name"),
        ({"count": "many"}, "count"),
        ({"count": ""}, "count"),
        ({"names": "a"}, "names"),
        ({"names": {"a": "b"}}, "names"),
        ({"names": [["a"]]}, "names"),
        ({"thing": "a"}, "thing"),
        ({"thing": {"nosuch": "a"}}, "thing"),
        ({"thing": {"more": {"a": 1.5}}}, "thing"),
        ({"nosuch": "a"}, "parameters"),
    ],
)
def test_value_that_cannot_be_written_is_refused(writer, values, field):
    with pytest.raises(InvalidRequest) as caught:
        writer.write("doIt", values)
    assert caught.value.field == field


def envelope(body: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" '
        f'xmlns:ns1="urn:T" xmlns:xsi="{XSI}" xmlns:E="{ENCODING}" xmlns:ns2="{APACHE}"><S:Body>{body}</S:Body>'
        "</S:Envelope>"
    ).encode()


def answered(result: str) -> object:
    return read(HttpReply(200, envelope(f"<ns1:doItResponse>{result}</ns1:doItResponse>")), "doIt")


@pytest.mark.parametrize(
    ("result", "value"),
    [
        ("", None),
        ("<r>é</r>", "é"),
        ("<r/>", ""),
        ('<r xsi:nil="true"/>', None),
        ('<whatever xsi:nil="1"/>', None),
        ("<r><![CDATA[a<b]]></r>", "a<b"),
        ("<r>a<!-- no -->b</r>", "ab"),
        ('<r xsi:type="ns1:ArrayOfThing" E:arrayType="ns1:Thing[0]"/>', []),
        ('<r xsi:type="E:Array"/>', []),
        ('<r E:arrayType="x[2]"><item>a</item><item xsi:nil="true"/></r>', ["a", None]),
        ("<r><item>a</item></r>", ["a"]),
        ("<r><a>1</a><b/><c xsi:nil='true'/></r>", {"a": "1", "b": "", "c": None}),
        ('<r xsi:type="ns2:Map"/>', {}),
        ('<r xsi:type="ns2:Map"><item><key>a</key><value>1</value></item></r>', {"a": "1"}),
        (
            "<r><item><key>a</key><value><item><key>b</key><value/></item></value></item></r>",
            {"a": {"b": ""}},
        ),
        ("<r><x:a xmlns:x='urn:other'>1</x:a></r>", {"a": "1"}),
        ('<r><a href="#1"/><b><c id="1">t</c></b></r>', {"a": "t", "b": {"c": "t"}}),
    ],
)
def test_result_is_read_by_its_shape(result, value):
    assert answered(result) == value


def test_reference_outside_of_the_result_is_followed():
    body = '<ns1:doItResponse><r href="#x"/></ns1:doItResponse><multiRef id="x"><a>1</a></multiRef>'

    assert read(HttpReply(200, envelope(body)), "doIt") == {"a": "1"}


@pytest.mark.parametrize(
    "result",
    [
        "<r/><r/>",
        "<r><a/><a/></r>",
        '<r href="#nothing"/>',
        '<r><a id="1" href="#2"/><b id="2" href="#1"/></r>',
        '<r id="1"><a href="#1"/><b href="#1"/></r>',
        '<r xsi:type="ns2:Map"><item><key>a</key></item></r>',
        '<r xsi:type="ns2:Map"><item><key><a/></key><value/></item></r>',
        "<r>" + "<a>" * 40 + "</a>" * 40 + "</r>",
    ],
)
def test_result_that_makes_no_sense_is_unreadable(result):
    with pytest.raises(UnreadableReply):
        answered(result)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"oops",
        b"<a/>",
        envelope(""),
        envelope("<ns1:doOtherResponse/>"),
        envelope("<ns1:doItResponse><r>")[:-40],
        b"<S:Envelope xmlns:S='http://schemas.xmlsoap.org/soap/envelope/'/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + envelope("<ns1:doItResponse><r/></ns1:doItResponse>"),
        envelope("<ns1:doItResponse><r>\u00e9</r></ns1:doItResponse>").decode().encode("latin-1"),
    ],
)
def test_reply_that_is_no_answer_is_unreadable(body):
    with pytest.raises(UnreadableReply):
        read(HttpReply(200, body), "doIt")


def test_name_of_the_answer_is_compared_without_case():
    assert read(HttpReply(200, envelope("<DOITresponse><r>1</r></DOITresponse>")), "doIt") == "1"


FAULT = "<S:Fault><faultcode>E13</faultcode><faultstring>E13 : x : wrong</faultstring></S:Fault>"


@pytest.mark.parametrize("status", [200, 500])
def test_fault_is_a_fault_with_either_status(status):
    with pytest.raises(SoapFault) as caught:
        read(HttpReply(status, envelope(FAULT)), "doIt")

    assert (caught.value.code, caught.value.text) == ("E13", "E13 : x : wrong")


@pytest.mark.parametrize(
    "reply",
    [
        HttpReply(500, b""),
        HttpReply(500, b"<html>oops</html>"),
        HttpReply(500, envelope("<ns1:doItResponse><r/></ns1:doItResponse>")),
        HttpReply(500, envelope(FAULT), broken="the reply was cut short"),
        HttpReply(500, envelope(FAULT)[:-30]),
        HttpReply(502, envelope(FAULT)),
        HttpReply(503, b""),
    ],
)
def test_server_error_without_a_fault_says_nothing(reply):
    with pytest.raises(OutcomeUnknown):
        read(reply, "doIt")


def test_too_many_calls_are_rate_limited():
    with pytest.raises(RateLimited) as caught:
        read(HttpReply(429, b"", {"retry-after": "7"}), "doIt")
    assert caught.value.after == 7


@pytest.mark.parametrize(
    "reply", [HttpReply(404, b""), HttpReply(302, b""), HttpReply(200, b"", broken="cut")]
)
def test_other_replies_are_unreadable(reply):
    with pytest.raises(UnreadableReply):
        read(reply, "doIt")
