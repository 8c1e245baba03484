"""Assigning by a list of name,customer: uploaded or pasted, shown line by line, then applied."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.domains import tell
from panel.backoffice.trail import trail
from panel.domain.assignment import UnreadableList, apply, decode, preview
from panel.domain.queries import office_domains

MOST_BYTES = 1024 * 1024
SHOWN = 500


@requires(Permission.STAFF)
def assignment(request: HttpRequest) -> HttpResponse:
    """The form; a post shows what would happen, a post with `apply` does it."""
    actor = actor_of(request)
    context: dict[str, object] = {"crumbs": trail((_("Domains"), "domains")), "text": ""}
    if request.method != "POST":
        return render(request, "office/domains/assignment.html", context)
    text, problem = _text(request)
    context["text"] = text
    if not problem:
        try:
            lines = preview(text, office_domains(actor), office_customers(actor))
        except UnreadableList as error:
            problem = str(error)
    if problem:
        return render(request, "office/domains/assignment.html", {**context, "problem": problem}, status=422)
    if "apply" in request.POST:
        tell(request, *apply(lines, actor.user))
        return redirect("office:domains")
    context |= {
        "lines": lines[:SHOWN],
        "hidden": max(len(lines) - SHOWN, 0),
        "good": sum(line.is_good for line in lines),
        "bad": sum(not line.is_good for line in lines),
    }
    return render(request, "office/domains/assignment.html", context)


def _text(request: HttpRequest) -> tuple[str, str]:
    upload = request.FILES.get("file")
    if upload is None:
        return request.POST.get("text", "")[:MOST_BYTES], ""
    if (upload.size or 0) > MOST_BYTES:
        return "", _("The file is larger than 1 MB.")
    return decode(upload.read()), ""
