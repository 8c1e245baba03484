"""Replies in XML are read without entities, DTD or network, or not at all."""

from __future__ import annotations

import pytest

from registrar.errors import UnreadableReply
from registrar.transport import xml

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>"""


def test_document_is_read_and_names_lose_their_namespace():
    root = xml.parse(
        '<?xml version="1.0" encoding="UTF-8"?><n:a xmlns:n="urn:x"><b>\u00e9 &lt;</b></n:a>'.encode()
    )

    assert [xml.local(root), xml.local(root[0]), root[0].text] == ["a", "b", "\u00e9 <"]


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>',
        b"<!DOCTYPE a><a/>",
        b"<a>&nosuch;</a>",
        b"<a><b></a>",
        b"<a>cut",
        b"<html><p>It works!",
        b"",
        b"\x00",
        b"plain text",
        "<a>caf\u00e9</a>".encode("latin-1"),
        b"<a>" * 100 + b"</a>" * 100,
    ],
    ids=[
        "entities", "external-type", "external-entity", "type", "unknown-entity", "crossed", "cut", "html", "empty",
        "nul", "text", "latin-1", "deep",
    ],
)  # fmt: skip
def test_anything_else_is_unreadable(body):
    with pytest.raises(UnreadableReply):
        xml.parse(body)


def test_unreadable_reply_does_not_repeat_what_was_in_it():
    with pytest.raises(UnreadableReply) as caught:
        xml.parse(b"<a>s3cret-auth-code")
    assert "s3cret" not in str(caught.value)
