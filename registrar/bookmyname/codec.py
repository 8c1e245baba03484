"""SOAP 1.1 rpc/encoded with apache Maps, without a WSDL: our values as bytes, and a reply's bytes as values.

A call is written as PHP's own SOAP client writes it, which is the client of the manual's examples. A reply is read by
local names and positions, because servers name and prefix the same things differently; types decide only where
the content alone does not, and text stays what it was, whatever type it claims (telephone numbers come as floats).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from registrar.errors import InvalidRequest, UnreadableReply
from registrar.transport import xml

# What a parameter may be, and what a reply holds: there, numbers are texts.
Value = None | bool | int | str | Mapping[str, "Value"]
Decoded = None | str | dict[str, "Decoded"] | list["Decoded"]

_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
_XSD = "http://www.w3.org/2001/XMLSchema"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_MAP = "http://xml.apache.org/xml-soap"

_TYPE = f"{{{_XSI}}}type"
_NIL = f"{{{_XSI}}}nil"
# Perl's SOAP::Lite writes text beyond ASCII under these types.
_BASE64 = frozenset({"base64Binary", "base64"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server says that could not even call the function."""

    code: str
    text: str


def encode(uri: str, function: str, parameters: Sequence[Value]) -> bytes:
    """The envelope of a call. Raises InvalidRequest for text that XML cannot hold."""
    prefixes = {
        "SOAP-ENV": _ENVELOPE,
        "ns1": uri,
        "xsd": _XSD,
        "xsi": _XSI,
        "ns2": _MAP,
        "SOAP-ENC": _ENCODING,
    }
    envelope = etree.Element(f"{{{_ENVELOPE}}}Envelope", nsmap=prefixes)
    envelope.set(f"{{{_ENVELOPE}}}encodingStyle", _ENCODING)
    body = etree.SubElement(envelope, f"{{{_ENVELOPE}}}Body")
    call = etree.SubElement(body, f"{{{uri}}}{function}")
    for position, value in enumerate(parameters):
        _write(etree.SubElement(call, f"param{position}"), value)
    return bytes(etree.tostring(envelope, encoding="UTF-8", xml_declaration=True))


def _write(element: etree._Element, value: Value) -> None:
    if value is None:
        element.set(_NIL, "true")
    elif isinstance(value, bool):
        _write_text(element, "xsd:boolean", "true" if value else "false")
    elif isinstance(value, int):
        _write_text(element, "xsd:int", str(value))
    elif isinstance(value, str):
        _write_text(element, "xsd:string", value)
    else:
        element.set(_TYPE, "ns2:Map")
        for key, inner in value.items():
            item = etree.SubElement(element, "item")
            _write_text(etree.SubElement(item, "key"), "xsd:string", key)
            _write(etree.SubElement(item, "value"), inner)


def _write_text(element: etree._Element, kind: str, text: str) -> None:
    element.set(_TYPE, kind)
    try:
        element.text = text
    except ValueError:
        raise InvalidRequest("a value holds a control character") from None


def decode(body: bytes, function: str) -> Decoded | Fault:
    """What a reply to `function` returns, or the fault that it is. Raises UnreadableReply for anything else."""
    root = xml.parse(body)
    if xml.local(root) != "Envelope":
        raise _unreadable("no envelope")
    bodies = [child for child in root if xml.local(child) == "Body"]
    if len(bodies) != 1 or len(bodies[0]) != 1:
        raise _unreadable("not one answer in one body")
    answer = bodies[0][0]
    if xml.local(answer) == "Fault":
        return _fault(answer)
    if xml.local(answer) != f"{function}Response" or len(answer) != 1:
        raise _unreadable("not the answer of this function")
    return _read(answer[0], _declared((root, bodies[0], answer, answer[0]), body))


def _declared(path: Sequence[etree._Element], body: bytes) -> Mapping[str | None, str] | None:
    """The namespaces of all that is inside the last element of a path, by prefix; None where more are declared inside.

    lxml looks for them all the way up, for each element anew: most of the time that a long list would take.
    """
    above: Mapping[str | None, str] = {}
    count = 0
    for element in path:
        count += len(element.nsmap.items() - above.items())
        above = element.nsmap
    return above if body.count(b"xmlns") == count else None


def _fault(element: etree._Element) -> Fault:
    said = {xml.local(child): "".join(child.itertext()).strip() for child in element}
    return Fault(said.get("faultcode", ""), said.get("faultstring", ""))


def _read(element: etree._Element, declared: Mapping[str | None, str] | None) -> Decoded:
    if element.get("href") is not None:
        raise _unreadable("a reference")
    if element.get(_NIL) in {"true", "1"}:
        if len(element) or (element.text or "").strip():
            raise _unreadable("a nil with content")
        return None
    namespace, kind = _type_of(element, declared)
    if (namespace, kind) == (_MAP, "Map"):
        return _read_map(element, declared)
    if (namespace, kind) == (_ENCODING, "Array"):
        _refuse_text(element)
        return [_read(child, declared) for child in element]
    if not len(element):
        return _read_text(element, kind)
    if kind:
        raise _unreadable(f"a {kind} with children")
    return _read_map(element, declared)


def _type_of(element: etree._Element, declared: Mapping[str | None, str] | None) -> tuple[str, str]:
    """The type that an element claims, its prefix resolved; both empty without one."""
    claimed = (element.get(_TYPE) or "").strip()
    if not claimed:
        return "", ""
    prefix, _, name = claimed.rpartition(":")
    namespace = (element.nsmap if declared is None else declared).get(prefix or None)
    if namespace is None:
        raise _unreadable("a type of no namespace")
    return str(namespace), name


def _read_text(element: etree._Element, kind: str) -> str:
    text = element.text or ""
    if kind not in _BASE64:
        return text
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except ValueError:
        raise _unreadable("base64 that is no text") from None


def _read_map(element: etree._Element, declared: Mapping[str | None, str] | None) -> dict[str, Decoded]:
    _refuse_text(element)
    found: dict[str, Decoded] = {}
    for item in element:
        parts = {xml.local(part): part for part in item}
        if xml.local(item) != "item" or len(item) != 2 or parts.keys() != {"key", "value"}:
            raise _unreadable("a map whose items are not key and value")
        key = _read(parts["key"], declared)
        if not isinstance(key, str) or key in found:
            raise _unreadable("a map with a key that is no text, or twice the same")
        found[key] = _read(parts["value"], declared)
    return found


def _refuse_text(element: etree._Element) -> None:
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        raise _unreadable("text between elements")


def _unreadable(what: str) -> UnreadableReply:
    return UnreadableReply(f"unexpected reply: {what}")
