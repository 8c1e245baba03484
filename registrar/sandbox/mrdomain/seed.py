"""The account as it is after a reset: a reseller who has been at it for years."""

# ruff: noqa: E501 - one row of the tables below is one contact or domain

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from registrar.sandbox.clock import add_years, day, stamp
from registrar.sandbox.mrdomain import seed_holdings
from registrar.sandbox.mrdomain.contactdata import initials
from registrar.sandbox.mrdomain.model import CONTACT_FIELDS, Account, Contact, Domain, Stage
from registrar.sandbox.mrdomain.nameservers import DEFAULT
from registrar.sandbox.names import WORDS, to_ascii
from registrar.sandbox.tlds import TLDS

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

DAY = 86400.0
# type | first | last | organization | Spanish type | identification | e-mail | phone | address | code | city | state
# | country | verification
CONTACTS = """
individual|Marta|Soler|||45871236H|marta@soler-estudio.example|+34.612445870|Carrer de Mallorca, 214|08036|Barcelona|Barcelona|ES|verified
organization|Iker|Etxeberria|Panadería Etxeberria S.L.|612|B95330217|hola@etxeberria.example|+34.944150022|Kale Nagusia, 8|48001|Bilbao|Bizkaia|ES|verified
organization|Nuria|Campos|Asociación Vecinal La Ribera|47|G28446119|secretaria@laribera.example|+34.914480913|Calle del Río, 3|28005|Madrid|Madrid|ES|verified
individual|Camille|Fournier|||FR-880412|camille@fournier.example|+33.478391145|12 rue des Tanneurs|69002|Lyon|Rhône|FR|verified
organization|Julien|Morel|Garçons et Fils SARL||FR40123456824|bureau@garcons.example|+33.556008814|4 quai Richelieu|33000|Bordeaux|Gironde|FR|verified
organization|Petra|Müller|Müller Bau GmbH||DE811907980|info@muellerbau.example|+49.894411720|Lindwurmstraße 88|80337|München|Bayern|DE|verified
individual|Owen|Hughes|||HUGHES850711|owen@hughes.example|+44.2920180046|31 Cathedral Road|CF11 9HB|Cardiff|Cardiff|GB|verified
organization|Grace|Whitfield|Alder Hosting Ltd||GB293846105|ops@alder-hosting.example|+44.1174960217|9 Temple Quay|BS1 6DZ|Bristol|Bristol|GB|verified
individual|Will|Ford|||AAAAAA|will@ford.example|+1.5125550142|1100 Congress Avenue|78701|Austin|Texas|US|notapplicable
organization|Inês|Carvalho|Vinhos do Vale Lda||PT509442013|geral@vinhosdovale.example|+351.223400917|Rua de Cedofeita 55|4050-180|Porto|Porto|PT|verified
individual|Piotr|Zieliński|||85071201234|piotr@unverified.example|+48.224000713|ul. Nowy Świat 21|00-029|Warszawa|mazowieckie|PL|inprocess
individual|Anouk|de Vries|||NL-220184557|anouk@devries.example|+31.206240118|Prinsengracht 402|1016 JB|Amsterdam|Noord-Holland|NL|failed
"""
# name | days to expiry | status | contact's row | tags | options
# options: A renews by itself, L left to expire, P Whois privacy, B modifications blocked,
#          D DNSSEC, G glue, N own DNS servers
DOMAINS = """
soler-estudio.com 212 active 0 clientes P
soler-estudio.es 212 active 0 clientes A
solerfotografia.cat 88 active 0 - P
panaderia-etxeberria.com 19 active 1 clientes,bilbao A
etxeberria-ogia.eus 340 active 1 bilbao N
panaderiaetxeberria.es 19 active 1 clientes A
señal-norte.es 301 active 1 idn -
laribera-vecinos.org 6 active 2 asociaciones -
laribera-vecinos.madrid 152 active 2 asociaciones -
fiestasdelaribera.info -9 expired-renewgrace 2 asociaciones L
camille-fournier.fr 27 active 3 france -
camillefournier.com 27 active 3 france AP
café-lumière.fr 245 active 3 france,idn -
garçons-et-fils.fr 118 active 4 france,idn N
garcons-et-fils.com 118 active 4 france D
garcons-traiteur.eu 61 active 4 france -
mueller-bau-muenchen.de 176 active 5 - N
müller-bau.com 176 active 5 idn ND
muellerbau-sanierung.eu -4 expired-renewgrace 5 - -
muellerbau-alt.com -41 expired-redemption 5 - L
owenhughes-joinery.co.uk 54 active 6 uk A
owenhughes-joinery.uk 54 active 6 uk A
hughes-joinery.co 12 active 6 uk -
alder-hosting.com 402 active 7 own,important ABDGN
alder-hosting.net 402 active 7 own AGN
alder-hosting.co.uk 133 active 7 own A
alder-status.io 79 active 7 own DN
alderpanel.dev 23 active 7 own A
alderpanel.app 23 renewed 7 own A
alder-mail.online 200 active 7 own P
willford-photos.com 9 active 8 usa P
willford-trails.xyz -62 expired-pendingdelete 8 - L
willford.club 3 active 8 usa -
willford-moves.me 0 transfer-pending 8 usa -
vinhosdovale.pt 510 active 9 vinho -
vinhos-do-vale.com 91 renewed 9 vinho P
vinhosdovale-loja.shop 30 active 9 vinho -
quintadovale.store 187 active 9 vinho -
piotr-zielinski.pl 260 active 10 - -
żaglowy-szlak.com 265 active 10 idn -
anoukdevries-keramiek.nl 71 active 11 - -
devries-keramiek.com 71 active 11 - -
devries-studio.site 0 transfer-pending 11 - -
"""
WORD_LIST = sorted(WORDS)
DELETED = ("laribera-rastro.info", "muellerbau-2014.com", "willford-blog.site", "soler-boda.es")


