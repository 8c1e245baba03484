"""Checks the values given for an extension's fields, and brings them to their neutral form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from registrar.tld.rules import fields_for
from registrar.tld.shapes import Field, Kind

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_COUNTRY = re.compile(r"[A-Z]{2}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


class Problem(StrEnum):
    """What is wrong with a value."""

    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    NOT_APPLICABLE = "not_applicable"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    BAD_DATE = "bad_date"
    DATE_IN_FUTURE = "date_in_future"
    BAD_CHOICE = "bad_choice"
    BAD_BOOLEAN = "bad_boolean"
    BAD_EMAIL = "bad_email"
    BAD_URL = "bad_url"
    BAD_COUNTRY = "bad_country"


def check_fields(
    family: str, tld: str, values: Mapping[str, str], contact_type: str, operation: str = "create"
) -> tuple[dict[str, str], dict[str, Problem]]:
    """Values brought to their neutral form, and the problems by field name. No problem: ready to be sent.

    Values are trimmed; empty ones count as absent. A value for a field that is not asked is a problem, never
    dropped. Raises NotSupported for a family without data.
    """
    asked = {field.name: field for field in fields_for(family, tld, operation)}
    cleaned: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    for name, raw in values.items():
        value = raw.strip()
        field = asked.get(name)
        if not value:
            continue
        if field is None:
            problems[name] = Problem.UNKNOWN_FIELD
        elif not field.applies(contact_type):
            problems[name] = Problem.NOT_APPLICABLE
        else:
            neutral, problem = check_value(field.for_owner(contact_type), value)
            if problem is not None:
                problems[name] = problem
            else:
                cleaned[name] = neutral
    for field in asked.values():
        if (
            field.name not in problems
            and field.name not in cleaned
            and field.is_required(contact_type, cleaned)
        ):
            problems[field.name] = Problem.MISSING
    return cleaned, problems


def check_value(field: Field, value: str) -> tuple[str, Problem | None]:
    """One value that is not empty, in its neutral form, and what is wrong with it."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        return value, Problem.CONTROL_CHARACTER
    if len(value) > field.max_length:
        return value, Problem.TOO_LONG
    match field.kind:
        case Kind.DATE:
            return value, _date_problem(field, value)
        case Kind.CHOICE:
            return value, None if value in dict(field.choices) else Problem.BAD_CHOICE
        case Kind.BOOLEAN:
            return _boolean(value)
        case Kind.COUNTRY:
            return _country(value)
        case Kind.EMAIL:
            return value, None if _EMAIL.fullmatch(value) else Problem.BAD_EMAIL
        case Kind.URL:
            return value, None if _is_url(value) else Problem.BAD_URL
        case Kind.TEXT | Kind.SECRET:
            return value, None


def _date_problem(field: Field, value: str) -> Problem | None:
    if not _DATE.fullmatch(value):
        return Problem.BAD_DATE
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Problem.BAD_DATE
    # A day of grace: it is already tomorrow in the east.
    if field.past and day > datetime.now(UTC).date() + timedelta(days=1):
        return Problem.DATE_IN_FUTURE
    return None


def _boolean(value: str) -> tuple[str, Problem | None]:
    word = value.lower()
    if word in _TRUE:
        return "1", None
    return ("0", None) if word in _FALSE else (value, Problem.BAD_BOOLEAN)


def _country(value: str) -> tuple[str, Problem | None]:
    code = value.upper()
    return (code, None) if _COUNTRY.fullmatch(code) else (value, Problem.BAD_COUNTRY)


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".") and not re.search(r"\s", value)
