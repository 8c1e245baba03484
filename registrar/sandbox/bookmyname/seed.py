"""The account as it is after a reset: a small agency in Nantes that sells names to its customers."""

# ruff: noqa: E501 - one row of the tables below is one contact or domain

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from registrar.sandbox.bookmyname import contactdata
from registrar.sandbox.bookmyname.contactdata import initials
from registrar.sandbox.bookmyname.countries import CODES
from registrar.sandbox.bookmyname.lifecycle import DAY
from registrar.sandbox.bookmyname.model import DIST_ID, Account, Contact, Domain, Host, Transaction
from registrar.sandbox.bookmyname.tlds import TLDS
from registrar.sandbox.clock import add_years
from registrar.sandbox.names import WORDS

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName

HOUR = 3600.0
STRANGER, STRANGERS_PARENT = 20551, 20550
NUMBER_OF = {code: number for number, code in CODES.items()}
IP = "192.0.2.44"
# id or - | kind | title | last | first | organization | address | code | city | country | phone | e-mail | siret | status | extensions
CONTACTS = """
13490|Societe|M|KERMADEC|Yann|Horizon Réseau SARL|3 quai de la Fosse|44000|NANTES|FR|+33.240891200|yann@horizon-reseau.example|48210937500021|Active|dotfr_mode=SIRET
127743|Societe|Mme|LE GOFF|Maëlle|Horizon Réseau SARL|3 quai de la Fosse|44000|NANTES|FR|+33.240891201|noc@horizon-reseau.example|48210937500021|Active|dotfr_mode=SIRET
-|Particulier|Mme|GAUTHIER|Hélène||18 rue des Potiers|44600|SAINT-NAZAIRE|FR|+33.240663412|helene@gauthier.example||Active|dotfr_mode=PARTICULIER dotfr_ne_le=14-03-1971 dotfr_ne_cp=29200 dotfr_ne_ville=Brest dotfr_ne_pays_id=1
-|Societe|M|PERRIN|Loïc|Les Ruches du Léman SARL|5 chemin des Tilleuls|74200|THONON-LES-BAINS|FR|+33.450714408|contact@ruches.example|50332288100017|Active|dotfr_mode=SIRET
-|Association|Mme|DELMAS|Anaïs|Chorale des Deux Rives|1 place du Marché|69005|LYON|FR|+33.478420917|bureau@deuxrives.example||Active|dotfr_mode=ASSOCIATION dotfr_publication_jo=12-09-2009 dotfr_publication_jo_page=4417
-|Particulier|Mme|WHITMAN|Nora||402 Juniper Lane|05401|BURLINGTON|US|+1.8025550119|nora@whitman.example||Active|dotus_nexus_purpose=P3 dotus_nexus_category=C11
-|Societe|M|PEETERS|Wim|Kaas en Co BV|Vismarkt 22|2800|MECHELEN|BE|+32.15420771|wim@kaasenco.example||Active|
-|Societe|M|LIN|Wei|Lin Trading Ltd|88 Zhongshan Road|200001|SHANGHAI|CN|+86.2163224410|office@lintrading.example||Active|asia_locality=CN asia_typeofentity=corporation asia_formofident=certificate asia_identnumber=310101400412
-|Particulier|M|MARCHAND|Théo||7 allée Duquesne|44000|NANTES|FR|+33.240120388|theo@marchand.example||Suspended|
20551|Particulier|M|VOISIN|Paul||2 rue du Palier|75011|PARIS|FR|+33.143550101|paul@voisin.example||Active|
"""
# name | days to expiry | owner's row above | flags of registry_status, hexadecimal | options
# options: A the customer is admin, too; O the customer holds every role but billing; N own DNS servers; S dnsslave
DOMAINS = """
horizon-reseau.com 402 0 40 N
horizon-reseau.net 402 0 40 -
horizon-reseau.fr 131 0 0 N
horizon-status.info 22 0 0 -
helene-gauthier.fr 27 2 0 -
helene-gauthier.com 27 2 40 A
atelier-gauthier.eu 88 2 0 -
ruches-du-leman.com 9 3 40 -
ruches-du-leman.fr 9 3 0 N
ruches-du-leman.eu 244 3 0 -
miel-leman.biz 61 3 100 -
miel-leman.net 34 3 40 -
miel-express.mobi 3 3 0 -
chorale-deux-rives.org 167 4 40 O
chorale-deux-rives.fr 167 4 0 O
deux-rives-festival.info -8 4 0 -
whitman-quilts.us 301 5 40 A
whitman-quilts.com 301 5 44 A
whitman-prints.com 12 5 0 -
norawhitman.name 75 5 0 -
kaas-en-co.be 190 6 0 S
kaas-en-co.eu 190 6 0 S
lin-trading.cn 220 7 0 -
lin-trading.tw 220 7 20 -
lin-trading.asia 48 7 2 -
theo-marchand.com 19 8 0 -
deux-rives-2019.info 55 4 0 -
voisin-de-palier.com 310 9 40 V
voisin-de-palier.fr 310 9 0 V
"""
DEFAULT_NS = ["ns0.online.net", "ns1.online.net"]