def fill(family: MrDomain, extra: int) -> None:
    """Fill a fresh account; `extra` more domains for load."""
    if not 0 <= extra <= 100_000:
        raise ValueError("domains must be from 0 to 100000")
    account, now = family.account, family.world.clock.now()
    dice = family.world.dice("seed")
    keys = [_contact(family, account, row, dice) for row in CONTACTS.strip().split("\n")]
    for row in DOMAINS.strip().split("\n"):
        _domain(account, row, keys, now, dice)
    for number in range(extra):
        _load(account, number, keys, now, dice)
    for days, name in enumerate(DELETED, 1):
        gone = {"name": name, "tld": name.partition(".")[2], "tsDeleted": day(now - days * 47 * DAY)}
        account.deleted.append({**gone, "info": "Domain expired"})
    seed_holdings.fill(family, keys)


def _contact(family: MrDomain, account: Account, row: str, dice: random.Random) -> str:
    *data, verification = row.split("|")
    fields = dict(
        zip((attribute for _, attribute, _ in CONTACT_FIELDS if attribute != "fax"), data, strict=True)
    )
    account.contact_serial += dice.randint(1, 90)
    key = f"{initials(fields['first_name'], fields['last_name'])}-{account.contact_serial}"
    contact = Contact(contact_id=key, fax="", **fields)  # type: ignore[arg-type]
    contact.verification, contact.da_accepted = verification, verification == "verified"
    if verification == "inprocess":
        contact.verify_at = family.world.clock.now() + 12 * DAY
    if contact.country == "ES":
        contact.es_nic_handle = f"{key[:2]}{account.contact_serial % 10000:04}-ESNIC-F4"
    account.contacts[key] = contact
    return key


