"""What a contact holds, what it has to hold, and what .US, .FR and .ASIA ask of an owner."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from registrar.sandbox.bookmyname import countries
from registrar.sandbox.bookmyname.model import Contact
from registrar.sandbox.clock import stamp

PLAIN = [
    "passwd",
    "email",
    "hash_email",
    "formejuridique",
    "civilite",
    "nom",
    "prenom",
    "societe",
    "adresse1",
    "adresse2",
    "cp",
    "ville",
    "region_id",
    "pays_id",
    "telephone",
    "telecopie",
    "numero_tva",
    "siret",
    "lang",
    "revente",
]
EXTENSIONS = [
    "dotus_nexus_purpose",
    "dotus_nexus_category",
    "dotfr_mode",
    "dotfr_marque",
    "dotfr_ne_le",
    "dotfr_ne_cp",
    "dotfr_ne_ville",
    "dotfr_ne_pays_id",
    "dotfr_publication_jo",
    "dotfr_publication_jo_page",
    "asia_locality",
    "asia_typeofentity",
    "asia_formofident",
    "asia_identnumber",
]
# Everything that contact_create and contact_update take; other keys are ignored, read-only ones among them.
WRITABLE = frozenset((*PLAIN, *EXTENSIONS))
# In the order of the replies. Not shown in any example, so not here: passwd, region_id and the extensions' keys.
_SHOWN_BEFORE = [
    "hash_email",
    "formejuridique",
    "civilite",
    "nom",
    "prenom",
    "societe",
    "adresse1",
    "adresse2",
    "cp",
    "ville",
    "pays_id",
]
_SHOWN_AFTER = ["telephone", "telecopie", "numero_tva", "siret", "lang", "revente"]
# ASSUMPTION: which keys "missing elements" is about. The manual's example fills in these.
REQUIRED = [
    "passwd",
    "email",
    "formejuridique",
    "nom",
    "prenom",
    "adresse1",
    "cp",
    "ville",
    "pays_id",
    "telephone",
]
DEFAULTS = {"hash_email": "yes", "lang": "fr", "revente": "no"}
WORDS = {
    "hash_email": ("yes", "no"),
    "formejuridique": ("Particulier", "Societe", "Association", "Autre"),
    "civilite": ("", "M", "Mme", "Mle"),
    "lang": ("fr", "en", "de", "es"),
    "revente": ("yes", "no"),
}
_PHONE = re.compile(r"\+\d{1,3}\.\d{4,14}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NEXUS_PURPOSES = ("P1", "P2", "P3", "P4", "P5")
_NEXUS_CATEGORIES = ("C11", "C12", "C21", "C31", "C32")
_FR_MODES = ("MARQUE", "SIRET", "PARTICULIER", "ASSOCIATION")
_ASIA_ENTITIES = (
    "naturalPerson",
    "corporation",
    "cooperative",
    "partnership",
    "government",
    "politicalParty",
    "society",
    "institution",
)
_ASIA_IDENTS = ("passport", "certificate", "legislation", "societyRegistry", "politicalPartyRegistry")


def canonical(fields: dict[str, str]) -> dict[str, str]:
    """The keys that can be written; words of a list in the list's spelling, whatever case they came in."""
    found = {key: value for key, value in fields.items() if key in WRITABLE}
    for key, words in WORDS.items():
        if key in found:
            spelled = {word.casefold(): word for word in words}
            found[key] = spelled.get(found[key].casefold(), found[key])
    return found


def complete(fields: dict[str, str]) -> bool:
    """True if nothing is missing or malformed. ASSUMPTION: a malformed value counts as a missing one."""
    needed = (
        [*REQUIRED, "societe"] if fields.get("formejuridique") in ("Societe", "Association") else REQUIRED
    )
    return (
        all(fields.get(key) for key in needed)
        and all(fields.get(key, words[0]) in words for key, words in WORDS.items())
        and _EMAIL.fullmatch(fields["email"]) is not None
        and _PHONE.fullmatch(fields["telephone"]) is not None
        and (not fields.get("telecopie") or _PHONE.fullmatch(fields["telecopie"]) is not None)
    )


