"""SOAP without a WSDL: what goes out as PHP writes it, and what comes back from any server of the notes."""

from __future__ import annotations

import base64

import pytest
from lxml import etree

from registrar.bookmyname import codec
from registrar.errors import InvalidRequest, UnreadableReply
from tests.registrar.bookmyname.replies import CONTACT, PHP, fault, perl, php, returning, typed

URI = "http://api.example/apis.cgi"


def sent(*parameters: codec.Value) -> etree._Element:
    return etree.fromstring(codec.encode(URI, "domain_check", parameters))


def decoded(result: str) -> codec.Decoded | codec.Fault:
    return codec.decode(returning("domain_info", result), "domain_info")


def test_call_is_written_as_php_writes_it():
    body = codec.encode(
        URI, "contact_create", ["13490", 7, True, None, {"nom": "Łódź & <Co>", "inner": {"a": ""}}]
    )

    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    text = body.decode().partition("\n")[2]
    assert text.startswith("<SOAP-ENV:Envelope xmlns:")
    assert 'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"' in text
    assert text.partition("<SOAP-ENV:Body>")[2] == (
        '<ns1:contact_create><param0 xsi:type="xsd:string">13490</param0><param1 xsi:type="xsd:int">7</param1>'
        '<param2 xsi:type="xsd:boolean">true</param2><param3 xsi:nil="true"/><param4 xsi:type="ns2:Map"><item>'
        '<key xsi:type="xsd:string">nom</key><value xsi:type="xsd:string">Łódź &amp; &lt;Co&gt;</value></item><item>'
        '<key xsi:type="xsd:string">inner</key><value xsi:type="ns2:Map"><item><key xsi:type="xsd:string">a</key>'
        '<value xsi:type="xsd:string"></value></item></value></item></param4></ns1:contact_create>'
        "</SOAP-ENV:Body></SOAP-ENV:Envelope>"
    )


def test_call_declares_every_prefix_that_it_uses():
    root = sent("a", {"b": "c"})

    assert root.nsmap["ns1"] == URI
    assert root.nsmap["ns2"] == "http://xml.apache.org/xml-soap"
    assert root.nsmap["xsd"] == "http://www.w3.org/2001/XMLSchema"


def test_control_character_is_refused_before_sending():
    with pytest.raises(InvalidRequest):
        sent("a\x00b")


@pytest.mark.parametrize("write", [php, perl])
def test_contact_of_either_kind_of_server_is_the_same(write):
    reply = codec.decode(write("contact_info", 1, 151049, CONTACT), "contact_info")

    assert reply == {
        "retcode": "1",
        "retval": "151049",
        "retfields": {key: str(value) for key, value in CONTACT.items()},
    }


@pytest.mark.parametrize(
    ("result", "value"),
    [
        ('<s-gensym7 xsi:type="xsd:float">+33.0147010203</s-gensym7>', "+33.0147010203"),
        ('<x xsi:type="xsd:int">0075</x>', "0075"),
        ("<x>plain</x>", "plain"),
        ("<x></x>", ""),
        ('<x xsi:type="xsd:string"/>', ""),
        ('<x xsi:nil="true"/>', None),
        ('<x xsi:nil="1" xsi:type="xsd:string"/>', None),
        ('<x xsi:type="ns2:Map"/>', {}),
        ('<x xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:ur-type[0]"/>', []),
        ("<x><item><key>a</key><value>b</value></item></x>", {"a": "b"}),
        ("<x><item><value>b</value><key>a</key></item></x>", {"a": "b"}),
        (
            '<x xmlns:other="http://xml.apache.org/xml-soap" xsi:type="other:Map">'
            '<item><key>a</key><value xsi:nil="true"/></item></x>',
            {"a": None},
        ),
        (
            '<x xsi:type="ns2:Map"><item><key>a</key>'
            '<value xmlns:ns2="http://schemas.xmlsoap.org/soap/encoding/" xsi:type="ns2:Array"/></item></x>',
            {"a": []},
        ),
        (typed("x", {"list": ["a", {"b": 1}], "empty": {}}), {"list": ["a", {"b": "1"}], "empty": {}}),
        (
            f'<x xsi:type="SOAP-ENC:base64">{base64.b64encode("é".encode()).decode()}</x>',
            "é",
        ),
        ('<x xsi:type="xsd:string"><![CDATA[<b>&]]></x>', "<b>&"),
    ],
)
def test_value_is_read_by_its_shape(result, value):
    assert decoded(result) == value


@pytest.mark.parametrize(
    "result",
    [
        '<x xsi:type="nowhere:Map"/>',
        '<x xsi:type="xsd:Struct"><a>1</a></x>',
        "<x><a>1</a></x>",
        "<x><item>1</item></x>",
        "<x><item><key>a</key></item></x>",
        "<x><item><key>a</key><value>1</value><value>2</value></item></x>",
        "<x><item><key>a</key><value>1</value></item><item><key>a</key><value>2</value></item></x>",
        "<x><item><key><item><key>a</key><value>b</value></item></key><value>1</value></item></x>",
        "<x>text<item><key>a</key><value>1</value></item></x>",
        "<x><item><key>a</key><value>1</value></item>text</x>",
        '<x xsi:nil="true">text</x>',
        '<x href="#id1"/>',
        '<x xsi:type="xsd:base64Binary">é</x>',
        '<x xsi:type="xsd:base64Binary">6Q==</x>',
        "<x/><y/>",
        "",
    ],
)
def test_value_of_another_shape_is_unreadable(result):
    with pytest.raises(UnreadableReply):
        decoded(result)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>It works!</body></html>",
        b"<a/>",
        PHP.format(body="").encode(),
        PHP.format(body="<ns1:domain_infoResponse><r/></ns1:domain_infoResponse><x/>").encode(),
        php("domain_check", 1, 1),
        php("domain_info", 1, 1)[:-40],
        php("domain_info", 1, 1, {"nom": "é"}).decode().encode("latin-1"),
        b'<!DOCTYPE x [<!ENTITY e "boom">]>' + php("domain_info", 1, 1).partition(b"?>\n")[2],
    ],
)
def test_reply_that_is_no_answer_of_the_function_is_unreadable(body):
    with pytest.raises(UnreadableReply):
        codec.decode(body, "domain_info")


def test_fault_is_told_from_an_answer():
    assert codec.decode(fault("SOAP-ENV:Server", "went <wrong>"), "domain_info") == codec.Fault(
        "SOAP-ENV:Server", "went <wrong>"
    )
