"""What the pages of each kind of thing are made of: its kinds of operations, its forms, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.access.parts import Part
from panel.hosting import (
    forms,
    forms_files,
    forms_web,
    nouns,
    operations_files,
    operations_mail,
    operations_once,
    operations_plan,
    operations_web,
)
from panel.hosting.kind import ChangeItem, CreateItem, DeleteItem
from panel.hosting.nouns import Noun


@dataclass(frozen=True, slots=True)
class Desk:
    """The page of one kind of thing. `loses` says what goes with one that is deleted."""

    noun: Noun
    part: Part
    icon: str
    create: type[CreateItem]
    change: type[ChangeItem]
    delete: type[DeleteItem]
    new_form: type[forms.ItemForm]
    change_form: type[forms.ItemForm]
    title: Promise
    about: Promise
    add: Promise
    keep: Promise
    empty: Promise
    loses: Promise

    @property
    def template(self) -> str:
        """The rows of its table."""
        return f"hosting/part/{self.noun.slug}.html"

    @property
    def fields(self) -> str:
        """The fields of its form."""
        return f"hosting/part/{self.noun.slug}_fields.html"


MAILBOXES = Desk(
    nouns.MAILBOXES, Part.MAILBOXES, "mail",
    operations_mail.CreateMailbox, operations_mail.SetMailboxPassword, operations_mail.DeleteMailbox,
    forms.NewMailboxForm, forms.MailboxPasswordForm,
    title=_("Mailboxes"),
    about=_("Addresses with a place of their own for their mail."),
    add=_("Create the mailbox"),
    keep=_("Set the new password"),
    empty=_("There is no mailbox yet. Create the first one here: an address, and a password that is shown once."),
    loses=_("All mail in it is lost, and mail to the address comes back to its sender."),
)  # fmt: skip
ALIASES = Desk(
    nouns.ALIASES, Part.MAIL_ALIASES, "forward",
    operations_mail.CreateAlias, operations_mail.ChangeAlias, operations_mail.DeleteAlias,
    forms.NewAliasForm, forms.AliasForm,
    title=_("Mail forwards"),
    about=_("Addresses whose mail goes on to others. A star before the @ catches all that nothing else takes."),
    add=_("Create the mail forward"),
    keep=_("Keep these targets"),
    empty=_("No mail is forwarded yet. Give an address, and where its mail goes."),
    loses=_("Mail to the address goes on to nobody any more."),
)  # fmt: skip
FTP = Desk(
    nouns.FTP, Part.FTP, "folder-up",
    operations_files.CreateFtp, operations_files.ChangeFtp, operations_files.DeleteFtp,
    forms_files.NewFtpForm, forms_files.FtpForm,
    title=_("FTP users"),
    about=_("They bring files to the web space, each to its own folder."),
    add=_("Create the FTP user"),
    keep=_("Set folder and password"),
    empty=_("There is no FTP user yet."),
    loses=_("The user cannot log in any more. The files stay."),
)  # fmt: skip
DATABASES = Desk(
    nouns.DATABASES, Part.DATABASES, "database",
    operations_files.CreateDatabase, operations_files.ChangeDatabase, operations_files.DeleteDatabase,
    forms_files.NewDatabaseForm, forms_files.DatabaseForm,
    title=_("Databases"),
    about=_("Where shops, blogs and the like keep what they know. Name and user are given when one is made."),
    add=_("Create the database"),
    keep=_("Set password and access"),
    empty=_("There is no database yet."),
    loses=_("Everything in it is lost, and pages that use it stop working."),
)  # fmt: skip
SUBDOMAINS = Desk(
    nouns.SUBDOMAINS, Part.SUBDOMAINS, "network",
    operations_files.CreateSubdomain, operations_files.ChangeSubdomain, operations_files.DeleteSubdomain,
    forms_files.NewSubdomainForm, forms_files.SubdomainForm,
    title=_("Subdomains"),
    about=_("Hosts below the name, each with its own folder, and its own certificate where you have one."),
    add=_("Create the subdomain"),
    keep=_("Keep folder and certificate"),
    empty=_("There is no subdomain yet."),
    loses=_("The address stops working. The files stay."),
)  # fmt: skip
REDIRECTS = Desk(
    nouns.REDIRECTS, Part.REDIRECTS, "corner-up-right",
    operations_web.CreateRedirect, operations_web.ChangeRedirect, operations_web.DeleteRedirect,
    forms_web.NewRedirectForm, forms_web.RedirectForm,
    title=_("Web forwards"),
    about=_("Addresses of this name that lead somewhere else."),
    add=_("Create the web forward"),
    keep=_("Keep the web forward"),
    empty=_("No address leads somewhere else yet."),
    loses=_("The address leads nowhere any more."),
)  # fmt: skip

DESKS: Mapping[str, Desk] = {
    desk.noun.slug: desk for desk in (MAILBOXES, ALIASES, FTP, DATABASES, SUBDOMAINS, REDIRECTS)
}
# Whoever sees one of these may see what there is of the plan.
PARTS: tuple[Part, ...] = (*(desk.part for desk in DESKS.values()), Part.PARKING)
# The kinds of operations by the parts that they are about (panel.access.parts).
KIND_PARTS: Mapping[str, tuple[Part, ...]] = {
    "hosting.read": PARTS,
    operations_plan.SetParking.name: (Part.PARKING,),
    operations_once.ReadLog.name: (Part.FTP,),
    **{
        kind.name: (desk.part,) for desk in DESKS.values() for kind in (desk.create, desk.change, desk.delete)
    },
}


def part_of(slug: str, **rest: object) -> Part | tuple[Part, ...]:
    """The part of a name that a page belongs to, by the word in its address; none for a word that is no page."""
    desk = DESKS.get(slug)
    return () if desk is None else desk.part
