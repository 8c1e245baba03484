"""What the tables of registrars' families say of an operation, in plain words: their notes speak of the contract."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Notes of the tables (registrar/<family>/capability.py) that name fields or operations of the contract.
PLAIN = {
    "only where DomainInfo.auth_code_readable is true": gettext_noop(
        "Only for names whose code the registrar shows."
    ),
    "only where DomainInfo.transfer_lock is not None": gettext_noop(
        "Only for names of which the registrar shows the lock."
    ),
    "only where DomainInfo.whois_privacy is told, not under a modification lock": gettext_noop(
        "Only for names of which the registrar shows it, and not while they are locked against changes."
    ),
    "only where DomainInfo.whois_visible is not None": gettext_noop(
        "Only for names of which the registrar shows it."
    ),
    "where ExtensionInfo.transfer_lock": gettext_noop("Where the extension has the lock."),
    "where ExtensionInfo.whois_privacy": gettext_noop("Where the extension allows it."),
    "automatic or manual, where ExtensionInfo.automatic_renewal": gettext_noop(
        "Automatic or by hand, where the extension is renewed automatically."
    ),
    "only on the registrar's nameservers (DomainInfo.hosts_zone)": gettext_noop(
        "Only on the registrar's own nameservers."
    ),
    "not by renewable=False": gettext_noop("A list of the names that cannot be renewed is not to be had."),
    "by handle; another owner is change_owner": gettext_noop(
        "With contacts that the registrar knows already; another owner is a change of owner."
    ),
    "the registrar's own client has dropped it": gettext_noop(
        "The registrar's own program does not do it any more: it may be refused."
    ),
    "the API refuses every later change and renewal of a name under clientUpdateProhibited, the lifting too": (
        gettext_noop("Once it is locked, the registrar's API refuses every change, the unlocking too.")
    ),
    "what the calls for hosts take and answer is not documented: assumption host-bodies": gettext_noop(
        "The registrar's manual does not say what these calls take: it is assumed."
    ),
    "a call per address; what the calls for hosts take and answer is not documented: assumption host-bodies": (
        gettext_noop(
            "One call for each address; the registrar's manual does not say what it takes: it is assumed."
        )
    ),
}
OPERATIONS = {
    "domain.set_renewal_mode": gettext_noop("Automatic renewal"),
    "domain.set_transfer_lock": gettext_noop("Transfer lock"),
    "domain.set_modification_lock": gettext_noop("Change lock"),
    "domain.set_whois_privacy": gettext_noop("WHOIS privacy"),
    "domain.buy_whois_privacy": gettext_noop("WHOIS privacy, bought by the year"),
    "domain.set_whois_visible": gettext_noop("Details in WHOIS"),
    "domain.set_nameservers": gettext_noop("Nameservers"),
    "domain.set_contacts": gettext_noop("Contacts"),
    "domain.change_owner": gettext_noop("Change of owner"),
    "domain.auth_code": gettext_noop("Auth code"),
    "domain.renew_auth_code": gettext_noop("New auth code"),
    "domain.renew": gettext_noop("Renewal"),
    "domain.restore": gettext_noop("Restoration"),
    "domain.delete": gettext_noop("Deletion"),
    "domain.release": gettext_noop("Handing over to the registrant"),
    "domain.glue_records": gettext_noop("Reading glue records"),
    "domain.create_glue": gettext_noop("New glue records"),
    "domain.update_glue": gettext_noop("Changed glue records"),
    "domain.delete_glue": gettext_noop("Removing glue records"),
    "domain.dnssec": gettext_noop("Reading DNSSEC keys"),
    "domain.set_signed": gettext_noop("Signing"),
    "domain.set_dnssec_keys": gettext_noop("DNSSEC keys, all at once"),
    "domain.add_dnssec_key": gettext_noop("New DNSSEC keys"),
    "domain.delete_dnssec_key": gettext_noop("Removing DNSSEC keys"),
    "domain.whois": gettext_noop("Public directory"),
    "domain.history": gettext_noop("The registrar's own history"),
    "domain.resend_verification": gettext_noop("E-mail to the registrant"),
}


def note_text(note: str) -> str:
    """A note of a table as staff read it; one that is plain already is shown as it is."""
    return _(PLAIN[note]) if note in PLAIN else note


def operation_text(operation: str) -> str:
    """What an operation of the contract is called; one without a name is shown as the contract's word."""
    return _(OPERATIONS[operation]) if operation in OPERATIONS else operation
