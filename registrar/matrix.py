"""What each family can do, operation by operation, and how much of its manual has a typed method: from code alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module

from registrar.capability import Capability, Support
from registrar.interface.access import AccessModule
from registrar.interface.account import AccountModule
from registrar.interface.base import Module
from registrar.interface.certificate import CertificateModule
from registrar.interface.contact import ContactModule
from registrar.interface.dns import DnsModule
from registrar.interface.domain import DomainModule
from registrar.interface.hosting import HostingModule
from registrar.interface.operation import OperationModule
from registrar.interface.tool import ToolModule
from registrar.registry import FAMILIES, Family

MODULES: tuple[type[Module], ...] = (
    AccountModule,
    ContactModule,
    DomainModule,
    DnsModule,
    HostingModule,
    CertificateModule,
    AccessModule,
    ToolModule,
    OperationModule,
)
WORDS = {Support.FULL: "yes", Support.PARTIAL: "partly", Support.MANUAL: "by hand", Support.NONE: "no"}
# Which functions are counted, where the manual's number leaves something out or adds something.
SCOPES = {"netim": "sections 2.1 to 2.13 of the reference", "bookmyname": "and the DAS line protocol"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a family says of an operation: in general, and of some extensions differently."""

    general: Capability
    special: tuple[Capability, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What is worth knowing, the general note first."""
        found = [self.general.note] if self.general.note and self.general.support != Support.NONE else []
        for row in self.special:
            names = ", ".join(f".{name}" for name in sorted(row.tlds or ()))
            found.append(f"{WORDS[row.support]} for {names}" + (f": {row.note}" if row.note else ""))
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """An operation of the contract with every family's cell, by family."""

    operation: str
    cells: Mapping[str, Cell]

    @property
    def module(self) -> str:
        """The module of the contract that it belongs to."""
        return self.operation.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many functions of a family's manual are reached by typed methods. `remark` says what else is, or is not."""

    family: Family
    reached: int
    total: int
    remark: str = ""

    @property
    def figures(self) -> str:
        """Such as 106/106."""
        return f"{self.reached}/{self.total}"


def operations(module: type[Module]) -> list[str]:
    """The operations of a module of the contract, as it declares them."""
    names: dict[str, None] = {}
    for part in module.__mro__:
        if part in (Module, object):
            continue
        names |= {
            name: None for name, row in vars(part).items() if inspect.isfunction(row) and name[0] != "_"
        }
    return [f"{module.noun}.{name}" for name in names]


def lines(modules: Iterable[str] | None = None) -> list[Line]:
    """Every operation, or those of some modules, in the order of the contract."""
    wanted = None if modules is None else set(modules)
    return [
        Line(operation, {name: _cell(family, operation) for name, family in FAMILIES.items()})
        for module in MODULES
        if wanted is None or module.noun in wanted
        for operation in operations(module)
    ]


def _cell(family: Family, operation: str) -> Cell:
    special = tuple(row for row in family.capabilities if row.operation == operation and row.tlds is not None)
    return Cell(family.capabilities.find(operation), special)


def coverage() -> list[Coverage]:
    """The count of every family."""
    return [_coverage(family) for family in FAMILIES.values()]


def _coverage(family: Family) -> Coverage:
    actions = import_module(f"registrar.{family.name}.actions")
    usable = {row.operation for row in family.capabilities if row.usable} | {"session"}
    methods: Mapping[str, str] = actions.METHODS
    # Netim's ACTIONS also hold functions that its reference names without describing them.
    counted = methods if family.name == "netim" else actions.ACTIONS
    reached = sum(methods.get(name) in usable for name in counted)
    remark = SCOPES.get(family.name, "")
    if order_types := getattr(actions, "ORDER_TYPES", None):
        bought = sum(operation in usable for operation in order_types.values())
        remark = f"with {bought} of {len(order_types)} order types"
    return Coverage(family, reached, len(counted), remark)


def markdown() -> str:
    """The whole matrix as a page of the documentation."""
    parts = [_HEAD, _coverage_table()]
    for module in MODULES:
        parts += _module_part(module)
    return "\n".join(parts) + "\n"


_HEAD = """# What each registrar can do

Printed from the families' capability tables by `manage.py capability_matrix`; a test fails when this page is stale.
*Yes* and *partly* (with its limits below the table) can be asked for; *by hand* means: by a person in the registrar's
own panel; *no* raises `NotSupported` before anything is sent.

## How much of the manuals has a typed method

Every function is also reachable by its own name: `client.call()`, or `manage.py registrar_call`.
"""


def _coverage_table() -> str:
    rows = [
        f"| {row.family.label} | {row.family.name} | {row.figures} | {row.remark or 'every action'} |"
        for row in coverage()
    ]
    return "\n".join(["| registrar | family | functions | |", "| --- | --- | --- | --- |", *rows])


def _module_part(module: type[Module]) -> list[str]:
    labels = " | ".join(family.label for family in FAMILIES.values())
    rows, notes = [], []
    for line in lines([module.noun]):
        shown = []
        for name, cell in line.cells.items():
            said = cell.notes
            shown.append(WORDS[cell.general.support] + ("*" if said else ""))
            notes += [f"- `{line.operation}`, {FAMILIES[name].label}: {note}" for note in said]
        rows.append(f"| `{line.operation}` | {' | '.join(shown)} |")
    head = [f"\n## {module.noun}\n", f"| operation | {labels} |", "| --- |" + " --- |" * len(FAMILIES)]
    return [*head, *rows, *(["", *notes] if notes else [])]
