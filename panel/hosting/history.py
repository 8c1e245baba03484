"""Changes of a name's hosting as its history tells them: what was done to which thing, and never what is secret."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.domain.history.further import Source
from panel.domain.models import Domain
from panel.hosting.plan_services import PRODUCTS
from panel.hosting.wording import shown_name
from panel.operation.models import Operation
from panel.operation.states import State
from panel.operation.words import Audience, Moment, Words, kind_label

# The first is about the name itself, so that its history has it already; the second changes nothing.
LEFT_OUT = ("hosting.read", "hosting.read_log")


def changes(operations: QuerySet[Operation], domain: Domain) -> QuerySet[Operation]:
    """Those of some operations that changed, or shall change, the hosting of a name."""
    return operations.filter(hosting_change__domain=domain).exclude(kind__in=LEFT_OUT)


def words(moment: Moment, audience: Audience) -> Words:
    """A moment of such a change, with the thing that it is about and what that has become."""
    operation, said = moment.operation, moment.words
    thing = thing_of(operation)
    done = moment.is_latest and operation.state == State.SUCCEEDED
    text = f"{said.text} {outcome_of(operation)}".strip() if done else said.text
    if audience == "staff":
        return replace(said, title=f"{said.title} ({thing})" if thing else said.title, text=text)
    title = said.title
    if not (done or (moment.is_latest and operation.state == State.FAILED)):
        # How it stands says nothing of what it is, where several things are being changed.
        title, text = kind_label(operation.kind), f"{said.title}. {text}".strip()
    return replace(said, title=f"{title}: {thing}" if thing else title, text=text)


def thing_of(operation: Operation) -> str:
    """What a change is about, as people write it; "" where its kind says all."""
    value = operation.payload.get("value")
    match operation.kind:
        case "hosting.create_plan" | "hosting.upgrade_plan":
            product = str(operation.payload["product"])
            return PRODUCTS.get(product, product)
        case "hosting.renew_plan":
            years = int(operation.payload["years"])
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        case "hosting.php":
            return str(value)
        case "hosting.parking" | "hosting.plan_renewal_mode":
            return _("on") if value in (True, "automatic") else _("off")
        # Its registrar names a database, and the builder is that of the whole name.
        case "hosting.create_database" | "hosting.builder":
            return ""
        case _:
            return shown_name(operation.label)


def outcome_of(operation: Operation) -> str:
    """Where mail or visitors go since, where that is what was changed."""
    values = operation.payload.get("values", {})
    if values.get("targets"):
        return _("Its mail goes to %(targets)s.") % {"targets": ", ".join(values["targets"])}
    if values.get("destination"):
        return _("It leads to %(address)s.") % {"address": _without_query(values["destination"])}
    return ""


def _without_query(address: str) -> str:
    """An address without what stands behind its question mark, or before its host: that may be a key."""
    parts = urlsplit(address)
    if not parts.hostname:
        return address.partition("?")[0]
    return f"{parts.scheme}://{parts.hostname}{parts.path}"


SOURCE = Source("hosting_changes", changes, words)
