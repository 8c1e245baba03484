"""What the templates about hosting show of a thing and of the servers that go with it: ``{% load hosting %}``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panel.access.parts import WHOLE, Level, Rights
from panel.core.cells import written_day
from panel.domain.models import Domain
from panel.hosting.desk import DESKS, Desk
from panel.hosting.models import Item, Plan
from panel.hosting.pairs import names_of, read
from panel.hosting.queries import offers, sells_plans
from panel.hosting.wording import plan_badge

register = template.Library()

# Which servers a person needs for which things.
SERVERS = {
    "mailboxes": ("imap", "pop3", "smtp", "webmail"),
    "ftp": ("ftp", "ftp_path", "ftp_web"),
    "databases": ("database", "database_admin"),
}


@dataclass(frozen=True, slots=True)
class Server:
    """An address, or a path, of the plan."""

    label: str
    value: str

    @property
    def is_link(self) -> bool:
        """Whether it is opened rather than copied."""
        return self.value.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a thing; `copy`: it is meant to be copied."""

    label: str
    value: str
    copy: bool = False


@register.simple_tag
def password_script() -> SafeString:
    """``{% password_script %}``: the script that makes passwords and shows their strength, in the page's head."""
    return format_html('<script src="{}" defer></script>', static("js/password.js"))


@register.simple_tag
def hosting_of(domain: Domain, rights: Rights | None = None) -> dict[str, Any] | None:
    """``{% hosting_of domain rights as offered %}``: what the name's registrar has, as links; None where nothing."""
    seen = WHOLE if rights is None else rights
    desks = [
        (slug, desk.title, desk.icon)
        for slug, desk in DESKS.items()
        if offers(domain, desk.noun.reads) and seen.may(desk.part, Level.READ)
    ]
    if not desks:
        return None
    sells = sells_plans(domain)
    note = (
        _("Mailboxes, web space and what belongs to it.")
        if sells
        else _("Mail and web addresses that lead on.")
    )
    return {"desks": desks, "sells_plans": sells, "note": note}


@register.simple_tag
def servers_for(slug: str, servers: dict[str, str]) -> list[Server]:
    """``{% servers_for "mailboxes" plan.servers as servers %}``; with no word all of them."""
    labels = {
        "imap": _("IMAP server"),
        "pop3": _("POP3 server"),
        "smtp": _("SMTP server"),
        "webmail": _("Webmail"),
        "ftp": _("FTP server"),
        "ftp_path": _("Path on the server"),
        "ftp_web": _("Files in the browser"),
        "database": _("Database server"),
        "database_admin": _("Databases in the browser"),
    }
    words = SERVERS.get(slug, ()) if slug else tuple(labels)
    return [Server(labels[word], servers[word]) for word in words if servers.get(word)]


@register.simple_tag
def facts_of(desk: Desk, item: Item) -> list[Fact]:
    """``{% facts_of desk item as facts %}``: what is known of a thing, in lines."""
    found = [Fact(_("Name"), item.name, copy=True)]
    for column in item.SHOWN:
        fact = _fact(column, getattr(item, column))
        if fact is not None:
            found.append(fact)
    return found


def _fact(column: str, value: Any) -> Fact | None:
    if value in (None, "", []):
        return None
    match column:
        case "usage":
            return Fact(_("In use"), filesizeformat(value))
        case "quota":
            return Fact(_("Space"), filesizeformat(value))
        case "targets":
            return Fact(_("Goes on to"), ", ".join(value))
        case "path":
            return Fact(_("Folder"), value, copy=True)
        case "user":
            return Fact(_("User"), value, copy=True)
        case "external_access":
            return Fact(_("Can be reached from outside"), _("Yes") if value else _("No"))
        case "certificate":
            return Fact(_("Certificate"), certificate_line(value))
        case "destination":
            return Fact(_("Leads to"), value, copy=True)
        case _:
            return None


def certificate_line(pem: str) -> str:
    """Whose certificate it is and until when it lasts."""
    found = read(pem)
    if found is None:
        return _("Installed")
    return _("%(names)s, until %(day)s") % {
        "names": ", ".join(names_of(found)[:3]),
        "day": written_day(found.not_valid_after_utc.date()),
    }


@register.filter
def certificate_words(pem: str) -> str:
    """``{{ item.certificate|certificate_words }}``."""
    return certificate_line(pem) if pem else ""


@register.filter
def plan_tone(plan: Plan) -> str:
    """``{{ plan|plan_tone }}``: the design system's tone of a plan's state."""
    return plan_badge(plan)[0]


@register.filter
def plan_word(plan: Plan) -> str:
    """``{{ plan|plan_word }}``: a plan's state in plain words."""
    return plan_badge(plan)[1]


@register.filter
def redirect_word(kind: str) -> str:
    """``{{ item.type|redirect_word }}``: how a redirect answers."""
    words = {
        "permanent": _("Permanent"),
        "temporary": _("Temporary"),
        "frame": _("Frame"),
        "address": _("IP address"),
        "parking": _("Waiting page"),
    }
    return words.get(kind, kind)


@register.filter
def redirect_icon(kind: str) -> str:
    """``{{ item.type|redirect_icon }}``."""
    icons = {"frame": "app-window", "address": "server", "parking": "hourglass"}
    return icons.get(kind, "corner-up-right")
