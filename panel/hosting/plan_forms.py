"""What people enter about a plan."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.core.cells import written_day
from panel.core.templatetags.formatting import format_money
from panel.domain.models import Domain
from panel.hosting.models import Plan
from panel.hosting.plan_services import Offer, until
from registrar.types import RenewalMode

MOST_YEARS = 5


class PlanForm(forms.Form):
    """One thing about a plan; `do` says which, `key` tells one filling from another."""

    use_required_attribute = False
    DO = ""
    do = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, data: Any, *, domain: Domain, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"do": self.DO, "key": secrets.token_urlsafe(16), **(initial or {})})
        self.domain = domain


class BuyForm(PlanForm):
    """A product, and for how long."""

    DO = "buy"
    product = forms.ChoiceField(label=gettext_lazy("Plan"), widget=forms.RadioSelect)
    years = forms.TypedChoiceField(label=gettext_lazy("For how long"), coerce=int)

    def __init__(self, data: Any, *, domain: Domain, offers: Sequence[Offer]) -> None:
        super().__init__(data, domain=domain)
        _choices(self, "product", [(offer.key, offer_line(offer, per_year=True)) for offer in offers])
        _choices(self, "years", [(years, years_line(years)) for years in range(1, MOST_YEARS + 1)])


class UpgradeForm(PlanForm):
    """A higher product, at the difference that was shown."""

    DO = "upgrade"
    product = forms.ChoiceField(label=gettext_lazy("Larger plan"), widget=forms.RadioSelect)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, data: Any, *, domain: Domain, offers: Sequence[Offer]) -> None:
        seen = ";".join(f"{offer.key}={'' if offer.price is None else offer.price}" for offer in offers)
        super().__init__(data, domain=domain, initial={"shown": seen})
        _choices(self, "product", [(offer.key, offer_line(offer)) for offer in offers])

    @property
    def price(self) -> Decimal | None:
        """The difference that the person saw for the product that they chose."""
        pairs = dict(part.split("=", 1) for part in self.cleaned_data["shown"].split(";") if "=" in part)
        text = pairs.get(self.cleaned_data["product"], "")
        try:
            return Decimal(text) if text else None
        except ArithmeticError:
            return None


class RenewForm(PlanForm):
    """For how many years more."""

    DO = "renew"
    years = forms.TypedChoiceField(label=gettext_lazy("Renew for"), coerce=int)
    expires_on = forms.DateField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, domain: Domain, plan: Plan, price: Decimal | None, currency: str
    ) -> None:
        super().__init__(data, domain=domain, initial={"expires_on": plan.expires_on})
        lines = []
        for years in range(1, MOST_YEARS + 1):
            end = until(plan, years)
            words = _("%(years)s, until %(day)s") % {"years": years_line(years), "day": written_day(end)}
            if price is not None:
                words = f"{words}: {format_money(price * years, currency)}"
            lines.append((years, words))
        _choices(self, "years", lines)


class ModeForm(PlanForm):
    """What happens when the plan expires."""

    DO = "mode"
    mode = forms.ChoiceField(
        label=gettext_lazy("When it expires"),
        choices=[
            (RenewalMode.AUTOMATIC.value, gettext_lazy("Renew it automatically")),
            (RenewalMode.MANUAL.value, gettext_lazy("Let it expire, unless somebody renews it")),
        ],
    )


class PhpForm(PlanForm):
    """One of the versions that the plan offers."""

    DO = "php"
    version = forms.ChoiceField(label=gettext_lazy("PHP version"))

    def __init__(self, data: Any, *, domain: Domain, plan: Plan) -> None:
        super().__init__(data, domain=domain, initial={"version": plan.php.get("version", "")})
        _choices(
            self,
            "version",
            [
                (version, _("The usual one") if version == "default" else f"PHP {version}")
                for version in plan.php.get("available", ())
            ],
        )


class BuilderForm(forms.Form):
    """Which of the plan's addresses is to be built."""

    use_required_attribute = False
    host = forms.ChoiceField(label=gettext_lazy("Address"))

    def __init__(self, *args: Any, hosts: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        _choices(self, "host", hosts)


def years_line(years: int) -> str:
    """So many years in words."""
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}


def offer_line(offer: Offer, *, per_year: bool = False) -> str:
    """A product with its price, or that the price is not known here."""
    if offer.price is None:
        return offer.name
    money = format_money(offer.price, offer.currency)
    if per_year:
        return _("%(plan)s, %(money)s a year") % {"plan": offer.name, "money": money}
    return _("%(plan)s, %(money)s more until it expires") % {"plan": offer.name, "money": money}


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[Any, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
