"""The account as the control port shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.bookmyname import contactdata
from registrar.sandbox.bookmyname.domain_read import view
from registrar.sandbox.bookmyname.model import CURRENCY, Account, Domain
from registrar.sandbox.clock import iso

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName


def state(family: BookMyName) -> dict[str, Any]:
    """Everything there is in the account."""
    account, now = family.account, family.world.clock.now()
    transactions = [
        {**vars(row), "status": row.status(now), "in": round(row.ends - now, 3) if row.open else 0}
        for row in account.transactions.values()
    ]
    return {
        "balance": str(account.balance),
        "currency": CURRENCY,
        "switches": vars(account.switches),
        "das": vars(account.das),
        "domains": [domain_state(account, domain) for domain in account.domains.values()],
        "contacts": [
            {**contactdata.view(row, "fr"), "extensions": _extensions(row.fields)}
            for row in account.contacts.values()
        ],
        "hosts": [vars(host) for host in account.hosts.values()],
        "transactions": transactions,
        "outside": account.outside,
        "paid": account.paid,
        "fail": account.fail,
    }


def _extensions(fields: dict[str, str]) -> dict[str, str]:
    return {key: fields[key] for key in (*contactdata.EXTENSIONS, "region_id") if fields.get(key)}


def domain_state(account: Account, domain: Domain) -> dict[str, Any]:
    expires = None if domain.expires is None else iso(domain.expires)
    return {**view(account, domain), "ours": account.may_see(domain), "expires": expires}
