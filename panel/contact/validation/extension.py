"""The fields that an extension asks beyond the contact, in sentences for the person who fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from panel.contact.validation.host import clean_email
from panel.contact.validation.identification import clean_siren, clean_siret
from panel.contact.validation.text import Wrong, tidy
from panel.contact.validation.wording import translated
from registrar.tld import Field, Format, Kind, Problem, check_fields, fields_for

Errors = dict[str, list[str]]

_FORMATS: dict[Format, Callable[[str], str]] = {Format.SIREN: clean_siren, Format.SIRET: clean_siret}


def validate_extra(
    family: str, tld: str, operation: str, contact_type: str, data: Mapping[str, str]
) -> tuple[dict[str, str], Errors]:
    """The neutral values of an extension's fields (DomainOrder.extra), and what is wrong, by field.

    Empty values are left out. A value for a field that the extension does not ask is an error, never dropped.
    Secrets are only trimmed. Raises registrar.errors.NotSupported for a family without data, nothing else.
    """
    asked = {field.name: field for field in fields_for(family, tld, operation)}
    values = {name: _tidied(asked.get(name), value) for name, value in data.items()}
    cleaned, problems = check_fields(family, tld, values, contact_type, operation)
    errors = {name: [_sentence(asked.get(name), problem)] for name, problem in problems.items()}
    for name, value in list(cleaned.items()):
        check = _check_of(asked[name])
        if check is None:
            continue
        try:
            cleaned[name] = check(value)
        except Wrong as wrong:
            errors[name] = [str(wrong)]
    return cleaned, errors


def _check_of(field: Field) -> Callable[[str], str] | None:
    if field.kind is Kind.EMAIL:
        return clean_email
    return _FORMATS[field.format] if field.format else None


def _tidied(field: Field | None, value: object) -> str:
    if field is not None and field.secret:
        return "" if value is None else str(value).strip()
    text = tidy(value)
    if field is not None and field.kind is Kind.URL and text and "://" not in text:
        return f"https://{text}"
    return text


def _sentence(field: Field | None, problem: Problem) -> str:
    if field is None:
        return _("This extension does not ask for this field. Leave it empty.")
    example = {"example": field.example, "limit": field.max_length}
    match problem:
        case Problem.MISSING:
            why = translated(field.why)
            return _("Please fill this in. %(why)s") % {"why": why}
        case Problem.NOT_APPLICABLE:
            return _("This is not asked of this type of owner. Leave it empty.")
        case Problem.TOO_LONG:
            return _("Shorten this to %(limit)s characters.") % example
        case Problem.CONTROL_CHARACTER:
            return _(
                "Remove the characters that cannot be printed; type the text again instead of pasting it."
            )
        case Problem.BAD_DATE:
            return _("Enter an existing day as year-month-day, for example %(example)s.") % example
        case Problem.DATE_IN_FUTURE:
            return _("Enter a day in the past, for example %(example)s.") % example
        case Problem.BAD_CHOICE | Problem.BAD_COUNTRY:
            return _("Choose one of the answers in the list.")
        case Problem.BAD_BOOLEAN:
            return _("Answer yes or no.")
        case Problem.BAD_EMAIL:
            return _("Enter a complete e-mail address, for example %(example)s.") % {
                "example": "ana@example.com"
            }
        case Problem.BAD_URL:
            return _("Enter the address of a website, for example %(example)s.") % example
        case Problem.UNKNOWN_FIELD:
            return _("This extension does not ask for this field. Leave it empty.")
