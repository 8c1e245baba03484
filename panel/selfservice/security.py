"""How the person signs in, and for whom the person acts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panel.access.actor import memberships_for
from panel.access.rules import Permission, actor_of, requires
from panel.people.models import User

FEW_CODES = 3


@requires(Permission.SIGNED_IN, personal=True)
@require_GET
def security(request: HttpRequest) -> HttpResponseBase:
    """Everything about signing in, with what is set up."""
    actor = actor_of(request)
    context = {
        "methods": _methods(actor.user),
        "memberships": list(memberships_for(actor.user, actor.brand)),
    }
    return render(request, "security/security.html", context)


@requires(Permission.SIGNED_IN, personal=True)
@require_POST
def switch_customer(request: HttpRequest) -> HttpResponseBase:
    """Act for another customer from now on. Somebody else's customer does not exist."""
    actor = actor_of(request)
    memberships = memberships_for(actor.user, actor.brand)
    chosen = memberships.filter(customer__public_id=request.POST.get("customer", "")).first()
    if chosen is None:
        raise Http404
    request.session["customer_pk"] = chosen.customer_id
    messages.success(request, _("You now act for %(name)s.") % {"name": chosen.customer.name})
    return redirect("domains")


def _methods(user: User) -> dict[str, object]:
    authenticators = list(Authenticator.objects.filter(user=user))
    codes = next((item for item in authenticators if item.type == Authenticator.Type.RECOVERY_CODES), None)
    left = len(RecoveryCodes(codes).get_unused_codes()) if codes else 0
    return {
        "password": user.has_usable_password(),
        "totp": any(item.type == Authenticator.Type.TOTP for item in authenticators),
        "passkeys": sum(item.type == Authenticator.Type.WEBAUTHN for item in authenticators),
        "codes": left if codes else None,
        "few_codes": codes is not None and left <= FEW_CODES,
        "sessions": UserSession.objects.filter(user=user).count(),
    }
