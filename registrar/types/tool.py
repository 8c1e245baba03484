"""Answers of a registrar's tools."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hello:
    """The API answered. `ip` is the address it sees us under."""

    ip: str
    language: str
    version: str


@dataclass(frozen=True, slots=True)
class Idn:
    """One name in both writings."""

    query: str
    unicode: str
    punycode: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the registrar proposes."""

    name: str
    available: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of one of the registrar's code tables."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """What a DNS server answered to the registrar, as plain text."""

    query: str
    nameserver: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class ZoneCheck:
    """Whether a name's DNS servers fulfil the conditions of its extension."""

    name: str
    nameservers: tuple[str, ...]
    passed: bool
    report: str