def fill(family: BookMyName, extra: int) -> None:
    """Fill a fresh account; `extra` more domains for load."""
    if not 0 <= extra <= 100_000:
        raise ValueError("domains must be from 0 to 100000")
    account, now = family.account, family.world.clock.now()
    dice = family.world.dice("bookmyname", "seed")
    keys = [_contact(account, row, now, dice) for row in CONTACTS.strip().split("\n")]
    for row in DOMAINS.strip().split("\n"):
        _domain(account, row, keys, now, dice)
    for number, address in enumerate(("198.51.100.53", "203.0.113.53")):
        account.host_serial += 1
        name = f"ns{number}.horizon-reseau.com"
        account.hosts[name] = Host(account.host_serial, name, address, now - 300 * DAY)
    for number in range(extra):
        words = dice.choice(WORD_LIST), dice.choice(WORD_LIST)
        tld = dice.choice(("com", "net", "org", "info", "fr", "eu", "be"))
        row = f"{'-'.join(words)}-b{number}.{tld} {dice.randint(2, 700)} {dice.randint(2, 6)} 0 -"
        _domain(account, row, keys, now, dice)
    _pending(account, keys, now)


WORD_LIST = sorted(WORDS)


def _contact(account: Account, row: str, now: float, dice: random.Random) -> int:
    """One row of CONTACTS; the id."""
    given, kind, title, last, first, organization, address, code, city, country, *rest = row.split("|")
    phone, email, siret, status, extensions = rest
    fields = dict(zip(contactdata.PLAIN, [""] * len(contactdata.PLAIN), strict=True))
    fields.update(email=email, hash_email="yes", formejuridique=kind, civilite=title, nom=last, prenom=first)
    fields.update(societe=organization, adresse1=address, cp=code, ville=city, telephone=phone, siret=siret)
    fields.update(pays_id=str(NUMBER_OF[country]), lang="fr", revente="no", passwd="unknown")
    for pair in extensions.split():
        name, value = pair.split("=")
        fields[name] = str(NUMBER_OF[value]) if name == "asia_locality" else value
    if given == "-":
        account.contact_serial += dice.randint(1, 9)
    number = account.contact_serial if given == "-" else int(given)
    parent = {DIST_ID: 1, STRANGER: STRANGERS_PARENT}.get(number, DIST_ID)
    made = now - dice.uniform(200, 2000) * DAY
    handle = f"{initials(fields)}{number % 1000}-FREE"
    account.add_contact(Contact(number, parent, handle, made, made, IP, fields, status))
    return number


def _new(account: Account, name: str, owner: int, now: float, dice: random.Random) -> Domain:
    account.domain_serial += dice.randint(1, 30)
    contacts = {"bill": DIST_ID, "tech": 127743, "admin": DIST_ID, "owner": owner}
    code = "".join(dice.choice("abcdefghjkmnpqrstuvwxyzABCDEFGH23456789") for _ in range(12))
    domain = Domain(account.domain_serial, name, contacts, now, IP, code, ns=list(DEFAULT_NS))
    account.domains[name] = domain
    return domain


def _domain(account: Account, row: str, keys: list[int], now: float, dice: random.Random) -> None:
    name, days, owner, flags, options = row.split()
    key = keys[int(owner)]
    domain = _new(account, name, key, now, dice)
    domain.flags = int(flags, 16)
    domain.expires = now + float(days) * DAY + dice.uniform(0, DAY / 2)
    domain.created = add_years(domain.expires, -max(dice.randint(1, 12), int(float(days) // 365) + 1))
    domain.lastupdate = max(domain.created, now - dice.uniform(1, 300) * DAY)
    if "A" in options:
        domain.contacts["admin"] = key
    if "O" in options:
        domain.contacts.update(admin=key, tech=key)
    if "V" in options:
        domain.contacts = dict.fromkeys(domain.contacts, key)
    if "N" in options:
        domain.ns = ["ns0.horizon-reseau.com", "ns1.horizon-reseau.com"]
    if "S" in options:
        domain.service, domain.ip_dns_master = "dnsslave", "198.51.100.77"


def _pending(account: Account, keys: list[int], now: float) -> None:
    """One transaction of each kind that takes hours yet, after two that have ended."""
    dice = random.Random(0)
    _new(account, "gauthier-ceramique.com", keys[2], now - HOUR, dice)
    _new(account, "kaas-webshop.com", keys[6], now - 2 * HOUR, dice)
    past = {"created": now - 900 * DAY, "expires": now + 140 * DAY, "ns": DEFAULT_NS}
    update = {"set": {"authinfo": "NewEPPcode22"}, "contacts": {"tech": DIST_ID}, "glue": {}}
    rows: tuple[tuple[str, str, float, dict[str, Any], str, bool], ...] = (
        ("domain_renew", "helene-gauthier.fr", -30, {}, "5.00", False),
        ("domain_create", "gauthier-poterie.com", -20, {}, "", False),
        ("domain_create", "gauthier-ceramique.com", 6, {"years": 1, "glue": {}}, "5.00", True),
        ("domain_renew", "miel-leman.net", 7, {"years": 2}, "10.00", True),
        ("domain_update", "whitman-prints.com", 8, update, "", True),
        ("domain_delete", "deux-rives-2019.info", 9, {}, "", True),
        ("domain_transfer", "kaas-webshop.com", 18, past, str(TLDS["com"].price), True),
        ("host_create", "ns2.horizon-reseau.com", 5, {"ip": "198.51.100.54"}, "", True),
    )
    for action, subject, hours, effect, price, is_open in rows:
        account.tid_serial += 1
        begins = now + (1 if action == "domain_update" else -1) * HOUR
        word = "Error" if subject == "gauthier-poterie.com" else "Done"
        account.add_transaction(
            Transaction(
                account.tid_serial,
                action,
                subject,
                begins,
                now + hours * HOUR,
                effect,
                price,
                word,
                is_open,
                results={"tid": account.tid_serial},
                earlier=True,
            )
        )
