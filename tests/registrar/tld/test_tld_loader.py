"""The loader refuses data that contradict themselves."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from registrar.tld.loader import DataError, load

FIELDS = """
[birth_date]
label = "Date of birth"
kind = "date"
why = "The registry asks."

[grade]
label = "Grade"
kind = "choice"
why = "The registry asks."
[grade.choices]
low = "Low"
high = "High"
"""
FAMILY = """
family = "acme"
[nameservers]
minimum = 2
maximum = 4
source = "Acme API, 1"
[format]
date = "%d-%m-%Y"
true = "yes"
false = "no"
[keys]
birth_date = "geboren"
grade = "stufe"
[choices.grade]
low = "L"
high = "H"
"""
RULE = """
[[rule]]
tlds = ["test"]
[[rule.field]]
name = "birth_date"
families = ["acme"]
required = "individual"
applies_to = "individual"
operations = ["create"]
source = "Acme API, 2"
"""


def write(folder: Path, fields: str = FIELDS, family: str = FAMILY, rule: str = RULE) -> Path:
    (folder / "families").mkdir()
    (folder / "rules").mkdir()
    (folder / "fields.toml").write_text(fields)
    (folder / "families" / "acme.toml").write_text(family)
    (folder / "rules" / "any.toml").write_text(rule)
    return folder


def test_load_reads_a_second_family_with_its_own_words(tmp_path: Path) -> None:
    catalogue = load(write(tmp_path))

    family = catalogue.families["acme"]
    assert family.keys["birth_date"] == "geboren"
    assert family.date_format == "%d-%m-%Y"
    assert family.choices["grade"]["high"] == "H"
    assert catalogue.rules["test"].fields[0].source == "Acme API, 2"


def test_loaded_data_cannot_be_changed(tmp_path: Path) -> None:
    catalogue = load(write(tmp_path))

    with pytest.raises(FrozenInstanceError):
        catalogue.rules["test"].tld = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalogue.rules["other"] = catalogue.rules["test"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "Acme API, 2"', "", "source"),
        ('source = "Acme API, 2"', 'source = " "', "source is empty"),
        ('name = "birth_date"', 'name = "shoe_size"', "not in fields.toml"),
        ('families = ["acme"]', 'families = ["nobody"]', "unknown nobody"),
        ('families = ["acme"]', 'families = ["acme", "acme"]', "twice"),
        ('families = ["acme"]', "families = []", "names no family"),
        ('operations = ["create"]', 'operations = ["renew"]', "operations"),
        ('required = "individual"', 'required = "sometimes"', "required cannot be"),
        ('required = "individual"', 'required = "organization"', "does not apply"),
        ('tlds = ["test"]', 'tlds = [".Test"]', "lower case"),
        ('tlds = ["test"]', 'tlds = ["test", "test"]', "two rules"),
        ('source = "Acme API, 2"', 'source = "Acme API, 2"\nassumption = ""', "assumption is empty"),
        ('source = "Acme API, 2"', 'source = "Acme API, 2"\nmax_length = 900', "max_length out of range"),
        ('source = "Acme API, 2"', 'source = "Acme API, 2"\nformat = "isbn"', "unknown format isbn"),
        (
            'source = "Acme API, 2"',
            'source = "Acme API, 2"\nchoices_of = { low = "both" }',
            "unknown key low",
        ),
        ('tlds = ["test"]', 'tlds = ["test"]\nsecond_level = "inherit"', "second_level_assumption"),
        ('tlds = ["test"]', 'tlds = ["test"]\ncolor = "red"', "unknown key color"),
        ('tlds = ["test"]', "tlds = ", "any.toml"),
        ("[[rule.field]]", '[[rule.field]]\nrequired_if = { field = "grade", value = "top" }', "no choice"),
        ("[[rule.field]]", '[[rule.field]]\nrequired_if = { field = "grade", value = "low" }', "depends on"),
    ],
)
def test_load_refuses_a_bad_rule(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RULE

    with pytest.raises(DataError, match=said):
        load(write(tmp_path, rule=RULE.replace(old, new, 1)))


def test_load_refuses_the_same_field_twice(tmp_path: Path) -> None:
    again = RULE[RULE.index("[[rule.field]]") :]

    with pytest.raises(DataError, match="twice"):
        load(write(tmp_path, rule=RULE + again))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "date"', 'kind = "day"', "unknown kind"),
        ('kind = "date"', 'kind = "choice"', "choices go with"),
        ('kind = "date"', 'kind = "date"\nmax_length = 0', "max_length"),
        ('label = "Grade"', "", "label"),
        ("[birth_date]", "[Birth_Date]", "lower case"),
    ],
)
def test_load_refuses_a_bad_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        load(write(tmp_path, fields=FIELDS.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('family = "acme"', 'family = "other"', "named like"),
        ("minimum = 2", "minimum = 5", "out of order"),
        ('grade = "stufe"', 'grade = "geboren"', "share a key"),
        ('grade = "stufe"', 'grade = "stufe"\nsize = "x"', "unknown field"),
        ('high = "H"', "", "differ"),
        ('high = "H"', 'high = "L"', "share a word"),
        ("maximum = 4", "maximum = 4\nupdate_maximum = 3", "out of order"),
        ("maximum = 4", 'maximum = "4"', "whole number"),
        ('grade = "stufe"', 'grade = "stufe"\n[keys_for.test]\ngrade = "geboren"', "share a key"),
        ('grade = "stufe"', 'grade = "stufe"\n[keys_for.test]\ngrade = "note"', "is not asked there"),
        ('grade = "stufe"', 'grade = "stufe"\n[keys_for.other]\ngrade = "note"', "without a rule"),
        ("[format]", '[years]\nperiods = "0-3"\nsource = "Acme API, 1"\n[format]', "no period of years"),
        ("[format]", '[years]\nperiods = "1-3"\n[format]', "source"),
        ("[format]", '[transfer]\nage_days = 0\nsource = "Acme API, 1"\n[format]', "age_days"),
        ("[nameservers]", 'assumptions = [""]\n[nameservers]', "an assumption must be text"),
        ('birth_date = "geboren"', "", "has no key"),
    ],
)
def test_load_refuses_a_bad_family(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        load(write(tmp_path, family=FAMILY.replace(old, new, 1)))


CHOICE = """
[[rule]]
tlds = ["test"]
[[rule.field]]
name = "grade"
families = ["acme"]
required = "always"
applies_to = "both"
operations = ["create"]
choices_of = { low = "individual", high = "organization" }
source = "Acme API, 2"
"""


def test_choice_can_be_for_one_type_of_owner(tmp_path: Path) -> None:
    field = load(write(tmp_path, rule=CHOICE)).rules["test"].fields[0]

    assert dict(field.choices) == {"low": "Low", "high": "High"}
    assert dict(field.for_owner("individual").choices) == {"low": "Low"}
    assert dict(field.for_owner("organization").choices) == {"high": "High"}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('low = "both"', "individual or organization"),
        ('top = "individual"', "unknown key top"),
        ('low = "individual", high = "individual"', "leaves an organization no choice"),
    ],
)
def test_load_refuses_bad_owners_of_choices(tmp_path: Path, new: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        load(write(tmp_path, rule=CHOICE.replace('low = "individual", high = "organization"', new)))


def test_rule_can_speak_of_a_field_in_its_own_words(tmp_path: Path) -> None:
    own = 'label = "Born on"\nwhy = "Ours asks."\nexample = "1984-05-23"\nmax_length = 10\n'

    field = load(write(tmp_path, rule=RULE + own)).rules["test"].fields[0]

    assert (field.label_key, field.why, field.example, field.max_length) == (
        "Born on",
        "Ours asks.",
        "1984-05-23",
        10,
    )


def test_key_of_one_extension_wins(tmp_path: Path) -> None:
    family = FAMILY + '[keys_for.test]\nbirth_date = "am"\n'

    data = load(write(tmp_path, family=family)).families["acme"]

    assert data.key("birth_date", "test") == "am"
    assert data.key("birth_date", "other") == "geboren"
    assert data.key("shoe_size", "test") is None


def test_load_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"fields\.toml"):
        load(tmp_path)
