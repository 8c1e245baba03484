"""Parameters that single extensions demand (manual 5.3.3 for create and transfer, 5.4.1 for transfer)."""

from __future__ import annotations

import re

from registrar.sandbox.mrdomain.call import Call
from registrar.sandbox.mrdomain.codes import invalid

BIRTH = frozenset({"ee", "fi", "hk", "moscow", "my", "ru", "vn"})
INTENDED_USE = frozenset({"barcelona", "madrid", "cat", "scot", "eus", "gal", "quebec", "radio"})
FRENCH = frozenset({"fr", "re", "yt", "pm", "wf", "tf"})
XXX_CLASSES = {"default": ("xxxName", "xxxEmail"), "membership": ("xxxId",), "nonResolver": ()}
JOBS_SITES = ("jobsOwnerWebsite", "jobsAdminWebsite", "jobsTechWebsite", "jobsBillingWebsite")
JOBS_FLAGS = (
    "jobsOwnerIsAssocMember",
    "jobsAdminIsAssocMember",
    "jobsTechIsAssocMember",
    "jobsBillingIsAssocMember",
)


def check(call: Call, tld: str, owner_kind: str, transfer: bool = False) -> None:
    """Raise 101 for a parameter that the extension demands, 105 for one that is malformed."""
    params = call.params
    if tld == "aero":
        params.demand(("aeroId", "aeroPass"))
    elif tld in INTENDED_USE:
        params.demand(("domainIntendedUse",))
    elif tld in BIRTH and owner_kind == "individual":
        _individual(call, tld)
    elif tld in FRENCH:
        _french(call, owner_kind)
    elif tld == "xxx":
        params.demand(XXX_CLASSES[params.choice("xxxClass", XXX_CLASSES)])
    elif tld == "jobs" and transfer:
        params.demand(JOBS_SITES)
        for name in JOBS_FLAGS:
            params.boolean(name, False)


def _individual(call: Call, tld: str) -> None:
    names = ["ownerDateOfBirth", *(("ruIssuer", "ruIssuerDate") if tld == "ru" else ())]
    call.params.demand(names)
    call.params.date("ownerDateOfBirth")
    if tld == "ru":
        call.params.date("ruIssuerDate")


def _french(call: Call, owner_kind: str) -> None:
    for name, shape in (("frTradeMark", r"[\w -]{3,60}"), ("frSirenNumber", r"\d{9}")):
        value = call.params.text(name)
        if value and owner_kind != "organization":
            raise invalid(name, "only for organizations")
        if value and not re.fullmatch(shape, value):
            raise invalid(name)
