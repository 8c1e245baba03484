"""What pages show by the dozen: a name, a date, an amount, a state, something that happened.

Drawn here rather than by templates, since a page has some hundreds of them; the components `c-domain-name`, `c-date`,
`c-money`, `c-badge` and `c-timeline-item` draw with these too, so that a cell and a component are always the same.
What many rows have in common, such as a day or a state, is drawn once for a language and remembered.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from panel.core.icons import draw_icon
from panel.core.markup import escaped
from panel.core.templatetags import formatting

TONE_ICONS = {
    "neutral": "circle-minus",
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-x",
    "pending": "loader",
}
NOTHING = mark_safe("")
# Months have a capital in English only. In French three letters are not how they are cut short: June and July differ
# in the fourth.
DAY_FORMATS = {"en": "j M Y", "fr": "j N Y"}


def day_format() -> str:
    """How a day is written, its month in short."""
    return DAY_FORMATS.get((get_language() or "en")[:2], "j b Y")


def written_day(value: Any) -> str:
    """A date, or the day of a moment in the active time zone; nothing for anything else."""
    if isinstance(value, datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return _written(get_language(), value) if isinstance(value, date) else ""


@lru_cache(maxsize=4096)
def _written(_language: str | None, value: date) -> str:
    return formats.date_format(value, day_format())


def domain_name(name: Any, href: str = "", quiet_tld: bool = False) -> SafeString:
    """A-label in, U-label shown, with the A-label on hover where they differ."""
    shown = formatting.to_ulabel(name)
    title = f' title="{escaped(name)}"' if shown != str(name) else ""
    if quiet_tld:
        label, rest = formatting.split_name(name)
        inside = f'{escaped(label)}<span class="domain-tld">{escaped(rest)}</span>'
    else:
        inside = escaped(shown)
    tag, link = ("a", f' href="{escaped(href)}"') if href else ("span", "")
    return mark_safe(  # noqa: S308 - every piece is escaped
        f'<{tag} class="domain-name"{link} translate="no"{title}>{inside}</{tag}>'
    )


def when(
    value: Any,
    relative: bool = False,
    relative_only: bool = False,
    time: bool = False,
    today: date | None = None,
) -> SafeString:
    """A date or an aware moment: absolute in the reader's language, and how far it is from now.

    `today` is for those who draw many: the day there is in the active time zone.
    """
    if not value:
        return NOTHING
    if not isinstance(value, datetime):
        today = (today or timezone.localdate()) if relative or relative_only else None
        return _day(get_language(), value, today, relative_only)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    day, distance = written_day(local), ""
    exact = f"{day}, {local:%H:%M}"
    if relative or relative_only:
        distance = escaped(formatting.to_relative(value))
    shown = distance if relative_only else escaped(exact if time else day)
    beside = f' <span class="when-relative">{distance}</span>' if relative and not relative_only else ""
    return mark_safe(  # noqa: S308 - digits, and words that are escaped
        f'<span class="when"><time datetime="{local.isoformat(timespec="seconds")}" '
        f'title="{escaped(exact)}">{shown}</time>{beside}</span>'
    )


@lru_cache(maxsize=4096)
def _day(_language: str | None, value: date, today: date | None, relative_only: bool) -> SafeString:
    """A day, and with `today` how far it is from there."""
    written, distance = written_day(value), formatting.relative_days((value - today).days) if today else ""
    title = format_html(' title="{}"', written) if relative_only else NOTHING
    shown = distance if relative_only else written
    drawn = format_html('<time datetime="{}"{}>{}</time>', value.isoformat(), title, shown)
    if today and not relative_only:
        drawn = format_html('{} <span class="when-relative">{}</span>', drawn, distance)
    return format_html('<span class="when">{}</span>', drawn)


def amount_of_money(amount: Decimal | None, currency: str = "EUR", tone: str = "") -> SafeString:
    """An amount as the reader's language writes it, in tabular figures; red below zero unless the tone is plain."""
    if amount is None:
        return NOTHING
    try:
        below = amount < 0 and tone != "plain"
    except TypeError:
        below = False
    tint = " money-negative" if below else ""
    shown = escaped(formatting.format_money(amount, currency))
    return mark_safe(  # noqa: S308 - both are escaped
        f'<data class="money{tint}" value="{escaped(str(amount))}">{shown}</data>'
    )


def badge(label: Any, tone: str = "neutral", icon: str = "", title: Any = "") -> SafeString:
    """A state by icon, word and tint."""
    return _badge(escaped(label), tone, icon, escaped(title) if title else "")


@lru_cache(maxsize=1024)
def _badge(label: str, tone: str, icon: str, title: str) -> SafeString:
    """The same of what is escaped already."""
    if icon:
        drawing = draw_icon(icon, 12)
    elif tone == "pending":
        drawing = draw_icon("loader", 12, "icon-turning")
    else:
        drawing = draw_icon(TONE_ICONS.get(tone, TONE_ICONS["neutral"]), 12)
    hint = f' title="{title}"' if title else ""
    return mark_safe(  # noqa: S308 - every piece is escaped
        f'<span class="badge tone-{escaped(tone or "neutral")}"{hint}>{drawing}{label}</span>'
    )


def timeline_item(
    title: Any, at: Any = None, tone: str = "neutral", icon: str = "", body: Any = ""
) -> SafeString:
    """One thing that happened, with what there is to say about it."""
    mark = draw_icon(icon or TONE_ICONS.get(tone, TONE_ICONS["neutral"]), 14)
    told = when(at, relative_only=True) if at else ""
    beside = f'<span class="timeline-when">{told}</span>' if at else ""
    said = escaped(body).strip()
    below = f'<div class="timeline-body">{said}</div>' if said else ""
    return mark_safe(  # noqa: S308 - every piece is escaped
        f'<li class="timeline-item"><span class="timeline-mark tone-{escaped(tone)}">{mark}</span><div>'
        f'<div class="timeline-head"><span class="timeline-title">{escaped(title)}</span>{beside}</div>{below}'
        "</div></li>"
    )
