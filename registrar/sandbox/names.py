"""Which names of the whole Internet are registered or premium, from the seed and a few plain rules."""

from __future__ import annotations

import random
from typing import Any

import idna

_FAMOUS = """
adidas adobe airbnb amazon apple bmw booking bosch carrefour cloudflare debian django dropbox ebay example
facebook github gitlab google ibm ikea inditex instagram intel linkedin mercadona microsoft mozilla nestle
netflix nike oracle orange paypal python reddit renault repsol samsung santander siemens sony spotify
telefonica telegram toyota twitter uber ubuntu volkswagen whatsapp wikipedia yahoo youtube zara zoom
"""
_WORDS = """
alpha anchor apple atlas autumn bakery beach berry bike bird blue boat book brand bread brew bridge bright
cafe candle canvas car casa castle cat cedar city clever coast coche coches code coffee compass cook coral
craft crystal dance data design digital dog dream eagle earth east energy falcon farm fashion field film
fire fish fitness fleur flower food forest fox fresh fruit future game garden gift glass global gold grain
green grove guitar happy harbor harvest health hero hill home honey horizon horse hotel house island jardin
jewel juice kitchen lake law leaf lemon libro light lion livre lotus luna lunar magic maison maple mar
market meadow media metal mill mint moon mountain music nature night north nova oak ocean office olive
orange orchard paper park pearl photo pilot pine planet plaza poem pool prime pure rain rapid red ridge
river road robot rocket rose sail salon school sea shop silver sky smart smile snow social sol solar soleil
sound south spark sport spring star stone storm story studio summer sun surf swift table tea team tech
temple tienda tiger tower trade trail travel tree urban valley velvet viaje viajes village vin vino vision
voyage water wave west wind wine winter wolf wood world yoga young zebra zen
"""
_PREMIUM = """
bank car casino cloud coffee crypto game gold health home hotel invest loan market money music pay poker
robot sex shop smart star travel wine yoga
"""
# Registries of older extensions do not price single names; the newer ones do.
_PREMIUM_TLDS = "app barcelona cc club dev green io jobs me online pro shop site store tv xyz"
FAMOUS, WORDS, PREMIUM, PREMIUM_TLDS = (
    frozenset(text.split()) for text in (_FAMOUS, _WORDS, _PREMIUM, _PREMIUM_TLDS)
)
TAKEN = frozenset({"lighthouse.net", "lighthouse.org", "lighthouse.es", "lighthouse.de", "lighthouse.co.uk"})
AVAILABLE = frozenset({"lighthouse.com", "lighthouse.fr"})


class InvalidName(ValueError):
    """A text that is no domain name."""


def to_ascii(text: str) -> str:
    """The A-label form of a domain name, lower case; raises InvalidName."""
    try:
        return idna.encode(text.strip().rstrip("."), uts46=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidName(str(error)) from error


def to_unicode(name: str) -> str:
    """The U-label form of a domain name in A-labels; a label that cannot be decoded stays as it is."""
    try:
        return idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return name


class Names:
    """Registrations outside the accounts. A name here is an A-label, lower case, as in `lighthouse.com`."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._taken: set[str] = set()
        self._free: set[str] = set()

    def taken(self, name: str) -> bool:
        """True if somebody outside the accounts holds the name."""
        if name in self._taken or name in self._free:
            return name in self._taken
        if name in TAKEN or name in AVAILABLE:
            return name in TAKEN
        label, _, tld = name.partition(".")
        if label.startswith(("taken", "locked")) or label in FAMOUS:
            return True
        if label.startswith(("premium", "available")) or self.premium_price(name) is not None:
            return False
        return self._chance(name) < self._density(label, tld)

    def _density(self, label: str, tld: str) -> float:
        crowded = tld in ("com", "net", "org", "de", "co.uk", "es", "fr")
        if label in WORDS:
            return 0.9 if crowded else 0.45
        if len(label) <= 3:
            return 0.97 if crowded else 0.6
        if len(label) <= 7 and label.isalpha():
            return 0.12 if crowded else 0.03
        return 0.0

    def _chance(self, name: str) -> float:
        return random.Random(f"{self._seed}|taken|{name}").random()

    def premium_price(self, name: str) -> int | None:
        """The yearly price in whole euros of a premium name; None for an ordinary one."""
        label, _, tld = name.partition(".")
        if not label.startswith("premium") and not (label in PREMIUM and tld in PREMIUM_TLDS):
            return None
        return random.Random(f"{self._seed}|premium|{name}").choice(
            (95, 140, 220, 375, 650, 990, 1450, 2400, 3900)
        )

    def take(self, name: str) -> None:
        """From now on somebody else holds the name."""
        self._free.discard(name)
        self._taken.add(name)

    def free(self, name: str) -> None:
        """From now on nobody else holds the name."""
        self._taken.discard(name)
        self._free.add(name)

    def dump(self) -> dict[str, Any]:
        return {"taken": sorted(self._taken), "free": sorted(self._free)}

    def load(self, data: dict[str, Any]) -> None:
        self._taken, self._free = set(data["taken"]), set(data["free"])
