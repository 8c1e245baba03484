"""How pages tell what became of many rows at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def tell_of(request: HttpRequest, done: int, asked: int) -> None:
    """Say how many of the asked operations it was done for, and how many were left alone."""
    if done:
        text = ngettext("%(n)s operation: done.", "%(n)s operations: done.", done) % {"n": done}
        messages.success(request, text)
    if done < asked:
        rest = asked - done
        text = ngettext(
            "%(n)s was left alone: its state does not allow it.",
            "%(n)s were left alone: their state does not allow it.",
            rest,
        )
        messages.warning(request, text % {"n": rest})
    if not asked:
        messages.info(request, _("Nothing was left to do: it has changed meanwhile."))
