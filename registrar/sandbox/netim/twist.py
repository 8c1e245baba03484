"""Replies that go wrong in the protocol's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from registrar.sandbox.family import Reply
from registrar.sandbox.soap import ENCODING, ENVELOPE

# No source knows these words where a status is expected.
STRANGE = "Suspended by Oracle"
# Functions that make something which a second call would find there already.
_CREATING = """
contactCreate hostCreate domainCreate domainCreateLP domainTransferIn domainTransferTrade
domainInternalTransfer domainZoneCreate domainMailFwdCreate domainWebFwdCreate
"""
CREATING = frozenset(_CREATING.split())
_STATUS = re.compile(r'(<(STATUS|status|result) xsi:type="xsd:string">)[^<]*(</\2>)')


def cut_text(reply: Reply) -> Reply:
    """Valid HTTP, and half of the document."""
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def latin1(reply: Reply) -> Reply:
    """Latin-1 under a header and a declaration that say UTF-8; a remark makes sure that there is an accent."""
    text = reply.body.decode().replace("</SOAP-ENV:Envelope>", "<!-- généré -->\n</SOAP-ENV:Envelope>")
    return replace(reply, body=text.encode("latin-1", "replace"))


def unknown_status(reply: Reply) -> Reply:
    """Every status, of operations, domains and checks, is a word that nobody knows."""
    return replace(reply, body=_STATUS.sub(rf"\g<1>{STRANGE}\g<3>", reply.body.decode()).encode())


def missed(reply: Reply) -> Reply:
    """A listing without its first object."""
    root = etree.fromstring(reply.body)
    body = root.find(f"{{{ENVELOPE}}}Body")
    size, shown = f"{{{ENCODING}}}arrayType", body[0][0] if len(body) and len(body[0]) else None
    if shown is None or shown.get(size) is None or not len(shown):
        return reply
    shown.remove(shown[0])
    shown.set(size, re.sub(r"\[\d+\]$", f"[{len(shown)}]", shown.get(size)))
    return replace(reply, body=etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


TWISTS: dict[str, Callable[[Reply], Reply]] = {
    "cut_text": cut_text,
    "latin1": latin1,
    "unknown_status": unknown_status,
    "missed": missed,
}
