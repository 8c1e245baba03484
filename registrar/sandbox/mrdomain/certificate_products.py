"""Certificates on sale (manual 8.3, 8.4). Names of products are the manual's, most prices the sandbox's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registrar.sandbox.mrdomain.account import PROMOS
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.views import money

VALIDATION_TYPES = ("dv", "ov", "ev")
TRIAL_DAYS = 90
# id | name | brand | validation | kind: s one name, w wildcard, m several names, t trial
# | names included | create | renew | most names | price of a further name
TABLE = """
1|Sectigo Domain Premium|Sectigo|dv|s|1|19.95|39.95|0|0
2|Sectigo Domain Pro|Sectigo|dv|s|1|29.95|29.95|0|0
4|Sectigo Multi-Domain SSL|Sectigo|ov|m|3|141.95|141.95|210|39
6|Sectigo Domain Multi-Domain|Sectigo|dv|m|3|71.95|71.95|210|19
9|Sectigo Organization Pro|Sectigo|ov|s|1|82.95|82.95|0|0
12|Sectigo EV SSL|Sectigo|ev|s|1|169.95|169.95|0|0
14|Sectigo Wildcard Pro|Sectigo|ov|w|1|249.95|249.95|0|0
17|Sectigo Multi-Domain EV SSL|Sectigo|ev|m|3|383.95|383.95|210|106
55|DonDominio Domain SSL|DonDominio|dv|s|1|4.95|4.95|0|0
56|DonDominio Wildcard SSL|DonDominio|dv|w|1|59.95|59.95|0|0
57|DonDominio Multi-Domain SSL|DonDominio|dv|m|3|36|36|250|9.95
58|DonDominio Trial SSL|DonDominio|dv|t|1|0|0|0|0
"""


@dataclass(frozen=True)
class Product:
    """A certificate on sale; prices in EUR, the first two for one year."""

    product_id: int
    name: str
    brand: str
    validation: str
    kind: str
    domains: int
    create: Decimal
    renew: Decimal
    most_names: int
    name_price: Decimal

    @property
    def multi_domain(self) -> bool:
        return self.kind == "m"

    @property
    def wildcard(self) -> bool:
        return self.kind == "w"

    @property
    def trial(self) -> bool:
        return self.kind == "t"


def _read(line: str) -> Product:
    number, name, brand, validation, kind, domains, create, renew, most, extra = line.split("|")
    prices = Decimal(create), Decimal(renew)
    return Product(
        int(number), name, brand, validation, kind, int(domains), *prices, int(most), Decimal(extra)
    )


PRODUCTS: dict[int, Product] = {row.product_id: row for row in map(_read, TABLE.strip().split("\n"))}


def price_of(call: Call, product: Product, action: str) -> tuple[Decimal, bool]:
    """What a year costs now (EUR), and whether that is a promotion."""
    wanted = ("ssl", action, str(product.product_id))
    for promo in PROMOS:
        if (promo.type, promo.action, promo.subject) == wanted and promo.current(call.account, call.now):
            return promo.price, True
    return (product.create if action == "create" else product.renew), False


def find(call: Call) -> Product:
    """The product that `productID` names. Raises 101, 105 or 5000."""
    product = PRODUCTS.get(call.params.integer("productID"))
    if product is None:
        raise ApiError(5000, "No such product")
    return product


def _view(call: Call, product: Product) -> dict[str, Any]:
    data: dict[str, Any] = {
        "productID": product.product_id,
        "productName": product.name,
        "brandName": product.brand,
        "validationType": product.validation,
        "isMultiDomain": product.multi_domain,
        "isWildcard": product.wildcard,
        "isTrial": product.trial,
        "numDomains": product.domains,
        "keyLength": 2048,
        "encryption": 256,
    }
    if product.trial:
        return {**data, "trialPeriod": f"{TRIAL_DAYS} days"}
    for action in ("create", "renew"):
        price, promo = price_of(call, product, action)
        data[action] = {"create": money(price), "years": 1, **({"isPromo": True} if promo else {})}
    if product.multi_domain:
        data.update(sanMaxDomains=product.most_names, sanPrice=money(product.name_price))
    return data


def productlist(call: Call) -> Answer:
    """8.3: every filter narrows the list."""
    params = call.params
    flags = {"wildcard": "wildcard", "multidomain": "multi_domain", "trial": "trial"}
    wanted = {field: params.boolean(name) for name, field in flags.items() if name in params.values}
    validation = params.choice("validationType", VALIDATION_TYPES, "")
    rows = [
        row
        for row in PRODUCTS.values()
        if all(getattr(row, field) == value for field, value in wanted.items())
        and validation in ("", row.validation)
    ]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "products": [_view(call, row) for row in part]})


def productgetinfo(call: Call) -> Answer:
    """8.4."""
    return Answer(_view(call, find(call)))


ACTIONS: dict[str, Action] = {"ssl/productlist": productlist, "ssl/productgetinfo": productgetinfo}
