"""No secret survives redaction, whatever shape the text has."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrar.transport.redact import MASK, MAX_TEXT, Redactor

CANARY = 'k3y-9523as&"asd/1wÄd'
FIELDS = ["apipasswd", "authcode", "sslKey"]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"authcode": CANARY}),
        json.dumps({"deep": [{"AuthCode": CANARY, "x": 1}]}),
        json.dumps({"authcode": CANARY}, ensure_ascii=False),
        json.dumps({"authcode": CANARY})[:-5],
        json.dumps({"authcode": [CANARY, CANARY]}),
        f"<data><authcode>{CANARY.replace('&', '&amp;')}</authcode></data>",
        f'<data><authcode xsi:type="xsd:string">{CANARY.replace("&", "&amp;")}</authcode></data>',
        f"<x:data><x:AuthCode x:a='1'\n b='2'>{CANARY.replace('&', '&amp;')}</x:AuthCode></x:data>",
        f"<data><authcode><![CDATA[a < {CANARY} > b]]></authcode></data>",
        f"<authcode><![CDATA[{CANARY}",
        f"<authcode>{CANARY.replace('&', '&amp;')}",
        f"<item><key>authcode</key><value>{CANARY.replace('&', '&amp;')}</value></item>",
        f'<item><key xsi:type="xsd:string"> sslKey </key>\n <value xsi:type="xsd:string">{CANARY}</value></item>',
        f"<m:item><m:key>authcode</m:key><m:value><![CDATA[{CANARY}]]></m:value></m:item>",
    ],
)
def test_secret_field_is_masked_without_knowing_its_value(text):
    result = Redactor(FIELDS).text(text)

    assert "9523as" not in result
    assert MASK in result


@pytest.mark.parametrize(
    "text",
    [
        f"the code {CANARY} is wrong",
        json.dumps({"errorCodeMsg": f"bad: {CANARY}"}),
        json.dumps({"errorCodeMsg": f"bad: {CANARY}"}).replace("/", "\\/"),
        quote(CANARY, safe=""),
        f"x={quote_plus(CANARY)}&y=1",
        f"<p>{CANARY.replace('&', '&amp;').replace(chr(34), '&quot;')}</p>",
        f"<p>{CANARY.replace('&', '&amp;')}</p>",
    ],
)
def test_known_value_is_masked_anywhere(text):
    result = Redactor(FIELDS, [CANARY]).text(text)

    assert "9523as" not in result
    assert MASK in result


def test_form_masks_fields_and_values_that_are_repeated_elsewhere():
    form = {"apiuser": "me", "apipasswd": "hunter22", "tag": "hunter22", "authcode": CANARY, "empty": ""}

    result = Redactor(FIELDS, ["hunter22"]).form(form)

    assert "hunter22" not in result
    assert "9523as" not in result
    assert "apiuser=me" in result


def test_short_value_is_masked_as_a_word_only():
    redactor = Redactor(FIELDS, ["demo"])

    assert redactor.text("login demo, name demography.com") == f"login {MASK}, name demography.com"


def test_very_short_value_is_masked_in_its_own_field_only():
    redactor = Redactor(FIELDS, ["1"])

    assert redactor.text('{"authcode":"1","page":1}') == f'{{"authcode":"{MASK}","page":1}}'


def test_secret_inside_a_longer_secret_leaves_no_rest():
    assert Redactor(FIELDS, ["secret-one", "secret-one-longer"]).text("secret-one-longer") == MASK


def test_long_text_is_capped_after_redaction():
    text = "a" * (MAX_TEXT - 5) + "hunter22" + "b" * 100

    result = Redactor(FIELDS, ["hunter22"]).text(text)

    assert "hunt" not in result
    assert len(result) < MAX_TEXT + 50


def test_secret_across_the_end_of_what_is_read_leaves_no_rest():
    words = "x" * (4 * MAX_TEXT - 5)

    result = Redactor(FIELDS, [CANARY]).text(words + CANARY + "y" * MAX_TEXT)

    assert CANARY[:5] not in result


def test_text_that_is_secrets_nearly_alone_is_read_to_its_end():
    secret = CANARY * 200

    result = Redactor(FIELDS, [secret]).text(secret * 100)

    assert "9523as" not in result
    assert len(result) < MAX_TEXT


def test_other_fields_stay_readable():
    text = '{"name":"example.com","authcodeCheck":true,"authcode":""}'

    assert Redactor(FIELDS).text(text) == f'{{"name":"example.com","authcodeCheck":true,"authcode":"{MASK}"}}'


@settings(deadline=None)
@given(st.text(min_size=6, max_size=40).filter(lambda value: value not in '***{"authcode": "***"}'))
def test_any_secret_disappears_from_json(secret):
    text = json.dumps({"authcode": secret, "note": f"<{secret}>", "list": [secret]})

    result = Redactor(FIELDS, [secret]).text(text)

    written = json.dumps(secret)[1:-1]
    assert written not in result


def test_only_the_value_of_a_secret_element_is_masked():
    text = (
        '<a><authcode xsi:nil="true"/><authcodes>1</authcodes><b xsi:type="authcode">2</b>'
        "<item><key>name</key><value>3</value></item><authcode>4</authcode></a>"
    )

    assert Redactor(FIELDS).text(text) == text.replace(">4<", f">{MASK}<")


def test_map_pair_of_a_longer_key_stays_readable():
    text = "<item><key>authcodes</key><value>1</value></item>"

    assert Redactor(FIELDS).text(text) == text


@pytest.mark.parametrize("written", ["9&lt;523>as", "9&lt;523&gt;as"])
def test_known_value_is_masked_however_text_is_escaped(written):
    assert Redactor(FIELDS, ["9<523>as"]).text(f"<p>{written}</p>") == f"<p>{MASK}</p>"


def test_nul_is_made_storable():
    assert Redactor(FIELDS).text("a\x00b") == "a\ufffdb"
