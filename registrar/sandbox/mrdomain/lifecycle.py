"""What time does to an account: pendings settle, contacts are verified, domains expire and go."""

from __future__ import annotations

import heapq
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years, day, stamp
from registrar.sandbox.mrdomain.model import LIVE, Contact, Domain, Stage
from registrar.sandbox.tlds import TLDS

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

DAY = 86400.0
REDEMPTION_DAYS = 30
PENDING_DELETE_DAYS = 5
VERIFICATION_DAYS = 15


class Lifecycle:
    """A queue of moments at which some domain changes by itself."""

    def __init__(self, family: MrDomain) -> None:
        self._family = family
        self._due: list[tuple[float, int]] = []
        self._verifying: set[str] = set()

    def restart(self) -> None:
        """Look at the whole account afresh, after a reset or a load."""
        self._due = []
        account = self._family.account
        self._verifying = {key for key, row in account.contacts.items() if row.verify_at is not None}
        for domain in account.domains.values():
            self.watch(domain)

    def watch(self, domain: Domain) -> None:
        """Put the domain's next moment into the queue; call it after every change of its state or dates."""
        moment = self._next(domain)
        if moment is not None:
            heapq.heappush(self._due, (moment, domain.domain_id))

    def _next(self, domain: Domain) -> float | None:
        if domain.stages:
            return domain.stages[0].at
        if domain.expires is None:
            return None
        grace = domain.expires + TLDS[domain.tld].grace_days * DAY
        redemption = grace + REDEMPTION_DAYS * DAY
        ends = {
            "active": domain.expires,
            "renewed": domain.expires,
            "expired-renewgrace": grace,
            "expired-redemption": redemption,
            "expired-pendingdelete": redemption + PENDING_DELETE_DAYS * DAY,
        }
        return ends.get(domain.status)

    def tick(self) -> None:
        """Apply everything that is due, in order of time."""
        account, now = self._family.account, self._family.world.clock.now()
        while self._due and self._due[0][0] <= now:
            _, number = heapq.heappop(self._due)
            domain = account.domains.get(number)
            moment = self._next(domain) if domain else None
            if domain is None or moment is None:
                continue
            if moment <= now:
                self._happen(domain, moment)
            if domain.domain_id in account.domains:
                self.watch(domain)
        for key in sorted(self._verifying):
            contact = account.contacts[key]
            if contact.verify_at is not None and contact.verify_at <= now:
                self._verified(contact, "failed" if "unverified" in contact.email else "verified")

    def settle(self) -> None:
        """Every pending step succeeds now; nothing expires by it."""
        now = self._family.world.clock.now()
        for domain in list(self._family.account.domains.values()):
            while domain.stages:
                stage = domain.stages.pop(0)
                stage.at = now
                self.apply(domain, stage)
            self.watch(domain)
        for key in sorted(self._verifying):
            self._verified(self._family.account.contacts[key], "verified")

    def _happen(self, domain: Domain, moment: float) -> None:
        if domain.stages:
            self.apply(domain, domain.stages.pop(0))
        elif domain.status in LIVE:
            self._expire(domain, moment)
        elif domain.status == "expired-renewgrace":
            self._move(domain, moment, "expired-redemption", "The domain entered the redemption period")
        elif domain.status == "expired-redemption":
            self._move(domain, moment, "expired-pendingdelete", "The domain is about to be deleted")
        else:
            self._delete(domain, moment)

    def apply(self, domain: Domain, stage: Stage) -> None:
        """Let one stage of a pending operation happen at its own moment."""
        for name, value in stage.set.items():
            setattr(domain, name, value)
        if stage.years:
            domain.created = domain.created or stage.at
            domain.expires = add_years(domain.expires or stage.at, stage.years)
        if stage.title:
            self._note(domain, stage.at, stage.title, stage.message)
        if stage.refund:
            self._family.account.balance += Decimal(stage.refund)
            self._record("(refund)", domain, price=str(-Decimal(stage.refund)))

    def _move(self, domain: Domain, moment: float, status: str, message: str) -> None:
        domain.status = status
        self._note(domain, moment, "Expiration", message)

    def _expire(self, domain: Domain, moment: float) -> None:
        tld, account = TLDS[domain.tld], self._family.account
        years, price = tld.renew_years[0], tld.renew
        if domain.renewal_mode != "autorenew" or price is None or account.balance < price * years:
            self._move(domain, moment, "expired-renewgrace", "The domain has expired")
            return
        account.balance -= price * years
        domain.expires = add_years(moment, years)
        self._note(domain, moment, "Renewal", f"Renewed automatically until {day(domain.expires)}")
        self._record("(autorenew)", domain, price=str(price * years))

    def _delete(self, domain: Domain, moment: float) -> None:
        account = self._family.account
        account.remove(domain)
        self._family.world.names.free(domain.name)
        row = {"name": domain.name, "tld": domain.tld, "tsDeleted": day(moment), "info": "Domain expired"}
        account.deleted.insert(0, row)

    def _record(self, action: str, domain: Domain, **details: Any) -> None:
        balance = str(self._family.account.balance)
        self._family.world.record(
            self._family.name, action, domain.name, currency="EUR", balance=balance, arguments={}, **details
        )

    def _note(self, domain: Domain, moment: float, title: str, message: str) -> None:
        row = {"ts": stamp(moment), "ip": "127.0.0.1", "user": "system", "title": title, "message": message}
        domain.history.append(row)

    def verify(self, contact: Contact) -> None:
        """Ask a registrant to confirm the e-mail address; ends by itself after a seed-chosen while."""
        world = self._family.world
        wait = world.dice("verify", contact.contact_id).uniform(60, 180)
        contact.verification = "inprocess"
        # Nobody clicks the link of an address with "unverified" in it: the time runs out.
        contact.verify_at = world.clock.now() + (
            VERIFICATION_DAYS * DAY if "unverified" in contact.email else wait
        )
        self._verifying.add(contact.contact_id)

    def _verified(self, contact: Contact, outcome: str) -> None:
        contact.verification, contact.verify_at = outcome, None
        contact.da_accepted = outcome == "verified"
        self._verifying.discard(contact.contact_id)
