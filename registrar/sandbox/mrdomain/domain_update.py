"""domain/update and its two wrappers, and the verification mail (manual 5.6-5.8, 5.22)."""

from __future__ import annotations

from collections.abc import Callable

from registrar.sandbox.mrdomain import nameservers, views
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, missing
from registrar.sandbox.mrdomain.contactdata import RoleContacts
from registrar.sandbox.mrdomain.model import LIVE, RENEWAL_MODES, Domain
from registrar.sandbox.tlds import TLDS


def writable(call: Call, verified: bool = True) -> Domain:
    """The domain, if it can be changed now. Raises 2201, 2202 or 2210."""
    domain = call.domain()
    if domain.status not in LIVE:
        raise ApiError(2201, f"A domain that is {domain.status} cannot be updated")
    if domain.modify_block:
        raise ApiError(2202, "The domain is blocked against modifications")
    if verified and views.owner_verification(call.account, domain) == "failed":
        raise ApiError(2210, "The owner contact data are not verified")
    return domain


def _finish(call: Call, domain: Domain, title: str, message: str) -> None:
    call.note(domain, title, message)
    call.effect(domain.name, domainID=domain.domain_id)


def _contact(call: Call) -> Domain:
    domain = writable(call, verified=False)
    given = RoleContacts(call, domain.contacts["owner"])
    if given.empty:
        raise missing("ownerContactID")
    same_owner = not given.owner_given or given.owner_id == domain.contacts["owner"]
    if domain.tld in ("es", "com.es") and not same_owner:
        raise ApiError(2201, "The owner of this TLD cannot be changed by an update")
    domain.contacts = given.keep()
    owner = call.account.contacts[domain.contacts["owner"]]
    if TLDS[domain.tld].verifies_owner and owner.verification == "notapplicable":
        call.family.lifecycle.verify(owner)
    _finish(call, domain, "Contacts", "The contacts have been modified")
    return domain


def _nameservers(call: Call) -> Domain:
    domain = writable(call)
    call.params.required("nameservers")
    chosen = nameservers.choose(call, ("default",))
    domain.nameservers, domain.default_ns = chosen.hosts, chosen.default
    _finish(call, domain, "DNS servers", "New DNS servers: " + ", ".join(chosen.hosts))
    return domain


def _switch(parameter: str, attribute: str, offered: str, title: str) -> Callable[[Call], Domain]:
    """An updateType that turns something on or off; `offered`: the property of a TLD that has it."""

    def apply(call: Call) -> Domain:
        # Taking the modification lock away is the one change that the lock itself must let through.
        domain = call.domain() if parameter == "block" else writable(call)
        if domain.status not in LIVE:
            raise ApiError(2201, f"A domain that is {domain.status} cannot be updated")
        if offered and not getattr(TLDS[domain.tld], offered):
            raise ApiError(2201, f"{parameter} is not available for this TLD")
        wanted = call.params.boolean(parameter)
        setattr(domain, attribute, wanted)
        _finish(call, domain, title, "Activated" if wanted else "Deactivated")
        return domain

    return apply


def _renewal_mode(call: Call) -> Domain:
    domain = writable(call, verified=False)
    domain.renewal_mode = call.params.choice("renewalMode", RENEWAL_MODES)
    _finish(call, domain, "Renewal mode", domain.renewal_mode)
    return domain


def _tag(call: Call) -> Domain:
    domain = call.domain()
    if "tag" not in call.params.values:
        raise missing("tag")
    domain.tag = ",".join(part.strip() for part in call.params.text("tag").split(",") if part.strip())
    _finish(call, domain, "Tag", domain.tag or "No tag")
    return domain


UPDATES: dict[str, Callable[[Call], Domain]] = {
    "contact": _contact,
    "nameservers": _nameservers,
    "transferBlock": _switch("transferBlock", "transfer_block", "lockable", "Transfer lock"),
    "block": _switch("block", "modify_block", "", "Modification lock"),
    "whoisPrivacy": _switch("whoisPrivacy", "whois_privacy", "privacy", "Whois privacy"),
    "renewalMode": _renewal_mode,
    "tag": _tag,
    "viewWhois": _switch("viewWhois", "view_whois", "view_whois", "Whois visibility"),
}


def update(call: Call) -> Answer:
    """5.6."""
    call.domain()
    return Answer(views.head(UPDATES[call.params.choice("updateType", UPDATES)](call)), DONE)


def updatenameservers(call: Call) -> Answer:
    """5.7: like update, but the manual shows no messages."""
    return Answer(views.head(_nameservers(call)))


def updatecontacts(call: Call) -> Answer:
    """5.8: like update, but the manual shows no messages."""
    return Answer(views.head(_contact(call)))


def resendverificationmail(call: Call) -> Answer:
    """5.22: only while the owner's data wait for verification, otherwise 2210."""
    domain = call.domain()
    status = views.owner_verification(call.account, domain)
    if status not in ("inprocess", "failed"):
        raise ApiError(2210, f"Owner contact verification status: {status}")
    call.family.lifecycle.verify(call.account.contacts[domain.contacts["owner"]])
    _finish(call, domain, "Verification", "The verification mail has been sent again")
    return Answer(views.head(domain), DONE)


ACTIONS: dict[str, Action] = {
    "domain/update": update,
    "domain/updatenameservers": updatenameservers,
    "domain/updatecontacts": updatecontacts,
    "domain/resendverificationmail": resendverificationmail,
}
