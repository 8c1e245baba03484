"""Staff become a customer's person for a while, with a reason."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from panel.access import acting
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.queries import office_members
from panel.backoffice.trail import trail


class ActForm(forms.Form):
    """Why somebody acts as a customer's person."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who asked for it and what for. It is kept, with both names."),
        error_messages={"required": gettext_lazy("Say why: the reason is kept.")},
    )


@requires(Permission.STAFF)
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_act(request: HttpRequest, public_id: str, pk: int) -> HttpResponseBase:
    """What it means, and why it is done; posting begins."""
    members = office_members(actor_of(request)).select_related("customer__brand")
    member = get_object_or_404(members.filter(customer__public_id=public_id), pk=pk)
    if not acting.may_act_as(member):
        raise Http404
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acting.start(request, member, form.cleaned_data["reason"])
        return redirect("/")
    crumbs = [
        *trail((_("Customers"), "customers")),
        {"label": member.customer.name, "url": reverse("office:customer", args=[public_id])},
    ]
    context = {"member": member, "form": form, "crumbs": crumbs, "minutes": settings.IMPERSONATION_MINUTES}
    return render(request, "office/customers/act.html", context, status=422 if form.errors else 200)
