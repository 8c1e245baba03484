"""What time does to certificates: names and companies are validated, files issued, and they expire."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from registrar.sandbox.clock import add_years
from registrar.sandbox.mrdomain.certificate_authority import authority, issue
from registrar.sandbox.mrdomain.certificate_model import DAY, OPEN, Certificate
from registrar.sandbox.mrdomain.certificate_products import TRIAL_DAYS
from registrar.sandbox.mrdomain.views import CURRENCY

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain


class CertificateLife:
    """There are few certificates, so every one is looked at."""

    def __init__(self, family: MrDomain) -> None:
        self._family = family

    def tick(self) -> None:
        """Apply everything that is due."""
        now = self._family.world.clock.now()
        for certificate in self._family.account.certificates.values():
            if certificate.status in OPEN:
                self._validate(certificate, now)
            if certificate.status in ("valid", "renew") and (certificate.expires or now) < now:
                certificate.status = "expired"

    def settle(self) -> None:
        """Every validation succeeds now."""
        now = self._family.world.clock.now()
        for certificate in self._family.account.certificates.values():
            if certificate.status in OPEN:
                for check in certificate.checks:
                    check.validated, check.due = True, None
                certificate.organization_due = None
                self._conclude(certificate, now)

    def _validate(self, certificate: Certificate, now: float) -> None:
        """Let pass what is due; the certificate is issued at the moment of the last of it."""
        moments = [check.due for check in certificate.checks if check.due is not None and check.due <= now]
        for check in certificate.checks:
            if check.due is not None and check.due <= now:
                check.validated, check.due = True, None
        if certificate.organization_due is not None and certificate.organization_due <= now:
            moments.append(certificate.organization_due)
            certificate.organization_due = None
        if moments:
            self._conclude(certificate, max(moments))

    def _conclude(self, certificate: Certificate, moment: float) -> None:
        """Issue, or cancel where the name begins with "cancel", once everything is proved."""
        if certificate.organization_due is not None or not all(row.validated for row in certificate.checks):
            return
        if certificate.status == "process" and certificate.common_name.startswith("cancel"):
            self._cancel(certificate)
            return
        old = self._family.account.certificates.get(certificate.renews)
        if certificate.status == "process":
            certificate.created = moment
            certificate.expires = self._end(certificate, old, moment)
            if old is not None and old.status == "renew":
                old.status = "valid"
        assert certificate.expires is not None
        certificate.pem = issue(certificate.csr, certificate.names, moment, certificate.expires)
        certificate.chain, certificate.status, certificate.refund = [authority().pem], "valid", ""

    def _end(self, certificate: Certificate, old: Certificate | None, moment: float) -> float:
        """A renewal adds to what is left of the certificate that it follows."""
        if not certificate.years:
            return moment + TRIAL_DAYS * DAY
        left = max(moment, old.expires) if old is not None and old.expires else moment
        return add_years(left, certificate.years)

    def _cancel(self, certificate: Certificate) -> None:
        account, amount = self._family.account, Decimal(certificate.refund or 0)
        certificate.status, certificate.refund = "cancel", ""
        old = account.certificates.get(certificate.renews)
        if old is not None and old.status == "renew":
            old.status = "valid"
        account.balance += amount
        money = {"price": str(-amount), "currency": CURRENCY, "balance": str(account.balance)}
        self._family.world.record(
            self._family.name, "(refund)", certificate.common_name, arguments={}, **money
        )
