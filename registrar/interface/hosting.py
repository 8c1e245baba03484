"""The contract of module hosting: plans, and what belongs to them. `plan` is a plan's name: its domain.

Every method raises any class of registrar.errors. Passwords are secrets: they go in and are never returned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import (
    Database,
    FtpAccount,
    HostingPlan,
    HostingServers,
    HostingStatus,
    MailAlias,
    Mailbox,
    Meter,
    Outcome,
    Page,
    PhpVersions,
    Redirect,
    RenewalMode,
    Subdomain,
    SubdomainCertificate,
)


class HostingPlans(Module):
    """Plans."""

    noun: ClassVar[str] = "hosting"

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        name: str | None = None,
        word: str | None = None,
        tld: str | None = None,
        renewable: bool | None = None,
        status: HostingStatus | None = None,
    ) -> Page[HostingPlan]:
        """Plans of the account. `name` is exact, `word` a part."""
        raise self.lacking("list")

    def info(self, plan: str) -> HostingPlan:
        """One plan. Raises NotFound."""
        raise self.lacking("info")

    def resources(self, plan: str) -> Mapping[str, Meter]:
        """Use and limits: "ftp_usage", "ftp_files", "web_traffic", "ftp", "databases", "database_usage",
        "subdomains", "mailboxes", "mail_aliases"; what the plan does not have is left out."""
        raise self.lacking("resources")

    def servers(self, plan: str) -> HostingServers:
        """Where its services answer."""
        raise self.lacking("servers")

    def php(self, plan: str) -> PhpVersions:
        """Its PHP."""
        raise self.lacking("php")

    def error_log(self, plan: str) -> tuple[str, ...]:
        """The last lines of its error log."""
        raise self.lacking("error_log")

    def create(self, plan: str, product_key: str, *, years: int | None = None) -> Outcome[HostingPlan]:
        """Buy a plan for a domain of the account."""
        raise self.lacking("create")

    def renew(self, plan: str, *, years: int | None = None) -> Outcome[HostingPlan]:
        """Renew it."""
        raise self.lacking("renew")

    def upgrade(self, plan: str, product_key: str) -> Outcome[HostingPlan]:
        """Exchange it for a higher product."""
        raise self.lacking("upgrade")

    def set_renewal_mode(self, plan: str, mode: RenewalMode) -> Outcome[HostingPlan]:
        """What the registrar does when it expires."""
        raise self.lacking("set_renewal_mode")

    def set_php_version(self, plan: str, version: str) -> Outcome[HostingPlan]:
        """Change its PHP to one of PhpVersions.available."""
        raise self.lacking("set_php_version")

    def parking(self, plan: str) -> bool:
        """Whether its waiting page is shown."""
        raise self.lacking("parking")

    def set_parking(self, plan: str, enabled: bool) -> Outcome[bool]:
        """Show its waiting page, or not."""
        raise self.lacking("set_parking")

    def web_builder_url(self, plan: str, subdomain: str, *, language: str = "en") -> str:
        """An address that logs into the registrar's site builder. A secret: to be opened once, never stored."""
        raise self.lacking("web_builder_url")


