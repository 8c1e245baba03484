"""Module domain: the writes that cost nothing, but for hosts and DNSSEC (reference 2.6 and 2.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registrar.errors import InvalidRequest
from registrar.interface.domain import DomainUpdates
from registrar.netim import request
from registrar.netim.domain_base import NetimDomainBase
from registrar.transport import reading, values
from registrar.types import Contact, DomainSummary, Outcome, RenewalMode

_ROLES = ("admin", "tech", "billing")


class NetimUpdates(NetimDomainBase, DomainUpdates):
    """Seven functions; domainSetPreference in five of its six forms (to_be_renewed is reachable by name)."""

    def set_nameservers(self, name: str, nameservers: Sequence[str] = ()) -> Outcome[DomainSummary]:
        """As the contract: two to five, or those that the account set for its orders."""
        domain = values.domain_name(name)
        return self._change("domainChangeDNS", domain, **self._nameservers(nameservers))

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
        """As the contract, by handles. The function sets all three, so those that stay are read first.

        Raises InvalidRequest(owner) for an owner: that is change_owner().
        """
        domain = values.domain_name(name)
        if owner is not None or extra:
            raise InvalidRequest("another owner is a trade, which change_owner() asks for", field="owner")
        given = dict(zip(_ROLES, (admin, tech, billing), strict=True))
        if all(value is None for value in given.values()):
            raise InvalidRequest("no contact to set", field="admin")
        ids = {role: request.role(value, role) for role, value in given.items() if value is not None}
        if len(ids) < len(_ROLES):
            found = self._read_before(domain)
            ids = {role: reading.text(found, _member(role), default="") for role in _ROLES} | ids
        known = {_member(role): ids[role] or self._client.reseller for role in _ROLES}
        return self._change("domainChangeContact", domain, **known)

    def renew_auth_code(self, name: str, *, to_registrant: bool = False) -> Outcome[None]:
        """As the contract. A registry may send the code to the registrant all the same."""
        return self._finish("domainAuthID", name, sendtoregistrant=to_registrant)

    def set_membership(self, name: str, token: str) -> Outcome[None]:
        return self._finish("domainSetMembership", name, token=values.filled(token, "token"))

    def delete(self, name: str) -> Outcome[None]:
        return self._finish("domainDelete", name, typeDelete="NOW")

    def release(self, name: str) -> Outcome[None]:
        """As the contract. The registrar's own client has dropped the function: it may be gone."""
        return self._finish("domainRelease", name)

    def set_transfer_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        return self._prefer(name, "registrar_lock", request.flag(locked))

    def set_whois_privacy(self, name: str, private: bool) -> Outcome[DomainSummary]:
        return self._prefer(name, "whois_privacy", request.flag(private))

    def set_renewal_mode(self, name: str, mode: RenewalMode) -> Outcome[DomainSummary]:
        """As the contract: AUTOMATIC or MANUAL."""
        return self._prefer(name, "auto_renew", request.renewal(mode))

    def set_tag(self, name: str, tag: str) -> Outcome[DomainSummary]:
        """As the contract. The API does not tell it again."""
        return self._prefer(name, "tag", request.limited(tag, "tag"))

    def set_note(self, name: str, note: str) -> Outcome[DomainSummary]:
        """As the contract. The API does not tell it again."""
        return self._prefer(name, "note", request.limited(note, "note"))

    def _prefer(self, name: str, code: str, value: str) -> Outcome[DomainSummary]:
        return self._change("domainSetPreference", name, codePref=code, value=value)


def _member(role: str) -> str:
    return f"id{role.capitalize()}"
