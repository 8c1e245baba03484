"""FTP accounts, databases and subdomains. What an update does not give it takes away: everything is sent each time."""

from __future__ import annotations

from typing import Any

from panel.domain.kind import name_of
from panel.hosting.kind import ChangeItem, CreateItem, DeleteItem, key_of, values_of
from panel.hosting.nouns import DATABASES, FTP, SUBDOMAINS, Line
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear, register
from registrar import types

# A database is named by its registrar: until then it is called so, and one is made at a time.
UNNAMED = "new database of {name}"


@register
class CreateFtp(CreateItem):
    """Make an FTP account with its folder and password."""

    name = "hosting.create_ftp"
    methods = ("hosting.create_ftp_account",)
    noun = FTP

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.FtpAccount]:
        outcome: types.Outcome[types.FtpAccount] = driver.hosting.create_ftp_account(
            name_of(operation), key_of(operation), values_of(operation)["path"], operation.secrets["password"]
        )
        return outcome


@register
class ChangeFtp(ChangeItem):
    """Give an FTP account another folder and password: the registrar takes both only together."""

    name = "hosting.change_ftp"
    methods = ("hosting.update_ftp_account",)
    noun = FTP
    hidden = True

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.FtpAccount]:
        outcome: types.Outcome[types.FtpAccount] = driver.hosting.update_ftp_account(
            name_of(operation),
            self.identifier(operation, driver),
            values_of(operation)["path"],
            operation.secrets["password"],
        )
        return outcome


@register
class DeleteFtp(DeleteItem):
    """Take an FTP account away. The files stay."""

    name = "hosting.delete_ftp"
    methods = ("hosting.delete_ftp_account",)
    noun = FTP

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome: types.Outcome[None] = driver.hosting.delete_ftp_account(
            name_of(operation), self.identifier(operation, driver)
        )
        return outcome


@register
class CreateDatabase(CreateItem):
    """Make a database. It is the one that the list has more than before the first send."""

    name = "hosting.create_database"
    methods = ("hosting.create_database",)
    noun = DATABASES

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Line | None]:
        if before_sending(operation) is None:
            lines = read_first(lambda: self.noun.lines(driver, name_of(operation)))
            remember(operation, there=False, known=sorted(line.remote_id for line in lines))
        return super().order(operation, driver)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Database]:
        outcome: types.Outcome[types.Database] = driver.hosting.create_database(
            name_of(operation),
            operation.secrets["password"],
            external_access=values_of(operation)["external_access"],
        )
        return outcome

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        lines = self.noun.lines(driver, name_of(operation))
        new = [line for line in lines if line.remote_id not in before["known"]]
        if len(new) > 1:
            return Unclear(f"{len(new)} databases more than before: {', '.join(line.name for line in new)}")
        return Happened(types.Done(new[0])) if new else Absent("no database more than before")

    def record(self, operation: Operation, line: Line | None) -> None:
        # Only the registrar knows its name: without it, the reading that follows brings the row.
        if line is not None:
            super().record(operation, line)


@register
class ChangeDatabase(ChangeItem):
    """Give a database another password, and access from outside or not: the registrar takes both only together."""

    name = "hosting.change_database"
    methods = ("hosting.update_database",)
    noun = DATABASES
    hidden = True

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Database]:
        outcome: types.Outcome[types.Database] = driver.hosting.update_database(
            name_of(operation),
            self.identifier(operation, driver),
            operation.secrets["password"],
            external_access=values_of(operation)["external_access"],
        )
        return outcome


@register
class DeleteDatabase(DeleteItem):
    """Take a database away, with all that it holds."""

    name = "hosting.delete_database"
    methods = ("hosting.delete_database",)
    noun = DATABASES

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome: types.Outcome[None] = driver.hosting.delete_database(
            name_of(operation), self.identifier(operation, driver)
        )
        return outcome


def _certificate(operation: Operation) -> types.SubdomainCertificate | None:
    values = values_of(operation)
    if not values.get("certificate"):
        return None
    return types.SubdomainCertificate(
        values["certificate"], values["chain"], values["certificate_path"], operation.secrets["private_key"]
    )


@register
class CreateSubdomain(CreateItem):
    """Make a subdomain, with a certificate or without."""

    name = "hosting.create_subdomain"
    methods = ("hosting.create_subdomain",)
    noun = SUBDOMAINS

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Subdomain]:
        outcome: types.Outcome[types.Subdomain] = driver.hosting.create_subdomain(
            name_of(operation),
            key_of(operation),
            values_of(operation)["path"],
            certificate=_certificate(operation),
        )
        return outcome


@register
class ChangeSubdomain(ChangeItem):
    """Give a subdomain another folder, and a certificate where one is given: what is installed shows in the list."""

    name = "hosting.change_subdomain"
    methods = ("hosting.update_subdomain",)
    noun = SUBDOMAINS

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Subdomain]:
        outcome: types.Outcome[types.Subdomain] = driver.hosting.update_subdomain(
            name_of(operation),
            self.identifier(operation, driver),
            values_of(operation)["path"],
            certificate=_certificate(operation),
        )
        return outcome


@register
class DeleteSubdomain(DeleteItem):
    """Take a subdomain away. The files stay."""

    name = "hosting.delete_subdomain"
    methods = ("hosting.delete_subdomain",)
    noun = SUBDOMAINS

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome: types.Outcome[None] = driver.hosting.delete_subdomain(
            name_of(operation), self.identifier(operation, driver)
        )
        return outcome
