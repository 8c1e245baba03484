"""Checks what people type about themselves and their names before it is stored or sent. No models, no I/O.

Every check takes text and returns what it would store and what is wrong with it, in sentences for the person
who typed it. Nothing here raises on any text.
"""

from panel.contact.validation.contact import contact_warnings, validate_contact
from panel.contact.validation.extension import validate_extra
from panel.contact.validation.nameserver import validate_nameservers
from panel.contact.validation.region import province_for_postal_code
from panel.contact.validation.spanish import SPANISH_ORGANIZATION_TYPES, suggest_organization_type
from panel.contact.validation.wording import translated

__all__ = [
    "SPANISH_ORGANIZATION_TYPES",
    "contact_warnings",
    "province_for_postal_code",
    "suggest_organization_type",
    "translated",
    "validate_contact",
    "validate_extra",
    "validate_nameservers",
]
