"""SOAP 1.1, rpc/encoded, as PHP's SoapServer speaks it: reading any client's envelope, writing replies and faults.

Reading is tolerant about types and namespaces (clients guess both) and strict about XML: UTF-8, no DTD, no entities.
What a request held comes out as plain text whatever its xsi:type says: a phone number sent as xsd:float keeps its plus
sign, an id its leading zeros.

    request = parse(body)                      # raises SoapError, which `fault` can say
    request.method, request.arguments          # "contact_create", [("param0", "13490"), ("param2", {"nom": "Müller"})]
    render("contact_create", uri, {"retcode": 1, "retfields": {"id": Scalar("7", "int"), "nom": "Müller"}})
    fault("SOAP-ENV:Client", "Bad Request")    # to be sent with HTTP status 500
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

CONTENT_TYPE = "text/xml; charset=utf-8"
LIMIT = 1024 * 1024
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
SCHEMA = "http://www.w3.org/2001/XMLSchema"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
APACHE = "http://xml.apache.org/xml-soap"
# What XML 1.0 cannot hold at all, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# References may repeat a value; this bounds what a small body can unfold into.
VALUE_LIMIT = 50_000
_DECLARED = re.compile(r"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")

# A value as read: text, None for nil, a list for an array, a dict for a map or a struct.
Read = str | None | list[Any] | dict[str, Any]


class SoapError(Exception):
    """An envelope that cannot be served; `code` and `text` are for `fault`."""

    def __init__(self, text: str, code: str = "SOAP-ENV:Client") -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Request(NamedTuple):
    """The first child of a Body: local name, namespace ("" for none) and parameters in the order sent."""

    method: str
    namespace: str
    arguments: list[tuple[str, Read]]


def parse(body: bytes, limit: int = LIMIT) -> Request:
    """Read an envelope. Raises SoapError for anything that is not a SOAP 1.1 request in UTF-8 without a DTD."""
    if len(body) > limit:
        raise SoapError("Request too large")
    root = _document(body)
    if etree.QName(root).localname != "Envelope":
        raise SoapError("Bad Request")
    if etree.QName(root).namespace != ENVELOPE:
        raise SoapError("Wrong Version", "SOAP-ENV:VersionMismatch")
    for entry in root.iterfind(f"{{{ENVELOPE}}}Header/*"):
        if entry.get(f"{{{ENVELOPE}}}mustUnderstand") == "1":
            raise SoapError("Header not understood", "SOAP-ENV:MustUnderstand")
    content = root.find(f"{{{ENVELOPE}}}Body")
    called = None if content is None else next(_children(content), None)
    if called is None:
        raise SoapError("Body must have a child")
    reader = _Reader(root)
    name = etree.QName(called)
    return Request(
        name.localname,
        name.namespace or "",
        [(etree.QName(child).localname, reader.value(child)) for child in _children(called)],
    )


def _document(body: bytes) -> Any:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SoapError("Bad Request: not UTF-8") from error
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise SoapError("Bad Request: not UTF-8")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise SoapError("Bad Request") from error
    if root.getroottree().docinfo.doctype:
        raise SoapError("DTD are not supported by SOAP")
    return root


def _children(element: Any) -> Any:
    return element.iterchildren("{*}*")


class _Reader:
    """Decodes values; follows href to id anywhere in the envelope, but never in a circle."""

    def __init__(self, root: Any) -> None:
        self._by_id = {element.get("id"): element for element in root.iter("{*}*") if element.get("id")}
        self._open: list[str] = []
        self._count = 0

    def value(self, element: Any) -> Read:
        self._count += 1
        if self._count > VALUE_LIMIT:
            raise SoapError("Request too large")
        href = element.get("href")
        if href is not None:
            return self._referred(href)
        if element.get(f"{{{INSTANCE}}}nil") in ("true", "1"):
            return None
        type_name = self._type(element)
        children = list(_children(element))
        names = {etree.QName(child).localname for child in children}
        if type_name == "Map" or (names == {"item"} and all(map(self._is_pair, children))):
            return self._map(children)
        if (
            element.get(f"{{{ENCODING}}}arrayType") is not None
            or type_name.startswith("Array")
            or names == {"item"}
            or (len(names) == 1 and len(children) > 1)
        ):
            return [self.value(child) for child in children]
        if children or type_name == "Struct":
            return {etree.QName(child).localname: self.value(child) for child in children}
        return self._text(element, type_name)

    def _type(self, element: Any) -> str:
        """The local part of xsi:type; its prefix is whatever the client chose."""
        return str(element.get(f"{{{INSTANCE}}}type", "")).strip().rpartition(":")[2]

    def _is_pair(self, element: Any) -> bool:
        return sorted(etree.QName(child).localname for child in _children(element)) == ["key", "value"]

    def _map(self, items: Sequence[Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in items:
            if not self._is_pair(item):
                raise SoapError("Can't decode apache map, missing key or value")
            key, value = sorted(_children(item), key=lambda child: str(etree.QName(child).localname))
            found[str(self.value(key) or "")] = self.value(value)
        return found

    def _referred(self, href: str) -> Read:
        target = self._by_id.get(href.removeprefix("#")) if href.startswith("#") else None
        if target is None or href in self._open:
            raise SoapError("Unresolved reference")
        self._open.append(href)
        value = self.value(target)
        self._open.pop()
        return value

    def _text(self, element: Any, type_name: str) -> str:
        text = element.text or ""
        if type_name not in ("base64", "base64Binary"):
            return text
        # Perl's SOAP::Lite sends every text that is not ASCII in this type.
        try:
            return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise SoapError("Bad Request: base64 that is no UTF-8 text") from error


@dataclass(frozen=True)
class Scalar:
    """A value of a named simple type of XML Schema, already as text."""

    text: str
    type: str = "string"


@dataclass(frozen=True)
class Nil:
    """No value, of the named type of the method's namespace where there is one."""

    type: str = ""


