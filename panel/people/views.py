"""The page to which the link in an invitation leads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.people import invitations
from panel.people.customer_forms import WelcomeForm

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: a new person gives a name and a password, a known one only agrees and signs in."""
    found = invitations.find(token, request.brand)  # type: ignore[attr-defined]
    if found is None:
        return render(request, "account/invitation_over.html", status=410)
    person = invitations.person_of(found.email)
    form = None if person else WelcomeForm(request.POST or None, email=found.email)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        try:
            user = invitations.accept(found, **given)
        except invitations.NotOpen:
            return render(request, "account/invitation_over.html", status=410)
        if person is None:
            login(request, user, backend=BACKEND)
            return redirect("/")
        messages.success(request, _("The invitation is accepted. Sign in with your password."))
        return redirect("account_login")
    status = 422 if request.method == "POST" else 200
    return render(request, "account/invitation.html", {"invitation": found, "form": form}, status=status)
