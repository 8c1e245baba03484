"""The names of the account, and reads that prove what a code leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from registrar.errors import (
    Conflict,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Refused,
    RegistrarError,
)
from registrar.namecom import domain_mapping
from registrar.namecom.client import NameComClient
from registrar.transport import reading, values
from registrar.types import DomainStatus, DomainSummary

T = TypeVar("T")

# Nobody says which of these a name, record or host gets that is not in the account.
UNCLEAR = frozenset({"204", "221", "240"})


class Holding:
    """What domain/get and domain/list show."""

    def __init__(self, client: NameComClient) -> None:
        self._client = client

    def get(self, domain: str) -> Mapping[str, Any]:
        """domain/get of an A-label. Raises NotFound when the name is not in the account."""

        def same(data: Mapping[str, Any]) -> Mapping[str, Any]:
            if reading.domain_name(data, "domain_name") != domain:
                raise reading.unreadable("the reply is about another name")
            return data

        return self.fetch("domain/get", domain, {}, same)

    def names(self) -> dict[str, Mapping[str, Any]]:
        """domain/list: every name of the account, as A-labels (assumption "lists-are-complete")."""
        return self._client.fetch("domain/list", {}, domain_mapping.names)

    def fetch(
        self, action: str, domain: str, parameters: Mapping[str, Any], read: Callable[[Mapping[str, Any]], T]
    ) -> T:
        """A call about one name. Raises NotFound where it fails and the list of names does not hold it."""
        return settled(
            lambda: self._client.fetch(f"{action}/{domain}", parameters, read),
            lambda: domain not in self.names(),
            "domain",
        )

    def line(self, domain: str) -> DomainSummary:
        """A name after a write that succeeded. Without a status where the read fails: it is done all the same."""
        try:
            return domain_mapping.summary(domain, self.get(domain), now())
        except RegistrarError:
            return DomainSummary(domain, values.tld(domain), domain, DomainStatus.UNKNOWN, "")


def now() -> datetime:
    """The moment against which an expiry is held."""
    return datetime.now(UTC)


def nothing(_: Mapping[str, Any]) -> None:
    """For calls whose reply is only their code."""


def settled(call: Callable[[], T], is_absent: Callable[[], bool], what: str) -> T:
    """`call`; where it fails by an unclear code, a look says whether the object is absent: then NotFound(what).

    A look that fails itself leaves the error as it was. Absence is never concluded from the code alone, since others
    may take NotFound for the proof that an order was never executed.
    """
    try:
        return call()
    except (Conflict, InvalidRequest, PermissionDenied, Refused) as error:
        if error.code not in UNCLEAR:
            raise
        try:
            absent = is_absent()
        except RegistrarError:
            raise error from None
        if absent:
            raise NotFound(error.message, code=error.code, reason=what) from None
        raise


def read_after_write(read: Callable[[], T]) -> T:
    """A read that shows what a write has done. Where it fails, nobody may say that nothing was executed."""
    try:
        return read()
    except OutcomeUnknown:
        raise
    except RegistrarError as error:
        raise OutcomeUnknown(
            f"executed; what it led to could not be read: {error.message}", code=error.code
        ) from error
