"""The door: families, credentials, and the capability tables held against the code."""

from __future__ import annotations

import inspect

import pytest

import registrar
from registrar import FAMILIES, Capability, Support, open_driver
from registrar.capability import CapabilityTable
from registrar.errors import InvalidRequest, NotSupported
from registrar.interface.access import AccessModule
from registrar.interface.account import AccountModule
from registrar.interface.base import Module
from registrar.interface.certificate import CertificateModule
from registrar.interface.contact import ContactModule
from registrar.interface.dns import DnsModule
from registrar.interface.domain import DomainModule
from registrar.interface.driver import Driver
from registrar.interface.hosting import HostingModule
from registrar.interface.operation import OperationModule
from registrar.interface.tool import ToolModule

CONTRACT: tuple[type[Module], ...] = (
    AccessModule,
    AccountModule,
    CertificateModule,
    ContactModule,
    DnsModule,
    DomainModule,
    HostingModule,
    OperationModule,
    ToolModule,
)
ATTRIBUTES = {
    "access": "access",
    "account": "account",
    "certificate": "certificates",
    "contact": "contacts",
    "dns": "dns",
    "domain": "domains",
    "hosting": "hosting",
    "operation": "operations",
    "tool": "tools",
}


def opened(family: str) -> Driver:
    credentials = {field.name: "anything" for field in FAMILIES[family].credential_fields}
    return open_driver(family, endpoint="http://127.0.0.1:9", credentials=credentials)


def operations() -> list[str]:
    return [
        f"{module.noun}.{name}"
        for module in CONTRACT
        for name, _ in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and name != "lacking"
    ]


def contract_method(operation: str) -> object:
    noun, _, name = operation.partition(".")
    return next(getattr(module, name) for module in CONTRACT if module.noun == noun)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("operation", operations())
def test_capability_table_says_what_the_code_has(family, operation):
    with opened(family) as driver:
        noun, _, name = operation.partition(".")
        method = getattr(type(getattr(driver, ATTRIBUTES[noun])), name)

        assert driver.supports(operation).usable == (method is not contract_method(operation))


@pytest.mark.parametrize("family", FAMILIES)
def test_capability_table_has_no_row_without_a_method(family):
    with opened(family) as driver:
        assert {row.operation for row in driver.capabilities} <= set(operations())


@pytest.mark.parametrize("family", FAMILIES)
def test_partial_support_says_why(family):
    with opened(family) as driver:
        for row in driver.capabilities:
            assert row.note or row.support is Support.FULL, row


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("operation", operations())
def test_overriding_method_keeps_the_contracts_parameters(family, operation):
    with opened(family) as driver:
        noun, _, name = operation.partition(".")
        method = getattr(type(getattr(driver, ATTRIBUTES[noun])), name)
        contract = inspect.signature(contract_method(operation))  # type: ignore[arg-type]

        assert list(inspect.signature(method).parameters.values()) == list(contract.parameters.values())


@pytest.mark.parametrize("operation", operations())
def test_contract_method_that_no_family_overrides_raises_not_supported(operation):
    noun, _, name = operation.partition(".")
    module = next(module for module in CONTRACT if module.noun == noun)()
    method = getattr(module, name)
    given = [
        "x"
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    named = {
        parameter.name: "x"
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is parameter.KEYWORD_ONLY
    }

    with pytest.raises(NotSupported) as caught:
        method(*given, **named)
    assert caught.value.capability == operation


def test_capability_is_looked_up_by_extension_first():
    table = CapabilityTable(
        [
            Capability("domain.trade", Support.FULL),
            Capability("domain.trade", Support.MANUAL, "by form", frozenset({"es"})),
        ]
    )

    assert table.find("domain.trade").support is Support.FULL
    assert table.find("domain.trade", "com").support is Support.FULL
    assert table.find("domain.trade", ".ES").support is Support.MANUAL
    assert table.find("domain.nothing", "es").support is Support.NONE


def test_capability_for_some_extensions_only_is_none_elsewhere():
    table = CapabilityTable([Capability("domain.trade", Support.FULL, tlds=frozenset({"fr"}))])

    assert table.find("domain.trade", "fr").usable
    assert not table.find("domain.trade").usable


def test_driver_requires_a_capability():
    with opened("mrdomain") as driver:
        assert driver.supports("domain.renew", tld="com") == Capability("domain.renew", Support.FULL)
        assert driver.require("domain.renew").usable
        with pytest.raises(NotSupported) as caught:
            driver.require("dns.records", tld="com")
    assert caught.value.capability == "dns.records"


def test_unknown_family_is_refused():
    with pytest.raises(InvalidRequest) as caught:
        open_driver("nosuch", credentials={})
    assert caught.value.field == "family"


@pytest.mark.parametrize(
    ("family", "missing"),
    [
        (name, field.name)
        for name, row in FAMILIES.items()
        for field in row.credential_fields
        if field.required
    ],
)
def test_missing_credential_is_named(family, missing):
    credentials = {field.name: "a" for field in FAMILIES[family].credential_fields} | {missing: ""}

    with pytest.raises(InvalidRequest) as caught:
        open_driver(family, credentials=credentials)
    assert caught.value.field == missing


@pytest.mark.parametrize("family", FAMILIES)
def test_capabilities_are_told_without_opening_a_driver(family):
    with opened(family) as driver:
        assert FAMILIES[family].capabilities is driver.capabilities


def test_every_family_has_a_secret_and_an_https_endpoint():
    for name, family in FAMILIES.items():
        assert family.name == name
        assert family.default_endpoint.startswith("https://")
        assert any(field.secret for field in family.credential_fields)


def test_door_names_exist():
    for name in registrar.__all__:
        assert hasattr(registrar, name)