def _new(account: Account, name: str, contact: str, dice: random.Random) -> Domain:
    account.domain_serial += dice.randint(1, 900)
    ascii_name = to_ascii(name)
    domain = Domain(account.domain_serial, ascii_name, ascii_name.partition(".")[2], "active", {})
    domain.contacts = dict.fromkeys(("owner", "admin", "tech", "billing"), contact)
    domain.nameservers, domain.transfer_block = list(DEFAULT), TLDS[domain.tld].lockable
    domain.authcode = "".join(dice.choice("abcdefghjkmnpqrstuvwxyz23456789#&'") for _ in range(12))
    return domain


def _date(domain: Domain, days: float, now: float, dice: random.Random) -> None:
    """An expiry `days` from now and a creation whole years before it."""
    domain.expires = now + days * DAY + dice.uniform(0, DAY / 2)
    years = max(dice.randint(1, 12), int(days // 365) + 1)
    domain.created = add_years(domain.expires, -years)
    row = {"ts": stamp(domain.created), "ip": "203.0.113.20", "user": "demo", "title": "Registration"}
    domain.history.append({**row, "message": f"Registration for {years} year(s)"})


def _domain(account: Account, row: str, keys: list[str], now: float, dice: random.Random) -> None:
    name, days, status, contact, tags, options = row.split()
    domain = _new(account, name, keys[int(contact)], dice)
    domain.status, domain.tag = status, "" if tags == "-" else tags
    if status == "transfer-pending":
        _incoming(domain, now, dice)
    else:
        _date(domain, float(days), now, dice)
    if status == "renewed":
        domain.stages = [Stage(now + 7200, {"status": "active"}, "Renewal", "Confirmed by the registry")]
    domain.renewal_mode = "autorenew" if "A" in options else "letexpire" if "L" in options else "manual"
    domain.whois_privacy, domain.modify_block = "P" in options, "B" in options
    if "N" in options:
        domain.default_ns, domain.nameservers = False, ["ns1.alder-hosting.net", "ns2.alder-hosting.net"]
    if "G" in options:
        first = {"name": f"ns1.{domain.name}", "ipv4": "37.152.90.14", "ipv6": "2a02:2670:3::53"}
        domain.glue = [first, {"name": f"ns2.{domain.name}", "ipv4": "37.152.91.14", "ipv6": ""}]
    if "D" in options:
        digest = "".join(dice.choice("0123456789ABCDEF") for _ in range(64))
        domain.dnssec = [
            {"keytag": dice.randint(1000, 65000), "algorithm": 13, "digesttype": 2, "digest": digest}
        ]
    account.add(domain)


def _incoming(domain: Domain, now: float, dice: random.Random) -> None:
    """A transfer that is on its way and ends within the day."""
    domain.transfer_status = "queued" if dice.random() < 0.5 else "set-auth"
    domain.created = now - dice.uniform(500, 3000) * DAY
    end = {"status": "active", "transfer_status": "completed", "expires": now + dice.uniform(40, 300) * DAY}
    domain.stages = [
        Stage(now + dice.uniform(4, 20) * 3600, end, "Transfer", "The transfer is complete", years=1)
    ]
    row = {"ts": stamp(now - DAY), "ip": "203.0.113.20", "user": "demo", "title": "Transfer"}
    domain.history.append({**row, "message": "Transfer requested"})


def _load(account: Account, number: int, keys: list[str], now: float, dice: random.Random) -> None:
    words, tlds = WORD_LIST, ("com", "net", "org", "es", "fr", "eu", "de", "co.uk", "shop", "info")
    name = f"{dice.choice(words)}-{dice.choice(words)}-{number}.{dice.choice(tlds)}"
    domain = _new(account, name, dice.choice(keys), dice)
    _date(domain, dice.uniform(2, 700), now, dice)
    domain.tag = dice.choice(("", "", "bulk", "clientes"))
    domain.renewal_mode = dice.choice(("autorenew", "manual", "manual"))
    account.add(domain)
