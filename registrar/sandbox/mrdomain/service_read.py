"""Services and what is known about each (manual 7.1, 7.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from registrar.sandbox.clock import day
from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.service_model import SERVICE_STATUSES, Service
from registrar.sandbox.names import InvalidName, to_ascii, to_unicode

DEFAULT_PHP = "8.2"
PHP_VERSIONS = ("default", "8.4", "8.3", "8.2", "8.1", "8.0", "7.4")
INFO_TYPES = ("status", "resources", "serverinfo", "php", "logerror")
AVERAGE_FILE = 14_000
LOG_LINES = (
    "[autoindex:error] AH01276: Cannot serve directory /var/www/{name}/public/: No matching DirectoryIndex found",
    "[proxy_fcgi:error] AH01071: Got error 'PHP message: PHP Warning: Undefined variable in functions.php'",
    "[core:error] AH00126: Invalid URI in request GET HTTP/1.1",
    "[authz_core:error] AH01630: client denied by server configuration: /var/www/{name}/public/.env",
)


def row_of(call: Call, service: Service) -> dict[str, Any]:
    """A service as a line of every reply about services."""
    return {
        "name": to_unicode(service.name),
        "type": service.plan.type,
        "productkey": service.product,
        "status": service.shown_status(call.now),
        "tsExpir": day(service.expires),
    }


def list_(call: Call) -> Answer:
    """7.1: every filter narrows the list."""
    params = call.params
    word, tld = params.text("word").casefold(), params.text("tld").lower().lstrip(".")
    status = params.choice("status", SERVICE_STATUSES, "")
    renewable = params.boolean("renewable") if "renewable" in params.values else None
    name = params.text("name")
    rows = [
        service
        for service in call.account.services.values()
        if (not name or service.name == _ascii(name))
        and (word in service.name or word in to_unicode(service.name))
        and (not tld or service.name.endswith("." + tld))
        and (not status or service.shown_status(call.now) == status)
        and (renewable is None or service.renewable(call.now) == renewable)
    ]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "services": [row_of(call, service) for service in part]})


def _ascii(name: str) -> str:
    try:
        return to_ascii(name)
    except InvalidName:
        return name


def getinfo(call: Call) -> Answer:
    """7.2: status, resources, serverinfo, php or logerror."""
    service = service_entity.found(call)
    kind = call.params.choice("infoType", INFO_TYPES, "status")
    more = {
        "status": _status,
        "resources": _resources,
        "serverinfo": _servers,
        "php": php_info,
        "logerror": _errors,
    }
    return Answer({**row_of(call, service), **more[kind](call, service)})


def _status(call: Call, service: Service) -> dict[str, Any]:
    renewable = service.renewable(call.now)
    return {"tsCreate": day(service.created), "renewable": renewable, "renewalMode": service.renewal_mode}


def _meter(value: int, most: int, unit: str = "") -> dict[str, Any]:
    return {"value": value, "max": most, "unit": unit}


def _resources(call: Call, service: Service) -> dict[str, Any]:
    """Disk, traffic and databases follow from the seed; traffic grows through the month."""
    dice, plan = call.family.world.dice("resources", service.name), service.plan
    disk, traffic, database = (dice.uniform(0.05, 0.7) for _ in range(3))
    month = datetime.fromtimestamp(call.now, UTC).day / 31
    count = {kind: len(rows) for kind, rows in service.entities.items()}
    used = int(plan.disk * disk)
    databases = count["ddbb"] * plan.database
    numbers = {
        "ftp": "ftp",
        "ddbb": "ddbb",
        "subdomain": "subdomain",
        "email": "mail",
        "emailalias": "mailalias",
    }
    counted = {word: _meter(count[kind], plan.limits[kind]) for word, kind in numbers.items()}
    meters = {
        "ftpusage": _meter(used, plan.disk, "bytes"),
        "ftpfiles": _meter(min(used // AVERAGE_FILE, plan.files), plan.files, "files"),
        "webtraffic": _meter(int(plan.traffic * traffic * month), plan.traffic, "bytes"),
        "ftp": counted["ftp"],
        "ddbb": counted["ddbb"],
        "ddbbusage": _meter(int(databases * database), plan.database * plan.limits["ddbb"], "bytes"),
        **{word: counted[word] for word in ("subdomain", "email", "emailalias")},
    }
    return {"resources": meters}


def _servers(call: Call, service: Service) -> dict[str, Any]:
    """Names under the service, whatever the plan has of them."""
    name = service.name
    return {
        "serverinfo": {
            "ftpServer": f"ftp.{name}",
            "ftpAbsolutePath": f"/var/www/{name}/",
            "ftpWebServer": f"https://webftp.mrdomain.example/?ftpserver={name}",
            "smtpServer": f"smtp.{name}",
            "pop3Server": f"pop3.{name}",
            "imapServer": f"imap.{name}",
            "webmail": f"http://webmail.{name}/",
            "ddbbServer": f"bbdd.{name}",
            "PHPMyAdmin": f"https://adminbbdd.mrdomain.example/?server={2000 + service.number % 900}",
        }
    }


def php_info(call: Call, service: Service) -> dict[str, Any]:
    """PHP is off where there are no web pages."""
    version = service.php
    named = f"Default version (PHP {DEFAULT_PHP})" if version == "default" else f"PHP {version}"
    if not service.plan.web:
        return {"php": {"enabled": False, "version": "", "name": "", "available": []}}
    return {"php": {"enabled": True, "version": version, "name": named, "available": list(PHP_VERSIONS)}}


def _errors(call: Call, service: Service) -> dict[str, Any]:
    """Lines of the last day, the newest first."""
    if not service.plan.web:
        return {"logError": ""}
    dice, lines = call.family.world.dice("log", service.name), []
    for number in range(6):
        moment = datetime.fromtimestamp(call.now - 3600 * (number + dice.random()), UTC)
        client = f"[client 203.0.113.{dice.randint(1, 254)}:{dice.randint(30000, 60000)}]"
        head = moment.strftime("[%a %b %d %H:%M:%S.%f %Y]")
        kind, _, text = dice.choice(LOG_LINES).format(name=service.name).partition(" ")
        lines.append(f"{head} {kind} [pid {dice.randint(20000, 30000)}] {client} {text}")
    return {"logError": "\n".join(lines) + "\n"}


ACTIONS: dict[str, Action] = {"service/list": list_, "service/getinfo": getinfo}
