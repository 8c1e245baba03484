"""The account as it is after a reset: a French web agency that has been a reseller for years."""

# ruff: noqa: E501 - one row of the tables below is one contact or domain

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years
from registrar.sandbox.names import WORDS, to_ascii
from registrar.sandbox.netim import certificate, contact, domain_create, pem, zonedata
from registrar.sandbox.netim.lifecycle import active
from registrar.sandbox.netim.model import (
    DAY,
    NAME_SERVERS,
    QUARANTINE,
    Account,
    Certificate,
    Contact,
    Domain,
    Host,
    Operation,
)
from registrar.sandbox.netim.session import RESELLER
from registrar.sandbox.tlds import split

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

# owner | first | last | form | body | address | code | area | city | country | phone | email | language | more
CONTACTS = """
1|Claire|Delattre|ORG|Phare Numérique SARL|18 rue du Molinel|59800||Lille|FR|+33 320554410|claire@phare-numerique.example|FR|companyNumber=81234567800021
1|Bastien|Roux|IND||7 place du Capitole|31000||Toulouse|FR|+33 561220147|bastien.roux@courrier.example|FR|birthDate=1984-03-12,birthCity=Albi,birthZipCode=81000,birthCountry=FR
1|Maëlle|Le Goff|ORG|Crêperie du Port|3 quai Duguay-Trouin|35400||Saint-Malo|FR|+33 299408812|maelle@creperie-du-port.example|FR|
1|Lukas|Brandt|ORG|Brandt & Söhne Möbel GmbH|Hansaring 44|50670||Köln|DE|+49 2214470912|lukas@brandt-moebel.example|EN|vatNumber=DE293847561
1|Giulia|Ferri|IND||Via Garibaldi 12|16124|GE|Genova|IT|+39 0102758841|giulia.ferri@posta.example|EN|
1|Eoin|Walsh|ORG|Walsh Boatyard Ltd|The Slip, Harbour Road|P17 AX44|C|Kinsale|IE|+353 214772190|eoin@walsh-boatyard.example|EN|
1|Harriet|Cole|IND||5 Lantern Lane|EH1 2QR|EDH|Edinburgh|GB|+44 1312200471|harriet@cole.example|EN|
0|Claire|Delattre|ORG|Phare Numérique SARL|18 rue du Molinel|59800||Lille|FR|+33 320554410|admin@phare-numerique.example|FR|
0|Yann|Kermarrec|IND||18 rue du Molinel|59800||Lille|FR|+33 320554411|technique@phare-numerique.example|FR|
0|Sofie|Claes|ORG|Claes Boekhouding BV|Nieuwstraat 9|9000||Gent|BE|+32 92231187|sofie@claes-boekhouding.example|EN|
"""
COLUMNS = [
    "firstName",
    "lastName",
    "bodyForm",
    "bodyName",
    "address1",
    "zipCode",
    "area",
    "city",
    "country",
    "phone",
    "email",
    "language",
]
RESELLER_DATA = "Phare|Numérique|ORG|Phare Numérique SARL|18 rue du Molinel|59800||Lille|FR|+33 320554410|reseller@phare-numerique.example|FR"
# name | days to expiry | owner's row | options
# options: A renews by itself, P Whois privacy, S signed, N own name servers, Z has a zone of its own, M mail and
#          W web forwards, U not locked, H on hold, R reserved, D not delegated, T given back or transferred out
DOMAINS = """
phare-numerique.fr 201 0 AZMS
phare-numerique.com 201 0 AZP
phare-hebergement.net 118 0 NS
phare-hebergement.eu 118 0 N
lantern-hosting.net 340 0 NZ
bastienroux-photo.com 16 1 PZ
bastienroux-photo.fr 16 1 Z
carnets-de-garonne.org 74 1 W
carnets-de-garonne.info 2 1 -
creperie-du-port-malo.fr 55 2 AZM
creperieduportmalo.com 55 2 AZW
galettes-et-cidre.shop 29 2 P
café-des-remparts.fr 290 2 Z
brandt-moebel.de 180 3 N
brandt-moebelhaus.com 180 3 NU
brandt-söhne.com 180 3 Z
tischlerei-brandt.eu 41 3 -
brandt-werkstatt.online 133 3 P
ferri-ceramiche.it 47 4 Z
ferriceramiche.com 260 4 PAW
ferri-ceramiche.site 12 4 -
walshboatyard.pro 95 5 Z
walsh-boatyard.com 95 5 ZMW
kinsale-moorings.com -8 5 P
kinsale-regatta.org -20 5 -
walsh-chandlery.com -45 5 -
harrietcole-ceramics.co.uk 150 6 -
harrietcole-ceramics.com 150 6 P
lantern-lane-studio.com 33 6 H
lantern-lane.scot 365 6 R
cole-kiln.dev 222 6 D
old-lantern-press.com 400 6 T
"""
HOSTS = (
    ("ns1.phare-hebergement.net", ("203.0.113.53",), ("2001:db8:53::1",)),
    ("ns2.phare-hebergement.net", ("198.51.100.53",), ()),
    ("web.lantern-hosting.net", ("203.0.113.80",), ("2001:db8:80::1",)),
)
WORD_LIST = sorted(WORDS)


