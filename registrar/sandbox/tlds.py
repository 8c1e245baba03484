"""The extensions on sale: believable wholesale prices in EUR and the rules that the sandbox keeps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# name | create | renew | transfer ("-": not offered) | years to create | years to renew | flags
# flags: a auth code for transfers, l transfer lock, p Whois privacy, v visible Whois data can be switched,
#        d DNSSEC, e registrant's e-mail is verified, m in maintenance, s slow registry, t tag transfer (.uk)
TABLE = """
com|9.95|10.45|9.95|1-10|1-10|alpde
net|11.95|12.45|11.95|1-10|1-10|alpde
org|10.95|12.95|11.95|1-10|1-10|alpde
info|4.95|18.95|17.95|1|1-10|alpde
biz|15.95|17.95|15.95|1-10|1-10|alpde
eu|6.95|6.95|6.95|1-10|1-10|ad
es|6.45|6.45|0|1-5|1-5|vds
com.es|4.45|4.45|0|1-5|1-5|vds
fr|7.95|8.45|7.95|1-10|1-10|adsv
it|8.45|8.45|8.45|1|1|ad
de|6.95|6.95|6.95|1|1|ad
uk|6.95|6.95|0|1-10|1-10|td
co.uk|6.95|6.95|0|1-10|1-10|td
nl|6.95|6.95|6.95|1|1|ad
be|7.45|7.45|7.45|1|1|ad
ch|10.95|10.95|10.95|1|1|ad
pt|17.95|17.95|17.95|1,3,5|1,3,5|ad
pl|12.95|19.95|19.95|1|1-10|ad
se|16.95|18.95|16.95|1-10|1-10|ad
io|38.95|44.95|44.95|1-10|1-10|alpd
co|24.95|27.95|27.95|1-5|1-5|alpd
me|12.95|18.95|18.95|1-10|1-10|alpd
tv|29.95|31.95|29.95|1-10|1-10|alpd
cc|10.95|11.95|10.95|1-10|1-10|alpd
app|14.95|15.95|14.95|1-10|1-10|alpde
dev|12.95|13.95|12.95|1-10|1-10|alpde
online|3.95|29.95|29.95|1|1-10|alpde
shop|2.95|31.95|31.95|1|1-10|alpde
store|44.95|49.95|49.95|1-10|1-10|alpde
site|24.95|29.95|29.95|1-10|1-10|alpde
xyz|11.95|12.95|11.95|1-10|1-10|alpde
club|13.95|16.95|16.95|1-10|1-10|alpde
cat|19.95|21.95|19.95|1-10|1-10|alde
madrid|34.95|36.95|34.95|1-10|1-10|alde
barcelona|34.95|36.95|34.95|1-10|1-10|alde
eus|44.95|46.95|44.95|1-10|1-10|alde
gal|42.95|44.95|42.95|1-10|1-10|alde
scot|29.95|31.95|29.95|1-10|1-10|alde
quebec|32.95|34.95|32.95|1-10|1-10|alde
radio|225.95|229.95|225.95|1-10|1-10|alde
re|8.95|8.95|8.95|1-10|1-10|adsv
yt|8.95|8.95|8.95|1-10|1-10|adsv
pm|8.95|8.95|8.95|1-10|1-10|adsv
wf|8.95|8.95|8.95|1-10|1-10|adsv
tf|8.95|8.95|8.95|1-10|1-10|adsv
ru|9.95|9.95|-|1|1|s
moscow|17.95|18.95|17.95|1-10|1-10|alde
fi|19.95|19.95|19.95|1-5|1-5|ad
ee|14.95|14.95|14.95|1-10|1-10|ad
hk|39.95|39.95|39.95|1-5|1-5|as
my|54.95|54.95|54.95|1-10|1-10|as
vn|64.95|59.95|59.95|1-10|1-10|as
xxx|79.95|84.95|79.95|1-10|1-10|alde
aero|54.95|57.95|54.95|1-5|1-5|alde
jobs|124.95|129.95|124.95|1-10|1-10|alde
green|12.95|52.95|52.95|1|1-10|alpde
pro|4.95|17.95|17.95|1|1-10|alpde
tel|13.95|14.95|13.95|1-10|1-10|alpdem
"""
REQUIREMENTS = {
    "es": "Tax identification number of the registrant",
    "com.es": "Tax identification number of the registrant",
    "aero": "Membership identifier of the aviation community",
    "barcelona": "Link with the city of Barcelona; intended use",
    "cat": "Link with the Catalan language and culture; intended use",
    "eu": "Registrant resident in the European Union, Iceland, Liechtenstein or Norway",
    "eus": "Link with the Basque language and culture; intended use",
    "fr": "Registrant resident in the European Union, Switzerland, Norway, Iceland or Liechtenstein",
    "gal": "Link with the Galician language and culture; intended use",
    "jobs": "Human resources community; web sites of every contact",
    "madrid": "Link with the city or region of Madrid; intended use",
    "quebec": "Link with Quebec; intended use",
    "radio": "Radio community; intended use",
    "ru": "Identity document and date of birth for individuals",
    "scot": "Link with Scotland; intended use",
    "xxx": "Class of membership in the community",
}


@dataclass(frozen=True)
class Tld:
    """An extension; a price of None means that the operation is not offered."""

    name: str
    create: Decimal | None
    renew: Decimal | None
    transfer: Decimal | None
    create_years: tuple[int, ...]
    renew_years: tuple[int, ...]
    flags: frozenset[str]

    @property
    def top(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def requirements(self) -> str:
        """What a registrant must fulfill or hand in; empty for most."""
        return REQUIREMENTS.get(self.name, "")

    @property
    def authcode(self) -> bool:
        return "a" in self.flags

    @property
    def lockable(self) -> bool:
        return "l" in self.flags

    @property
    def privacy(self) -> bool:
        return "p" in self.flags

    @property
    def view_whois(self) -> bool:
        return "v" in self.flags

    @property
    def dnssec(self) -> bool:
        return "d" in self.flags

    @property
    def verifies_owner(self) -> bool:
        return "e" in self.flags

    @property
    def maintenance(self) -> bool:
        return "m" in self.flags

    @property
    def by_tag(self) -> bool:
        return "t" in self.flags

    @property
    def delay(self) -> float:
        """How much longer than .com this registry takes."""
        return 2.5 if "s" in self.flags else 1.0

    @property
    def grace_days(self) -> int:
        """Days after expiry in which it can be renewed as usual."""
        return 30 if self.lockable else 12


def _price(text: str) -> Decimal | None:
    return None if text == "-" else Decimal(text)


def _years(text: str) -> tuple[int, ...]:
    if "-" in text:
        first, last = text.split("-")
        return tuple(range(int(first), int(last) + 1))
    return tuple(int(year) for year in text.split(","))


def _read(line: str) -> Tld:
    name, create, renew, transfer, create_years, renew_years, flags = line.split("|")
    prices = _price(create), _price(renew), _price(transfer)
    return Tld(name, *prices, _years(create_years), _years(renew_years), frozenset(flags))


TLDS: dict[str, Tld] = {tld.name: tld for tld in map(_read, TABLE.split())}


def split(name: str) -> tuple[str, Tld | None]:
    """The part before the extension and the extension, the longest that fits (A-labels, lower case)."""
    labels = name.split(".")
    for start in range(1, len(labels)):
        tld = TLDS.get(".".join(labels[start:]))
        if tld is not None:
            return ".".join(labels[:start]), tld
    return name, None
