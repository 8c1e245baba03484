"""Handing names to another customer, and taking what others hand over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.parts import OWNERS
from panel.access.rules import Permission, actor_of, requires
from panel.domain import handovers
from panel.domain.handovers import offers_to
from panel.domain.refusals import CannotDo
from panel.selfservice.domains import PAGES


class OfferForm(forms.Form):
    """To whom a name is offered."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the new customer"), max_length=254,
        help_text=gettext_lazy("The one with which they sign in here."),
    )  # fmt: skip


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, name: str) -> HttpResponseBase:
    """Offer the name to another customer; posting `withdraw` takes the offer back."""
    actor = actor_of(request)
    domain = PAGES.find(actor, name)
    standing = handovers.offer_of(domain)
    if "withdraw" in request.POST:
        if standing is not None:
            handovers.withdraw(standing, actor.user)
        return redirect("domain-hand-over", name)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"].lower() == actor.user.email.lower():
            form.add_error("email", _("This is your own address."))
        else:
            try:
                handovers.offer(domain, form.cleaned_data["email"], actor=actor.user)
            except CannotDo as refusal:
                form.add_error(None, refusal.text)
            else:
                return redirect("domain-hand-over", name)
    context = PAGES.context(domain, form=form, standing=standing)
    return render(request, "domains/hand_over.html", context, status=422 if form.errors else 200)


@requires(Permission.CUSTOMER_READ)
@require_GET
def offers(request: HttpRequest) -> HttpResponseBase:
    """What others offer to the person who is signed in."""
    return render(request, "handovers/list.html", {"offers": offers_to(actor_of(request))})


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Accept (`accept`) or decline an offer."""
    actor = actor_of(request)
    offered = get_object_or_404(offers_to(actor), public_id=public_id)
    if "accept" not in request.POST:
        handovers.decline(offered, actor)
        messages.info(request, _("You declined it. The name stays where it is."))
        return redirect("handovers")
    try:
        domain = handovers.accept(offered, actor)
    except CannotDo as refusal:
        context = {"offers": offers_to(actor), "problem": refusal.text}
        return render(request, "handovers/list.html", context, status=422)
    messages.success(request, _("The name is yours here now. Its registered owner is who it was before."))
    return redirect("domain", domain.name)