def fill(family: Netim, extra: int) -> None:
    """Fill a fresh account; `extra` more domains for load."""
    if not 0 <= extra <= 100_000:
        raise ValueError("domains must be from 0 to 100000")
    account, now = family.account, family.world.clock.now()
    dice = family.world.dice("netim", "seed")
    account.templates = {key: list(rows) for key, rows in zonedata.TEMPLATES.items()}
    account.contacts[RESELLER] = Contact(RESELLER, False, _data(RESELLER_DATA.split("|")))
    keys = [_contact(account, row) for row in CONTACTS.strip().split("\n")]
    for row in DOMAINS.strip().split("\n"):
        _domain(family, row, keys, now, dice)
    for number in range(extra):
        _load(family, number, keys, now, dice)
    account.defaults = {"owner": keys[0], **{f"dns{n}": server for n, server in enumerate(NAME_SERVERS, 1)}}
    for host, ipv4, ipv6 in HOSTS:
        account.hosts[host] = Host(host, list(ipv4), list(ipv6))
    _incoming(family, keys, now)
    _certificate(family, now)


def _data(columns: list[str]) -> dict[str, str]:
    return dict(zip(COLUMNS, columns, strict=True))


def _contact(account: Account, row: str) -> str:
    owner, *columns, more = row.split("|")
    data = _data(columns) | dict(pair.split("=") for pair in more.split(",") if pair)
    key = contact.new_id(account, data["firstName"], data["lastName"])
    additional: dict[str, Any] = {"EU_CITIZENSHIP": data["country"]} if owner == "1" else {}
    account.contacts[key] = Contact(key, owner == "1", data, additional)
    return key


def _roles(keys: list[str], owner: int) -> dict[str, str]:
    return {"idOwner": keys[owner], "idAdmin": keys[7], "idTech": keys[8], "idBilling": RESELLER}


