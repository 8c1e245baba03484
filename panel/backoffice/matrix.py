"""What each registrar can do: the families' capability tables, filtered. No registrar is asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from panel.access.rules import Permission, requires
from panel.backoffice.trail import trail
from registrar import FAMILIES, Support
from registrar import matrix as tables


def _module_words() -> dict[str, str]:
    return {
        "account": _("Account"),
        "contact": _("Contacts"),
        "domain": _("Domains"),
        "dns": _("DNS"),
        "hosting": _("Hosting"),
        "certificate": _("Certificates"),
        "access": _("Users"),
        "tool": _("Tools"),
        "operation": _("Operations"),
    }


def _support_words() -> dict[str, tuple[str, str, str]]:
    """Tone, word and icon of each kind of support."""
    return {
        Support.FULL: ("success", _("Yes"), "check"),
        Support.PARTIAL: ("info", _("Partly"), "circle-dot"),
        Support.MANUAL: ("warning", _("By hand"), "hand"),
        Support.NONE: ("neutral", _("No"), "minus"),
    }


@requires(Permission.STAFF)
def matrix(request: HttpRequest) -> HttpResponse:
    """The matrix, or the part of it that the address asks for."""
    modules = _module_words()
    module = request.GET.get("module", "")
    module = module if module in modules else ""
    family = request.GET.get("family", "")
    family = family if family in FAMILIES else ""
    support = request.GET.get("support", "")
    shown = [FAMILIES[family]] if family else list(FAMILIES.values())
    context = {
        "modules": modules.items(),
        "module": module,
        "families": FAMILIES.values(),
        "family": family,
        "supports": [(kind.value, words[1]) for kind, words in _support_words().items()],  # type: ignore[attr-defined]
        "support": support,
        "shown": shown,
        "groups": _groups([module] if module else list(modules), [row.name for row in shown], support),
        "coverage": tables.coverage(),
        "crumbs": trail((_("Accounts"), "accounts")),
    }
    return render(request, "office/accounts/matrix.html", context)


def _groups(modules: list[str], families: list[str], support: str) -> list[dict[str, Any]]:
    """Modules with their operations, those alone for which some shown family has the kind of support asked for."""
    words, supports = _module_words(), _support_words()
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in tables.lines(modules):
        cells = [line.cells[name] for name in families]
        if support and support not in {cell.general.support for cell in cells}:
            continue
        drawn = [
            {"family": FAMILIES[name].label, "badge": supports[cell.general.support], "notes": cell.notes}
            for name, cell in zip(families, cells, strict=True)
        ]
        groups.setdefault(line.module, []).append({"operation": line.operation, "cells": drawn})
    return [{"label": words[module], "lines": lines} for module, lines in groups.items()]
