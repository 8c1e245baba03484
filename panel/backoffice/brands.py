"""Brands: names, looks and host names."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.forms import BrandForm
from panel.backoffice.queries import office_brands
from panel.backoffice.tables import BrandTable
from panel.backoffice.trail import trail
from panel.brand.models import Brand
from panel.brand.theme import palette
from panel.core.listing import Listing


@requires(Permission.STAFF)
def brands(request: HttpRequest) -> HttpResponse:
    """Every brand."""
    rows = office_brands(actor_of(request)).order_by().prefetch_related("hosts")
    listing = Listing(
        request,
        rows.annotate(customer_count=Count("customers", distinct=True)),
        table=BrandTable,
        default_sort="name",
        label=_("Brands"),
        csv_enabled=False,
    )
    return listing.render("office/brands/list.html")


@requires(Permission.STAFF)
def brand_new(request: HttpRequest) -> HttpResponse:
    """A new brand."""
    return _edit(request, Brand())


@requires(Permission.STAFF)
def brand(request: HttpRequest, slug: str) -> HttpResponse:
    """A brand's name, look and hosts."""
    return _edit(request, get_object_or_404(office_brands(actor_of(request)), slug=slug))


def _edit(request: HttpRequest, found: Brand) -> HttpResponse:
    form = BrandForm(request.POST or None, instance=found)
    title = str(found) if found.pk else _("New brand")
    preview = form.preview()
    asked = "preview" in request.POST
    if request.method == "POST" and not asked and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved. Its pages look so from now on."))
        return redirect("office:brand", saved.slug)
    context = {
        "form": form,
        "title": title,
        "preview": preview,
        "colors": palette(preview["hue"], preview["chroma"]),
        "crumbs": trail((_("Brands"), "brands")),
    }
    if asked and request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "office/brands/edit.html#preview", context)
    status = 422 if request.method == "POST" and not asked else 200
    return render(request, "office/brands/edit.html", context, status=status)
