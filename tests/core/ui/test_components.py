from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from lxml import html as lxml_html

from tests.core.ui.conftest import Render

HOSTILE = '"\'><script>alert(1)</script>" onmouseover="alert(2)"'


class ContactForm(forms.Form):
    name = forms.CharField(help_text="As on an identity card.")
    kind = forms.ChoiceField(choices=[("person", "A person"), ("firm", "A firm")], widget=forms.RadioSelect)
    news = forms.BooleanField(required=False)
    note = forms.CharField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Both together do not go.")


def one(markup: str, path: str) -> lxml_html.HtmlElement:
    found = lxml_html.fromstring(f"<div>{markup}</div>").xpath(path)
    assert len(found) == 1, markup
    return found[0]


def test_button_with_href_is_a_link(render: Render) -> None:
    link = one(
        render('<c-button variant="primary" href="/renew/" icon="plus" hx-get="/x/">Renew</c-button>'), "//a"
    )

    assert link.get("href") == "/renew/"
    assert "button-primary" in link.get("class")
    assert link.get("hx-get") == "/x/"
    assert link.text_content().strip() == "Renew"


def test_button_disabled_is_never_a_link(render: Render) -> None:
    button = one(render('<c-button href="/renew/" disabled>Renew</c-button>'), "//button")
    assert button.get("disabled") is not None


def test_button_with_only_an_icon_has_a_name(render: Render) -> None:
    assert one(render('<c-button icon="x" label="Close" />'), "//button").get("aria-label") == "Close"


@pytest.mark.parametrize(
    "source",
    [
        '<c-button :title="bad" :href="bad">{{ bad }}</c-button>',
        '<c-button title="{{ bad }}" class="{{ bad }}">x</c-button>',
        '<c-badge :label="bad" :title="bad" />',
        '<c-alert :title="bad">{{ bad }}</c-alert>',
        '<c-alert :data-x="bad" />',
        '<c-card :title="bad" :id="bad" :data-x="bad">{{ bad }}</c-card>',
        '<c-copy :value="bad" :label="bad" />',
        '<c-domain-name :name="bad" :href="bad" />',
        '<c-domain-name name="{{ bad }}" quiet_tld />',
        '<c-search-line name="{{ bad }}" state="{{ bad }}" :note="bad" />',
        '<c-page-header :title="bad" :crumbs="crumbs" />',
        '<c-chart-bars :items="items" :title="bad" :unit="bad" />',
        '<c-empty :title="bad" :text="bad" />',
        '<c-progress :label="bad" :text="bad" :value="bad" />',
        '<c-pager :older="bad" :text="bad" />',
        '<c-filters :value="bad" :placeholder="bad" />',
        '<c-money :amount="bad" :currency="bad" />',
        '<c-tabs :tabs="crumbs" />',
        '<c-menu-item :href="bad" :data-x="bad">{{ bad }}</c-menu-item>',
        '<c-dl-row :label="bad" :value="bad" />',
        "<c-toast>{{ bad }}</c-toast>",
        '<c-table :label="bad" :caption="bad" />',
    ],
)
def test_component_escapes_hostile_input(render: Render, source: str) -> None:
    markup = render(source, bad=HOSTILE, crumbs=[{"label": HOSTILE, "url": HOSTILE}], items=[(HOSTILE, 3)])
    tree = lxml_html.fromstring(f"<div>{markup}</div>")

    assert tree.xpath("//script") == []
    assert tree.xpath("//@onmouseover") == []


@pytest.mark.parametrize("name", ["onclick", "style", "OnLoad", "srcdoc", "formaction"])
def test_attribute_that_runs_code_is_not_passed_on(render: Render, name: str) -> None:
    assert "alert" not in render(f'<c-button {name}="alert(1)">x</c-button>')


def test_attribute_false_or_none_is_left_out(render: Render) -> None:
    button = one(
        render('<c-button :data-a="no" :data-b="nothing" data-c>x</c-button>', no=False, nothing=None),
        "//button",
    )

    assert button.get("data-a") is None
    assert button.get("data-b") is None
    assert button.get("data-c") == ""


