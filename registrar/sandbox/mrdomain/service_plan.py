"""Buying and settings of services (manual 7.3-7.6)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from registrar.sandbox.clock import add_years, day
from registrar.sandbox.mrdomain import service_entity, views, zone
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.plans import PLANS
from registrar.sandbox.mrdomain.service_model import DAY, RUNNING, SERVICE_RENEWAL_MODES, Service
from registrar.sandbox.mrdomain.service_read import PHP_VERSIONS, php_info, row_of
from registrar.sandbox.names import InvalidName, to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.model import Account

MOST_YEARS = 10
SETTLE_SECONDS = (3.0, 8.0)


def _bill(call: Call, service: Service, total: Decimal) -> Answer:
    billing = {"total": views.money(total), "currency": views.CURRENCY}
    return Answer({"billing": billing, "services": [row_of(call, service)]}, DONE)


def _settles(call: Call, service: Service) -> float:
    return call.now + call.family.world.dice("service", call.action, service.name).uniform(*SETTLE_SECONDS)


def furnish(account: Account, service: Service) -> None:
    """What a service of its plan begins with: an FTP account, the site's two names and a DNS zone."""

    def put(kind: str, row: dict[str, object]) -> None:
        account.entity_serial += 1
        key = f"SRV{service.number:010}-{account.entity_serial:010}"
        service.entities[kind][key] = {"entityID": key, **row}

    if service.plan.web:
        word = f"Nw{service.number * 7919 % 10**8:08}x"
        put(
            "ftp",
            {"name": f"ftp.{service.name}", "ftpPath": "/", "password": word, "quota": service.plan.disk},
        )
        for name in (service.name, f"www.{service.name}"):
            put("subdomain", {"name": name, "ftpPath": "public/"})
    for row in zone.defaults(service):
        put("dns", row)


def create(call: Call) -> Answer:
    """7.3. One service per name, which need not be a domain of the account. Raises 101, 105, 1100, 2001, 4007."""
    try:
        name = to_ascii(call.params.required("serviceName"))
    except InvalidName as error:
        raise ApiError(2001, f"Invalid domain name: {error}") from error
    if "." not in name:
        raise ApiError(2001, "The domain name has no TLD")
    plan = PLANS[call.params.choice("productkey", PLANS)]
    period = call.params.integer("period", 1, high=MOST_YEARS)
    if name in call.account.services:
        raise ApiError(4007, "There is a service of this name")
    if name.startswith("refuse"):
        raise ApiError(4007, "The service cannot be set up")
    total = plan.price * period
    call.afford(total)

    call.account.service_serial += 1
    number, expires = call.account.service_serial, add_years(call.now, period)
    service = Service(number, name, plan.key, call.now, expires)
    service.settles_at = _settles(call, service)
    furnish(call.account, service)
    call.account.services[name] = service
    call.effect(name, total, productkey=plan.key, tsExpir=day(expires))
    return _bill(call, service, total)


def renew(call: Call) -> Answer:
    """7.4. Only in the period of renewal, otherwise 4009."""
    service = service_entity.found(call)
    period = call.params.integer("period", 1, high=MOST_YEARS)
    if not service.renewable(call.now):
        raise ApiError(4009, "The service is not in its period of renewal")
    total = service.plan.price * period
    call.afford(total)

    service.expires = add_years(service.expires, period)
    service.status, service.settles_at = "renewed", _settles(call, service)
    call.effect(service.name, total, tsExpir=day(service.expires))
    return _bill(call, service, total)


def upgrade(call: Call) -> Answer:
    """7.5. To a dearer plan that has room for what there is, otherwise 4008; the rest of the time is paid."""
    service = service_entity.found(call)
    plan = PLANS[call.params.choice("productkey", PLANS)]
    if service.status not in RUNNING:
        raise ApiError(4008, f"The service is {service.status}")
    full = [kind for kind, rows in service.entities.items() if len(rows) > plan.limits[kind]]
    if plan.price <= service.plan.price or full:
        raise ApiError(4008, "Only a higher plan that has room for everything")
    years = Decimal(max(0.0, service.expires - call.now)) / Decimal(365 * DAY)
    total = ((plan.price - service.plan.price) * years).quantize(Decimal("0.01"))
    call.afford(total)

    before, service.product = service.product, plan.key
    _enlarge(call, service)
    call.effect(service.name, total, productkey=plan.key, before=before)
    return _bill(call, service, total)


def _enlarge(call: Call, service: Service) -> None:
    """Quotas follow the plan; a plan with web pages brings its account and names along."""
    plan = service.plan
    if plan.web and not service.entities["ftp"]:
        records = dict(service.entities["dns"])
        furnish(call.account, service)
        service.entities["dns"] = records
    for row in service.entities["ftp"].values():
        row["quota"] = plan.disk
    for row in service.entities["mail"].values():
        row["quotaMax"] = plan.mailbox


def update(call: Call) -> Answer:
    """7.6: how it is renewed, or its PHP version. Raises 101, 105, 300 or 4001."""
    service = service_entity.writable(call)
    kind = call.params.choice("updateType", ("renewalMode", "phpversion"))
    more = {}
    if kind == "renewalMode":
        service.renewal_mode = call.params.choice("renewalMode", SERVICE_RENEWAL_MODES)
    elif not service.plan.web:
        raise ApiError(300, "The service has no PHP")
    else:
        version = call.params.required("phpversion")
        if version not in PHP_VERSIONS:
            raise invalid("phpversion", "one of " + ", ".join(PHP_VERSIONS))
        service.php = version
        more = php_info(call, service)
    call.effect(service.name, updateType=kind)
    return Answer({**row_of(call, service), **more}, DONE)


ACTIONS: dict[str, Action] = {
    "service/create": create,
    "service/renew": renew,
    "service/upgrade": upgrade,
    "service/update": update,
}
