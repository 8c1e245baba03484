"""The extensions on sale: believable prices in USD, whole years that can be bought, what the registry offers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

CURRENCY = "USD"
PRIVACY = Decimal("3.99")
BACKORDER = Decimal("19.99")
MAX_YEARS_AHEAD = 10
# The manual's list of extensions with extra requirements; the page that names the keys is not stored anywhere.
SPECIAL = frozenset({"asia", "ca", "de", "eu", "jobs", "nl", "pro", "us", "tel", "travel"})
# name | create | renew | most years | flags: l can be locked, p Whois privacy
TABLE = """
com|8.99|10.99|10|lp
net|10.49|12.99|10|lp
org|9.99|12.99|10|lp
info|3.99|13.99|10|lp
biz|9.99|14.99|10|lp
us|7.99|9.99|10|l
co|11.99|26.99|5|lp
io|33.99|41.99|10|lp
me|5.99|19.99|10|lp
tv|31.99|34.99|10|lp
cc|12.99|14.99|10|lp
mobi|7.99|19.99|10|lp
name|8.99|9.99|10|l
ca|11.99|13.99|10|l
de|9.99|10.99|1|-
eu|8.99|10.99|10|-
nl|9.99|10.99|1|-
be|9.99|10.99|1|-
at|16.99|18.99|1|-
ch|13.99|14.99|1|-
fr|9.99|12.99|10|-
in|7.99|10.99|10|lp
mx|39.99|42.99|10|l
asia|13.99|15.99|10|lp
jobs|119.99|124.99|10|l
pro|4.99|17.99|10|lp
tel|12.99|14.99|10|l
travel|99.99|109.99|10|l
club|9.99|13.99|10|lp
guru|24.99|29.99|10|lp
photography|19.99|22.99|10|lp
ninja|14.99|18.99|10|lp
email|18.99|21.99|10|lp
xyz|1.99|12.99|10|lp
"""


@dataclass(frozen=True)
class Tld:
    """An extension; prices of one year in USD."""

    name: str
    create: Decimal
    renew: Decimal
    most_years: int
    flags: frozenset[str]

    @property
    def lockable(self) -> bool:
        return "l" in self.flags

    @property
    def privacy(self) -> bool:
        return "p" in self.flags


def _read(line: str) -> Tld:
    name, create, renew, years, flags = line.split("|")
    return Tld(name, Decimal(create), Decimal(renew), int(years), frozenset(flags))


TLDS: dict[str, Tld] = {tld.name: tld for tld in map(_read, TABLE.split())}
# What domain/check looks at where no extension is asked for (assumption).
CHECKED = ("com", "net", "org", "info", "us")


def split(name: str) -> tuple[str, Tld | None]:
    """The label and its extension; None for an extension that is not sold or a name that is none."""
    label, _, tld = name.partition(".")
    return label, TLDS.get(tld)
