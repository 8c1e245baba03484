"""Replies in XML, read without entities, DTD or network."""

from __future__ import annotations

from lxml import etree

from registrar.errors import UnreadableReply

_DEEPEST = 60
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (_DEEPEST + 2)})")


def parse(body: bytes) -> etree._Element:
    """The root of a document in UTF-8. Raises UnreadableReply, without the body's text in it.

    Refused: a document type, entities other than the five of XML, bytes that are not UTF-8 whatever the document
    says of itself, a document that is cut or nested deeper than any reply is.
    """
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableReply("the reply is not UTF-8") from None
    # A parser of its own for each reply: lxml's are not safe in several threads.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableReply("the reply is not XML") from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableReply("the reply has a document type")
    if _TOO_DEEP(root):
        raise UnreadableReply("the reply is nested too deeply")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
