"""Record templates: what they need, and how they go together with what a zone has."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from panel.dns import drafts, lint, presets
from panel.dns.models import Draft, Zone
from panel.dns.preset_book import BY_SLUG, GROUPS, PRESETS
from panel.dns.preset_forms import PresetForm
from panel.domain.models import Domain
from registrar.types import DnsRecord
from tests.dns.zone_rows import APEX, MAIL, MX, NAME, NS, TEXT, WWW, ZONE, kept, rec
from tests.selfservice.pages import words_of

EXAMPLES = {
    "ipv4": "203.0.113.10",
    "ipv6": "2a01:4f8::10",
    "host": "stores.example.net",
    "text": "abc123",
    "label": "shop",
    "email": "post@example.com",
}


def filled(slug: str) -> dict[str, str]:
    return {field.name: EXAMPLES[field.kind] for field in BY_SLUG[slug].fields}


def apply(slug: str, current: tuple[DnsRecord, ...] = ZONE, **values: str) -> presets.Applied:
    return presets.apply(BY_SLUG[slug], values or filled(slug), current, NAME)


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
@pytest.mark.parametrize("current", [(), ZONE], ids=["empty", "full"])
def test_template_makes_a_sound_zone_and_twice_is_once(slug: str, current: tuple[DnsRecord, ...]) -> None:
    found = apply(slug, current)
    again = apply(slug, found.wanted)

    errors = [
        remark for remark in lint.check(current, found.wanted, NAME) if remark.level == lint.Level.ERROR
    ]
    assert [remark.sentence for remark in errors] == []
    assert found.added
    assert (again.added, again.replaced) == ((), ())
    assert set(again.wanted) == set(found.wanted)


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_template_form_takes_what_it_gives_as_an_example(slug: str) -> None:
    preset = BY_SLUG[slug]
    data = {f"{slug}-{field.name}": EXAMPLES[field.kind] for field in preset.fields}

    form = PresetForm(data, preset=preset)

    assert form.is_valid(), form.errors
    assert form.values == filled(slug)
    assert preset.group in GROUPS
    assert str(preset.title)
    assert str(preset.text)


def test_slugs_are_different() -> None:
    assert len(BY_SLUG) == len(PRESETS)


def test_website_takes_the_place_of_the_one_that_is_there() -> None:
    other = rec("@", "AAAA", "2001:db8::1")

    found = apply("website", (*ZONE, other), ipv4="203.0.113.10", ipv6="")

    assert set(found.replaced) == {APEX, other}
    assert [(row.name, row.type, row.value) for row in found.added] == [(NAME, "A", "203.0.113.10")]
    assert found.there == (rec("www", "CNAME", NAME, None),)
    assert {NS, MX, TEXT, MAIL, WWW} < set(found.wanted)


def test_provider_takes_the_place_of_the_mail_server_and_joins_the_sending_rules() -> None:
    found = apply("google")

    assert set(found.replaced) == {MX, TEXT}
    assert [(row.type, row.value) for row in found.added] == [
        ("MX", "smtp.google.com"), ("TXT", "v=spf1 include:_spf.google.com -all"),
    ]  # fmt: skip
    assert found.added[-1].ttl == TEXT.ttl


def test_alias_gives_way_to_a_server_of_that_name_and_the_reverse() -> None:
    alias, shop = rec("mail", "CNAME", "else.example"), rec("shop", "A", "192.0.2.7")

    assert alias in apply("own-mail", (APEX, alias)).replaced
    assert apply("subdomain", (APEX, shop)).replaced == (shop,)


def test_dmarc_text_that_is_there_stays() -> None:
    mine = rec("_dmarc", "TXT", "v=DMARC1; p=reject")

    found = apply("dmarc", (*ZONE, mine))

    assert (found.added, found.replaced) == ((), ())


def test_no_mail_takes_everything_away_that_takes_or_sends_mail() -> None:
    found = apply("no-mail")

    assert found.replaced == (MX,)
    assert TEXT in found.wanted
    assert apply("no-mail", (rec("@", "TXT", "v=spf1 mx ~all"),)).wanted[-1].value == "v=spf1 -all"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("v=spf1 mx -all", "v=spf1 mx include:x.example -all"),
        ("v=spf1 mx", "v=spf1 mx include:x.example"),
        ("v=spf1 redirect=y.example", "v=spf1 include:x.example redirect=y.example"),
        ("v=spf1 INCLUDE:x.example ~all", "v=spf1 INCLUDE:x.example ~all"),
    ],
)
def test_mechanism_joins_before_what_ends_the_text(text: str, joined: str) -> None:
    assert presets.joined(text, "include:x.example") == joined


# --- pages -----------------------------------------------------------------------------------------------------------

PAGE = f"/domains/{NAME}/dns/templates/"


def test_choice_shows_what_the_registrar_can_keep(own: Client, zone: Zone, make_name: Any) -> None:
    kept(make_name("other.example", family="netim"), [])

    here, there = words_of(own.get(PAGE)), words_of(own.get("/domains/other.example/dns/templates/"))

    assert "Google Workspace" in here
    assert "issues certificates" in here
    assert "Google Workspace" in there
    assert "issues certificates" not in there
    assert own.get("/domains/other.example/dns/templates/caa/").status_code == 404
    assert own.get(f"{PAGE}nothing/").status_code == 404


def test_template_is_previewed_then_becomes_a_draft(own: Client, owner: Any, zone: Zone) -> None:
    page, values = f"{PAGE}website/", {"website-ipv4": "203.0.113.10", "website-ipv6": ""}

    preview = words_of(own.post(page, values))
    assert not Draft.objects.exists()
    answer = own.post(page, {**values, "go": "1"})

    assert "1 record is changed" in preview
    assert "203.0.113.10" in preview
    assert (answer.status_code, answer["Location"]) == (302, f"/domains/{NAME}/dns/review/")
    (change,) = drafts.working(zone, owner).changes
    assert change.old is not None
    assert change.new is not None
    assert (change.old.value, change.new.value) == ("192.0.2.1", "203.0.113.10")


def test_template_goes_on_top_of_what_was_changed_already(own: Client, owner: Any, zone: Zone) -> None:
    drafts.put(zone, owner, rec("new", "A", "192.0.2.99"))

    own.post(f"{PAGE}google/", {"go": "1"})

    values = {change.record.value for change in drafts.working(zone, owner).changes}
    assert {"192.0.2.99", "smtp.google.com"} <= values


def test_wrong_value_is_told_beside_its_field_and_kept(own: Client, zone: Zone) -> None:
    answer = own.post(f"{PAGE}website/", {"website-ipv4": "300.1.1.1", "go": "1"})

    assert answer.status_code == 422
    assert "300.1.1.1" in answer.content.decode()
    assert not Draft.objects.exists()


def test_reader_sees_templates_and_uses_none(reader: Client, zone: Zone) -> None:
    assert reader.get(PAGE).status_code == 200
    assert reader.post(f"{PAGE}google/", {"go": "1"}).status_code == 403
    assert not Draft.objects.exists()


def test_templates_of_somebody_elses_zone_are_not_there(own: Client, make_name: Any) -> None:
    kept(make_name("other.example", customer=None), [])

    assert own.get("/domains/other.example/dns/templates/").status_code == 404


def test_zone_that_was_never_read_has_no_templates(own: Client, domain: Domain) -> None:
    assert own.get(PAGE).status_code == 404
