"""Module user (manual 9): external users and their rights on domains."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from registrar.sandbox.mrdomain.access_model import DEFAULT_PERMISSIONS, RIGHTS, USER_STATUSES, User
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid, missing
from registrar.sandbox.names import InvalidName, to_ascii, to_unicode

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{2,63}")
SHORTEST_PASSWORD = 8


def digest_of(password: str) -> str:
    """What is kept of a password: enough to see that it changed."""
    return sha256(password.encode()).hexdigest()[:16]


def _row(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "status": user.status,
        "lastLogin": user.last_login,
        "numDomains": len(user.domains),
    }


def whole(call: Call, user: User) -> dict[str, Any]:
    """A user with its domains."""
    domains = {to_unicode(name): dict(rights) for name, rights in user.domains.items()}
    return {**_row(user), "domains": domains or call.nothing()}


def _find(call: Call) -> User:
    user = call.account.users.get(call.params.required("username"))
    if user is None:
        raise ApiError(3500, "User not exists")
    return user


def _password(call: Call, code: int) -> str:
    """The required password, of eight characters or more (assumption)."""
    value = call.params.values.get("password", "")
    if not value:
        raise missing("password")
    if len(value) < SHORTEST_PASSWORD:
        raise ApiError(code, f"The password needs {SHORTEST_PASSWORD} characters")
    return digest_of(value)


def create(call: Call) -> Answer:
    """9.1. Raises 101, and 3501 for a name that cannot be or that there is already."""
    name = call.params.required("username")
    digest = _password(call, 3501)
    if not USERNAME.fullmatch(name):
        raise ApiError(3501, "Invalid username")
    if name in call.account.users:
        raise ApiError(3501, "The user exists")
    user = User(name, digest)
    call.account.users[name] = user
    call.effect(name)
    return Answer(_row(user), DONE)


def list_(call: Call) -> Answer:
    """9.2. `username` looks for a part of the name, `domainName` for a whole one."""
    params = call.params
    status, word = params.choice("status", USER_STATUSES, ""), params.text("username").casefold()
    domain = params.text("domainName")
    rows = [
        user
        for user in call.account.users.values()
        if (not status or user.status == status)
        and word in user.username.casefold()
        and (not domain or _ascii(domain) in user.domains)
    ]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "users": [_row(user) for user in part]})


def _ascii(name: str) -> str:
    try:
        return to_ascii(name)
    except InvalidName as error:
        raise ApiError(2001, f"Invalid domain name: {error}") from error


def getinfo(call: Call) -> Answer:
    """9.3."""
    return Answer(whole(call, _find(call)))


def _finish(call: Call, user: User, **results: Any) -> Answer:
    call.effect(user.username, **results)
    return Answer(whole(call, user), DONE)


def updatestatus(call: Call) -> Answer:
    """9.4."""
    user = _find(call)
    user.status = call.params.choice("status", USER_STATUSES)
    return _finish(call, user, status=user.status)


def updatepassword(call: Call) -> Answer:
    """9.5. Raises 3502 for a password that is too short."""
    user = _find(call)
    user.password_digest = _password(call, 3502)
    return _finish(call, user)


def _permissions(call: Call) -> dict[str, str]:
    """The permissions sent. Raises 105; an auth code can be read, never written (manual 9.10.1)."""
    found = {name: call.params.text(name) for name in DEFAULT_PERMISSIONS if call.params.text(name)}
    for name, right in found.items():
        if right not in RIGHTS or (name == "domain_authcode" and right == "write"):
            raise invalid(name)
    return found


def _domain_name(call: Call) -> str:
    return _ascii(call.params.required("domainName"))


def adddomain(call: Call) -> Answer:
    """9.6. A domain of the account (2008) that the user does not have yet (3502)."""
    user, name, rights = _find(call), _domain_name(call), _permissions(call)
    if call.account.find(name) is None:
        raise ApiError(2008, "Domain not found")
    if name in user.domains:
        raise ApiError(3502, "The user has the domain")
    user.domains[name] = {**DEFAULT_PERMISSIONS, **rights}
    return _finish(call, user, domainName=name)


def _own(call: Call, user: User) -> str:
    name = _domain_name(call)
    if name not in user.domains:
        raise ApiError(3502, "The user does not have the domain")
    return name


def updatedomain(call: Call) -> Answer:
    """9.7. Permissions that are not sent stay as they are (assumption)."""
    user = _find(call)
    name, rights = _own(call, user), _permissions(call)
    user.domains[name].update(rights)
    return _finish(call, user, domainName=name)


def deletedomain(call: Call) -> Answer:
    """9.8."""
    user = _find(call)
    name = _own(call, user)
    del user.domains[name]
    return _finish(call, user, domainName=name)


def delete(call: Call) -> Answer:
    """9.9: a list as data, as in the manual."""
    user = _find(call)
    del call.account.users[user.username]
    call.effect(user.username)
    return Answer([], DONE)


ACTIONS: dict[str, Action] = {
    "user/create": create,
    "user/list": list_,
    "user/getinfo": getinfo,
    "user/updatestatus": updatestatus,
    "user/updatepassword": updatepassword,
    "user/adddomain": adddomain,
    "user/updatedomain": updatedomain,
    "user/deletedomain": deletedomain,
    "user/delete": delete,
}
