"""One operation, as its customer reads it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from panel.access.rules import Permission, actor_of, requires
from panel.core.mark import mark_of
from panel.operation.queries import TOLD, operations_for
from panel.operation.words import describe, kind_label, timeline_for

STOP_POLLING = 286


@requires(Permission.CUSTOMER_READ)
@require_GET
def operation_page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What happens with it, in plain words, following it by itself until it is final."""
    operations = operations_for(actor_of(request)).select_related("order_line__order")
    operation = operations.prefetch_related(*TOLD).filter(public_id=public_id).first()
    if operation is None:
        raise Http404
    live = not operation.is_final
    words = describe(operation)
    mark = mark_of(operation.state, words)
    subject, _sep, key = operation.subject.partition(":")
    line = getattr(operation, "order_line", None)
    context = {
        "operation": operation,
        "title": kind_label(operation.kind),
        "words": words,
        "timeline": timeline_for([operation]),
        "live": live,
        "mark": mark,
        "name": key if subject == "domain" else "",
        "order": line.order if line else None,
    }
    part = bool(request.htmx) and request.htmx.target == "operation"  # type: ignore[attr-defined]
    if not part:
        return render(request, "operations/detail.html", context)
    if live and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    return render(request, "operations/detail.html#operation", context, status=200 if live else STOP_POLLING)
