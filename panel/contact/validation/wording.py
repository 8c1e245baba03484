"""The English of registrar.tld, repeated here so that gettext finds it; a test holds the two together."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDING = frozenset(
    [
        _("ENS identifier"),
        _("Names in .aero are for aviation: the registry first gives every member an ENS identifier."),
        _("ENS password"),
        _("The password that came with the ENS identifier proves that the identifier is yours."),
        _("What the name will be used for"),
        _("The extension is for a community: the registry checks that the planned use fits it."),
        _("Date of birth"),
        _("The registry tells private owners apart by their date of birth."),
        _("Company number (SIREN)"),
        _("The registry can tie the name to the company register's number instead of the VAT number."),
        _("Trademark number"),
        _("The registry can tie the name to a trademark of the organization instead of its VAT number."),
        _("The owner is a member of the SHRM"),
        _("The registry asks who belongs to the professional association of human resources."),
        _("The owner's website"),
        _("The registry checks on the website that the name in .jobs fits the employer."),
        _("The owner's job title"),
        _("The registry asks what the contact's position is."),
        _("The owner's line of business"),
        _("The registry asks which line of business the contact works in."),
        _("The administrative contact is a member of the SHRM"),
        _("The administrative contact's website"),
        _("The administrative contact's job title"),
        _("The administrative contact's line of business"),
        _("The technical contact is a member of the SHRM"),
        _("The technical contact's website"),
        _("The technical contact's job title"),
        _("The technical contact's line of business"),
        _("The billing contact is a member of the SHRM"),
        _("The billing contact's website"),
        _("The billing contact's job title"),
        _("The billing contact's line of business"),
        _("Authority that issued the identity document"),
        _("The registry records which authority issued the owner's identity document."),
        _("Date of issue of the identity document"),
        _("The registry records when the owner's identity document was issued."),
        _("Your relation to the .xxx community"),
        _("Names of members, of others and names kept out of use follow different rules."),
        _("Not a member of the community"),
        _("Member of the community"),
        _("The name shall not resolve in the DNS"),
        _("First and last name for the .xxx community"),
        _("The registry enters owners who are not members yet in its community under this name."),
        _("E-mail address for the .xxx community"),
        _("The registry writes to this address about the entry in its community."),
        _("ICM Registry ID"),
        _("The registry recognizes members of the community by the ID that it gave them."),
    ]
)


def translated(text: str) -> str:
    """A label, reason or choice of registrar.tld in the reader's language."""
    return gettext(text)
