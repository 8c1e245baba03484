"""Our types as parameters of module service (manual chapter 7) without DNS.

Raises InvalidRequest with the neutral field before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from registrar.errors import InvalidRequest
from registrar.mrdomain import pem, request
from registrar.mrdomain.hosting_mapping import REDIRECT_TYPE
from registrar.types import Redirect, SubdomainCertificate

# Manual 7.48.1, and 7.2 for PHP.
PRODUCTS = ("redir", "mini", "mail", "mailplus", "mailpro", "basic", "professional", "advanced", "corporate")
_PHP_VERSION = re.compile(r"[0-9a-z.]{1,20}")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2}")


def product(key: str) -> str:
    """One of the registrar's products."""
    if key not in PRODUCTS:
        raise InvalidRequest(f"product_key must be one of {', '.join(PRODUCTS)}", field="product_key")
    return key


def php_version(version: str) -> str:
    """A version such as 8.0, or the word default."""
    if not _PHP_VERSION.fullmatch(version):
        raise InvalidRequest(f"not a PHP version: {version!r}", field="version")
    return version


def language(code: str) -> str:
    """ISO 639-1."""
    if not _LANGUAGE.fullmatch(code):
        raise InvalidRequest(f"not a language: {code!r}", field="language")
    return code


def path(value: str) -> str:
    """A path in the plan's own space, which nothing may climb out of."""
    cleaned = request.line(value, "path")
    if ".." in cleaned.split("/"):
        raise InvalidRequest("a path must not hold ..", field="path")
    return cleaned


def certificate(found: SubdomainCertificate | None) -> dict[str, str]:
    """A certificate to install on a subdomain, whole or not at all (manual 7.22)."""
    if found is None:
        return {}
    pem.check_certificate(found.certificate, found.key, found.chain)
    return {
        "sslCert": found.certificate.strip(),
        "sslKey": found.key.strip(),
        "sslCertChain": found.chain.strip(),
        "sslPath": path(found.path),
    }


def redirect(found: Redirect) -> dict[str, str]:
    """Where a redirect leads, and how."""
    if found.title:
        raise InvalidRequest("the registrar's frames have no title", field="title")
    return {
        "destination": _address(found.destination, "destination"),
        "type": request.word(REDIRECT_TYPE, found.type, "type"),
    }


def origin(value: str, plan: str) -> str:
    """What is redirected: an address in the plan."""
    text = _address(value, "origin")
    request.name_in(urlsplit(text).hostname or "", plan, "origin")
    return text


def _address(value: str, field: str) -> str:
    """An http or https address, its host as A-labels."""
    text = request.line(value, field)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise InvalidRequest(f"{field} is not an address", field=field) from None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or " " in text:
        raise InvalidRequest(f"{field} must begin with http:// or https://", field=field)
    encoded = request.domain_name(host, field)
    return parts._replace(netloc=encoded if port is None else f"{encoded}:{port}").geturl()


def address(name: str, plan: str) -> str:
    """The address of a mailbox or an alias, from the part before its @."""
    if not _LOCAL_PART.fullmatch(name):
        raise InvalidRequest("name is the part of an address before the @", field="name")
    return f"{name}@{plan}"


def targets(values: Sequence[str]) -> str:
    """Addresses that an alias leads to, with commas between them."""
    if isinstance(values, str) or not values:
        raise InvalidRequest("an alias needs a list of addresses", field="targets")
    return ",".join(_target(value.strip()) for value in values)


def _target(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local):
        raise InvalidRequest(f"not an address: {value!r}", field="targets")
    return f"{local}@{request.domain_name(domain, 'targets')}"
