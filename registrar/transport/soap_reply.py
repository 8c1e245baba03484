"""Replies in SOAP 1.1 as plain values, read by local names.

A server may call the parts of its replies, and their types, as it likes; only the shape counts.
"""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

from registrar.errors import OutcomeUnknown, UnreadableReply
from registrar.transport import xml
from registrar.transport.http import HttpReply
from registrar.transport.soap import ENCODING, ENVELOPE, XSI

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

_DEEPEST = 30
_HREFS = 100_000


class SoapFault(Exception):
    """The server's refusal: `code` and `text` as it wrote them. Never leaves a driver."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


def read(reply: HttpReply, function: str) -> Value:
    """What a function returned: a text, None, a list, or a dict by member. None for a function without a result.

    Raises SoapFault for a fault, with HTTP 500 as the standard wants it or with 200; RateLimited for HTTP 429;
    OutcomeUnknown for another status of 500 and more or without a fault in it; UnreadableReply for anything else.
    """
    if reply.status == 500 and not reply.broken:
        _raise_fault(reply.body)
    reply.raise_unless_ok()
    content = _content(xml.parse(reply.body))
    if xml.local(content) == "Fault":
        raise _fault(content)
    if xml.local(content).lower() != f"{function}response".lower():
        raise UnreadableReply("the reply is about another function")
    results = list(content)
    if not results:
        return None
    if len(results) > 1:
        raise UnreadableReply("the reply has more than one result")
    return _Decoder(content).value(results[0])


def _raise_fault(body: bytes) -> None:
    """Raise the fault that came with HTTP 500. Without a readable one, nobody knows what the 500 means."""
    try:
        content = _content(xml.parse(body))
    except UnreadableReply:
        raise OutcomeUnknown("HTTP 500") from None
    if xml.local(content) == "Fault":
        raise _fault(content)


def _content(root: etree._Element) -> etree._Element:
    """The first element of the body."""
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise UnreadableReply("the reply is no SOAP envelope")
    body = root.find(f"{{{ENVELOPE}}}Body")
    if body is None or not len(body):
        raise UnreadableReply("the reply's body is empty")
    return body[0]


def _fault(element: etree._Element) -> SoapFault:
    said = {xml.local(child): (child.text or "").strip() for child in element}
    return SoapFault(said.get("faultcode", ""), said.get("faultstring", ""))


class _Decoder:
    """Reads one reply; a value may stand elsewhere in it and be referred to."""

    def __init__(self, content: etree._Element) -> None:
        body = content.getparent()
        found = body if body is not None else content
        self._targets = {name: element for element in found.iter() if (name := element.get("id"))}
        self._hrefs = 0

    def value(self, element: etree._Element, depth: int = 0) -> Value:
        href = element.get("href")
        if href:
            element = self._target(href)
        if depth > _DEEPEST:
            raise UnreadableReply("the reply is nested too deeply")
        if element.get(f"{{{XSI}}}nil") in {"true", "1"}:
            return None
        children = list(element)
        kind = (element.get(f"{{{XSI}}}type") or "").rpartition(":")[2]
        if kind == "Map" or (children and all(_is_pair(child) for child in children)):
            return self._map(children, depth)
        if _is_array(element, kind, children):
            return [self.value(child, depth + 1) for child in children]
        if children:
            return self._struct(children, depth)
        return element.text or ""

    def _target(self, href: str) -> etree._Element:
        # Counted, because a few references to references are enough to write an endless reply.
        self._hrefs += 1
        target = self._targets.get(href.removeprefix("#"))
        if target is None or target.get("href") or self._hrefs > _HREFS:
            raise UnreadableReply("the reply refers to nothing")
        return target

    def _map(self, items: list[etree._Element], depth: int) -> Value:
        found: dict[str, Value] = {}
        for item in items:
            pair = {xml.local(child): child for child in item}
            if set(pair) != {"key", "value"}:
                raise UnreadableReply("an item of a map is no pair")
            key = self.value(pair["key"], depth + 1)
            if not isinstance(key, str):
                raise UnreadableReply("a key of a map is no text")
            found[key] = self.value(pair["value"], depth + 1)
        return found

    def _struct(self, members: list[etree._Element], depth: int) -> Value:
        found: dict[str, Value] = {}
        for member in members:
            name = xml.local(member)
            if name in found:
                raise UnreadableReply(f"{name} stands twice in one structure")
            found[name] = self.value(member, depth + 1)
        return found


def _is_pair(element: etree._Element) -> bool:
    return xml.local(element) == "item" and [xml.local(child) for child in element] == ["key", "value"]


def _is_array(element: etree._Element, kind: str, children: list[etree._Element]) -> bool:
    if element.get(f"{{{ENCODING}}}arrayType") or kind == "Array" or kind.startswith("ArrayOf"):
        return True
    return bool(children) and all(xml.local(child) == "item" for child in children)
