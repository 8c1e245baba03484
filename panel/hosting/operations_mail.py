"""Mailboxes and aliases. Where a registrar has no identifiers, an alias is known by its address."""

from __future__ import annotations

from typing import Any

from panel.domain.kind import name_of
from panel.hosting.kind import ChangeItem, CreateItem, DeleteItem, key_of, values_of
from panel.hosting.nouns import ALIASES, MAILBOXES
from panel.operation.models import Operation
from panel.operation.registry import register
from registrar import types


def local_part(operation: Operation) -> str:
    """What stands before the @ of the address."""
    return key_of(operation).rpartition("@")[0]


@register
class CreateMailbox(CreateItem):
    """Make a mailbox with its password."""

    name = "hosting.create_mailbox"
    methods = ("hosting.create_mailbox",)
    noun = MAILBOXES

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Mailbox]:
        outcome: types.Outcome[types.Mailbox] = driver.hosting.create_mailbox(
            name_of(operation), local_part(operation), operation.secrets["password"]
        )
        return outcome


@register
class SetMailboxPassword(ChangeItem):
    """Give a mailbox another password. No registrar shows it: where the answer is lost, it is set again."""

    name = "hosting.mailbox_password"
    methods = ("hosting.set_mailbox_password",)
    noun = MAILBOXES
    hidden = True

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Mailbox]:
        outcome: types.Outcome[types.Mailbox] = driver.hosting.set_mailbox_password(
            name_of(operation), self.identifier(operation, driver), operation.secrets["password"]
        )
        return outcome


@register
class DeleteMailbox(DeleteItem):
    """Take a mailbox away, with all its mail."""

    name = "hosting.delete_mailbox"
    methods = ("hosting.delete_mailbox",)
    noun = MAILBOXES

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome: types.Outcome[None] = driver.hosting.delete_mailbox(
            name_of(operation), self.identifier(operation, driver)
        )
        return outcome


@register
class CreateAlias(CreateItem):
    """Have mail to an address go on to others."""

    name = "hosting.create_alias"
    methods = ("hosting.create_mail_alias",)
    noun = ALIASES

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.MailAlias]:
        outcome: types.Outcome[types.MailAlias] = driver.hosting.create_mail_alias(
            name_of(operation), local_part(operation), values_of(operation)["targets"]
        )
        return outcome


@register
class ChangeAlias(ChangeItem):
    """Give an alias other targets."""

    name = "hosting.change_alias"
    methods = ("hosting.update_mail_alias",)
    noun = ALIASES

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.MailAlias]:
        outcome: types.Outcome[types.MailAlias] = driver.hosting.update_mail_alias(
            name_of(operation), self.identifier(operation, driver), values_of(operation)["targets"]
        )
        return outcome


@register
class DeleteAlias(DeleteItem):
    """Take an alias away."""

    name = "hosting.delete_alias"
    methods = ("hosting.delete_mail_alias",)
    noun = ALIASES

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        targets = tuple(operation.starts_from["item"].get("targets", ()))
        alias = types.MailAlias(key_of(operation), targets, self.identifier(operation, driver))
        outcome: types.Outcome[None] = driver.hosting.delete_mail_alias(name_of(operation), alias)
        return outcome
