"""Envelopes as several clients write them, replies as PHP writes them, and XML that is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from registrar.sandbox import soap

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:apachens="http://xml.apache.org/xml-soap">'
)


def envelope(body: str, head: str = HEAD) -> bytes:
    return f"{head}<E:Body>{body}</E:Body></E:Envelope>".encode()


def value(element: str, siblings: str = "") -> soap.Read:
    """The value of the only parameter of a call."""
    return soap.parse(envelope(f"<call>{element}</call>{siblings}")).arguments[0][1]


def test_method_and_parameters_are_read_in_order_by_local_names() -> None:
    body = envelope('<n:doIt xmlns:n="urn:any"><b>2</b><n:a>1</n:a></n:doIt>')
    assert soap.parse(body) == ("doIt", "urn:any", [("b", "2"), ("a", "1")])


def test_default_namespace_of_perl_makes_no_difference() -> None:
    body = envelope('<doIt xmlns="urn:any"><c-gensym3 xsi:type="xsd:int">007</c-gensym3></doIt>')
    assert soap.parse(body) == ("doIt", "urn:any", [("c-gensym3", "007")])


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<a xsi:type="xsd:float">+33.147010203</a>', "+33.147010203"),
        ('<a xsi:type="xsd:string"></a>', ""),
        ("<a/>", ""),
        ('<a xsi:nil="true"/>', None),
        ('<a xsi:nil="1" xsi:type="xsd:string"/>', None),
        ("<a> kept <!-- comment -->as is </a>", " kept as is "),
        ("<a><![CDATA[<b>]]></a>", "<b>"),
        ('<a xsi:type="xsd:base64Binary">TcO8bGxlcg==</a>', "Müller"),
        (
            '<a xsi:type="enc:Array" enc:arrayType="xsd:string[2]"><item>x</item><item>y</item></a>',
            ["x", "y"],
        ),
        ('<a xsi:type="enc:Array" enc:arrayType="xsd:ur-type[0]"/>', []),
        ("<a><item>x</item></a>", ["x"]),
        ("<a><ns>x</ns><ns>y</ns></a>", ["x", "y"]),
        ("<a><name>x</name><city>y</city></a>", {"name": "x", "city": "y"}),
        (
            '<a xsi:type="apachens:Map"><item><key>k</key><value>v</value></item></a>',
            {"k": "v"},
        ),
        ('<a xsi:type="apachens:Map"/>', {}),
        ("<a><item><value>v</value><key>k</key></item></a>", {"k": "v"}),
        (
            "<a><item><key>k</key><value><item><key>in</key><value xsi:nil='1'/></item></value></item></a>",
            {"k": {"in": None}},
        ),
    ],
)
def test_value_is_read_as_text_nil_list_or_map(element: str, expected: soap.Read) -> None:
    assert value(element) == expected


def test_reference_is_followed_to_the_element_with_that_id() -> None:
    assert value('<a href="#one"/>', '<m id="one"><name>x</name></m>') == {"name": "x"}


@pytest.mark.parametrize(
    ("element", "siblings"),
    [
        ('<a href="#none"/>', ""),
        ('<a href="http://example.com/"/>', ""),
        ('<a href="#one"/>', '<m id="one"><x href="#one"/></m>'),
    ],
)
def test_reference_to_nowhere_or_to_itself_is_refused(element: str, siblings: str) -> None:
    with pytest.raises(soap.SoapError):
        value(element, siblings)


def test_references_cannot_unfold_into_a_bomb() -> None:
    rows = "".join(f'<m id="r{n}"><x href="#r{n + 1}"/><y href="#r{n + 1}"/></m>' for n in range(40))
    with pytest.raises(soap.SoapError, match="too large"):
        value('<a href="#r0"/>', f'{rows}<m id="r40">x</m>')


DTD = '<!DOCTYPE E:Envelope [<!ENTITY x "y">]>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<half><of",
        b"\x00\xff",
        envelope("<a>M\u00fcller</a>").decode().encode("latin-1"),
        envelope("<a>x</a>", HEAD.replace("UTF-8", "ISO-8859-1")),
        envelope("<a>x</a>", HEAD.replace("?>", f"?>{DTD}")),
        envelope("<a>&x;</a>", HEAD.replace("?>", f"?>{DTD}")),
        envelope("<a>&x;</a>"),
        envelope("<a>x</a>", HEAD.replace("?>", '?><!DOCTYPE E:Envelope SYSTEM "file:///etc/passwd">')),
        envelope(""),
        b"<Envelope><Body><a/></Body></Envelope>",
        b"<html/>",
        envelope('<a xsi:type="xsd:base64Binary">/w==</a>')
        .replace(b"<a ", b"<c><a ")
        .replace(b"</a>", b"</a></c>"),
        envelope("<c><a xsi:type='apachens:Map'><item><key>k</key></item></a></c>"),
        envelope("<a>x</a>", HEAD + '<E:Header><t E:mustUnderstand="1">x</t></E:Header>'),
        HEAD.encode() + b"</E:Envelope>",
    ],
)
def test_bad_envelope_is_refused(body: bytes) -> None:
    with pytest.raises(soap.SoapError) as caught:
        soap.parse(body)
    assert caught.value.code.startswith("SOAP-ENV:")


def test_large_body_is_refused_before_it_is_read() -> None:
    with pytest.raises(soap.SoapError, match="too large"):
        soap.parse(envelope(f"<a><b>{'x' * 2000}</b></a>"), limit=1000)


def test_reply_is_shaped_as_php_writes_it() -> None:
    rows = soap.Array([soap.Struct({"name": "a<b", "free": 1}, "StructX")], "ns1:StructX", "ArrayX")
    reply = soap.render("check", "urn:DRS", rows, "checkReturn")
    assert (
        b'<ns1:checkResponse><checkReturn SOAP-ENC:arrayType="ns1:StructX[1]" xsi:type="ns1:ArrayX">'
        b'<item xsi:type="ns1:StructX"><name xsi:type="xsd:string">a&lt;b</name>'
        b'<free xsi:type="xsd:int">1</free></item></checkReturn></ns1:checkResponse>'
    ) in reply
    assert etree.fromstring(reply).nsmap["ns1"] == "urn:DRS"


def test_reply_without_a_value_is_an_empty_element() -> None:
    assert b"<ns1:closeResponse></ns1:closeResponse>" in soap.render("close", "urn:DRS", soap.VOID)


def test_plain_values_are_rendered_with_their_types_and_read_back() -> None:
    sent = {"text": "Zoë & co", "int": 7, "bool": True, "price": Decimal("8.80"), "nil": None}
    nested = {"map": sent, "list": ["a", "b"], "maps": [{"k": "v"}], "none": [], "free": Decimal("0.00")}
    reply = soap.render("call", "urn:x", nested)
    assert soap.parse(reply).arguments[0][1] == {
        "map": {"text": "Zoë & co", "int": "7", "bool": "true", "price": "8.8", "nil": None},
        "list": ["a", "b"],
        "maps": [{"k": "v"}],
        "none": [],
        "free": "0",
    }


def test_typed_values_name_their_types() -> None:
    reply = soap.render(
        "call", "urn:x", soap.Struct({"a": soap.Scalar("1.5", "float"), "b": soap.Nil("ListX")})
    )
    assert b'<a xsi:type="xsd:float">1.5</a><b xsi:nil="true" xsi:type="ns1:ListX"/>' in reply
    assert b'xsi:type="SOAP-ENC:Struct"' in reply


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert b">a?b<" in soap.render("call", "urn:x", "a\x00b")


def test_fault_says_code_and_text_unqualified() -> None:
    reply = etree.fromstring(soap.fault("E13", "E13 : <bad>"))
    told = reply.find(f"{{{soap.ENVELOPE}}}Body/{{{soap.ENVELOPE}}}Fault")
    assert [(child.tag, child.text) for child in told] == [
        ("faultcode", "E13"),
        ("faultstring", "E13 : <bad>"),
    ]
