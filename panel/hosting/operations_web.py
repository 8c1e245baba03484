"""Redirects. Where a registrar has no identifiers, a redirect is known by its origin."""

from __future__ import annotations

from typing import Any

from panel.domain.kind import name_of
from panel.hosting.kind import ChangeItem, CreateItem, DeleteItem, key_of, values_of
from panel.hosting.nouns import REDIRECTS
from panel.operation.models import Operation
from panel.operation.registry import register
from registrar import types


def _redirect(operation: Operation, identifier: str = "") -> types.Redirect:
    values = {**operation.starts_from["item"], **values_of(operation)}
    return types.Redirect(
        origin=key_of(operation),
        destination=values.get("destination", ""),
        type=types.RedirectType(values["type"]),
        identifier=identifier,
        title=values.get("title", ""),
    )


@register
class CreateRedirect(CreateItem):
    """Lead an address to another."""

    name = "hosting.create_redirect"
    methods = ("hosting.create_redirect",)
    noun = REDIRECTS

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Redirect]:
        outcome: types.Outcome[types.Redirect] = driver.hosting.create_redirect(
            name_of(operation), _redirect(operation)
        )
        return outcome


@register
class ChangeRedirect(ChangeItem):
    """Lead an address somewhere else, or in another way."""

    name = "hosting.change_redirect"
    methods = ("hosting.update_redirect",)
    noun = REDIRECTS

    def send(self, operation: Operation, driver: Any) -> types.Outcome[types.Redirect]:
        outcome: types.Outcome[types.Redirect] = driver.hosting.update_redirect(
            name_of(operation), _redirect(operation, self.identifier(operation, driver))
        )
        return outcome


@register
class DeleteRedirect(DeleteItem):
    """Lead an address nowhere any more."""

    name = "hosting.delete_redirect"
    methods = ("hosting.delete_redirect",)
    noun = REDIRECTS

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome: types.Outcome[None] = driver.hosting.delete_redirect(
            name_of(operation), _redirect(operation, self.identifier(operation, driver))
        )
        return outcome
