"""Tags by who may see them, and names by their tags: a fixed number of queries for any number of names."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from panel.access.actor import Actor
from panel.access.scopes import customer_of
from panel.domain.models import Domain
from panel.domain.tags.models import DomainTag, Tag, key_of

USED = Exists(DomainTag.objects.filter(tag=OuterRef("pk")))


def tags_for(actor: Actor) -> QuerySet[Tag]:
    """The tags on names of the actor's customer."""
    return Tag.objects.filter(USED, customer=customer_of(actor))


def tags_beside(domain: Domain) -> QuerySet[Tag]:
    """The tags that the name's customer uses, on whatever name."""
    return Tag.objects.filter(USED, customer=domain.customer_id, customer__isnull=False)


def with_tags(domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """The same names with their tags: two queries for all of them."""
    uses = DomainTag.objects.select_related("tag").order_by("tag__key")
    # Under a name of its own: as the relation itself, each name would be given a queryset to hold them.
    return domains.prefetch_related(Prefetch("tag_uses", queryset=uses, to_attr="known_tag_uses"))


def tags_on(domain: Domain) -> list[str]:
    """The name's tags as its customer spells them. Takes no query where with_tags() brought the name."""
    uses = domain.__dict__.get("known_tag_uses")
    if uses is None:
        uses = domain.tag_uses.select_related("tag").order_by("tag__key")
    return [use.tag.name for use in uses if use.tag.customer_id == domain.customer_id]


def bearing(text: str) -> Q:
    """Names that bear this tag, however it is spelled."""
    return Q(pk__in=DomainTag.objects.filter(tag__key=key_of(text)).values("domain"))
