"""Filters and tags of the design system: ``{% load ui %}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from panel.core import cells, svg
from panel.core.icons import draw_icon
from panel.core.markup import escaped
from panel.core.templatetags import formatting

register = template.Library()

TONES = ("neutral", "info", "success", "warning", "danger", "pending")
_MESSAGE_TONES = {
    "debug": "neutral",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "error": "danger",
}
# Attributes never passed through to an element: they run code, style inline or send a form elsewhere.
_FORBIDDEN_ATTRIBUTES = ("on", "style", "srcdoc", "formaction")


@register.filter
def money(amount: object, currency: str = "EUR") -> str:
    """``{{ amount|money:"EUR" }}``: the amount as the reader's language writes it."""
    return formatting.format_money(amount, currency)


@register.filter
def figure(value: Any) -> str:
    """A number as the reader's language writes it, without decimals where it has none."""
    try:
        return _figure(translation.get_language(), value)
    except TypeError:
        return ""


@lru_cache(maxsize=4096)
def _figure(_language: str | None, value: Any) -> str:
    try:
        whole = float(value) == int(value)
    except (TypeError, ValueError, OverflowError):
        return ""
    return formats.number_format(value, decimal_pos=0 if whole else 1, use_l10n=True, force_grouping=True)


@register.filter
def unlocalized(value: object) -> str:
    """A number as HTML attributes want it: with a point, whatever the language."""
    return "" if value is None else str(value)


@register.filter
def counting(number: object) -> range:
    """``{% for row in "3"|counting %}``: as many turns as the number says, at most 50."""
    try:
        return range(min(50, max(0, int(str(number)))))
    except ValueError:
        return range(0)


@register.filter
def is_negative(amount: Any) -> bool:
    """Whether a number is below zero; false for what is not a number."""
    try:
        return bool(amount < 0)
    except TypeError:
        return False


@register.filter
def ulabel(name: object) -> str:
    """``{{ domain.name|ulabel }}``: an A-label name as a person writes it; garbage comes back unchanged."""
    return formatting.to_ulabel(name)


@register.filter
def relative(value: object) -> str:
    """``{{ moment|relative }}``: "in 3 days", "2 hours ago"."""
    return formatting.to_relative(value)


@register.filter
def iso(value: object) -> str:
    """A date or an aware time as the ``datetime`` attribute of ``<time>`` wants it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else ""


@register.filter
def is_moment(value: object) -> bool:
    """Whether a value has a time of day besides its date."""
    return isinstance(value, datetime)


@register.filter
def initials(name: object) -> str:
    """One or two letters for an avatar."""
    return formatting.initials(name)


@register.filter
def browser(user_agent: object) -> str:
    """The browser and the system behind a User-Agent: "Firefox · Windows"."""
    return formatting.browser_name(user_agent)


@register.filter
def telephone(number: object) -> str:
    """A telephone number as people read it; registries want a point after the country code."""
    return "" if number is None else str(number).replace(".", " ", 1)


@register.filter
def name_parts(name: object) -> tuple[str, str]:
    """The first label of a name and the rest with its dot, both as U-labels."""
    return formatting.split_name(name)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone; states are never told by color alone."""
    return cells.TONE_ICONS.get(tone, cells.TONE_ICONS["neutral"])


@register.filter
def message_tone(message: Any) -> str:
    """The tone of one of ``django.contrib.messages``' messages."""
    return _MESSAGE_TONES.get(getattr(message, "level_tag", ""), "info")


@register.filter
def widget_kind(field: BoundField) -> str:
    """How a bound field is laid out: hidden, check (one box), choices (a group) or line (all others)."""
    if field.is_hidden:
        return "hidden"
    if getattr(field.field.widget, "input_type", "") == "checkbox" and not getattr(
        field.field.widget, "choices", ()
    ):
        return "check"
    return "choices" if field.use_fieldset else "line"


@register.filter
def error_target(field: BoundField) -> str:
    """The id an error summary links to: the field's own control, or the first one of a group."""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


@register.simple_tag
def icon(name: str, *, size: int = 16, label: str = "", css: str = "") -> SafeString:
    """``{% icon "globe" size=20 label=_("Web") %}``: a Lucide icon; without a label it is decoration."""
    drawing = draw_icon(str(name), int(size), css)
    if not label:
        return drawing
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, label)


@register.simple_tag
def nav_link(item: Mapping[str, Any]) -> SafeString:
    """``{% nav_link item %}``: an entry of the navigation. The cart's number is a part that pages replace."""
    count: Any = ""
    if item.get("name") == "cart":
        count = render_to_string("base/part/cart_count.html", {"count": item["count"]})
    elif item.get("count"):
        count = f'<span class="nav-count">{escaped(item["count"])}</span>'
    current = ' aria-current="page"' if item.get("active") else ""
    return mark_safe(  # noqa: S308 - drawn, or escaped
        f'<a class="nav-link" href="{escaped(item["url"])}"{current}>{draw_icon(item["icon"], 18)}'
        f"<span>{escaped(item['label'])}</span>{count}</a>"
    )


