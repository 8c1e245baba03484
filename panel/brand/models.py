"""Brands: the operator's own, and the hosting companies that sell under their names."""

from __future__ import annotations

from email.utils import formataddr

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel

host_validator = RegexValidator(
    r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("Use a host name such as panel.example.com.")
)


class Brand(TimeStampedModel):
    """A name under which domains are sold. Everything that a customer sees carries it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("short name"), unique=True)
    is_operator = models.BooleanField(_("operator's own brand"), default=False)
    support_email = models.EmailField(_("support e-mail"))
    sender_name = models.CharField(_("sender of e-mails"), max_length=80, blank=True)
    monogram = models.CharField(
        _("monogram"), max_length=2, help_text=_("One or two letters shown as the logo.")
    )
    hue = models.PositiveSmallIntegerField(
        _("color hue"),
        default=265,
        validators=[MaxValueValidator(359)],
        help_text=_("0 to 359 on the color wheel."),
    )
    chroma = models.PositiveSmallIntegerField(
        _("color strength"),
        default=15,
        validators=[MinValueValidator(2), MaxValueValidator(25)],
        help_text=_("2 (calm) to 25 (vivid)."),
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    default_language = models.CharField(_("language"), max_length=5, default="en")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_operator"], condition=models.Q(is_operator=True), name="brand_one_operator"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sender(self) -> str:
        """What stands in From: of the brand's e-mails."""
        return formataddr((self.sender_name or self.name, self.support_email or settings.DEFAULT_FROM_EMAIL))

    @property
    def theme_version(self) -> str:
        """Changes whenever the look does, so that browsers fetch the new colors."""
        return f"{self.hue}-{self.chroma}"


class BrandHost(models.Model):
    """A host name on which a brand's panel answers."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("host name"), max_length=253, unique=True, validators=[host_validator])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
