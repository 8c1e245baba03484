"""What each brand asks for hosting plans. No registrar tells what they cost, so that staff enter them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.queries import office_brands
from panel.backoffice.trail import trail
from panel.hosting.price_forms import PricesForm


@requires(Permission.STAFF)
def prices(request: HttpRequest) -> HttpResponse:
    """The prices of the brand that `brand` names, the operator's without one; a post keeps them."""
    brands = list(office_brands(actor_of(request)))
    slug = request.GET.get("brand", "")
    current = get_object_or_404(office_brands(actor_of(request)), slug=slug) if slug else brands[0]
    form = PricesForm(request.POST or None, brand=current)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The prices are kept."))
        return redirect(f"{reverse('office:hosting-prices')}?brand={current.slug}")
    context = {
        "form": form,
        "brands": brands,
        "current": current,
        "crumbs": trail((_("Prices"), "prices")),
    }
    return render(request, "office/hosting/prices.html", context, status=422 if form.errors else 200)
