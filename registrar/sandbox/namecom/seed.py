"""The account as it is after a reset: a small studio that has kept its clients' names here for years."""

# ruff: noqa: E501 - one row of the tables below is one contact or domain

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from registrar.sandbox.clock import add_years
from registrar.sandbox.namecom import nameservers
from registrar.sandbox.namecom.catalogue import TLDS
from registrar.sandbox.namecom.model import CONTACT_KEYS, ROLES, Contact, Domain, Record
from registrar.sandbox.names import WORDS, to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.namecom.family import NameCom

DAY = 86400.0
# first | last | organization | address | second line | city | state | zip | country | phone | fax | e-mail
CONTACTS = """
Dana|Whitlock|Bluestem Web Studio LLC|1420 Larimer Street|Suite 300|Denver|CO|80202|US|+1.3035550110||dana@bluestem-studio.example
Marcus|Ibarra||88 Alameda Drive||Tempe|AZ|85282|US|+1.4805550176||marcus@ibarra-guitars.example
Helen|Okafor|Okafor Family Dentistry PC|210 Peachtree Road||Atlanta|GA|30305|US|+1.4045550133|+1.4045550134|front.desk@okafor-dental.example
Luc|Tremblay|Érablière Tremblay Inc.|45 rang Saint-Louis||Plessisville|QC|G6L 2Y8|CA|+1.8195550188||luc@erabliere-tremblay.example
Saoirse|Byrne||12 Quay Street||Galway||H91 E2PX|IE|+353.91550142||saoirse@byrne-ceramics.example
Jonas|Lindqvist|Fjällvind AB|Storgatan 7|2 tr|Umeå|AC|903 26|SE|+46.90550120||jonas@fjallvind.example
"""
# name | days to expiry | contact's row | options
# options: A renews by itself, P privacy, U not locked, O own DNS servers, H hosts, Y a host that only the registry knows,
#          W web records, M mail records, S a service record, T texts
DOMAINS = """
bluestem-studio.com 411 0 APOHWMT
bluestem-studio.net 411 0 APO
bluestem.email 96 0 AWM
bluestem-staging.io 33 0 UWT
bluestem-hosting.us 250 0 AHYWM
ibarra-guitars.com 17 1 PWM
ibarraguitars.net 17 1 P
ibarra-lutherie.co 204 1 W
marcus-ibarra.me 61 1 PU
okafor-dental.com 320 2 APWMST
okaforfamilydentistry.com 320 2 AP
okafor-dental.org 41 2 -
okafor-smiles.info -6 2 -
okafor-kids.biz -22 2 -
erabliere-tremblay.ca 145 3 AWM
erabliere-tremblay.com 145 3 AWM
sirop-tremblay.ca 8 3 -
érable-tremblay.com 230 3 P
byrne-ceramics.com 77 4 PWM
byrneceramics.eu 77 4 W
galway-kiln.xyz 3 4 PU
fjällvind.com 188 5 WM
fjallvind-energi.com 188 5 A
fjallvind.de 52 5 O
fjallvind.tv 129 5 UWS
"""
WORD_LIST = sorted(WORDS)


def fill(family: NameCom, extra: int) -> None:
    """Fill a fresh account; `extra` more domains for load."""
    if not 0 <= extra <= 100_000:
        raise ValueError("domains must be from 0 to 100000")
    account, now = family.account, family.world.clock.now()
    dice = family.world.dice("namecom", "seed")
    account.created = now - 2300 * DAY
    people = [_contact(row) for row in CONTACTS.strip().split("\n")]
    account.contacts = {role: dict(people[0]) for role in ROLES}
    for row in DOMAINS.strip().split("\n"):
        name, days, person, options = row.split()
        _domain(family, name, float(days), people[int(person)], options, dice)
    for number in range(extra):
        name = f"{dice.choice(WORD_LIST)}-{dice.choice(WORD_LIST)}-nc{number}.{dice.choice(('com', 'net', 'org', 'us'))}"
        _domain(
            family, name, dice.uniform(2, 700), dice.choice(people), dice.choice(("-", "A", "P", "WM")), dice
        )


def _contact(row: str) -> Contact:
    first, last, organization, *rest = row.split("|")
    return dict(zip(CONTACT_KEYS, (first, last, organization, *rest), strict=True))


def _domain(
    family: NameCom, text: str, days: float, person: Contact, options: str, dice: random.Random
) -> None:
    account, now = family.account, family.world.clock.now()
    name = to_ascii(text)
    tld = TLDS[name.partition(".")[2]]
    moment = now + days * DAY
    expires = moment - moment % DAY + DAY - 1
    created = add_years(expires, -max(dice.randint(1, 9), int(days // 365) + 1)) - dice.uniform(0, DAY - 1)
    people = dict.fromkeys(("registrant", "administrative", "billing"), person)
    contacts = {role: dict(people.get(role, account.contacts["technical"])) for role in ROLES}
    domain = Domain(name, tld.name, created, expires, contacts, [], family.user)
    domain.nameservers = nameservers.default(family.world, name)
    domain.locked = tld.lockable and "U" not in options
    domain.auto_renew, domain.lapsed = "A" in options, days < 0
    if "P" in options and tld.privacy:
        domain.privacy_until = expires
    if "O" in options:
        domain.nameservers = ["ns1.bluestem-studio.com", "ns2.bluestem-studio.com"]
    if "H" in options:
        domain.hosts = {f"ns{n}.{name}": [f"23.94.18.{50 + n}"] for n in (1, 2)}
        domain.registry_hosts = {host: list(ips) for host, ips in domain.hosts.items()}
    if "Y" in options:
        domain.registry_hosts[f"ns3.{name}"] = ["23.94.18.60", "2607:f2d8:3::53"]
    _records(family, domain, options)
    account.domains[name] = domain


def _records(family: NameCom, domain: Domain, options: str) -> None:
    name = domain.name
    rows: list[tuple[str, str, str, int, int | None]] = []
    if "W" in options:
        rows += [(name, "A", "23.94.18.20", 300, None), (f"www.{name}", "CNAME", name, 3600, None)]
    if "M" in options:
        rows += [(name, "MX", f"mx{n}.bluestem.email", 3600, n * 10) for n in (1, 2)]
        rows.append((name, "TXT", "v=spf1 include:_spf.bluestem.email ~all", 3600, None))
    if "S" in options:
        rows.append((f"_sip._tcp.{name}", "SRV", f"5 5060 sip.{name}", 300, 10))
    if "T" in options:
        rows.append((f"_dmarc.{name}", "TXT", 'v=DMARC1; p=none; rua="mailto:d@bluestem.email"', 300, None))
        rows.append((f"v6.{name}", "AAAA", "2607:f2d8:3::20", 300, None))
    for host, kind, content, ttl, priority in rows:
        number = family.account.new_record_id()
        domain.records.append(Record(number, host, kind, content, ttl, domain.created, priority))