class HostingFiles(Module):
    """FTP accounts, databases and subdomains."""

    noun: ClassVar[str] = "hosting"

    def ftp_accounts(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[FtpAccount]:
        """FTP accounts."""
        raise self.lacking("ftp_accounts")

    def ftp_account(self, plan: str, identifier: str) -> FtpAccount:
        """One of them. Raises NotFound."""
        raise self.lacking("ftp_account")

    def create_ftp_account(self, plan: str, name: str, path: str, password: str) -> Outcome[FtpAccount]:
        """Create one."""
        raise self.lacking("create_ftp_account")

    def update_ftp_account(self, plan: str, identifier: str, path: str, password: str) -> Outcome[FtpAccount]:
        """Change path and password, both."""
        raise self.lacking("update_ftp_account")

    def delete_ftp_account(self, plan: str, identifier: str) -> Outcome[None]:
        """Delete one."""
        raise self.lacking("delete_ftp_account")

    def databases(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Database]:
        """Databases."""
        raise self.lacking("databases")

    def database(self, plan: str, identifier: str) -> Database:
        """One of them. Raises NotFound."""
        raise self.lacking("database")

    def create_database(
        self, plan: str, password: str, *, external_access: bool = False
    ) -> Outcome[Database]:
        """Create one; the registrar names it and its user."""
        raise self.lacking("create_database")

    def update_database(
        self, plan: str, identifier: str, password: str, *, external_access: bool = False
    ) -> Outcome[Database]:
        """Change password and access from outside, both."""
        raise self.lacking("update_database")

    def delete_database(self, plan: str, identifier: str) -> Outcome[None]:
        """Delete one, with all it holds."""
        raise self.lacking("delete_database")

    def subdomains(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Subdomain]:
        """Subdomains."""
        raise self.lacking("subdomains")

    def subdomain(self, plan: str, identifier: str) -> Subdomain:
        """One of them. Raises NotFound."""
        raise self.lacking("subdomain")

    def create_subdomain(
        self, plan: str, name: str, path: str, *, certificate: SubdomainCertificate | None = None
    ) -> Outcome[Subdomain]:
        """Create one, with a certificate or without."""
        raise self.lacking("create_subdomain")

    def update_subdomain(
        self, plan: str, identifier: str, path: str, *, certificate: SubdomainCertificate | None = None
    ) -> Outcome[Subdomain]:
        """Change its path, and its certificate where one is given."""
        raise self.lacking("update_subdomain")

    def delete_subdomain(self, plan: str, identifier: str) -> Outcome[None]:
        """Delete one."""
        raise self.lacking("delete_subdomain")


class HostingForwards(Module):
    """Redirects, mailboxes and aliases. Where a family sells no plans, `plan` is any domain that uses its DNS."""

    noun: ClassVar[str] = "hosting"

    def redirects(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Redirect]:
        """Redirects."""
        raise self.lacking("redirects")

    def redirect(self, plan: str, identifier: str) -> Redirect:
        """One of them. Raises NotFound."""
        raise self.lacking("redirect")

    def create_redirect(self, plan: str, redirect: Redirect) -> Outcome[Redirect]:
        """Create one."""
        raise self.lacking("create_redirect")

    def update_redirect(self, plan: str, redirect: Redirect) -> Outcome[Redirect]:
        """Change the one that has `redirect.identifier`."""
        raise self.lacking("update_redirect")

    def delete_redirect(self, plan: str, redirect: Redirect) -> Outcome[None]:
        """Delete one: by its identifier where the family has one, else by its origin."""
        raise self.lacking("delete_redirect")

    def mailboxes(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Mailbox]:
        """Mailboxes."""
        raise self.lacking("mailboxes")

    def mailbox(self, plan: str, identifier: str) -> Mailbox:
        """One of them. Raises NotFound."""
        raise self.lacking("mailbox")

    def create_mailbox(self, plan: str, name: str, password: str) -> Outcome[Mailbox]:
        """Create one; `name` is the part before the @."""
        raise self.lacking("create_mailbox")

    def set_mailbox_password(self, plan: str, identifier: str, password: str) -> Outcome[Mailbox]:
        """Set its password."""
        raise self.lacking("set_mailbox_password")

    def delete_mailbox(self, plan: str, identifier: str) -> Outcome[None]:
        """Delete one, with all it holds."""
        raise self.lacking("delete_mailbox")

    def mail_aliases(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[MailAlias]:
        """Aliases."""
        raise self.lacking("mail_aliases")

    def mail_alias(self, plan: str, identifier: str) -> MailAlias:
        """One of them. Raises NotFound."""
        raise self.lacking("mail_alias")

    def create_mail_alias(self, plan: str, name: str, targets: Sequence[str]) -> Outcome[MailAlias]:
        """Create one; `name` is the part before the @, "*" catches everything."""
        raise self.lacking("create_mail_alias")

    def update_mail_alias(self, plan: str, identifier: str, targets: Sequence[str]) -> Outcome[MailAlias]:
        """Change its targets."""
        raise self.lacking("update_mail_alias")

    def delete_mail_alias(self, plan: str, alias: MailAlias) -> Outcome[None]:
        """Delete one: by its identifier where the family has one, else by its address."""
        raise self.lacking("delete_mail_alias")


class HostingModule(HostingPlans, HostingFiles, HostingForwards):
    """Everything about hosting."""
