"""What a contract test needs to know of each family: how to open it on its sandbox, and names that behave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from registrar.types import Contact, ContactType, RecordType

PERSON = Contact(
    type=ContactType.INDIVIDUAL,
    first_name="Ada",
    last_name="Lamp",
    email="ada@lamps.example",
    phone="+33.144556677",
    address="1 quai des Lampes",
    postal_code="75001",
    city="Paris",
    state="Paris",
    country="FR",
    identification="ID1234567",
    language="fr",
)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A family on its sandbox.

    `own` is an active name of the account that may be changed and renewed, `hosted` one whose zone is at the
    registrar, `free` and `taken` are in no account, `transferable` is elsewhere and comes with `auth_code`.
    `transfer_keeps` says that a transfer brings its contacts and nameservers along, and takes no others.
    `one_label` says that several names are checked by one label in several extensions, `checks_balance` that an
    order beyond the balance is refused with a documented code. `house` is the account's own contact, where only
    names that have it as one of theirs are shown to the account.
    `session_call` opens a session, where the family has them, and `session_end` ends all in the sandbox.
    `contact_kept` are the fields that the family gives back as they were given. What only some families can do
    stands in `special`: names and words for the operations that need one.
    """

    family: str
    credentials: Mapping[str, str]
    path: str = ""
    own: str
    hosted: str
    free: str = "nordic-lanterns.com"
    taken: str = "lighthouse.net"
    transferable: str = "taken-lantern.com"
    auth_code: str = "code-1234"
    transfer_keeps: bool = False
    one_label: bool = False
    checks_balance: bool = True
    redirects_from_addresses: bool = False
    certificates_have_contacts: bool = False
    contact: Contact = PERSON
    contact_kept: tuple[str, ...] = ("first_name", "last_name", "email", "city", "country")
    missing_handle: str = "ZZ-999999"
    undocumented_code: str
    session_call: str = ""
    session_end: str = ""
    house: str = ""
    nameservers: tuple[str, str] = ("ns1.lamps.example", "ns2.lamps.example")
    record_types: frozenset[RecordType] = frozenset()
    special: Mapping[str, str] = field(default_factory=dict)


_PROFILES = (
    Profile(
        family="mrdomain",
        undocumented_code="7777",
        credentials={"apiuser": "demo", "apipasswd": "demo"},
        own="soler-estudio.com",
        hosted="soler-estudio.com",
        redirects_from_addresses=True,
        certificates_have_contacts=True,
        contact=replace(PERSON, language=""),
        contact_kept=("first_name", "last_name", "email", "phone", "address", "city", "state", "country"),
        special={
            "plan": "soler-estudio.com",
            "plan product": "basic",
            "higher product": "professional",
            "renewable plan": "panaderia-etxeberria.com",
            "new plan": "soler-estudio.es",
            "certificate": "135037",
            "missing certificate": "999999",
            "renewable name": "*.alder-hosting.com",
            "certificate with names": "135074",
            "renewable certificate": "135111",
            "product": "55",
            "visible": "soler-estudio.es",
        },
    ),
    Profile(
        family="netim",
        undocumented_code="E99-M9999",
        session_call="sessionOpen",
        session_end="expire_sessions",
        credentials={"reseller": "DEMO01", "password": "demo"},
        path="/2.0/",
        own="brandt-moebelhaus.com",
        hosted="phare-numerique.com",
        missing_handle="ZZ999",
        checks_balance=False,
        special={
            "redemption": "walsh-chandlery.com",
            "internal": "taken-at-netim-lantern.com",
            "template": "1",
            "member": "lamps.xxx",
            "product": "SSLDV",
            "certificate": "SSL-PH4R-01",
            "missing certificate": "SSL-NONE-01",
            "renewable certificate": "SSL-PH4R-01",
            "renewable name": "www.phare-numerique.fr",
        },
    ),
    Profile(
        family="bookmyname",
        undocumented_code="-77",
        credentials={"dist_id": "13490", "dist_passwd": "demo"},
        path="/apis.cgi",
        own="ruches-du-leman.com",
        hosted="ruches-du-leman.com",
        missing_handle="999999",
        house="13490",
        transfer_keeps=True,
        one_label=True,
        checks_balance=False,
    ),
    Profile(
        family="namecom",
        undocumented_code="777",
        credentials={"username": "demo-ote", "api_token": "demo"},
        path="/api",
        own="okafor-dental.com",
        hosted="okafor-dental.com",
        contact=replace(PERSON, phone="+1.3035550111", state="CO", country="US", postal_code="80202"),
        one_label=True,
        special={"without privacy": "okafor-dental.org", "unsynced": "bluestem-hosting.us"},
    ),
)
PROFILES: Mapping[str, Profile] = {profile.family: profile for profile in _PROFILES}
