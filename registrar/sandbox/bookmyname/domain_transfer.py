"""domain_transfer: what is known of a name elsewhere, and what becomes of the order.

Names at other registrars behave by words in their label, unless the world says more (`outside`): "locked..." is
locked, "...young..." has been created lately, "...pending..." is in a pending state, "...nowhois..." has a Whois
record that cannot be read, and nobody votes for "...novote...".
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from registrar.sandbox.bookmyname import contact
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.domain_create import new_domain
from registrar.sandbox.bookmyname.lifecycle import DAY, TRANSFER_SECONDS
from registrar.sandbox.bookmyname.model import DIST_ID
from registrar.sandbox.bookmyname.status import PENDING
from registrar.sandbox.bookmyname.tlds import Tld, managed
from registrar.sandbox.names import WORDS

YOUNG_DAYS = 60
FACTS = frozenset({"created", "expires", "locked", "pending", "whois", "vote", "authkey"})


class Outside(NamedTuple):
    """A name at another registrar; an empty authkey means that any will do but "wrong..." and "bad..."."""

    created: float
    expires: float
    locked: bool
    pending: bool
    whois: bool
    vote: bool
    authkey: str


def look(call: Call, name: str) -> Outside:
    """What the Whois and the registry say of a name elsewhere."""
    known = call.account.outside.get(name, {})
    label = name.partition(".")[0]
    dice = call.family.world.dice("outside", name)
    age = dice.uniform(5, 50) if "young" in label else dice.uniform(400, 3000)
    facts: dict[str, Any] = {
        "created": call.now - age * DAY,
        "expires": call.now + dice.uniform(40, 300) * DAY,
        "locked": label.startswith("locked"),
        "pending": "pending" in label,
        "whois": "nowhois" not in label,
        "vote": "novote" not in label,
        "authkey": "",
    }
    return Outside(**{**facts, **known})


def _name(call: Call) -> tuple[str, Tld]:
    """ASSUMPTION: no code is meant for a malformed name; there is no Whois record of it either."""
    name = call.name(call.text(0), -4)
    tld = managed(name)
    if tld is None:
        raise Refusal(-7)
    held = call.account.domains.get(name)
    if held is not None and call.account.registry_status(held) & PENDING and call.account.may_see(held):
        raise Refusal(-2)
    if held is not None:
        # ASSUMPTION: under another login here it is -5; what is the reseller's own cannot be transferred to it.
        raise Refusal(-6 if call.account.may_see(held) else -5)
    return name, tld


def _check(call: Call, name: str, found: Outside) -> None:
    if not call.family.elsewhere(name) or not found.whois:
        raise Refusal(-4)
    if found.pending:
        raise Refusal(-2)
    if found.locked:
        raise Refusal(-3)
    if call.now - found.created < YOUNG_DAYS * DAY:
        raise Refusal(-8)


def _owner(call: Call, name: str, tld: Tld) -> int:
    """The owner's contact: extid for .FR, otherwise one made from the Whois record (ASSUMPTION)."""
    if tld.name == "fr":
        return int(call.text(2))
    if name in call.account.paid:
        return call.account.paid[name]
    dice = call.family.world.dice("holder", name)
    word = dice.choice(sorted(WORDS))
    fields = {
        "email": f"holder@{name}",
        "hash_email": "yes",
        "formejuridique": "Particulier",
        "civilite": "M",
        "nom": word.upper(),
        "prenom": "Dominique",
        "adresse1": f"{dice.randint(1, 90)} rue du Registre",
        "cp": "75010",
        "ville": "PARIS",
        "pays_id": "1",
        "telephone": f"+33.1{dice.randint(10_000_000, 99_999_999)}",
        "lang": "fr",
        "revente": "no",
    }
    return contact.add(call, fields).id


def transfer(call: Call) -> Answer:
    """A transfer that failed is started again by the same call, and is not billed a second time.

    ASSUMPTION: every TLD but .FR needs an auth key, .FR needs extid instead.
    """
    name, tld = _name(call)
    found = look(call, name)
    _check(call, name, found)
    authkey = call.text(1)
    if tld.name != "fr" and not authkey:
        raise Refusal(-9)
    if tld.name == "fr" and not call.account.usable(call.text(2)):
        raise Refusal(-10)
    price = Decimal(0) if name in call.account.paid else tld.price
    call.afford(price)

    owner = _owner(call, name, tld)
    domain = new_domain(call, name, dict.fromkeys(("bill", "tech", "admin"), DIST_ID) | {"owner": owner})
    domain.authinfo = authkey or domain.authinfo
    servers = ["ns1.previous-registrar.example", "ns2.previous-registrar.example"]
    effect = {"created": found.created, "expires": found.expires, "ns": servers}
    transaction = call.begin(name, TRANSFER_SECONDS, tld.delay, effect, price)
    wrong = authkey.lower().startswith(("wrong", "bad")) or found.authkey not in ("", authkey)
    if not found.vote or (tld.name != "fr" and wrong):
        transaction.word = "Error"
    sent = {"domain": name, "authkey": authkey, "extid": call.text(2)}
    call.promise(transaction, sent, owner_id=owner)
    return Answer(transaction.tid, {"tid": transaction.tid, "owner_id": owner})


FUNCTIONS: dict[str, Function] = {"domain_transfer": transfer}
