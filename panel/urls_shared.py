"""Routes that every host answers: health, sign-in, language and colors."""

from django.conf import settings
from django.urls import include, path

from panel.access.rules import Permission, requires
from panel.access.views import end_acting
from panel.brand.views import theme
from panel.core import views
from panel.core.preferences import set_language, set_theme
from panel.people.second_factor import totp_code
from panel.people.views import invitation

public = requires(Permission.PUBLIC)

urlpatterns = [
    path("healthz", public(views.healthz), name="healthz"),
    path("readyz", public(views.readyz), name="readyz"),
    path("metrics", public(views.metrics), name="metrics"),
    path("favicon.ico", public(views.favicon), name="favicon"),
    path("theme.css", public(theme), name="theme"),
    path("set-theme/", public(set_theme), name="set-theme"),
    path("i18n/", public(set_language), name="set_language"),
    path("accounts/invitation/<str:token>/", public(invitation), name="invitation"),
    path("accounts/", include("allauth.account.urls")),
    path("acting/end/", end_acting, name="end-acting"),
    path("accounts/2fa/totp/code.svg", requires(Permission.SIGNED_IN)(totp_code), name="totp-code"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
]

if settings.SANDBOX_ALLOWED:
    from panel.core.styleguide import styleguide

    urlpatterns += [
        path("styleguide/", public(styleguide), name="styleguide"),
        path("styleguide/<slug:page>/", public(styleguide), name="styleguide-page"),
    ]
