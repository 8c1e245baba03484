"""Which extensions are offered beside the one that was typed, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from panel.contact.models import Contact
from panel.people.models import Customer

FAVORITE = "com"
# What a registrar's tool is asked to build names in; its answers count as checked.
SUGGESTED_IN = ("com", "net")
SUGGESTION_LANGUAGES = ("en", "es", "fr")

# Extensions near to a country beyond its own two letters.
_NEAR_COUNTRY = {
    "BR": ("com.br",),
    "ES": ("com.es", "cat", "madrid"),
    "FR": ("paris",),
    "GB": ("co.uk", "uk"),
    "MX": ("com.mx",),
    "US": ("us",),
}
_NEAR_LANGUAGE = {"es": ("es",), "fr": ("fr",), "de": ("de",)}
_POPULAR_TEXT = """
com net org eu io co info app dev shop online store site biz me tech xyz cloud pro tv club blog design studio
agency company digital live life space website world
"""
_POPULAR = _POPULAR_TEXT.split()


def extension_order(sold: Iterable[str], *, countries: Sequence[str], language: str) -> list[str]:
    """Every sold extension, the ones a customer most likely wants first.

    .com leads, then the extensions of the customer's countries (ISO codes) and language, then popular ones, then all
    others by the alphabet.
    """
    for_sale = set(sold)
    own = [country.lower() for country in countries]
    near = [tld for country in countries for tld in _NEAR_COUNTRY.get(country, ())]
    spoken = _NEAR_LANGUAGE.get(language[:2], ())
    wanted = [FAVORITE, *own, *spoken, *near, *_POPULAR, *sorted(for_sale)]
    return list(dict.fromkeys(name for name in wanted if name in for_sale))


def countries_of(customer: Customer) -> list[str]:
    """Where the customer's contacts are, the most frequent country first."""
    codes = [
        str(code)
        for code in Contact.objects.filter(customer=customer).values_list("country", flat=True)[:200]
    ]
    return sorted(set(codes), key=lambda code: (-codes.count(code), code))[:3]
