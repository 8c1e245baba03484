"""The design system on show: every component in its states, and sample pages put together from them.

Only for development; it reads nothing from the database and its figures are made up.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

PAGES = ("index", "sign-in", "domain-list", "domain", "search", "staff-dashboard", "error", "empty")

PARTS = tuple(f"styleguide/part/{name}.html" for name in ("actions", "states", "forms", "figures"))


class SampleForm(forms.Form):
    """One field of each kind, to show how the field component lays them out."""

    name = forms.CharField(label="Name", help_text="As on an identity card, or the firm's registered name.")
    email = forms.EmailField(label="E-mail address")
    phone = forms.CharField(label="Phone", required=False, help_text="With country code: +34.912345678")
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("ES", "Spain"), ("FR", "France")])
    kind = forms.ChoiceField(
        label="Who registers",
        choices=[("person", "A person"), ("organization", "An organization")],
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    news = forms.BooleanField(label="Write to me before a name expires", required=False)


def sample() -> dict[str, Any]:
    """The made-up context of all sample pages."""
    now = timezone.now()
    today = timezone.localdate()
    wrong = SampleForm({"name": "Carla Ortiz", "email": "carla@", "country": "ES"}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        "form": SampleForm(),
        "wrong_form": wrong,
        "now": now,
        "hour_ago": now - timedelta(hours=3),
        "yesterday": now - timedelta(days=1),
        "last_week": now - timedelta(days=8),
        "today": today,
        "registered": today - timedelta(days=341),
        "opens": today - timedelta(days=36),
        "expires": today + timedelta(days=24),
        "expires_later": today + timedelta(days=512),
        "expired": today - timedelta(days=12),
        "grace": today + timedelta(days=64),
        "redemption": today + timedelta(days=94),
        "price": Decimal("12.90"),
        "then": Decimal("17.50"),
        "balance": Decimal("248.6"),
        "debt": Decimal("-1234.5"),
        "tones": [
            ("success", "Active"),
            ("pending", "Waiting for the registry"),
            ("warning", "Expires soon"),
            ("danger", "Failed"),
            ("info", "Transfer offered"),
            ("neutral", "Cancelled"),
        ],
        "domains": _domains(today),
        "columns": [
            {"key": "name", "label": "Name", "shown": True},
            {"key": "expires", "label": "Expires", "shown": True},
            {"key": "registrant", "label": "Registrant", "shown": False},
        ],
        "steps": [
            {"label": "Names", "state": "done", "url": "#names"},
            {"label": "Registrant", "state": "current"},
            {"label": "Payment", "state": "todo"},
        ],
        "tabs": [
            {"label": "Overview", "url": "#overview", "active": True, "count": None},
            {"label": "DNS", "url": "#dns", "active": False, "count": 14},
            {"label": "Contacts", "url": "#contacts", "active": False, "count": None},
            {"label": "History", "url": "#history", "active": False, "count": None},
        ],
        "crumbs": [{"label": "Domains", "url": "#domains"}],
        "week": [("Mon", 14), ("Tue", 22), ("Wed", 9), ("Thu", 31), ("Fri", 27), ("Sat", 4), ("Sun", 6)],
        "week_states": [
            ("Mon", (12, 1, 1)),
            ("Tue", (19, 3, 0)),
            ("Wed", (8, 0, 1)),
            ("Thu", (24, 4, 3)),
            ("Fri", (22, 5, 0)),
            ("Sat", (4, 0, 0)),
            ("Sun", (2, 4, 0)),
        ],
        "month": [(str(day), (day * 7) % 23 + 3) for day in range(1, 31)],
        "week_series": ["Succeeded", "Waiting", "Failed"],
        "balances": [912, 880, 845, 845, 790, 720, 690, 1190, 1140, 1085],
        "secret_since": now - timedelta(days=40),
    }


def _domains(today: Any) -> list[dict[str, Any]]:
    rows = [
        ("lighthouse.com", "success", "Active", 512, "Carla Ortiz", True),
        ("lighthouse.fr", "pending", "Being registered", 365, "Carla Ortiz", True),
        ("xn--bcher-kva.example", "warning", "Expires soon", 24, "Bücher Ortiz SL", False),
        ("harbor-lights.co.uk", "success", "Active", 201, "Carla Ortiz", True),
        ("the-quite-long-name-of-a-family-bakery.es", "danger", "Expired", -12, "Panadería Ortiz SL", False),
        ("lamp.net", "info", "Transfer under way", 98, "Carla Ortiz", False),
        ("oldlamp.org", "neutral", "Moved away", -190, "Carla Ortiz", False),
    ]
    return [
        {
            "name": name,
            "tone": tone,
            "state": state,
            "expires": today + timedelta(days=days),
            "registrant": who,
            "renews": renews,
            "price": Decimal("17.50") + days % 7,
        }
        for name, tone, state, days, who, renews in rows
    ]


def styleguide(request: HttpRequest, page: str = "index") -> HttpResponse:
    """Show the component page, or one of the sample pages named in ``PAGES``."""
    if page not in PAGES:
        raise Http404
    return render(
        request, f"styleguide/{page.replace('-', '_')}.html", {**sample(), "pages": PAGES, "parts": PARTS}
    )
