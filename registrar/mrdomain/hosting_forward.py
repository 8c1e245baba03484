"""Module service: redirects, mailboxes and aliases (manual 7.25 to 7.39)."""

from __future__ import annotations

from collections.abc import Sequence

from registrar.interface.hosting import HostingForwards
from registrar.mrdomain import hosting_request, request
from registrar.mrdomain.entity import Entities
from registrar.types import Done, MailAlias, Mailbox, Outcome, Page, Redirect


class MrDomainForwards(HostingForwards):
    """Fifteen actions. Everything is changed and deleted by its identifier."""

    _redirects: Entities[Redirect]
    _mailboxes: Entities[Mailbox]
    _aliases: Entities[MailAlias]

    def redirects(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Redirect]:
        return self._redirects.list(request.plan(plan), page, page_length, word)

    def redirect(self, plan: str, identifier: str) -> Redirect:
        return self._redirects.info(request.plan(plan), identifier)

    def create_redirect(self, plan: str, redirect: Redirect) -> Outcome[Redirect]:
        """As the contract (manual 7.27), from an http or https address in the plan to another."""
        domain = request.plan(plan)
        parameters = {
            "origin": hosting_request.origin(redirect.origin, domain),
            **hosting_request.redirect(redirect),
        }
        return Done(self._redirects.create(domain, parameters, lambda found: True))

    def update_redirect(self, plan: str, redirect: Redirect) -> Outcome[Redirect]:
        """As the contract (manual 7.28). The origin stays."""
        parameters = hosting_request.redirect(redirect)
        return Done(self._redirects.update(request.plan(plan), redirect.identifier, parameters))

    def delete_redirect(self, plan: str, redirect: Redirect) -> Outcome[None]:
        """As the contract (manual 7.29)."""
        self._redirects.delete(request.plan(plan), redirect.identifier)
        return Done(None)

    def mailboxes(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Mailbox]:
        return self._mailboxes.list(request.plan(plan), page, page_length, word)

    def mailbox(self, plan: str, identifier: str) -> Mailbox:
        return self._mailboxes.info(request.plan(plan), identifier)

    def create_mailbox(self, plan: str, name: str, password: str) -> Outcome[Mailbox]:
        """As the contract (manual 7.32); the registrar is sent the whole address."""
        domain = request.plan(plan)
        address = hosting_request.address(name, domain)
        parameters = {"name": address, "password": request.password(password)}
        return Done(self._mailboxes.create(domain, parameters, lambda found: _same(found, address)))

    def set_mailbox_password(self, plan: str, identifier: str, password: str) -> Outcome[Mailbox]:
        """As the contract (manual 7.33)."""
        parameters = {"password": request.password(password)}
        return Done(self._mailboxes.update(request.plan(plan), identifier, parameters))

    def delete_mailbox(self, plan: str, identifier: str) -> Outcome[None]:
        """As the contract (manual 7.34)."""
        self._mailboxes.delete(request.plan(plan), identifier)
        return Done(None)

    def mail_aliases(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[MailAlias]:
        return self._aliases.list(request.plan(plan), page, page_length, word)

    def mail_alias(self, plan: str, identifier: str) -> MailAlias:
        return self._aliases.info(request.plan(plan), identifier)

    def create_mail_alias(self, plan: str, name: str, targets: Sequence[str]) -> Outcome[MailAlias]:
        """As the contract (manual 7.37); the registrar is sent the whole address."""
        domain = request.plan(plan)
        address = hosting_request.address(name, domain)
        parameters = {"name": address, "target": hosting_request.targets(targets)}
        return Done(self._aliases.create(domain, parameters, lambda found: _same(found, address)))

    def update_mail_alias(self, plan: str, identifier: str, targets: Sequence[str]) -> Outcome[MailAlias]:
        """As the contract (manual 7.38)."""
        parameters = {"target": hosting_request.targets(targets)}
        return Done(self._aliases.update(request.plan(plan), identifier, parameters))

    def delete_mail_alias(self, plan: str, alias: MailAlias) -> Outcome[None]:
        """As the contract (manual 7.39)."""
        self._aliases.delete(request.plan(plan), alias.identifier)
        return Done(None)


def _same(found: Mailbox | MailAlias, address: str) -> bool:
    return found.address.casefold() == address.casefold()
