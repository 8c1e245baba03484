"""The list of all operations, and what can safely be done about many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.bulk import tell_of
from panel.backoffice.inbox import operation_tabs
from panel.backoffice.tables import OperationFilter, OperationTable
from panel.core.listing import Listing, chosen
from panel.operation import services
from panel.operation.models import Operation
from panel.operation.queries import office_operations
from panel.people.models import User


class BulkForm(forms.Form):
    """What to do about the chosen operations. Trying now is no verdict, and needs no reason."""

    RETRY, LOOK, CANCEL = "retry", "look", "cancel"

    action = forms.ChoiceField(choices=[(name, name) for name in (RETRY, LOOK, CANCEL)])
    reason = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A verdict needs its reason."""
        cleaned = self.cleaned_data
        if cleaned.get("action") in (self.LOOK, self.CANCEL) and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the reason is kept with each operation."))
        return cleaned


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def operations(request: HttpRequest) -> HttpResponseBase:
    """Every operation; what is posted hurries, looks again at, or cancels the chosen ones, each where that is safe."""
    actor = actor_of(request)
    if request.method != "POST":
        return _page(request, actor)
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, form)
    rows = list(chosen(request, office_operations(actor)))
    if rows:
        done = sum(_do(form, row, actor.user) for row in rows)
        tell_of(request, done, len(rows))
    else:
        messages.warning(request, _("Nothing was selected."))
    return redirect(request.get_full_path())


def _page(request: HttpRequest, actor: Actor, form: BulkForm | None = None) -> HttpResponseBase:
    listing = Listing(
        request,
        office_operations(actor),
        table=OperationTable,
        filterset=OperationFilter,
        default_sort="-pk",
        label=_("Operations"),
        placeholder=_("Name, id or reference"),
        bulk="office/operations/bulk.html",
        empty="office/operations/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("operations")
    context = {"tabs": operation_tabs(actor, inbox_is_active=False), "bulk_form": form}
    response = listing.render("office/operations/list.html", context)
    if form is not None:
        response.status_code = 422
    return response


def _do(form: BulkForm, row: Operation, user: User) -> bool:
    action, reason = form.cleaned_data["action"], form.cleaned_data["reason"]
    if action == BulkForm.RETRY:
        return services.retry_now(row)
    if action == BulkForm.LOOK:
        return services.look_again(row, actor=user, reason=reason)
    return services.cancel(row, actor=user, reason=reason)
