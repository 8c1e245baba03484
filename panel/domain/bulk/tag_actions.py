"""Tags on many names at once. Nothing happens at a registrar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from panel.domain.bulk.action import Action, Books, Deed
from panel.domain.models import Domain
from panel.domain.refusals import CannotDo, Unchanged
from panel.domain.tags.models import DomainTag, key_of
from panel.domain.tags.services import MOST, add_tags, remove_tags


class _Tags(Action):
    """What adding and taking off have in common: which tags each name has, read once for all of them."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.names: Sequence[str] = self.values["tags"]
        self.keys = frozenset(key_of(name) for name in self.names)
        self._had: dict[int, frozenset[str]] = {}

    def prepare(self, chosen: QuerySet[Domain]) -> None:
        had: dict[int, set[str]] = {}
        uses = DomainTag.objects.filter(domain__in=chosen.order_by().values("pk"))
        for domain, key in uses.values_list("domain_id", "tag__key").iterator(chunk_size=5000):
            had.setdefault(domain, set()).add(key)
        self._had = {domain: frozenset(keys) for domain, keys in had.items()}

    def had(self, domain: Domain) -> frozenset[str]:
        """The keys of the tags that a name bears."""
        return self._had.get(domain.pk, frozenset())

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return domain.customer_id is None, len(self.had(domain)), self.had(domain) & self.keys


class AddTags(_Tags):
    """Tags beside those that names have."""

    def judge(self, domain: Domain, books: Books) -> None:
        if domain.customer_id is None:
            raise CannotDo("nobodys")
        if self.keys <= self.had(domain):
            raise Unchanged
        if len(self.had(domain) | self.keys) > MOST:
            raise CannotDo("too_many_tags")

    def carry_out(self, deed: Deed, books: Books) -> None:
        if not add_tags(deed.domain, self.names):
            raise Unchanged


class RemoveTags(_Tags):
    """Tags off names."""

    def judge(self, domain: Domain, books: Books) -> None:
        if not self.keys & self.had(domain):
            raise Unchanged

    def carry_out(self, deed: Deed, books: Books) -> None:
        if not remove_tags(deed.domain, self.names):
            raise Unchanged