def _new(family: Netim, name: str, days: float, roles: dict[str, str], dice: random.Random) -> Domain:
    ascii_name, now = to_ascii(name), family.world.clock.now()
    tld = split(ascii_name)[1]
    assert tld is not None
    domain = Domain(ascii_name, tld.name, "", roles, list(NAME_SERVERS[:2]))
    expires = now + days * DAY + dice.uniform(0, DAY / 2)
    years = max(dice.randint(1, 9), int(days // 365) + 1)
    domain_create.settled(family, domain, add_years(expires, -years), expires)
    family.account.domains[ascii_name] = domain
    return domain


def _domain(family: Netim, row: str, keys: list[str], now: float, dice: random.Random) -> None:
    name, days, owner, options = row.split()
    domain = _new(family, name, float(days), _roles(keys, int(owner)), dice)
    domain.auto_renew, domain.privacy = "A" in options, "P" in options
    if "U" in options:
        domain.lock = False
    if "N" in options:
        domain.ns = ["ns1.phare-hebergement.net", "ns2.phare-hebergement.net"]
    if "D" in options:
        domain.ns = []
    if "S" in options:
        digest = "".join(dice.choice("0123456789ABCDEF") for _ in range(64))
        domain.signed = True
        domain.ds = [{"key": str(dice.randint(1000, 65000)), "type": "2", "digest": digest, "algo": "13"}]
    _services(domain, options)
    _status(family, domain, options, now)


def _services(domain: Domain, options: str) -> None:
    name = domain.name
    if "Z" in options:
        blog = {"host": f"blog.{name}", "type": "CNAME", "value": "web.lantern-hosting.net", "ttl": "3600"}
        text = {"host": name, "type": "TXT", "value": "v=spf1 mx -all", "ttl": "3600"}
        domain.zone += [blog, text]
    if "M" in options:
        domain.mail = {f"contact@{name}": "bonjour@boite.example", f"*@{name}": "tout@boite.example"}
    if "W" in options:
        shared = {"protocol": "https", "title": "", "parking": ""}
        target = {"type": "DIRECT", "target": "www.boutique.example", "header": "301", **shared}
        domain.web = {f"boutique.{name}": target}


def _status(family: Netim, domain: Domain, options: str, now: float) -> None:
    assert domain.expires is not None
    days = (domain.expires - now) / DAY
    domain.status = active(domain)
    if "H" in options:
        domain.status = "HOLD, NOT DELEGATED"
    elif "R" in options:
        domain.status = "RESERVED, NOT DELEGATED"
    elif "T" in options:
        domain.status = "TRANSFERRED OUT"
        family.world.names.take(domain.name)
    elif -30 < days < 0:
        domain.status = "EXPIRED" if days > -15 else "EXPIRED, HOLD, NOT DELEGATED"
    elif days <= -30:
        domain.status = QUARANTINE


def _incoming(family: Netim, keys: list[str], now: float) -> None:
    """Two operations that are open: a transfer that ends within the day, and a registration that failed."""
    account, name = family.account, "taken-voiles-et-vent.com"
    roles = _roles(keys, 5)
    payload = {"roles": roles, "ns": list(NAME_SERVERS[:2]), "code": "aB3-x9Kq"}
    account.operation_serial += 1
    number = account.operation_serial
    ends = now + family.world.dice("netim", "incoming").uniform(4, 20) * 3600
    account.operations[number] = Operation(
        number, "domainTransferIn", "domainTransferIn", name, payload, now - DAY, ends
    )
    account.domains[name] = Domain(name, "com", "PENDING", dict(roles), list(NAME_SERVERS[:2]))
    failed = "refuse-cidrerie.fr"
    account.domains[failed] = Domain(failed, "fr", "ERROR", _roles(keys, 2), list(NAME_SERVERS[:2]))


def _certificate(family: Netim, now: float) -> None:
    account = family.account
    account.certificate_serial += 1
    names = pem.Names(["www.phare-numerique.fr"], ["phare-numerique.fr"])
    subject = {"Country": "FR", "City": "Lille", "Region": "Nord", "Organisation": "Phare Numérique SARL"}
    csr, private = pem.request(family.world.dice("netim", "ssl", 0).getrandbits(200) + 1, subject, names)
    row = Certificate("SSL-PH4R-01", "SSLDV", names.common, names.alternatives, 1, csr, private)
    row.created = now - 100 * DAY
    certificate.issue(family, row, row.created, now + 265 * DAY)
    account.certificates[row.key] = row


def _load(family: Netim, number: int, keys: list[str], now: float, dice: random.Random) -> None:
    words, tlds = WORD_LIST, ("com", "net", "org", "fr", "eu", "de", "be", "shop", "info", "pro")
    name = f"{dice.choice(words)}-{dice.choice(words)}-n{number}.{dice.choice(tlds)}"
    domain = _new(family, name, dice.uniform(2, 700), _roles(keys, dice.randrange(7)), dice)
    domain.tag, domain.auto_renew = dice.choice(("", "", "bulk", "clients")), dice.random() < 0.3
