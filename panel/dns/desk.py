"""A name's zone in the hands of one person: what there is, what they may do, and what is under way."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from panel.access.actor import Actor
from panel.access.parts import Part
from panel.access.rules import actor_of
from panel.core.mark import mark_of
from panel.dns import drafts, mirror
from panel.dns.answering import Answering, answering
from panel.dns.drafts import Working
from panel.dns.models import Comment, Zone
from panel.dns.operations import AT_ONCE, ONE_BY_ONE
from panel.dns.operations_read import ReadZone
from panel.domain.models import Domain
from panel.domain.planning import capability, require, require_changeable
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import SettingPages
from panel.operation.models import Operation
from panel.operation.queries import still_open
from registrar.zones import ZoneRules, zone_rules

# Every audience has these, as routes domain-dns-….
PAGES = ("record", "drop", "restore", "discard", "review", "decide", "versions", "undo", "again", "reset")


def may_change(actor: Actor) -> bool:
    """Whether the asker may change the zone of the name that their view is about."""
    return actor.rights is None or actor.rights.may(Part.DNS_ZONE)


class Desk:
    """What every page about a zone starts from. Raises Http404 for a name that is not the actor's."""

    def __init__(self, pages: SettingPages, request: HttpRequest, name: str) -> None:
        self.pages, self.request = pages, request
        self.actor = actor_of(request)
        self.user = self.actor.user
        self.domain: Domain = pages.find(self.actor, name)
        self.may_change = may_change(self.actor)
        self.rules: ZoneRules | None = zone_rules(self.domain.account.family)

    @cached_property
    def zone(self) -> Zone | None:
        """The mirror of the zone; None while it was never read.

        What is under way is looked up first: what ends after that the page sees again, for it follows it. The other
        way round the page could show for good what was before.
        """
        _under_way = self.reading, self.last_change
        zone = Zone.objects.filter(domain=self.domain).first()
        if zone is not None:
            zone.domain = self.domain
        return zone

    @property
    def is_there(self) -> bool:
        """Whether the zone is here and was read."""
        zone = self.zone
        return self.rules is not None and zone is not None and zone.hosted and bool(zone.serial)

    def the_zone(self) -> tuple[Zone, ZoneRules]:
        """The zone and what it takes. Raises Http404 where there is none, or where it was never read."""
        if not self.is_there or self.zone is None or self.rules is None:
            raise Http404
        return self.zone, self.rules

    @cached_property
    def now(self) -> Working:
        """The zone with the person's draft in it. Raises Http404 as the_zone()."""
        zone, _rules = self.the_zone()
        return drafts.working(zone, self.user)

    def look_again(self, now: Working | None = None) -> None:
        """The draft was written: `now` is what has come of it, or is read anew."""
        self.__dict__.pop("now", None)
        if now is not None:
            self.now = now

    @cached_property
    def answering(self) -> Answering:
        """Who answers for the name."""
        return answering(self.domain, self.zone)

    @cached_property
    def refusal(self) -> str:
        """Why nothing can be changed, "" where it can. What merely is under way is no refusal."""
        methods = (AT_ONCE,) if self.at_once else ONE_BY_ONE
        try:
            for method in methods:
                require(self.domain.account, self.domain.tld_name, method)
            require_changeable(self.domain)
        except CannotDo as refusal:
            return self.pages.say(refusal)
        return ""

    @property
    def at_once(self) -> bool:
        """Whether the zone is replaced as a whole, and not record by record."""
        return capability(self.domain.account, self.domain.tld_name, AT_ONCE).usable

    @cached_property
    def last_change(self) -> Operation | None:
        """The last change of the zone, open or over, without its payload."""
        changes = self.pages.operations(self.actor, self.domain).filter(kind__in=mirror.OURS)
        return changes.defer("payload", "starts_from").first()

    @property
    def changing(self) -> Operation | None:
        """The change that is under way."""
        last = self.last_change
        return last if last is not None and not last.is_final else None

    @cached_property
    def reading(self) -> Operation | None:
        """The reading that is under way."""
        readings = self.pages.operations(self.actor, self.domain).filter(kind=ReadZone.name)
        return still_open(readings).first()

    @property
    def is_new(self) -> bool:
        """Whether nobody has asked yet what is in the zone: a browser that opens it does. Not again where it failed."""
        asked = self.pages.operations(self.actor, self.domain).filter(kind=ReadZone.name)
        return not self.is_there and self.may_change and not asked.exists()

    def operation_url(self, operation: Operation) -> str:
        """The page of an operation, "" for an audience that has none."""
        try:
            return self.pages.url("operation", operation.public_id)
        except NoReverseMatch:
            return ""

    @property
    def mark(self) -> str:
        """What the page shows, in a word: while it is the same, nothing new has come."""
        zone, last = self.zone, self.last_change
        return mark_of(
            zone and (zone.serial, zone.read_at, zone.hosted),
            last and (last.pk, last.state, last.reason, last.waiting_for),
            self.reading is not None,
        )

    def comments(self) -> dict[str, str]:
        """Comments of the name's present customer by row."""
        mine = Comment.objects.filter(zone=self.zone, customer=self.domain.customer_id)
        return dict(mine.values_list("row", "text"))

    @cached_property
    def urls(self) -> dict[str, str]:
        """The addresses of the zone's pages, as the templates call them."""
        name = self.domain.name
        found = {page: self.pages.url(f"domain-dns-{page}", name) for page in PAGES}
        return {**self.pages.urls(name), "zone": self.pages.url("domain-dns", name), **found}

    def context(self, *, deeper: bool = True, **more: Any) -> dict[str, Any]:
        """What every page about the zone shows; `deeper` ones lead back to the zone."""
        context = self.pages.context(self.domain)
        crumb = {"label": "DNS", "url": self.pages.url("domain-dns", self.domain.name)}
        return {
            **context,
            "crumbs": [*context["crumbs"], crumb] if deeper else context["crumbs"],
            "urls": self.urls,
            "zone": self.zone,
            "may_change": self.may_change,
            "refusal": self.refusal,
            "can_edit": self.may_change and self.is_there and not self.refusal and self.changing is None,
            "changing": self.changing,
            **more,
        }

    def busy_text(self) -> str:
        """Why nothing can be edited for the moment, "" where it can."""
        return _("The records are being changed. Wait for that to end.") if self.changing else ""
