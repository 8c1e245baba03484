"""Hosting products (manual 7.48.1): what they hold and what a year costs. The numbers are the sandbox's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MB, GB = 1024**2, 1024**3
# key | name | EUR a year | ftp | databases | subdomains | mailboxes | aliases | redirects | disk MB | files
# | traffic GB a month | database MB | mailbox GB
TABLE = """
redir|Redirect And Parking|0.00|0|0|0|0|0|100|0|0|0|0|0
mini|Mini Hosting|11.95|1|1|5|5|20|20|1000|50000|10|100|5
mail|Mail Hosting|12.95|0|0|0|5|20|0|0|0|0|0|5
mailplus|Mail Plus Hosting|23.95|0|0|0|15|100|0|0|0|0|0|15
mailpro|Mail Pro Hosting|47.95|0|0|0|50|500|0|0|0|0|0|50
basic|Basic Hosting|29.95|10|5|50|50|100|100|10000|150000|100|500|10
professional|Professional Hosting|59.95|50|20|100|100|250|250|30000|300000|400|1000|15
advanced|Advanced Hosting|99.95|100|50|250|250|500|500|60000|500000|800|2000|25
corporate|Corporate Hosting|179.95|200|100|500|500|1000|1000|120000|900000|2000|5000|50
"""


@dataclass(frozen=True)
class Plan:
    """A product; limits are numbers of entities, sizes bytes, `price` EUR a year."""

    key: str
    label: str
    price: Decimal
    limits: dict[str, int]
    disk: int
    files: int
    traffic: int
    database: int
    mailbox: int

    @property
    def type(self) -> str:
        """The word for it in replies; the manual's examples add "Service" to the table's names."""
        return f"{self.label} Service"

    @property
    def web(self) -> bool:
        """True where there are web pages, and so FTP, PHP and a web constructor."""
        return self.disk > 0

    @property
    def mail(self) -> bool:
        return self.limits["mail"] > 0


def _read(line: str) -> Plan:
    key, label, price, *numbers = line.split("|")
    ftp, ddbb, subdomain, mail, mailalias, redirect, disk, files, traffic, database, mailbox = map(
        int, numbers
    )
    limits = {
        "ftp": ftp,
        "ddbb": ddbb,
        "subdomain": subdomain,
        "mail": mail,
        "mailalias": mailalias,
        "redirect": redirect,
        "dns": 500,
    }
    sizes = disk * MB, files, traffic * GB, database * MB, mailbox * GB
    return Plan(key, label, Decimal(price), limits, *sizes)


PLANS: dict[str, Plan] = {plan.key: plan for plan in map(_read, TABLE.strip().split("\n"))}
