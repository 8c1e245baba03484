"""Money: the double-entry ledger, price lists, carts and orders."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.account.models import Action
from panel.core.encryption import EncryptedJSONField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class LedgerAccount(models.Model):
    """Where money stands. A customer has a wallet and what is held; a brand has income and what was paid in.

    `balance` is the sum of the account's lines, kept beside them so that the database itself can refuse an overdraft.
    """

    class Type(models.TextChoices):
        WALLET = "wallet", _("Wallet")
        HELD = "held", _("Held")
        INCOME = "income", _("Income")
        PAID_IN = "paid_in", _("Paid in")

    type = models.CharField(max_length=10, choices=Type.choices)
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, null=True, related_name="ledger_accounts"
    )
    brand = models.ForeignKey(
        "brand.Brand", on_delete=models.PROTECT, null=True, related_name="ledger_accounts"
    )
    currency = models.CharField(max_length=3)
    balance = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal("0.00"))
    floor = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text="the lowest allowed balance; empty: none"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "customer", "currency"],
                condition=models.Q(customer__isnull=False),
                name="ledger_account_once_per_customer",
            ),
            models.UniqueConstraint(
                fields=["type", "brand", "currency"],
                condition=models.Q(brand__isnull=False),
                name="ledger_account_once_per_brand",
            ),
            models.CheckConstraint(
                condition=models.Q(customer__isnull=False, brand__isnull=True)
                | models.Q(customer__isnull=True, brand__isnull=False),
                name="ledger_account_has_one_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(floor__isnull=True) | models.Q(balance__gte=models.F("floor")),
                name="ledger_account_above_floor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.customer or self.brand} {self.currency}"


class Entry(models.Model):
    """One movement of money; its lines sum to zero. Never changed, never deleted."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", _("Top-up")
        CORRECTION = "correction", _("Correction")
        HOLD = "hold", _("Reserved")
        CAPTURE = "capture", _("Paid")
        RELEASE = "release", _("Given back")
        RENEWED = "renewed", _("Renewed by the registry")

    public_id = PublicIdField(prefix="en")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, related_name="entries")
    operation = models.ForeignKey(
        "operation.Operation", on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=200)
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, blank=True)
    idempotency_key = models.CharField(max_length=80, unique=True, null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "kind"],
                condition=models.Q(operation__isnull=False),
                name="entry_once_per_operation_and_kind",
            ),
            # Captured or released, never both: the second of the two dies here.
            models.UniqueConstraint(
                fields=["operation"],
                condition=models.Q(kind__in=["capture", "release"]),
                name="entry_hold_ends_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="entry_amount_positive"),
        ]
        indexes = [models.Index(fields=["customer", "-id"], name="entry_customer")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


class Line(models.Model):
    """One side of an entry. A positive amount adds to the account."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="lines")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Rounding(models.TextChoices):
    """How a computed price ends."""

    CENT = "0.01", _("To the cent")
    TEN_CENTS = "0.10", _("Up to ten cents")
    HALF = "0.50", _("Up to fifty cents")
    WHOLE = "1.00", _("Up to a whole unit")
    NINETY_NINE = ".99", _("Up to .99")
    NINETY = ".90", _("Up to .90")


class PriceList(TimeStampedModel):
    """How a brand computes what customers pay from what names cost."""

    brand = models.OneToOneField("brand.Brand", on_delete=models.CASCADE, related_name="price_list")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    margin_percent = models.DecimalField(
        _("margin, percent"), max_digits=6, decimal_places=2, default=Decimal(25)
    )
    margin_fixed = models.DecimalField(
        _("margin, amount"), max_digits=8, decimal_places=2, default=Decimal(0)
    )
    rounding = models.CharField(
        _("rounding"), max_length=5, choices=Rounding.choices, default=Rounding.NINETY
    )

    def __str__(self) -> str:
        return str(self.brand)


class PriceRule(TimeStampedModel):
    """Another margin for one extension (and, if given, one action). Empty values follow the list."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="rules")
    tld_name = models.CharField(_("extension"), max_length=63)
    action = models.CharField(_("action"), max_length=10, choices=Action.choices, blank=True, default="")
    margin_percent = models.DecimalField(
        _("margin, percent"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    margin_fixed = models.DecimalField(
        _("margin, amount"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    rounding = models.CharField(_("rounding"), max_length=5, choices=Rounding.choices, blank=True, default="")
    is_sold = models.BooleanField(_("sold"), default=True)
    below_cost_approved_by = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["tld_name", "action"]
        constraints = [
            models.UniqueConstraint(fields=["price_list", "tld_name", "action"], name="price_rule_once")
        ]

    def __str__(self) -> str:
        return f".{self.tld_name} {self.action}"


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in another, from a moment on, as staff say. Never changed, never deleted."""

    source = models.CharField(_("from"), max_length=3)
    target = models.CharField(_("to"), max_length=3)
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)
    since = models.DateTimeField(_("since"))
    set_by = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="exchange_rate_positive"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="exchange_rate_of_two_currencies"
            ),
        ]
        indexes = [models.Index(fields=["target", "source", "since"], name="exchange_rate_current")]

    def __str__(self) -> str:
        return f"1 {self.source} = {self.rate.normalize():f} {self.target}"


class Cart(TimeStampedModel):
    """What a customer is about to buy. One per customer, kept until it is paid."""

    customer = models.OneToOneField("people.Customer", on_delete=models.CASCADE, related_name="cart")
    registrant = models.ForeignKey(
        "contact.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nameservers = models.JSONField(default=list)
    tld_fields = EncryptedJSONField(default=dict, help_text="neutral fields by extension")

    def __str__(self) -> str:
        return f"cart of {self.customer}"


class CartLine(TimeStampedModel):
    """A name in the cart."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField(max_length=253)
    tld_name = models.CharField(max_length=63)
    action = models.CharField(max_length=10, choices=Action.choices, default=Action.CREATE)
    years = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cart", "name"], name="cart_name_once")]

    def __str__(self) -> str:
        return self.name


class Order(TimeStampedModel):
    """What was bought in one checkout."""

    public_id = PublicIdField(prefix="or")
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, related_name="orders")
    placed_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="orders")
    total = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    checkout_key = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="when the customer was mailed how it ended"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class OrderLine(models.Model):
    """One name of an order, with the price agreed and the operation that carries it out.

    `cost` is in the order's currency, at the rate of the moment, so that price and cost make a margin for good;
    `account_cost` is what the registrar asked, in its own currency. Both are for all years.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField(max_length=253)
    action = models.CharField(max_length=10, choices=Action.choices)
    years = models.PositiveSmallIntegerField(default=1)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    cost = models.DecimalField(max_digits=12, decimal_places=2)
    account_cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    account_currency = models.CharField(max_length=3, blank=True, default="")
    operation = models.OneToOneField(
        "operation.Operation", on_delete=models.PROTECT, related_name="order_line"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
