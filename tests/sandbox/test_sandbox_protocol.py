"""Envelope, encodings, credentials: manual 2."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrar.sandbox.mrdomain.family import ACTIONS

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LOGIN = {"apiuser": "demo", "apipasswd": "demo"}


def multipart(fields: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    parts = [f'--xyz\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    body = "".join([*parts, "--xyz--\r\n"]).encode()
    return body, {"Content-Type": "multipart/form-data; boundary=xyz"}


def test_envelope_of_a_success_has_exactly_the_manuals_fields(api: Any) -> None:
    reply = api.post("tool/hello")
    assert reply == {
        "success": True,
        "errorCode": 0,
        "errorCodeMsg": "",
        "action": "tool/hello",
        "version": "1.0.20",
        "responseData": {"ip": "127.0.0.1", "lang": "en", "version": "1.0.20"},
    }


def test_envelope_of_an_unknown_action_is_the_manuals_example(api: Any) -> None:
    status, body, _ = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/requestinvalid/")
    assert status == 200
    assert json.loads(body) == {
        "success": False,
        "errorCode": 102,
        "errorCodeMsg": "Object action invalid",
        "action": "tool/requestinvalid",
        "version": "1.0.20",
        "messages": ["invalid object/action"],
        "responseData": [],
    }


@pytest.mark.parametrize("path", ["/Tool/Hello", "/tool/", "/", "/tool/hello/again", "/domain/destroy"])
def test_path_that_is_no_action_answers_102(api: Any, path: str) -> None:
    _, body, _ = api.raw("POST", api.sandbox.mrdomain_url + path, urlencode(LOGIN).encode(), FORM)
    assert json.loads(body)["errorCode"] == 102


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("encoding", ["form", "multipart"])
def test_parameters_arrive_in_both_encodings_with_and_without_slash(
    api: Any, slash: str, encoding: str
) -> None:
    fields = {**LOGIN, "query": "España.com"}
    body, head = multipart(fields) if encoding == "multipart" else (urlencode(fields).encode(), FORM)
    _, answer, _ = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/idnconverter{slash}", body, head)
    assert json.loads(answer)["responseData"]["punycode"] == "xn--espaa-rta.com"


def test_multipart_keeps_line_breaks_inside_a_value(api: Any, person: dict[str, str]) -> None:
    body, head = multipart({**LOGIN, **person, "Address": "Calle Mayor 1\r\n2º izquierda"})
    _, answer, _ = api.raw("POST", f"{api.sandbox.mrdomain_url}/contact/create/", body, head)
    assert json.loads(answer)["responseData"]["address"] == "Calle Mayor 1\r\n2º izquierda"


def test_json_escapes_slashes_and_letters_as_php_does(api: Any) -> None:
    body = urlencode({**LOGIN, "query": "españa"}).encode()
    _, answer, kind = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/idnconverter/", body, FORM)
    assert b'"action":"tool\\/idnconverter"' in answer
    assert b'"unicode":"espa\\u00f1a"' in answer
    assert kind.startswith("application/json")


def test_output_pretty_indents_and_says_the_same(api: Any) -> None:
    body = urlencode({**LOGIN, "output-pretty": "true"}).encode()
    _, answer, _ = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/hello/", body, FORM)
    assert b'\n    "success": true,\n' in answer
    assert json.loads(answer) == api.post("tool/hello", **{"output-pretty": ""})


def test_xml_has_the_manuals_shape(api: Any) -> None:
    body = urlencode({**LOGIN, "output-format": "xml"}).encode()
    _, answer, kind = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/hello/", body, FORM)
    assert kind.startswith("text/xml")
    assert answer.decode().strip() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<data><success>1</success><errorCode>0</errorCode><errorCodeMsg></errorCodeMsg><action>tool/hello</action>"
        "<version>1.0.20</version><responseData><ip>127.0.0.1</ip><lang>en</lang><version>1.0.20</version>"
        "</responseData></data>"
    )


def test_xml_pretty_of_an_error_indents_by_two_and_empties_success(api: Any) -> None:
    body = urlencode({"output-format": "xml", "output-pretty": "1"}).encode()
    _, answer, _ = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/hello/", body, FORM)
    text = answer.decode()
    assert "\n  <success></success>\n  <errorCode>200</errorCode>\n" in text
    assert "\n  <messages>\n    <item>Login required</item>\n  </messages>\n" in text


@pytest.mark.parametrize(
    ("credentials", "code"),
    [
        ({}, 200),
        ({"apiuser": "demo"}, 200),
        ({"apipasswd": "demo"}, 200),
        ({"apiuser": "nobody", "apipasswd": "demo"}, 1003),
        ({"apiuser": "demo", "apipasswd": "wrong"}, 1004),
    ],
)
def test_bad_credentials_answer_their_code(api: Any, credentials: dict[str, str], code: int) -> None:
    _, body, _ = api.raw(
        "POST", f"{api.sandbox.mrdomain_url}/account/info/", urlencode(credentials).encode(), FORM
    )
    assert json.loads(body)["errorCode"] == code


def test_parameters_of_the_url_and_of_get_are_ignored(api: Any) -> None:
    url = f"{api.sandbox.mrdomain_url}/tool/hello/?{urlencode(LOGIN)}"
    for method in ("GET", "POST"):
        _, body, _ = api.raw(method, url)
        assert json.loads(body)["errorCode"] == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"apiuser=\xff\xfe", FORM["Content-Type"]), (b"not parts", "multipart/form-data; boundary=xyz")],
)
def test_unreadable_body_answers_100(api: Any, body: bytes, kind: str) -> None:
    _, answer, _ = api.raw("POST", f"{api.sandbox.mrdomain_url}/tool/hello/", body, {"Content-Type": kind})
    assert json.loads(answer)["errorCode"] == 100


def test_body_over_one_mebibyte_is_refused_with_413(api: Any) -> None:
    parts = urlsplit(api.sandbox.mrdomain_url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 5) as raw:
        raw.sendall(b"POST /tool/hello/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n")
        assert raw.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_caller_that_asks_whether_to_go_on_is_told_at_once(api: Any) -> None:
    parts = urlsplit(api.sandbox.mrdomain_url)
    body = urlencode(LOGIN).encode()
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 5) as raw:
        head = f"POST /tool/hello/ HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['Content-Type']}\r\n"
        raw.sendall(f"{head}Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode())
        assert raw.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(body)
        assert raw.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_connection_stays_open_for_several_requests(api: Any) -> None:
    connection = http.client.HTTPConnection(urlsplit(api.sandbox.mrdomain_url).netloc, timeout=5)
    connection.connect()
    local = connection.sock.getsockname()
    for _ in range(3):
        connection.request("POST", "/tool/hello/", urlencode(LOGIN), FORM)
        response = connection.getresponse()
        assert int(response.headers["Content-Length"]) == len(response.read())
    assert connection.sock.getsockname() == local
    connection.close()


def test_all_106_actions_of_the_manual_are_known(api: Any) -> None:
    modules = [name.partition("/")[0] for name in ACTIONS]
    assert {module: modules.count(module) for module in modules} == {
        "tool": 6,
        "account": 3,
        "domain": 24,
        "contact": 4,
        "service": 47,
        "ssl": 13,
        "user": 9,
    }
    for name in ACTIONS:
        assert api.post(name)["errorCode"] != 102


KNOWN = {
    "domain": ["alder-mail.online", "lighthouse.com", "taken-one.com", "señal.es", "a..b", "x" * 70 + ".com"],
    "updateType": ["contact", "nameservers", "block", "tag", "viewWhois"],
    "infoType": ["status", "contact", "service", "dnssec", "data"],
    "nameservers": ["default", "ns1.a.com,ns2.a.com", ",,"],
    "tableType": ["countries"],
    "type": ["A", "ANY", "301", "SRV"],
    "serviceName": ["soler-estudio.com", "müller-bau.com", "nobody.com"],
    "productkey": ["mini", "corporate", "none"],
    "dnsZoneData": ["W10=", "W3sibmFtZSI6MX1d", "e30=", "===="],
    "target": ["a@b.com", "a@b.com,c@d.com", ","],
    "csrData": ["-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----"],
    "productID": ["55", "57", "99"],
    "certificateID": ["135037", "1"],
    "username": ["iker", "nobody", "new.user"],
    "domainName": ["alder-mail.online", "google.com"],
}
NAMES = [
    *KNOWN,
    *[
        "domainID",
        "query",
        "word",
        "tld",
        "owner",
        "tag",
        "status",
        "page",
        "pageLength",
        "period",
        "curExpDate",
        "premium",
        "authcode",
        "contactID",
        "keytag",
    ],
    *[
        "algorithm",
        "digesttype",
        "digest",
        "name",
        "ipv4",
        "ipv6",
        "nameserver",
        "tlds",
        "language",
        "ownerContactID",
        "ownerContactType",
    ],
    *["value", "ttl", "priority", "password", "entityID", "ftpPath", "origin", "destination", "filter"],
    *["commonName", "validationMethod", "extraSAN", "keyData", "domain_authcode", "subdomain", "enabled"],
    *["ownerContactEmail", "Type", "Email", "Country", "block", "tldtop", "output-format", "output-pretty"],
]
ANY_TEXT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["1", "0", "-1", "9" * 5000, "true", "2030-01-01", "xml", "\x00", "%00"]),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_parameters_at_all_get_a_whole_envelope(api: Any, data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(sorted(ACTIONS)))
    chosen = data.draw(st.sets(st.sampled_from(NAMES), max_size=8))
    drawn = {
        name: data.draw(st.one_of(ANY_TEXT, st.sampled_from(KNOWN.get(name, ["1"]))))
        for name in sorted(chosen)
    }
    body = urlencode({**LOGIN, **drawn}).encode(errors="replace")
    status, answer, kind = api.raw("POST", f"{api.sandbox.mrdomain_url}/{action}", body, FORM)
    assert status == 200
    if kind.startswith("text/xml"):
        assert b"<errorCode>" in answer
    else:
        reply = json.loads(answer)
        assert reply["success"] is (reply["errorCode"] == 0)
        assert reply["action"] == action


@pytest.mark.parametrize("word", ["", "0", "false", "no", "FALSE"])
def test_word_for_false_is_false(api: Any, word: str) -> None:
    assert api.ok("domain/list", renewable=word)["queryInfo"]["total"] == 43


@pytest.mark.parametrize("word", ["1", "true", "yes", "True"])
def test_word_for_true_is_true(api: Any, word: str) -> None:
    assert 0 < api.ok("domain/list", renewable=word)["queryInfo"]["total"] < 43


def test_word_that_is_no_boolean_answers_105(api: Any) -> None:
    assert api.code("domain/list", renewable="maybe") == 105
