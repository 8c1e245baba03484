"""What becomes of a name if nobody acts, in plain words: only what is known, and what is not known is said to be so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from panel.core.cells import written_day
from panel.core.templatetags.formatting import format_money
from panel.domain.models import ENDED, Domain
from panel.domain.planning import capability
from panel.domain.renewal.dates import Dates
from panel.domain.renewal.prices import RenewalPrices
from registrar.types import RenewalMode

Status = Domain.Status
# On their way: they have no end yet.
COMING = frozenset({Status.REGISTERING, Status.TRANSFERRING})


@dataclass(frozen=True, slots=True)
class Outlook:
    """What happens without anybody's doing, sentence by sentence in the order of time; nothing for a name that ended.

    `renews` is True where it is prolonged by itself. `brief` is the one sentence for a list.
    """

    steps: tuple[str, ...]
    renews: bool = False
    brief: str = ""

    @property
    def text(self) -> str:
        """All of it in one paragraph."""
        return " ".join(self.steps)


def outlook(domain: Domain, dates: Dates | None, prices: RenewalPrices | None = None) -> Outlook:
    """What becomes of the name. Needs `account`; `prices` are those of its customer's brand."""
    if domain.status in ENDED or domain.status in COMING:
        return Outlook(())
    if domain.status == Status.PENDING_DELETE:
        return _told(_("The registry is about to delete it."), _free_for_all())
    if dates is None:
        return _told(_("We do not know yet when it expires: we are asking the registry."))
    if domain.status == Status.REDEMPTION:
        stopped, *restoring = _("It has stopped working."), *_restoring(domain, dates, prices)
        known = dates.restorable_until is not None and restoring
        return Outlook((stopped, *restoring, _free_for_all()), brief=restoring[0] if known else stopped)
    if dates.is_being_renewed or domain.status == Status.RENEWING:
        return _told(_being_renewed(dates), renews=True)
    if domain.renewal_mode == RenewalMode.AUTOMATIC:
        return _by_itself(domain, dates, prices)
    ending = tuple(_ending(domain, dates, prices))
    return Outlook((*_doubt(domain), *ending, _free_for_all()), brief=ending[0])


def _told(*steps: str, renews: bool = False) -> Outlook:
    return Outlook(steps, renews, brief=steps[0])


def _free_for_all() -> str:
    return _("After that anybody can register it.")


def _being_renewed(dates: Dates) -> str:
    if not dates.is_being_renewed:
        return _("It is being renewed.")
    return _("It is being renewed, and paid until %(day)s.") % {"day": written_day(dates.paid_until)}


def _by_itself(domain: Domain, dates: Dates, prices: RenewalPrices | None) -> Outlook:
    words = {"day": written_day(dates.expires_on)}
    if dates.expires_on < timezone.localdate():
        late = _("It was to renew by itself on %(day)s, and that does not show yet: we look into it.")
        return _told(late % words)
    price = prices.renewal(domain.tld_name, domain.account_id) if prices else None
    if price is None:
        return _told(_("It renews by itself, by %(day)s.") % words, renews=True)
    words["price"] = _money(price, prices)
    return _told(_("It renews by itself, by %(day)s, for %(price)s.") % words, renews=True)


def _doubt(domain: Domain) -> Iterator[str]:
    if domain.renewal_mode == RenewalMode.UNKNOWN:
        yield _("We do not know yet whether it renews by itself. If it does not:")


def _ending(domain: Domain, dates: Dates, prices: RenewalPrices | None) -> Iterator[str]:
    """From the day on which it stops working to the last day on which it can be brought back."""
    today = timezone.localdate()
    yield _stopping(domain, dates, today)
    if dates.renewable_until is None:
        yield _(
            "How long it can still be renewed after %(day)s is not known for .%(tld)s: do not count on it."
        ) % {
            "day": written_day(dates.expires_on),
            "tld": domain.tld_name,
        }
    elif dates.renewable_until > max(dates.expires_on, today):
        yield _("It can be renewed until %(day)s.") % {"day": written_day(dates.renewable_until)}
    yield from _restoring(domain, dates, prices)


def _stopping(domain: Domain, dates: Dates, today: date) -> str:
    if dates.works_until is None:
        if dates.expires_on < today:
            return _("It expired on %(day)s and can stop working at any moment.") % {
                "day": written_day(dates.expires_on)
            }
        return _("It can stop working from %(day)s on.") % {"day": written_day(dates.expires_on)}
    words = {"day": written_day(dates.works_until)}
    return (
        _("It stopped working on %(day)s.")
        if dates.works_until < today
        else _("It stops working on %(day)s.")
    ) % words


def _restoring(domain: Domain, dates: Dates, prices: RenewalPrices | None) -> Iterator[str]:
    if dates.restorable_until is None:
        yield _("Whether and until when it can be restored is not known for .%(tld)s.") % {
            "tld": domain.tld_name
        }
        return
    if dates.renewable_until == dates.restorable_until:
        return
    usable = capability(domain.account, domain.tld_name, "domain.restore").usable
    price = prices.restore(domain.tld_name, domain.account_id) if prices and usable else None
    words = {"day": written_day(dates.restorable_until), "price": _money(price, prices)}
    if price is not None:
        yield _("It can be restored until %(day)s, for %(price)s.") % words
    else:
        yield _("It can be restored until %(day)s; ask us what that costs.") % words


def _money(price: Decimal | None, prices: RenewalPrices | None) -> str:
    return format_money(price, prices.currency) if price is not None and prices is not None else ""
