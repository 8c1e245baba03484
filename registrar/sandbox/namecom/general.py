"""hello, login, logout and account/get."""

from __future__ import annotations

from registrar.sandbox.namecom import contacts
from registrar.sandbox.namecom.call import Call, Data
from registrar.sandbox.namecom.codes import ApiError

USER, TOKEN = "demo-ote", "demo"
BAD_LOGIN = "Username Or Ip Token Invalid"
BAD_HEADERS = "Invalid Username Or Api Token"


def hello(call: Call) -> Data:
    """Who answers, and how it sees the caller."""
    return {
        "service": "Name.com API Test Server",
        "server_date": call.when(call.now),
        "version": "2.0",
        "language": "en",
        "client_ip": call.ip,
    }


def login(call: Call) -> Data:
    """A new session token. 221 for wrong credentials, and for an IP address that is not listed."""
    user, token = call.text("username"), call.text("api_token")
    if (user, token) != (USER, TOKEN) or not call.account.ip_listed:
        raise ApiError(221, BAD_LOGIN)
    account = call.account
    account.session_serial += 1
    key = f"{call.family.world.dice('session', account.session_serial).getrandbits(160):040x}"
    account.sessions[key] = call.now + call.switch("session_seconds")
    return {"session_token": key}


def logout(call: Call) -> Data:
    """The token of this call is good no more; without one there is nothing to end."""
    call.account.sessions.pop(call.headers.get("api-session-token", ""), None)
    return {}


def authenticate(call: Call) -> None:
    """Raise 251 unless a session token that is still good, or user and API token, came in the headers."""
    account, headers = call.account, call.headers
    token = headers.get("api-session-token", "")
    if account.sessions.get(token, 0.0) > call.now:
        account.sessions[token] = call.now + call.switch("session_seconds")
        return
    account.sessions.pop(token, None)
    sent = headers.get("api-username", ""), headers.get("api-token", "")
    if sent != (USER, TOKEN) or not account.ip_listed:
        raise ApiError(251, BAD_HEADERS)


def account_get(call: Call) -> Data:
    """The account, with the contacts that a registration without contacts gets."""
    account = call.account
    return {
        "username": USER,
        "create_date": call.when(account.created),
        "domain_count": len(account.domains),
        "account_credit": str(account.credit) if call.switch("credit") == "string" else account.credit,
        "contacts": contacts.view(account.contacts),
    }
