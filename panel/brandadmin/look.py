"""How the brand looks to its customers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panel.access.rules import Permission, actor_of, requires
from panel.brand.forms import LookForm
from panel.brand.services import brand_of
from panel.brand.theme import palette


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Name, colors and sender. A post with `preview` shows and does not save."""
    brand = brand_of(actor_of(request).brand.pk)
    form = LookForm(request.POST or None, instance=brand)
    preview = form.preview()
    asked = "preview" in request.POST
    if request.method == "POST" and not asked and form.is_valid():
        form.save()
        messages.success(request, _("Your brand has its new look."))
        return redirect("brandadmin:look")
    context = {
        "form": form,
        "preview": preview,
        "colors": palette(preview["hue"], preview["chroma"]),
        "hosts": brand.hosts.all(),
    }
    if asked and request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "brandadmin/look.html#preview", context)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render(request, "brandadmin/look.html", context, status=status)
