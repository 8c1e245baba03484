"""Routes whose views are not ours: they cannot carry a declared permission, so each is named here, with who guards it.

A test walks every URL: a route that neither declares a permission nor stands here fails it.
"""

from __future__ import annotations

_OPEN = "open to everybody: it is how people come in"
_STAGE = "only in the middle of signing in, kept in the session by allauth"
_OWN = "signed-in people, their own account only (login_required)"
_OWN_AGAIN = "signed-in people who typed their password again (reauthentication_required)"
_LINK = "whoever holds the signed link from an e-mail"

ALLAUTH: dict[str, str] = {
    "account_login": _OPEN,
    "account_logout": _OPEN,
    "account_inactive": _OPEN,
    "account_signup": "open to everybody and always closed (AccountAdapter.is_open_for_signup)",
    "account_reset_password": _OPEN,
    "account_reset_password_done": _OPEN,
    "account_reset_password_from_key": _LINK,
    "account_reset_password_from_key_done": _OPEN,
    "account_email_verification_sent": _OPEN,
    "account_confirm_email": _LINK,
    "account_confirm_login_code": _STAGE,
    "account_reauthenticate": _OWN,
    "account_email": _OWN,
    "account_change_password": _OWN,
    "account_set_password": _OWN,
    "mfa_authenticate": _STAGE,
    "mfa_login_webauthn": _OPEN,
    "mfa_index": _OWN,
    "mfa_reauthenticate": _OWN,
    "mfa_reauthenticate_webauthn": _OWN,
    "mfa_activate_totp": _OWN_AGAIN,
    "mfa_deactivate_totp": _OWN_AGAIN,
    "mfa_view_recovery_codes": _OWN_AGAIN,
    "mfa_generate_recovery_codes": _OWN_AGAIN,
    "mfa_download_recovery_codes": _OWN_AGAIN,
    "mfa_list_webauthn": _OWN,
    "mfa_add_webauthn": _OWN_AGAIN,
    "mfa_edit_webauthn": _OWN_AGAIN,
    "mfa_remove_webauthn": _OWN_AGAIN,
    "usersessions_list": _OWN,
}
