"""Module domain: the writes that cost nothing (manual 5.6 to 5.11, 5.18, 5.19 and 5.22)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from registrar.errors import InvalidRequest
from registrar.interface.domain import DomainUpdates
from registrar.mrdomain import domain_mapping, reading, request
from registrar.mrdomain.client import FAMILY, MrDomainClient
from registrar.mrdomain.domain_order import about
from registrar.tld import family_parameters
from registrar.transport import values
from registrar.types import (
    Contact,
    Dnssec,
    DnssecKey,
    DomainContacts,
    DomainSummary,
    Done,
    GlueRecord,
    Outcome,
    RenewalMode,
)

T = TypeVar("T")


class MrDomainUpdates(DomainUpdates):
    """Nine actions; domain/update in the six of its forms that have no action of their own."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client

    def set_nameservers(self, name: str, nameservers: Sequence[str] = ()) -> Outcome[DomainSummary]:
        """As the contract (manual 5.7)."""
        return self._change(
            "domain/updatenameservers", name, {"nameservers": request.nameservers(nameservers, "default")}
        )

    def set_contacts(
        self,
        name: str,
        *,
        owner: str | Contact | None = None,
        admin: str | Contact | None = None,
        tech: str | Contact | None = None,
        billing: str | Contact | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Outcome[DomainSummary]:
        """As the contract (manual 5.8).

        The registrar puts the owner in place of an admin, tech or billing contact that is not given, so the
        handles of those that stay are read first and sent along. `extra` needs the owner's content, whose
        type decides its fields.
        """
        domain = request.domain_name(name)
        given = {"owner": owner, "admin": admin, "tech": tech, "billing": billing}
        if all(value is None for value in given.values()):
            raise InvalidRequest("no contact to set", field="owner")
        parameters = request.contacts(given)
        if extra:
            if not isinstance(owner, Contact):
                raise InvalidRequest("TLD fields can only be set with the owner's content", field="owner")
            parameters |= family_parameters(FAMILY, request.tld(domain), extra, owner.type)
        return self._change("domain/updatecontacts", domain, self._staying(domain, given) | parameters)

    def create_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract (manual 5.9). The registrar wants an IPv4 address."""
        return self._glue("domain/gluerecordcreate", name, lambda domain: request.glue(glue, domain))

    def update_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract (manual 5.10)."""
        return self._glue("domain/gluerecordupdate", name, lambda domain: request.glue(glue, domain))

    def delete_glue(self, name: str, host: str) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract (manual 5.11)."""
        return self._glue(
            "domain/gluerecorddelete", name, lambda domain: {"name": request.host(host, domain)}
        )

    def add_dnssec_key(self, name: str, key: DnssecKey) -> Outcome[Dnssec]:
        """As the contract (manual 5.18)."""
        return self._dnssec("domain/dnsseccreate", name, key)

    def delete_dnssec_key(self, name: str, key: DnssecKey) -> Outcome[Dnssec]:
        """As the contract (manual 5.19)."""
        return self._dnssec("domain/dnssecdelete", name, key)

    def set_transfer_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        return self._update(name, "transferBlock", request.flag(locked))

    def set_modification_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        return self._update(name, "block", request.flag(locked))

    def set_whois_privacy(self, name: str, private: bool) -> Outcome[DomainSummary]:
        return self._update(name, "whoisPrivacy", request.flag(private))

    def set_whois_visible(self, name: str, visible: bool) -> Outcome[DomainSummary]:
        return self._update(name, "viewWhois", request.flag(visible))

    def set_renewal_mode(self, name: str, mode: RenewalMode) -> Outcome[DomainSummary]:
        return self._update(name, "renewalMode", request.word(domain_mapping.RENEWAL_MODE, mode, "mode"))

    def set_tag(self, name: str, tag: str) -> Outcome[DomainSummary]:
        return self._update(name, "tag", tag)

    def resend_verification(self, name: str) -> Outcome[DomainSummary]:
        """As the contract (manual 5.22)."""
        return self._change("domain/resendverificationmail", name, {})

    def _staying(self, domain: str, given: Mapping[str, str | Contact | None]) -> dict[str, str]:
        missing = [role for role in ("admin", "tech", "billing") if given[role] is None]
        if not missing:
            return {}
        parameters = {"domain": domain, "infoType": "contact"}
        found: DomainContacts = values.read_before_write(
            lambda: self._client.fetch("domain/getinfo", parameters, domain_mapping.contacts)
        )
        current = {role: getattr(found, role) for role in missing}
        return {f"{role}ContactID": record.handle for role, record in current.items() if record is not None}

    def _update(self, name: str, kind: str, value: str) -> Outcome[DomainSummary]:
        """domain/update (manual 5.6): the value travels under the name of its updateType."""
        return self._change("domain/update", name, {"updateType": kind, kind: value})

    def _change(self, action: str, name: str, parameters: Mapping[str, Any]) -> Outcome[DomainSummary]:
        domain = request.domain_name(name)
        read = about(domain, domain_mapping.summary)
        return Done(self._client.fetch(action, {"domain": domain, **parameters}, read))

    def _glue(
        self, action: str, name: str, parameters: Callable[[str], dict[str, str]]
    ) -> Outcome[tuple[GlueRecord, ...]]:
        domain = request.domain_name(name)
        form = {"domain": domain, **parameters(domain)}
        return Done(self._client.fetch(action, form, _part(domain, domain_mapping.glue_records)))

    def _dnssec(self, action: str, name: str, key: DnssecKey) -> Outcome[Dnssec]:
        domain = request.domain_name(name)
        form = {"domain": domain, **request.dnssec_key(key)}
        return Done(self._client.fetch(action, form, _part(domain, domain_mapping.dnssec)))


def _part(domain: str, read: Callable[[Mapping[str, Any]], T]) -> Callable[[Any], T]:
    """`read` of a reply that may name the domain, and must then name `domain`."""

    def check(data: Any) -> T:
        found = reading.mapping(data, "responseData")
        if not reading.is_absent(found, "name") and reading.domain_name(found) != domain:
            raise reading.unreadable("the reply is about another name")
        return read(found)

    return check
