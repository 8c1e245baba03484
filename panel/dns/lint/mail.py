"""Texts that mail servers read: SPF (RFC 7208), DMARC (RFC 7489), DKIM keys (RFC 6376). The common mistakes only."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.dns.lint.remark import Level, Remark, Row

MOST_LOOKUPS = 10
_TERM = re.compile(
    r"[-+?~]?(all|(include|exists):\S+|(a|mx)(:[^\s/]+)?(/\d{1,2})?(//\d{1,3})?|ptr(:\S+)?|ip4:[0-9./]+|ip6:[0-9a-f:./]+)"
    r"|[a-z][a-z0-9_.-]*=\S*",
    re.IGNORECASE,
)
_LOOKUP = re.compile(r"[-+?~]?(include:|exists:|(a|mx|ptr)([:/]|$)|redirect=)", re.IGNORECASE)
_POLICIES = frozenset({"none", "quarantine", "reject"})


def is_spf(text: str) -> bool:
    """Whether a text is an SPF policy."""
    return text[:6].lower() == "v=spf1" and text[6:7] in ("", " ")


def is_dmarc(text: str) -> bool:
    """Whether a text is a DMARC policy."""
    return text.replace(" ", "").lower().startswith("v=dmarc1")


def remarks(row: Row) -> Iterator[Remark]:
    """What is wrong with a TXT record that is about mail."""
    text = row.value
    head = text[:8].lower().replace(" ", "")
    if head.startswith("v=spf"):
        yield from _spf(row)
    elif head.startswith("v=dmarc") or row.name.startswith("_dmarc."):
        yield from _dmarc(row)
    elif "._domainkey." in row.name:
        yield from _dkim(row)


def _spf(row: Row) -> Iterator[Remark]:
    if not is_spf(row.value):
        yield _remark("spf_version", _("An SPF text begins with v=spf1 and a space."), row)
        return
    terms = row.value.split()[1:]
    wrong = [term for term in terms if not _TERM.fullmatch(term)]
    if wrong:
        yield _remark("spf_term", _("SPF knows no term %(term)s."), row, term=wrong[0])
    lookups = sum(1 for term in terms if _LOOKUP.match(term))
    if lookups > MOST_LOOKUPS:
        text = _("This SPF text asks for %(count)s look-ups; mail servers give up after %(most)s.")
        yield _remark("spf_lookups", text, row, count=lookups, most=MOST_LOOKUPS)
    ends = [number for number, term in enumerate(terms) if term.lstrip("-+?~").lower() == "all"]
    if any(terms[number].lower() in ("all", "+all") for number in ends):
        yield _remark("spf_all", _("+all lets everybody send mail in your name."), row)
    elif not ends and not any(term.lower().startswith("redirect=") for term in terms):
        text = _("This SPF text does not say what about other senders. End it with ~all or -all.")
        yield _remark("spf_end", text, row)
    if ends and any("=" not in term for term in terms[ends[0] + 1 :]):
        yield _remark("spf_order", _("What stands behind all in an SPF text is ignored."), row)


def _dmarc(row: Row) -> Iterator[Remark]:
    if not row.name.startswith("_dmarc."):
        yield _remark("dmarc_place", _("A DMARC text is read at the name _dmarc only."), row)
        return
    parts = [part.strip() for part in row.value.split(";") if part.strip()]
    tags = {
        key.strip().lower(): value.strip() for key, _equals, value in (part.partition("=") for part in parts)
    }
    if not is_dmarc(row.value) or tags.get("v") != "DMARC1":
        yield _remark("dmarc_version", _("A DMARC text begins with v=DMARC1; in these letters."), row)
    elif tags.get("p", "").lower() not in _POLICIES:
        text = _("A DMARC text says p=none, p=quarantine or p=reject.")
        yield _remark("dmarc_policy", text, row)
    elif any(
        address and not address.strip().lower().startswith("mailto:")
        for key in ("rua", "ruf")
        for address in tags.get(key, "").split(",")
    ):
        yield _remark("dmarc_report", _("Addresses for DMARC reports begin with mailto:."), row)


def _dkim(row: Row) -> Iterator[Remark]:
    tags = {
        key.strip(): value for key, _equals, value in (part.partition("=") for part in row.value.split(";"))
    }
    key = tags.get("p")
    if key is None:
        yield _remark("dkim_key", _("A DKIM text has its key behind p=."), row)
        return
    try:
        base64.b64decode("".join(key.split()), validate=True)
    except (binascii.Error, ValueError):
        yield _remark("dkim_key_cut", _("The DKIM key is not complete: it was cut or mistyped."), row)


def _remark(code: str, text: str | Promise, row: Row, **values: object) -> Remark:
    return Remark(Level.WARNING, code, text, row.name, row.record, values)