def initials(fields: dict[str, str]) -> str:
    """The letters of a handle, first name first (PD for Pierre DUPOND); "" where there are none to take."""
    found = ""
    for key in ("prenom", "nom"):
        plain = unicodedata.normalize("NFKD", fields.get(key, ""))
        found += next((letter.upper() for letter in plain if letter.isascii() and letter.isalpha()), "")
    return found


def view(contact: Contact, language: str) -> dict[str, Any]:
    """The contact as the API shows it; `language` is that of the country's name."""
    fields = contact.fields
    # ASSUMPTION: what the eight digits are a hash of.
    digits = hashlib.md5(fields.get("email", "").encode(), usedforsecurity=False).hexdigest()[:8]
    head: dict[str, Any] = {
        "id": contact.id,
        "parent_id": contact.parent_id,
        "lastupdate": stamp(contact.lastupdate),
        "lastupdate_ip": contact.lastupdate_ip,
        "handle": contact.handle,
        "creation": stamp(contact.creation),
        "email": fields.get("email", ""),
        "md5_email": f"{digits}.{contact.id}@contacts.nospam.free.org",
    }
    head.update({key: fields.get(key, "") for key in (*_SHOWN_BEFORE, *_SHOWN_AFTER)})
    head["pays_id"] = int(fields["pays_id"])
    return {**head, "status": contact.status, "pays": countries.names(language)[int(fields["pays_id"])]}


def _is_date(text: str) -> bool:
    try:
        return bool(datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=UTC))
    except ValueError:
        return False


def _us(fields: dict[str, str]) -> bool:
    return (
        fields.get("dotus_nexus_purpose") in _NEXUS_PURPOSES
        and fields.get("dotus_nexus_category") in _NEXUS_CATEGORIES
    )


def _fr(fields: dict[str, str]) -> bool:
    mode = fields.get("dotfr_mode", "")
    if mode == "MARQUE":
        return bool(fields.get("dotfr_marque"))
    if mode == "SIRET":
        return bool(fields.get("siret"))
    if mode == "ASSOCIATION":
        return _is_date(fields.get("dotfr_publication_jo", "")) and bool(
            fields.get("dotfr_publication_jo_page")
        )
    born_in = fields.get("dotfr_ne_pays_id", "")
    # ASSUMPTION: a postal code of birth is asked for births in France only.
    return (
        mode == "PARTICULIER"
        and _is_date(fields.get("dotfr_ne_le", ""))
        and bool(fields.get("dotfr_ne_ville"))
        and countries.known(born_in)
        and (born_in != "1" or bool(fields.get("dotfr_ne_cp")))
    )


def _asia(fields: dict[str, str]) -> bool:
    return (
        countries.in_asia(fields.get("asia_locality", ""))
        and fields.get("asia_typeofentity") in _ASIA_ENTITIES
        and fields.get("asia_formofident") in _ASIA_IDENTS
        and bool(fields.get("asia_identnumber"))
    )


# ASSUMPTION: the manual's retval -6 names .US and .FR only; .ASIA has fields of its own and is treated alike.
_ASKED: dict[str, Callable[[dict[str, str]], bool]] = {"us": _us, "fr": _fr, "asia": _asia}


def suits(owner: Contact, tld: str) -> bool:
    """True if the owner holds what the TLD asks for."""
    return tld not in _ASKED or _ASKED[tld](owner.fields)


def afnic_rejects(owner: Contact) -> bool:
    """True where dotfr_mode and formejuridique do not fit: accepted here, turned down by the registry (manual)."""
    fitting = {
        "PARTICULIER": ("Particulier",),
        "ASSOCIATION": ("Association",),
        "SIRET": ("Societe", "Association", "Autre"),
        "MARQUE": WORDS["formejuridique"],
    }
    return owner.fields.get("formejuridique") not in fitting.get(owner.fields.get("dotfr_mode", ""), ())
