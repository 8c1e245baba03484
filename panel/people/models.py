"""People, the customers they act for, and their roles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panel.brand.models import Brand
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class UserManager(BaseUserManager["User"]):
    """Users are found by e-mail, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A new user. Raises ValueError without an e-mail."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A member of the operator's staff with every right."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **extra})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. `is_staff` means the operator's staff."""

    public_id = PublicIdField(prefix="us")
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(_("operator's staff"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    language = models.CharField(_("language"), max_length=5, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)

    # Who acts as this person in the present request, if anybody: whatever records the person records both.
    impersonated_by: User | None = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def acted_by(self, staff: User | None) -> User:
        """This person with who acted as it when it asked for something: for what a worker makes of that later."""
        self.impersonated_by = staff
        return self

    def get_full_name(self) -> str:
        return self.name or self.email


class Customer(TimeStampedModel):
    """Who buys: a person or a company, of exactly one brand."""

    class NewNames(models.TextChoices):
        AS_IT_COMES = "", _("As each extension comes")
        AUTOMATIC = "automatic", _("Renew by themselves")
        MANUAL = "manual", _("Are renewed by hand")

    public_id = PublicIdField(prefix="cu")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="customers")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail for notices"))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    credit_line = models.DecimalField(
        _("credit line"),
        max_digits=12,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text=_("How far below zero the wallet may go."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    new_names_renew = models.CharField(
        _("new names"),
        max_length=12,
        choices=NewNames.choices,
        blank=True,
        default=NewNames.AS_IT_COMES,
        help_text=_("How names that are registered or moved here from now on are renewed."),
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(credit_line__gte=0), name="customer_credit_positive")
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do for a customer."""

    OWNER = "owner", _("Owner: everything, and who else may")
    MANAGER = "manager", _("Manager: buy and change")
    READER = "reader", _("Read-only: look, not touch")


class Membership(TimeStampedModel):
    """A person's role for a customer."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.READER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "customer"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.customer}"


class BrandMembership(TimeStampedModel):
    """A person who runs a brand."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="brand_memberships")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "brand"], name="brand_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.brand}"


class Invitation(TimeStampedModel):
    """A person asked by e-mail to act for a customer. The link in the e-mail is signed, not stored."""

    public_id = PublicIdField(prefix="iv")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="invitations")
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.READER)
    email = models.EmailField(_("e-mail"))
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # Somebody who asks twice sends the same invitation again.
            models.UniqueConstraint(
                Lower("email"),
                "customer",
                condition=models.Q(accepted_at=None, customer__isnull=False),
                name="invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """True while the link in the e-mail works."""
        return self.accepted_at is None and self.expires_at > timezone.now()
