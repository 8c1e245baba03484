"""What people enter about redirects. Where plans are sold an address leads on, elsewhere a host does."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.domain.models import Domain
from panel.domain.names import ImpossibleName, to_a_label
from panel.hosting.forms import PLAIN, ItemForm
from panel.hosting.forms_files import host_below
from panel.hosting.models import LONGEST_NAME, Item
from panel.hosting.queries import sells_plans
from registrar.types import RedirectType

LONGEST_TARGET = 2000
TYPES = {
    RedirectType.PERMANENT: gettext_lazy("Permanent (301): it has moved for good"),
    RedirectType.TEMPORARY: gettext_lazy("Temporary (302): it may come back"),
    RedirectType.FRAME: gettext_lazy("Frame: the address bar keeps showing your name"),
    RedirectType.ADDRESS: gettext_lazy("IP address: your name points to a server"),
    RedirectType.PARKING: gettext_lazy("Waiting page: nothing is there yet"),
}
OF_PLANS = (RedirectType.PERMANENT, RedirectType.TEMPORARY, RedirectType.FRAME)


def types_of(domain: Domain) -> tuple[RedirectType, ...]:
    """The kinds of redirects that the name's registrar knows (its capability's note says so in words)."""
    return OF_PLANS if sells_plans(domain) else tuple(TYPES)


class RedirectForm(ItemForm):
    """Where a redirect leads, and how."""

    destination = forms.CharField(
        label=gettext_lazy("Leads to"), max_length=LONGEST_TARGET, required=False,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "https://example.com/"}),
    )  # fmt: skip
    type = forms.ChoiceField(label=gettext_lazy("How"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title of the frame"), max_length=200, required=False,
        help_text=gettext_lazy("What the browser's tab shows."),
    )  # fmt: skip
    field_order = ("name", "destination", "type", "title", "form")

    def __init__(self, *args: Any, domain: Domain, item: Item | None = None, **named: Any) -> None:
        shown: dict[str, Any] = {"type": RedirectType.PERMANENT}
        if item is not None:
            shown = {field: getattr(item, field) for field in ("destination", "type", "title")}
        initial = {**shown, **named.pop("initial", {})}
        super().__init__(*args, domain=domain, item=item, initial=initial, **named)
        self.known = types_of(domain)
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(kind), TYPES[kind]) for kind in self.known]
        if sells_plans(domain):
            del self.fields["title"]

    def clean(self) -> dict[str, Any]:
        """What it leads to fits how it does."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            kind = RedirectType(cleaned.get("type", ""))
        except ValueError:
            return cleaned
        try:
            cleaned["destination"] = _destination(kind, cleaned.get("destination", "").strip())
        except ValidationError as error:
            self.add_error("destination", error)
        else:
            if kind in OF_PLANS and _same(cleaned["destination"], cleaned.get("name") or _name(self.item)):
                self.add_error("destination", _("It cannot lead to itself."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        found = {"destination": given["destination"], "type": given["type"]}
        if given["type"] == RedirectType.FRAME and given.get("title"):
            found["title"] = given["title"]
        return found


class NewRedirectForm(RedirectForm):
    """A redirect from an address of the name, or from a host of it."""

    name = forms.CharField(
        label=gettext_lazy("From"), max_length=LONGEST_NAME, required=False,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "www"}),
    )  # fmt: skip

    def __init__(self, *args: Any, domain: Domain, **named: Any) -> None:
        super().__init__(*args, domain=domain, **named)
        if sells_plans(domain):
            self.fields["name"].help_text = _(
                "An address of the name, such as http://www.%(name)s/shop/."
            ) % {"name": domain.unicode_name}
            self.fields["name"].widget.attrs["placeholder"] = f"http://www.{domain.unicode_name}/"
        else:
            self.fields["name"].help_text = _(
                "What stands before the name, such as www. Empty: the name itself."
            )

    def clean_name(self) -> str:
        """The address with its host as A-labels, or the host."""
        typed = self.cleaned_data["name"].strip()
        if not sells_plans(self.domain):
            itself = not typed or typed.lower() in (self.domain.name, self.domain.unicode_name)
            return self.domain.name if itself else host_below(typed, self.domain)
        address = web_address(typed if "://" in typed else f"http://{typed}")
        host = urlsplit(address).hostname or ""
        if host != self.domain.name and not host.endswith(f".{self.domain.name}"):
            raise ValidationError(
                _("It must be an address of %(name)s.") % {"name": self.domain.unicode_name}
            )
        return address


def web_address(typed: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """A web address with its host as A-labels. Raises ValidationError."""
    wrong = ValidationError(_("Write a whole address, such as https://example.com/."))
    try:
        parts = urlsplit(typed.strip())
        host, port = parts.hostname or "", parts.port
        encoded = ".".join(to_a_label(label) for label in host.split("."))
    except (ValueError, ImpossibleName):
        raise wrong from None
    plain = typed.isprintable() and " " not in typed and "@" not in parts.netloc
    if parts.scheme not in schemes or "." not in encoded or not plain:
        raise wrong
    return parts._replace(netloc=encoded if port is None else f"{encoded}:{port}").geturl()


def _destination(kind: RedirectType, typed: str) -> str:
    if kind == RedirectType.PARKING:
        return ""
    if kind != RedirectType.ADDRESS:
        return web_address(typed)
    try:
        return str(ipaddress.ip_address(typed))
    except ValueError:
        raise ValidationError(_("Write an IP address, such as 192.0.2.10.")) from None


def _name(item: Item | None) -> str:
    return item.name if item is not None else ""


def _same(destination: str, origin: str) -> bool:
    plain = [text.split("://", 1)[-1].rstrip("/").casefold() for text in (destination, origin)]
    return bool(plain[1]) and plain[0] == plain[1]
