"""Reading what people write as tags, and putting it on names or taking it off. Nothing happens at a registrar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.domain.models import Domain
from panel.domain.refusals import CannotDo
from panel.domain.tags.models import LONGEST, LONGEST_KEY, DomainTag, Tag, key_of
from panel.people.models import Customer, User

log = structlog.get_logger(__name__)

MOST = 20


class BadTags(ValueError):
    """What was written cannot be tags; the message says why."""


def written(text: str) -> list[str]:
    """The tags in a text, which commas and line ends part, each in the spelling that comes first. Raises BadTags."""
    found: dict[str, str] = {}
    for part in text.replace("\n", ",").split(","):
        name = " ".join(part.split())
        if not name:
            continue
        if not name.isprintable():
            raise BadTags(_("A tag is made of letters, digits and signs."))
        if len(name) > LONGEST or len(key_of(name)) > LONGEST_KEY:
            raise BadTags(
                _("“%(start)s…” is too long: a tag has at most %(most)s characters.")
                % {"start": name[:20], "most": LONGEST}
            )
        found.setdefault(key_of(name), name)
    if len(found) > MOST:
        text = ngettext("At most %(most)s tag on a name.", "At most %(most)s tags on a name.", MOST)
        raise BadTags(text % {"most": MOST})
    return list(found.values())


@transaction.atomic
def set_tags(domain: Domain, names: Sequence[str], *, actor: User) -> None:
    """Have the name bear exactly these tags (of `written()`). Raises CannotDo for a name of nobody."""
    customer = _locked(domain)
    tags = _spelled(customer, names)
    wanted = {tag.pk for tag in tags}
    uses = DomainTag.objects.filter(domain=domain)
    uses.exclude(tag__in=wanted).delete()
    _bear(domain, tags)
    log.info("tags_set", name=domain.name, tags=list(names), by=actor.public_id)


@transaction.atomic
def add_tags(domain: Domain, names: Sequence[str]) -> bool:
    """Put tags on the name beside those that it has. False when it had them all.

    Raises CannotDo for a name of nobody, and for one that would bear too many.
    """
    tags = _spelled(_locked(domain), names)
    had = set(DomainTag.objects.filter(domain=domain).values_list("tag_id", flat=True))
    new = [tag for tag in tags if tag.pk not in had]
    if len(had) + len(new) > MOST:
        raise CannotDo("too_many_tags")
    _bear(domain, new)
    return bool(new)


@transaction.atomic
def remove_tags(domain: Domain, names: Sequence[str]) -> bool:
    """Take tags off the name, however they are spelled. False when it had none of them."""
    _locked(domain)
    keys = [key_of(name) for name in names]
    gone, _rows = DomainTag.objects.filter(domain=domain, tag__key__in=keys).delete()
    return bool(gone)


def forget_tags(domains: Iterable[int] | QuerySet[Any, Any], customer: Customer | None) -> None:
    """Names (keys of rows) that have changed hands bear nothing that others have written on them."""
    foreign = DomainTag.objects.filter(domain__in=domains)
    if customer is not None:
        foreign = foreign.exclude(tag__customer=customer)
    foreign.delete()


def _locked(domain: Domain) -> Customer:
    """Whose name it is, its row locked: two who tag it at once do so one after the other."""
    row = Domain.objects.select_for_update(of=("self",)).select_related("customer").get(pk=domain.pk)
    if row.customer is None or row.customer_id != domain.customer_id:
        raise CannotDo("nobodys" if row.customer is None else "gone")
    return row.customer


def _spelled(customer: Customer, names: Sequence[str]) -> list[Tag]:
    """The customer's tags of these names. One that no name bears any more takes the new spelling."""
    by_key = {key_of(name): name for name in names}
    Tag.objects.bulk_create(
        [Tag(customer=customer, key=key, name=name) for key, name in by_key.items()], ignore_conflicts=True
    )
    used = DomainTag.objects.filter(tag=OuterRef("pk"))
    found = Tag.objects.filter(customer=customer, key__in=list(by_key)).annotate(is_used=Exists(used))
    tags: list[Tag] = []
    for tag in found:
        tags.append(tag)
        if tag.name != by_key[tag.key] and not tag.is_used:
            tag.name = by_key[tag.key]
            tag.save(update_fields=["name"])
    return tags


def _bear(domain: Domain, tags: Iterable[Tag]) -> None:
    rows = [DomainTag(tag=tag, domain=domain) for tag in tags]
    DomainTag.objects.bulk_create(rows, ignore_conflicts=True)
