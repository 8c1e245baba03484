"""Pure functions behind the template filters: money, names and distances in time as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

import idna
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

MINUS: Final = "\N{MINUS SIGN}"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_DIGITS: Final = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}
_SYMBOL_FIRST: Final = frozenset({"en"})

_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
_OPERATING_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


def format_money(amount: object, currency: str = "EUR") -> str:
    """Write an amount in its currency as the active language does: "€1,234.50", "1 234,50 €", "CHF 12.00".

    ``amount`` is in whole units of the currency (not cents); fractions are rounded half up to the currency's
    own digits. Anything that is not a finite number gives an empty string.
    """
    return _money(get_language(), str(amount), str(currency or "").upper())


@lru_cache(maxsize=4096)
def _money(language: str | None, amount: str, code: str) -> str:
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return ""
    if not value.is_finite():
        return ""
    digits = _DIGITS.get(code, 2)
    value = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    number = formats.number_format(abs(value), decimal_pos=digits, use_l10n=True, force_grouping=True)
    sign = MINUS if value < 0 else ""
    symbol = _SYMBOLS.get(code, code)
    if not symbol:
        return f"{sign}{number}"
    if (language or "en").split("-")[0] in _SYMBOL_FIRST:
        gap = NO_BREAK if symbol.isalpha() else ""
        return f"{sign}{symbol}{gap}{number}"
    return f"{sign}{number}{NO_BREAK}{symbol}"


def to_ulabel(name: object) -> str:
    """Show an A-label name as a person writes it; what cannot be decoded comes back as it is."""
    text = "" if name is None else str(name)
    if "xn--" not in text.lower():
        return text
    return ".".join(_label_to_unicode(label) for label in text.split("."))


def _label_to_unicode(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError, ValueError, IndexError):
        return label


def split_name(name: object) -> tuple[str, str]:
    """Split a name at its first dot, for showing the extension more quietly: ("lighthouse", ".co.uk")."""
    label, dot, rest = to_ulabel(name).partition(".")
    return label, f"{dot}{rest}"


def to_relative(value: object, now: datetime | None = None) -> str:
    """Say how far a date or an aware time is from now: "in 3 days", "2 hours ago", "today".

    Dates are compared by calendar day in the active time zone, times by seconds. Anything else gives "".
    """
    current = now or timezone.now()
    if isinstance(value, datetime):
        moment = value if timezone.is_aware(value) else value.replace(tzinfo=UTC)
        return _relative_seconds((moment - current).total_seconds())
    if isinstance(value, date):
        return relative_days((value - timezone.localtime(current).date()).days)
    return ""


def _relative_seconds(seconds: float) -> str:
    distance = abs(seconds)
    if distance < 45:
        return gettext("just now")
    if distance < _HOUR:
        count = max(1, round(distance / _MINUTE))
        amount = ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    elif distance < _DAY:
        count = round(distance / _HOUR)
        amount = ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    else:
        return relative_days(round(seconds / _DAY))
    return _in_or_ago(amount, future=seconds > 0)


def relative_days(days: int) -> str:
    """Say how far a day is: "in 3 days", "yesterday"."""
    return _relative_days(get_language(), days)


@lru_cache(maxsize=4096)
def _relative_days(_language: str | None, days: int) -> str:
    if -1 <= days <= 1:
        return {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}[days]
    count = abs(days)
    if count < 60:
        amount = ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    elif count < 365:
        count = round(count / 30.44)
        amount = ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
    else:
        count = round(count / 365.25)
        amount = ngettext("%(count)d year", "%(count)d years", count) % {"count": count}
    return _in_or_ago(amount, future=days > 0)


def _in_or_ago(amount: str, *, future: bool) -> str:
    pattern = gettext("in %(amount)s") if future else gettext("%(amount)s ago")
    return pattern % {"amount": amount}


def browser_name(user_agent: object) -> str:
    """Name the browser and the system behind a User-Agent: "Firefox · Windows"; unknown ones are cut short.

    Order matters: nearly every browser also claims to be Chrome, Safari, or both.
    """
    text = str(user_agent or "")
    found = [
        next((name for mark, name in marks if mark in text), "") for marks in (_BROWSERS, _OPERATING_SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or text[:60]


def initials(name: object) -> str:
    """One or two letters for an avatar, from a name or an e-mail address."""
    words = [
        word for word in str(name or "").split("@")[0].replace(".", " ").replace("-", " ").split() if word
    ]
    if not words:
        return "?"
    letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    return letters.upper()
