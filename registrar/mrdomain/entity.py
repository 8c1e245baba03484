"""What a plan holds, one kind of thing at a time: the five actions that every kind has (manual 7.10 to 7.44)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from registrar.mrdomain import mapping, reading, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import Page


class Entity(Protocol):
    """Anything that the registrar knows by an identifier."""

    @property
    def identifier(self) -> str: ...


E = TypeVar("E", bound=Entity)


class Entities(Generic[E]):
    """One kind: service/<kind>list, <kind>getinfo, <kind>create, <kind>update and <kind>delete.

    `plan` must be a domain name as A-labels already. Every method raises any class of registrar.errors.
    """

    def __init__(self, client: MrDomainClient, kind: str, read: Callable[[Mapping[str, Any]], E]) -> None:
        self._client = client
        self._kind = kind
        self._read = read

    def list(
        self,
        plan: str,
        page: int,
        page_length: int,
        word: str | None,
        filters: Mapping[str, str | None] | None = None,
    ) -> Page[E]:
        """One page; `word` is the registrar's `filter`."""
        parameters = {
            "serviceName": plan,
            **request.page(page, page_length),
            "filter": word or None,
            **(filters or {}),
        }
        return self._fetch("list", parameters, self._page)

    def info(self, plan: str, identifier: str) -> E:
        """One of them."""
        return self._named("getinfo", plan, identifier, {})

    def create(self, plan: str, parameters: Mapping[str, Any], same: Callable[[E], bool]) -> E:
        """A new one; a reply about one that is not the `same` is unreadable."""
        return self._fetch("create", {"serviceName": plan, **parameters}, self._about(same))

    def update(self, plan: str, identifier: str, parameters: Mapping[str, Any]) -> E:
        """Another content."""
        return self._named("update", plan, identifier, parameters)

    def delete(self, plan: str, identifier: str) -> None:
        """Gone."""
        parameters = {"serviceName": plan, "entityID": request.identifier(identifier)}
        self._fetch("delete", parameters, mapping.nothing)

    def _named(self, verb: str, plan: str, identifier: str, parameters: Mapping[str, Any]) -> E:
        form = {"serviceName": plan, "entityID": request.identifier(identifier), **parameters}
        return self._fetch(verb, form, self._about(lambda found: found.identifier == identifier))

    def _fetch(self, verb: str, parameters: Mapping[str, Any], read: Callable[[Any], Any]) -> Any:
        return self._client.fetch(f"service/{self._kind}{verb}", parameters, read)

    def _page(self, data: Mapping[str, Any]) -> Page[E]:
        # The manual's table writes the list of redirects in the plural, its example does not (7.25).
        plural = f"{self._kind}s"
        return reading.page(data, plural if plural in data else self._kind, self._read)

    def _about(self, same: Callable[[E], bool]) -> Callable[[Any], E]:
        def check(data: Any) -> E:
            found = self._read(reading.only(reading.mapping(data, "responseData"), self._kind))
            if not same(found):
                raise reading.unreadable(f"the reply is about another {self._kind}")
            return found

        return check
