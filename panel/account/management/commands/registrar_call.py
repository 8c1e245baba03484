"""Call any action of a registrar's API by name and print the redacted exchange."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panel.account import gateway
from panel.account.models import Account, Exchange
from registrar import errors


class Command(BaseCommand):
    """`manage.py registrar_call ACCOUNT ACTION key=value ...`"""

    help = "Call any action of an account's registrar and print the redacted request and reply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", help="the account's name or public id")
        parser.add_argument("action", help='the registrar\'s own name of the action, such as "domain/list"')
        parser.add_argument("parameters", nargs="*", metavar="key=value")
        parser.add_argument("--yes", action="store_true", help="really call an action that changes something")

    def handle(self, *args: Any, **options: Any) -> None:
        account = self._account(options["account"])
        parameters = dict(_pair(text) for text in options["parameters"])
        newest = Exchange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        failure: errors.RegistrarError | None = None
        try:
            with gateway.open_account(account, "customer") as driver:
                if driver.client.is_write(options["action"]) and not options["yes"]:
                    raise CommandError(
                        f"{options['action']} changes something at {account.label}. Say --yes if that is meant."
                    )
                driver.client.call(options["action"], **parameters)
        except errors.RegistrarError as error:
            failure = error
        exchange = Exchange.objects.filter(pk__gt=newest, account=account).order_by("pk").last()
        if exchange is not None:
            self._show(exchange)
        if failure is not None:
            raise CommandError(f"{type(failure).__name__}: {failure}")

    def _show(self, exchange: Exchange) -> None:
        self.stdout.write(f"> POST {exchange.action}\n{exchange.request}\n")
        self.stdout.write(f"< {exchange.status} in {exchange.milliseconds} ms\n{exchange.reply}")

    def _account(self, name: str) -> Account:
        account = Account.objects.filter(label=name).first() or Account.objects.filter(public_id=name).first()
        if account is None:
            known = ", ".join(Account.objects.values_list("label", flat=True)) or "none yet"
            raise CommandError(f"There is no account called {name!r}. Known: {known}.")
        return account


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise CommandError(f"{text!r} is not of the form key=value.")
    return key, value