# What the components of the same names draw with; lists draw with panel.core.cells itself.
register.simple_tag(cells.domain_name, name="draw_domain_name")
register.simple_tag(cells.when, name="draw_when")
register.simple_tag(cells.amount_of_money, name="draw_money")
register.simple_tag(cells.badge, name="draw_badge")
register.simple_tag(cells.timeline_item, name="draw_timeline_item")


@register.filter
def day(value: object) -> str:
    """``{{ promotion.ends_at|day }}``: a date or the day of a moment, as the reader's language writes it."""
    return cells.written_day(value)


@register.simple_tag
def attributes(attrs: Mapping[str, Any], *without: str) -> SafeString:
    """``{% attributes attrs %}``: what a component passes through to its element, with every value escaped.

    Used instead of ``{{ attrs }}``, which trusts values. ``False``, ``None`` and "" leave an attribute out,
    except for an empty ``alt`` or ``value``. Attributes that run code are refused.
    """
    passed = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs or {})
    parts = []
    for name, value in passed.items():
        if name in without or name == "class" or value is None or value is False:
            continue
        if name.lower().startswith(_FORBIDDEN_ATTRIBUTES) or not _is_attribute_name(name):
            continue
        if value is True:
            parts.append((name, ""))
        elif value != "" or name in {"alt", "value"}:
            parts.append((name, str(conditional_escape(value)).replace('"', "&quot;")))
    return format_html_join("", ' {}="{}"', ((name, mark_safe(value)) for name, value in parts))  # noqa: S308 - escaped above


def _is_attribute_name(name: str) -> bool:
    return bool(name) and all(letter.isalnum() or letter in "-_:.@" for letter in name)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """``{% query sort="name" after=None %}``: the page's URL parameters with some changed, for a link.

    ``None`` or "" removes a parameter. A name ending in an underscore stands for the name without it.
    """
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        name = key.rstrip("_")
        if value is None or value == "":
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def query_with(context: Context, name: str, value: str) -> str:
    """The page's URL parameters with one changed whose name is itself a value; drops the page cursors."""
    return query(context, **{"after": None, "before": None, name: value})


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """ "light" or "dark" where the visitor chose one (cookie ``theme``), else "": follow the system."""
    request = context.get("request")
    choice = context.get("theme_choice") or (request.COOKIES.get("theme", "") if request is not None else "")
    return choice if choice in {"light", "dark"} else ""


@register.simple_tag(takes_context=True)
def sort_state(context: Context, name: str, param: str = "sort") -> dict[str, str]:
    """How the URL sorts a column, and the value that its heading's link sets."""
    request = context.get("request")
    current = request.GET.get(param, "") if request is not None else ""
    if current == name:
        return {"aria": "ascending", "next": f"-{name}", "icon": "arrow-up"}
    if current == f"-{name}":
        return {"aria": "descending", "next": name, "icon": "arrow-down"}
    return {"aria": "none", "next": name, "icon": "chevrons-up-down"}


@register.simple_tag(takes_context=True)
def kept_params(context: Context, *without: str) -> list[tuple[str, str]]:
    """The URL parameters a small GET form must carry along as hidden inputs, except those it sets itself."""
    request = context.get("request")
    if request is None:
        return []
    return [(key, value) for key, values in request.GET.lists() if key not in without for value in values]


@register.simple_tag
def column_chart(items: Iterable[tuple[str, float]]) -> svg.Chart:
    """Geometry of a bar chart over (label, value) pairs."""
    return svg.columns([(str(label), (value,)) for label, value in items])


@register.simple_tag
def stacked_chart(
    items: Iterable[tuple[str, Sequence[float]]], tones: Sequence[str] = (), plot: int = 140
) -> svg.Chart:
    """Geometry of a stacked chart over (label, values) pairs; see `svg.columns`."""
    return svg.columns(
        [(str(label), tuple(values)) for label, values in items], tones=tuple(tones), plot=int(plot)
    )


@register.filter
def colored(series: Sequence[str], tones: Sequence[str]) -> list[tuple[str, str]]:
    """Each series of a chart with the name of its color, for the legend."""
    names = list(series)
    return list(zip(names, svg.colors(len(names), tuple(tones)), strict=True))


@register.simple_tag
def spark(values: Sequence[float]) -> svg.Sparkline:
    """Geometry of a sparkline."""
    return svg.sparkline(values)


@register.simple_tag
def lifecycle_bar(
    registered: date,
    expires: date,
    renewal_opens: date | None = None,
    grace_until: date | None = None,
    redemption_until: date | None = None,
    today: date | None = None,
) -> svg.Lifecycle:
    """Geometry of the lifecycle bar; times are taken as days in the active time zone."""
    return svg.lifecycle(
        registered=_day(registered) or timezone.localdate(),
        expires=_day(expires) or timezone.localdate(),
        renewal_opens=_day(renewal_opens),
        grace_until=_day(grace_until),
        redemption_until=_day(redemption_until),
        today=_day(today) or timezone.localdate(),
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def phase_label(key: str) -> str:
    """The plain word for a phase of the lifecycle bar."""
    labels = {
        "active": gettext("Active"),
        "renewal": gettext("Time to renew"),
        "grace": gettext("Expired, still renewable"),
        "redemption": gettext("Redemption: costs extra"),
    }
    return labels.get(key, key)