def test_component_does_not_take_a_page_s_variables_for_its_arguments(render: Render) -> None:
    markup = render(
        '<c-card>x</c-card><c-alert /><c-page-header title="T" />',
        title="LEAK",
        actions="LEAK",
        foot="LEAK",
        note="LEAK",
        badge="LEAK",
    )
    assert "LEAK" not in markup


def test_field_wires_its_error_and_help(render: Render) -> None:
    form = ContactForm({"name": ""})
    markup = render('<c-field :field="form.name" />', form=form)

    control = one(markup, "//input")
    assert control.get("aria-invalid") == "true"
    described = control.get("aria-describedby").split()
    texts = [one(markup, f'//*[@id="{name}"]').text_content().strip() for name in described]
    assert sorted(texts) == ["As on an identity card.", "This field is required."]
    assert one(markup, '//label[@for="id_name"]').text_content().strip() == "Name"


def test_field_group_is_a_fieldset_with_its_error(render: Render) -> None:
    markup = render('<c-field :field="form.kind" />', form=ContactForm({}))

    group = one(markup, "//fieldset")
    assert (
        one(markup, f'//*[@id="{group.get("aria-describedby")}"]').text_content().strip()
        == "This field is required."
    )
    assert one(markup, "//legend").text_content().strip() == "Kind"


def test_field_says_what_is_optional(render: Render) -> None:
    form = ContactForm()
    assert "optional" in render('<c-field :field="form.note" />', form=form)
    assert "optional" not in render('<c-field :field="form.name" />', form=form)


def test_field_hidden_shows_nothing_but_itself(render: Render) -> None:
    assert render('<c-field :field="form.token" />', form=ContactForm()).strip().startswith("<input")


def test_form_errors_lead_to_their_fields(render: Render) -> None:
    form = ContactForm({"name": ""})
    markup = render('<c-form :form="form" method="get" submit="Save" />', form=form)
    tree = lxml_html.fromstring(markup)

    targets = [href.removeprefix("#") for href in tree.xpath('//*[contains(@class, "form-errors")]//a/@href')]
    assert targets == ["id_name", "id_kind_0"]
    for target in targets:
        assert tree.xpath(f'//*[@id="{target}"]')
    assert "Both together do not go." in markup
    assert tree.xpath('//*[@role="alert"]')


def test_form_errors_of_a_form_without_errors_are_nothing(render: Render) -> None:
    assert render('<c-form-errors :form="form" />', form=ContactForm()).strip() == ""


def test_th_sort_turns_round_and_keeps_the_rest_of_the_address(render: Render) -> None:
    source = '<table><tr><c-th-sort name="expires" label="Expires" /></tr></table>'

    first = one(render(source, path="/?state=active&after=abc"), "//th")
    assert first.get("aria-sort") == "none"
    assert (
        one(render(source, path="/?state=active&after=abc"), "//th/a").get("href")
        == "?state=active&sort=expires"
    )
    again = render(source, path="/?sort=expires")
    assert one(again, "//th").get("aria-sort") == "ascending"
    assert one(again, "//th/a").get("href") == "?sort=-expires"


def test_column_chooser_keeps_other_parameters(render: Render) -> None:
    columns = [
        {"key": "name", "label": "Name", "shown": True},
        {"key": "tld", "label": "TLD", "shown": False},
    ]
    markup = render(
        '<c-column-chooser :columns="columns" />', path="/?q=a&columns=name&after=z", columns=columns
    )

    assert one(markup, '//input[@type="hidden"]').get("name") == "q"
    assert one(markup, '//input[@type="checkbox" and @checked]').get("value") == "name"


def test_money_is_right_for_people_and_for_machines(render: Render) -> None:
    with translation.override("fr"):
        amount = one(
            render('<c-money :amount="amount" currency="EUR" />', amount=Decimal("-1234.5")), "//data"
        )

    assert amount.get("value") == "-1234.5"
    assert amount.text_content().endswith("234,50\xa0€")
    assert "money-negative" in amount.get("class")


