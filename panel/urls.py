"""The operator's host: customer pages, brand pages and the back office."""

from django.urls import include, path

from panel.urls_shared import urlpatterns as shared

handler400 = "panel.core.views.bad_request"
handler403 = "panel.core.views.forbidden"
handler404 = "panel.core.views.not_found"
handler500 = "panel.core.views.server_error"

urlpatterns = [
    *shared,
    path("office/", include("panel.backoffice.urls")),
    path("brand/", include("panel.brandadmin.urls")),
    path("", include("panel.selfservice.urls")),
]
