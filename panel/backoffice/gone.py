"""Names of whatever customer that were deleted, ran out or moved away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from panel.access.rules import Permission, actor_of, requires
from panel.domain.departure.pages import gone as gone_page
from panel.domain.departure.queries import office_departures
from panel.domain.departure.tables import OfficeDepartureTable


@requires(Permission.STAFF)
@require_safe
def gone(request: HttpRequest) -> HttpResponseBase:
    """When each went, why, and what can still be done."""
    return gone_page(request, office_departures(actor_of(request)), OfficeDepartureTable, "office:")
