"""A white-label host: customer pages and the brand's own. The back office does not exist here."""

from django.urls import include, path

from panel.urls_shared import urlpatterns as shared

handler400 = "panel.core.views.bad_request"
handler403 = "panel.core.views.forbidden"
handler404 = "panel.core.views.not_found"
handler500 = "panel.core.views.server_error"

urlpatterns = [
    *shared,
    path("brand/", include("panel.brandadmin.urls")),
    path("", include("panel.selfservice.urls")),
]
