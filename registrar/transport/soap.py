"""Calls in SOAP 1.1, rpc/encoded: zeep writes them from a WSDL of ours, and nothing is ever fetched.

Zeep neither sends nor reads: the HttpClient sends, because only it knows what was certainly not sent, and
soap_reply reads, because a server may name the parts of its replies as it likes. See docs/decisions/0010-soap.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import zeep
from lxml import etree
from zeep.exceptions import Error as ZeepError
from zeep.xsd import ComplexType, Nil

from registrar.errors import InvalidRequest

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
APACHE = "http://xml.apache.org/xml-soap"
XSD = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

_MAP = etree.QName(APACHE, "Map")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter of a function: its name in the WSDL and zeep's type of it."""

    name: str
    type: Any


class _Documents(zeep.Transport):
    """Zeep's way to documents: those of the package, and no other."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        # Without zeep's own constructor, which opens a session of requests.
        self._documents = documents
        self._close_session = False

    def load(self, url: str) -> bytes:
        return self._documents[url]


class SoapWriter:
    """Writes the calls of one WSDL with a single binding. Parsing it takes a moment: keep one per process.

    `schemas` are the documents that the WSDL imports, by their address or namespace. `positional` is for a server
    whose names of parameters are not known for sure: it is then given names that it cannot have, and goes by the
    order, as PHP's server does when it finds none of its own. Used from several threads.
    """

    def __init__(
        self, wsdl: bytes, schemas: Mapping[str, bytes], namespace: str, *, positional: bool = False
    ) -> None:
        self._positional = positional
        self._client = zeep.Client(BytesIO(wsdl), transport=_Documents(schemas))
        for prefix, uri in (
            ("xsd", XSD),
            ("xsi", XSI),
            ("enc", ENCODING),
            ("apache", APACHE),
            ("tns", namespace),
        ):
            self._client.set_ns_prefix(prefix, uri)
        (self._binding,) = self._client.wsdl.bindings.values()
        self._service = self._client.create_service(self._binding.name, "urn:unused")
        self._parts = {
            name: tuple(Part(part, element.type) for part, element in operation.input.body.type.elements)
            for name, operation in self._binding.all().items()
        }

    @property
    def functions(self) -> frozenset[str]:
        """The names of all functions."""
        return frozenset(self._parts)

    def parts(self, function: str) -> tuple[str, ...]:
        """The names of a function's parameters in their order."""
        return tuple(part.name for part in self._parts[function])

    def action(self, function: str) -> str:
        """The value of the header SOAPAction."""
        return str(self._binding.get(function).soapaction)

    def write(self, function: str, values: Mapping[str, Any]) -> bytes:
        """The call of a function, in UTF-8. A part that `values` does not hold, or holds as None, is nil.

        Texts, numbers, booleans (1 or 0) and dates become simple values; a list an array; a mapping the struct that
        the WSDL says, or a Map. Raises InvalidRequest(part) for what cannot be written so.
        """
        unknown = sorted(set(values) - {part.name for part in self._parts[function]})
        if unknown:
            raise InvalidRequest(f"{function} has no parameter {', '.join(unknown)}", field="parameters")
        # By name: given in their order, zeep would leave the items of arrays out.
        written = {
            part.name: _fitting(part.type, values.get(part.name), part.name) for part in self._parts[function]
        }
        try:
            envelope = self._client.create_message(self._service, function, **written)
        except (ZeepError, TypeError, ValueError) as error:
            problem = f"{function} cannot be written: {type(error).__name__}"
            raise InvalidRequest(problem, field="parameters") from None
        call = envelope.find(f"{{{ENVELOPE}}}Body")[0]
        call.set(f"{{{ENVELOPE}}}encodingStyle", ENCODING)
        for element, part in zip(call, self._parts[function], strict=True):
            _declare(element, part.type)
        if self._positional:
            for place, element in enumerate(call):
                element.tag = f"param{place}"
        return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)


def _fitting(kind: Any, value: Any, field: str) -> Any:
    """A value as zeep wants it for a type."""
    if value is None:
        return Nil
    if isinstance(value, Mapping):
        return _struct(kind, value, field)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        if not _is_array(kind):
            raise InvalidRequest(f"{field} is no list", field=field)
        item = kind.elements[0][1].type
        return [_fitting(item, part, field) for part in value]
    if isinstance(kind, ComplexType):
        raise InvalidRequest(f"{field} is no simple value", field=field)
    text = _text(value, field)
    if kind.qname.localname == "int" and not _WHOLE.fullmatch(text):
        raise InvalidRequest(f"{field} must be a whole number", field=field)
    return text


def _struct(kind: Any, value: Mapping[str, Any], field: str) -> dict[str, Any]:
    if _is_map(kind):
        return {
            "item": [{"key": str(key), "value": _in_map(kind, part, field)} for key, part in value.items()]
        }
    if not isinstance(kind, ComplexType) or _is_array(kind):
        raise InvalidRequest(f"{field} is no structure", field=field)
    members = {name: element.type for name, element in kind.elements}
    unknown = sorted(set(value) - set(members))
    if unknown:
        raise InvalidRequest(f"{field} has no {', '.join(unknown)}", field=field)
    return {name: _fitting(members[name], part, field) for name, part in value.items() if part is not None}


def _in_map(kind: Any, value: Any, field: str) -> Any:
    """A map's value may be anything: a map again, or text."""
    if isinstance(value, Mapping):
        return kind(**_struct(kind, value, field))
    return _text(value, field)


def _text(value: Any, field: str) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    if not isinstance(value, str | int | Decimal):
        raise InvalidRequest(f"{field} cannot be sent as {type(value).__name__}", field=field)
    text = str(value)
    if _FORBIDDEN.search(text):
        raise InvalidRequest(f"{field} holds a character that XML does not allow", field=field)
    return text


def _is_map(kind: Any) -> bool:
    return isinstance(kind, ComplexType) and kind.qname == _MAP


def _is_array(kind: Any) -> bool:
    return isinstance(kind, ComplexType) and any(name == "arrayType" for name, _ in kind.attributes)


def _declare(element: etree._Element, kind: Any) -> None:
    """Name the type of a value and of everything in it, as encoded calls do and zeep does not."""
    if element.get(f"{{{XSI}}}nil"):
        return
    element.set(f"{{{XSI}}}type", kind.qname)
    if _is_map(kind):
        for key, value in element:
            _declare(key, zeep.xsd.String())
            _declare(value, kind if len(value) else zeep.xsd.String())
    elif isinstance(kind, ComplexType):
        members = {name: member.type for name, member in kind.elements}
        for child in element:
            _declare(child, members[str(etree.QName(child).localname)])
        if _is_array(kind):
            item = members["item"].qname
            prefix = next(prefix for prefix, uri in element.nsmap.items() if uri == item.namespace)
            element.set(f"{{{ENCODING}}}arrayType", f"{prefix}:{item.localname}[{len(element)}]")