def test_price_says_first_year_and_then(render: Render) -> None:
    source = '<c-price :first="first" :then="then" currency="EUR" />'

    assert "first year, then €17.50" in render(source, first=Decimal("12.9"), then=Decimal("17.5"))
    assert (
        "then"
        not in one(
            render(source, first=Decimal("12.9"), then=Decimal("12.9")), "//span[@class='price']"
        ).text_content()
    )


def test_domain_name_shows_the_ulabel_and_names_the_alabel(render: Render) -> None:
    name = one(render('<c-domain-name name="xn--bcher-kva.example" />'), "//span")

    assert name.text_content() == "bücher.example"
    assert name.get("title") == "xn--bcher-kva.example"


def test_date_is_readable_by_machines(render: Render) -> None:
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    assert (
        one(render('<c-date :value="moment" time />', moment=moment), "//time").get("datetime")
        == "2026-11-23T09:30:00+00:00"
    )
    assert (
        one(render('<c-date :value="day" />', day=date(2026, 2, 1)), "//time").text_content() == "1 Feb 2026"
    )


@pytest.mark.parametrize(
    ("language", "june", "july"),
    [
        ("en", "3 Jun 2026", "3 Jul 2026"),
        ("fr", "3 juin 2026", "3 juil. 2026"),
        ("es", "3 jun 2026", "3 jul 2026"),
    ],
)
def test_month_is_cut_short_as_its_language_does(render: Render, language: str, june: str, july: str) -> None:
    with translation.override(language):
        shown = [
            one(render('<c-date :value="day" />', day=date(2026, month, 3)), "//time").text_content()
            for month in range(1, 13)
        ]

    assert (shown[5], shown[6]) == (june, july)
    assert len(set(shown)) == 12


def test_lifecycle_has_the_same_in_words(render: Render) -> None:
    markup = render(
        '<c-lifecycle :registered="a" :expires="b" :grace_until="c" :today="t" />',
        a=date(2026, 1, 1),
        b=date(2027, 1, 1),
        c=date(2027, 2, 10),
        t=date(2027, 1, 5),
    )
    phases = [item.text_content() for item in lxml_html.fromstring(markup).xpath("//ol/li")]

    assert len(phases) == 2
    assert "Active" in phases[0]
    assert "now" not in phases[0]
    assert "Expired, still renewable" in phases[1]
    assert "now" in phases[1]
    assert "2027" in phases[1]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_chart_coordinates_do_not_follow_the_language(render: Render, language: str) -> None:
    with translation.override(language):
        tree = lxml_html.fromstring(
            render('<c-chart-bars :items="items" title="Week" />', items=[("a", 1), ("b", 2), ("c", 3)])
        )

    for attribute in ("x", "y", "width", "height"):
        assert not [value for value in tree.xpath(f"//rect/@{attribute}") if "," in value]


def test_chart_has_its_figures_beside_it(render: Render) -> None:
    markup = render(
        '<c-chart-stacked :items="items" :series="series" title="Week" />',
        items=[("Mon", (3, 4))],
        series=["Done", "Failed"],
    )
    cells = [
        cell.text_content().strip()
        for cell in lxml_html.fromstring(markup).xpath("//table//tbody//*[self::th or self::td]")
    ]
    assert cells == ["Mon", "3", "4"]


def test_progress_without_a_value_is_indeterminate(render: Render) -> None:
    assert one(render('<c-progress label="Import" />'), "//progress").get("value") is None
    assert one(render('<c-progress label="Import" :value="0" :max="9" />'), "//progress").get("value") == "0"


@pytest.mark.parametrize("state", ["available", "taken", "premium", "unsupported", "checking", "error"])
def test_search_line_says_its_state_in_words(render: Render, state: str) -> None:
    badge = one(
        render(f'<c-search-line name="a.com" state="{state}" />'), '//span[contains(@class, "badge")]'
    )
    assert badge.text_content().strip()
