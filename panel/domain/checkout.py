"""From cart to order: checked, priced, paid and planned in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.access.actor import Actor
from panel.billing import ledger
from panel.billing.models import Cart, CartLine, Order, OrderLine
from panel.billing.pricing import PriceBook, Quote
from panel.contact.models import Contact, ContactHandle
from panel.contact.services import Extra, plan_registrant
from panel.contact.validation import validate_contact, validate_extra, validate_nameservers
from panel.domain.models import ENDED, Availability, Domain, subject_of
from panel.domain.registrant import as_payload, split_extra
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import OPEN
from registrar.tld import nameserver_limits

Text = str | Promise
PREMIUM_PRICE_HOLDS = timedelta(hours=1)


class CartNotReady(Exception):
    """The cart cannot be ordered as it is; `review` says why, line by line."""

    def __init__(self, review: Review) -> None:
        super().__init__("the cart is not ready")
        self.review = review


class PriceChanged(Exception):
    """The total is not what the person agreed to; `new_total` is what it is now."""

    def __init__(self, new_total: Decimal) -> None:
        super().__init__(f"the total is {new_total} now")
        self.new_total = new_total


@dataclass
class ReviewLine:
    """A name of the cart with its price, and what stands in its way (empty: nothing)."""

    line: CartLine
    quote: Quote | None = None
    total: Decimal | None = None
    premium: bool = False
    problem: Text = ""
    field_errors: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class Review:
    """Everything a person must see before paying."""

    lines: list[ReviewLine]
    total: Decimal
    currency: str
    available: Decimal
    missing: Decimal
    problems: list[Text]

    @property
    def ready(self) -> bool:
        """True when the order can be placed as it is."""
        clean = all(not line.problem and not line.field_errors for line in self.lines)
        return bool(self.lines) and clean and not self.problems and self.missing == 0

    @property
    def payable(self) -> bool:
        """True when nothing but money is missing."""
        clean = all(not line.problem and not line.field_errors for line in self.lines)
        return bool(self.lines) and clean and not self.problems


def review(actor: Actor, cart: Cart) -> Review:
    """Price and check the cart; changes nothing."""
    customer = cart.customer
    lines = list(cart.lines.all())
    book = PriceBook(customer.brand, {line.tld_name for line in lines})
    registrant = cart.registrant if cart.registrant and cart.registrant.customer_id == customer.pk else None
    known = _known_answers(lines)
    reviewed = [_review_line(line, book, cart, registrant, known) for line in lines]
    _mark_unavailable(reviewed, customer)
    total = sum((line.total for line in reviewed if line.total is not None), Decimal("0.00"))
    available = ledger.available(customer)
    return Review(
        lines=reviewed,
        total=total,
        currency=customer.currency,
        available=available,
        missing=max(total - available, Decimal("0.00")),
        problems=_cart_problems(cart, registrant, reviewed),
    )


def _known_answers(lines: list[CartLine]) -> dict[tuple[int, str], Availability]:
    rows = Availability.objects.filter(name__in=[line.name for line in lines])
    return {(row.account_id, row.name): row for row in rows}


def _review_line(
    line: CartLine,
    book: PriceBook,
    cart: Cart,
    registrant: Contact | None,
    answers: dict[tuple[int, str], Availability],
) -> ReviewLine:
    reviewed = ReviewLine(line=line)
    account = book.account_for(line.tld_name, line.action)
    known = answers.get((account.pk, line.name)) if account else None
    cost = None
    if known and known.state == Availability.State.PREMIUM:
        reviewed.premium, cost = True, known.cost
        if timezone.now() - known.checked_at > PREMIUM_PRICE_HOLDS or cost is None:
            reviewed.problem = _("Premium prices move. Search for this name again to see today's price.")
    reviewed.quote = book.quote(line.tld_name, line.action, cost=cost)
    if reviewed.quote is None:
        reviewed.problem = _("This extension cannot be bought at the moment.")
        return reviewed
    if not reviewed.quote.sellable:
        reviewed.problem = _("The price of this extension is being reviewed. Please ask us.")
    elif known and known.state == Availability.State.TAKEN:
        reviewed.problem = _("This name is no longer free.")
    elif line.years not in reviewed.quote.years:
        reviewed.problem = _("Choose another number of years: this one is not offered.")
    reviewed.total = reviewed.quote.total(line.years)
    if registrant is not None:
        given = cart.tld_fields.get(line.tld_name, {})
        family = reviewed.quote.account.family
        reviewed.field_errors = validate_extra(family, line.tld_name, line.action, registrant.type, given)[1]
    return reviewed


def _mark_unavailable(reviewed: list[ReviewLine], customer: Any) -> None:
    names = [line.line.name for line in reviewed]
    held = set(Domain.objects.filter(name__in=names).exclude(status__in=ENDED).values_list("name", flat=True))
    subjects = [subject_of(name) for name in names]
    running = Operation.objects.filter(subject__in=subjects, kind="domain.create", state__in=OPEN)
    coming = set(running.values_list("subject", flat=True))
    for line in reviewed:
        if line.line.name in held or subject_of(line.line.name) in coming:
            line.problem = _("This name is no longer free.")


def _cart_problems(cart: Cart, registrant: Contact | None, reviewed: list[ReviewLine]) -> list[Text]:
    problems: list[Text] = []
    if registrant is None:
        problems.append(_("Choose who the names are registered for."))
    elif validate_contact(_as_form(registrant))[1]:
        problems.append(_("The contact is not complete. Open it and fill in what is missing."))
    if cart.nameservers:
        families = {line.quote.account.family for line in reviewed if line.quote}
        for family in families:
            limits = nameserver_limits(family)
            problems += validate_nameservers(cart.nameservers, limits.minimum, limits.maximum)[1]
    return problems


def _as_form(contact: Contact) -> dict[str, str]:
    content = contact.content()
    return {name: str(getattr(content, name)) for name in content.__dataclass_fields__}


def checkout(actor: Actor, cart: Cart, *, checkout_key: str, expected_total: Decimal) -> Order:
    """Place the order: operations planned, money held, cart emptied, or nothing at all.

    The same `checkout_key` gives the same order again. Raises CartNotReady, PriceChanged, ledger.NotEnoughMoney and
    operation.services.AlreadyOpen (somebody else was quicker).
    """
    with transaction.atomic():
        # The cart alone: with its customer and brand locked, workers could not record and would lock us out in turn.
        cart = Cart.objects.select_for_update(of=("self",)).select_related("customer__brand").get(pk=cart.pk)
        placed = Order.objects.filter(checkout_key=checkout_key, customer=cart.customer).first()
        if placed is not None:
            return placed
        found = review(actor, cart)
        if not found.payable:
            raise CartNotReady(found)
        if found.total != expected_total:
            raise PriceChanged(found.total)
        if found.missing:
            raise ledger.NotEnoughMoney(found.missing, found.currency)
        order = Order.objects.create(
            customer=cart.customer,
            placed_by=actor.user,
            total=found.total,
            currency=found.currency,
            checkout_key=checkout_key,
        )
        for line in found.lines:
            _order_line(actor, cart, order, line)
        cart.lines.all().delete()
        Cart.objects.filter(pk=cart.pk).update(tld_fields={}, nameservers=[])
    return order


def _order_line(actor: Actor, cart: Cart, order: Order, reviewed: ReviewLine) -> None:
    quote, line = reviewed.quote, reviewed.line
    assert quote is not None
    assert reviewed.total is not None
    assert cart.registrant is not None
    given = cart.tld_fields.get(line.tld_name, {})
    extra, secret, _problems = split_extra(
        quote.account.family, line.tld_name, line.action, cart.registrant.type, given
    )
    asked = Extra(line.tld_name, line.name, extra, secret)
    owner = plan_registrant(cart.registrant, quote.account, actor.user, asked)
    operation = plan(
        "domain.create",
        subject=subject_of(line.name),
        label=line.name,
        account=quote.account,
        intent_key=f"domain.create:{order.public_id}:{line.name}",
        payload={
            "tld": line.tld_name,
            "years": line.years,
            "premium": reviewed.premium,
            "nameservers": list(cart.nameservers),
            "owner": owner.handle if isinstance(owner, ContactHandle) else "",
            "registrant": as_payload(cart.registrant),
            "registrant_pk": cart.registrant.pk,
            "extra": extra,
        },
        secrets={"extra": secret} if secret else {},
        starts_from=_known_before(line.name),
        customer=cart.customer,
        actor=actor.user,
        depends_on=owner if isinstance(owner, Operation) else None,
        price=reviewed.total,
        currency=order.currency,
    )
    ledger.hold(operation)
    OrderLine.objects.create(
        order=order,
        name=line.name,
        action=line.action,
        years=line.years,
        price=reviewed.total,
        **quote.costs(line.years),
        operation=operation,
    )


def _known_before(name: str) -> dict[str, Any]:
    """What the panel knew of the name: an earlier registration of it must not be taken for this one."""
    known = Domain.objects.filter(name=name).values_list("remote_id", flat=True).first()
    return {"in_account": known is not None, "remote_id": known or ""}