@dataclass(frozen=True)
class Struct:
    """Named members in order, of the named type of the method's namespace; "" for an unnamed struct."""

    members: Mapping[str, Any]
    type: str = ""


@dataclass(frozen=True)
class Array:
    """Items of one type (`xsd:string`, or a local type such as `ns1:StructX`); `type` names a restriction."""

    items: Sequence[Any]
    item_type: str = "xsd:string"
    type: str = ""


class Void(NamedTuple):
    """The value of a function that returns nothing: an empty response element."""


VOID = Void()
# What `render` takes. Plain ones: str, int, bool, Decimal or float (xsd:double), None (nil), dict (apache Map), list.
Value = (
    Scalar
    | Nil
    | Struct
    | Array
    | Void
    | str
    | int
    | bool
    | Decimal
    | float
    | dict[str, Any]
    | list[Any]
    | None
)


def render(method: str, namespace: str, value: Value, part: str = "return") -> bytes:
    """The envelope of a reply: `<method>Response` with one child named `part`, or with none for VOID."""
    inner = "" if isinstance(value, Void) else _element(part, value)
    apache = f" xmlns:ns2={quoteattr(APACHE)}" if '="ns2:Map"' in inner else ""
    wrapped = f"<ns1:{method}Response>{inner}</ns1:{method}Response>"
    head = (
        f"<SOAP-ENV:Envelope xmlns:SOAP-ENV={quoteattr(ENVELOPE)} xmlns:ns1={quoteattr(namespace)}"
        f" xmlns:xsd={quoteattr(SCHEMA)} xmlns:xsi={quoteattr(INSTANCE)}{apache}"
        f" xmlns:SOAP-ENC={quoteattr(ENCODING)} SOAP-ENV:encodingStyle={quoteattr(ENCODING)}>"
    )
    return _document_of(f"{head}<SOAP-ENV:Body>{wrapped}</SOAP-ENV:Body></SOAP-ENV:Envelope>")


def fault(code: str, text: str) -> bytes:
    """The envelope of a fault, `code` and `text` as they are; goes with HTTP status 500."""
    inner = f"<faultcode>{_escaped(code)}</faultcode><faultstring>{_escaped(text)}</faultstring>"
    body = f"<SOAP-ENV:Body><SOAP-ENV:Fault>{inner}</SOAP-ENV:Fault></SOAP-ENV:Body>"
    return _document_of(f"<SOAP-ENV:Envelope xmlns:SOAP-ENV={quoteattr(ENVELOPE)}>{body}</SOAP-ENV:Envelope>")


def _document_of(envelope: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{envelope}\n'.encode()


def _escaped(text: str) -> str:
    return escape(_UNSAYABLE.sub("?", text))


def _element(name: str, value: Value) -> str:
    """One element with its type, as PHP writes it."""
    if value is None:
        return f'<{name} xsi:nil="true"/>'
    if isinstance(value, Nil):
        typed = f' xsi:type="ns1:{value.type}"' if value.type else ""
        return f'<{name} xsi:nil="true"{typed}/>'
    if isinstance(value, Struct):
        typed = f"ns1:{value.type}" if value.type else "SOAP-ENC:Struct"
        inner = "".join(_element(key, member) for key, member in value.members.items())
        return f'<{name} xsi:type="{typed}">{inner}</{name}>'
    if isinstance(value, dict):
        return f'<{name} xsi:type="ns2:Map">{"".join(map(_pair, value.items()))}</{name}>'
    if isinstance(value, (Array, list)):
        return _array(name, value if isinstance(value, Array) else Array(value, _item_type(value)))
    scalar = value if isinstance(value, Scalar) else _scalar(value)
    return f'<{name} xsi:type="xsd:{scalar.type}">{_escaped(scalar.text)}</{name}>'


def _pair(pair: tuple[str, Any]) -> str:
    return f"<item>{_element('key', pair[0])}{_element('value', pair[1])}</item>"


def _array(name: str, array: Array) -> str:
    typed = f"ns1:{array.type}" if array.type else "SOAP-ENC:Array"
    items = "".join(_element("item", item) for item in array.items)
    size = f'SOAP-ENC:arrayType="{array.item_type}[{len(array.items)}]"'
    return f'<{name} {size} xsi:type="{typed}">{items}</{name}>'


def _item_type(items: Sequence[Any]) -> str:
    if items and all(isinstance(item, str) for item in items):
        return "xsd:string"
    return "ns2:Map" if items and all(isinstance(item, dict) for item in items) else "xsd:ur-type"


def _scalar(value: Any) -> Scalar:
    if isinstance(value, bool):
        return Scalar("true" if value else "false", "boolean")
    if isinstance(value, int):
        return Scalar(str(value), "int")
    if isinstance(value, (Decimal, float)):
        plain = f"{value:f}"
        return Scalar(plain.rstrip("0").rstrip(".") if "." in plain else plain, "double")
    if isinstance(value, str):
        return Scalar(value)
    raise TypeError(f"no SOAP form for {type(value).__name__}")
