"""The client against servers whose bytes the test decides: parameters out, verdicts in, no secret anywhere."""

from __future__ import annotations

import logging

import pytest

from registrar import Timeouts, open_driver
from registrar.errors import (
    InvalidRequest,
    NotFound,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    UnreadableReply,
)
from registrar.netim.actions import ACTIONS, METHODS
from registrar.netim.session import writer
from registrar.types import TransferOrder
from tests.registrar.netim.soap_bytes import (
    PASSWORD,
    SESSION_ID,
    Answer,
    domain_info,
    envelope,
    fault,
    operation,
    returning,
    struct,
)

AUTH_CODE = "canary-auth<code>"
SESSION_FUNCTIONS = {"sessionOpen", "login", "sessionClose"}


def test_every_function_of_the_reference_is_in_the_wsdl():
    assert writer().functions == set(ACTIONS)


def test_functions_are_counted_by_section():
    hosting = [name for name in ACTIONS if name.startswith("webHosting")]

    assert len(METHODS) == 6 + 2 + 6 + 4 + 8 + 17 + 5 + 6 + 6 + 4
    assert len(hosting) == len(ACTIONS) - len(METHODS) == 39


def test_reads_and_writes_are_told_apart(driver):
    assert driver.client.is_write("domainRenew")
    assert driver.client.is_write("webHostingDBDelete")
    assert not driver.client.is_write("domaininfo")
    assert not driver.client.is_write("webHostingInfo")


def test_every_function_can_be_called_by_name(netim, driver):
    for function in sorted(set(ACTIONS) - SESSION_FUNCTIONS):
        netim.answer(function, struct({"a": function}))

        assert driver.client.call(function) == {"a": function}

        call = netim.named(function)[-1]
        assert call["IDSession"] == netim.session_id
        assert call.element.tag == f"{{urn:DRS}}{function}"


def test_call_is_posted_as_the_documented_clients_post(netim, driver):
    netim.answer("hello", "<return>hi</return>")

    driver.client.call("hello")

    head = netim.named("hello")[0].head
    assert head.startswith("POST /2.0/ HTTP/1.1\r\n")
    assert "Content-Type: text/xml; charset=utf-8" in head
    assert 'SOAPAction: "helloAction"' in head


def test_parameters_are_given_by_position_or_by_name_in_any_case(netim, driver):
    netim.answer("domainChangeDNS", operation())

    driver.client.call("DOMAINCHANGEDNS", "lamp.com", "ns1.example.net", NS2="ns2.example.net", ns5="")

    call = netim.named("domainChangeDNS")[0]
    assert [child.tag for child in call.element] == [f"param{place}" for place in range(7)]
    assert [call[f"ns{place}"] for place in range(1, 6)] == [
        "ns1.example.net",
        "ns2.example.net",
        None,
        None,
        "",
    ]
    assert call["domain"] == "lamp.com"


def test_lists_and_mappings_are_arrays_structs_and_maps(netim, driver):
    netim.answer("hostCreate", operation())
    netim.answer("contactCreate", "<idContact>BJ007</idContact>")
    netim.answer("webHostingUpdate", operation())

    driver.client.call("hostCreate", "ns1.lamp.com", ["203.0.113.5", "203.0.113.6"], [])
    driver.client.call(
        "contactCreate", {"firstName": "Ada", "isOwner": True, "additional": {"A": {"x.us": "1"}}}
    )
    driver.client.call("webHostingUpdate", "id", "SetHold", {"value": True})

    assert netim.named("hostCreate")[0]["ipv4"] == ["203.0.113.5", "203.0.113.6"]
    assert netim.named("contactCreate")[0]["contact"] == {
        "firstName": "Ada",
        "isOwner": "1",
        "additional": {"A": {"x.us": "1"}},
    }
    assert netim.named("webHostingUpdate")[0]["params"] == {"value": "1"}


@pytest.mark.parametrize(
    ("function", "values", "parameters"),
    [
        ("domainDestroy", [], {}),
        ("", [], {}),
        ("hello", ["too", "many"], {}),
        ("hello", [], {"nosuch": "a"}),
        ("hello", [], {"IDSession": "a"}),
        ("sessionOpen", [], {"password": "other"}),
        ("sessionOpen", [], {"idReseller": "other"}),
        ("domainInfo", ["a.com"], {"domain": "b.com"}),
        ("domainInfo", [object()], {}),
        ("domainInfo", ["a\x00"], {}),
        ("domainRenew", ["a.com", "many"], {}),
        ("contactCreate", [{"nosuch": "a"}], {}),
    ],
)
def test_impossible_call_is_refused_before_a_session_is_opened(netim, driver, function, values, parameters):
    with pytest.raises(InvalidRequest):
        driver.client.call(function, *values, **parameters)

    assert netim.calls == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b""),
        Answer(b"oops"),
        Answer(envelope("<ns1:helloResponse>")[:-60]),
        Answer(envelope("<ns1:domainInfoResponse/>")),
        Answer(envelope("<ns1:domainDeleteResponse><a/><b/></ns1:domainDeleteResponse>")),
        returning("domainDelete", "<return/>"),
        returning("domainDelete", "<return>Done</return>"),
        returning("domainDelete", ""),
        returning("domainDelete", struct({"ID_OPE": 1})),
        returning("domainDelete", operation("done")),
        returning("domainDelete", operation("DONE")),
        returning("domainDelete", operation("ERROR")),
        returning("domainDelete", operation("Running")),
        returning("domainDelete", operation("Pending", None)),
        returning("domainDelete", operation("Pending", 0)),
        Answer(operation().encode("utf-16")),
    ],
)
def test_reply_that_is_not_in_the_manual_is_unreadable(netim, driver, answer):
    netim.answer("domainDelete", answer)

    with pytest.raises(UnreadableReply):
        driver.domains.delete("lamp.com")

    assert len(netim.named("domainDelete")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"", "500 Internal Server Error"),
        Answer(b"<html/>", "500 Internal Server Error"),
        Answer(returning("domainDelete", operation()).body, "500 Internal Server Error"),
        Answer(b"", "502 Bad Gateway"),
        Answer(fault("E13", "E13 : no").body, "503 Service Unavailable"),
        lambda peer: peer.reset(),
        lambda peer: peer.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<a>"),
        fault("E99", "E99 : nobody knows this code"),
        fault("SOAP-ENV:Server", "looping"),
        fault("", ""),
    ],
)
def test_write_without_an_answer_that_is_understood_is_unknown_and_never_sent_again(netim, driver, answer):
    netim.answer("domainDelete", answer)

    with pytest.raises(OutcomeUnknown):
        driver.domains.delete("lamp.com")

    assert len(netim.named("domainDelete")) == 1


def test_silence_ends_with_the_time_of_the_call(netim, connect):
    netim.answer("hello", "<return>hi</return>")
    netim.answer("domainDelete", lambda peer: peer.hold())
    driver = connect(timeouts=Timeouts(connect=1, total=1))
    driver.tools.hello()

    with pytest.raises(OutcomeUnknown):
        driver.domains.delete("lamp.com")


def test_limit_of_the_server_is_told(netim, driver):
    netim.answer("hello", Answer(b"", "429 Too Many Requests"))

    with pytest.raises(RateLimited):
        driver.tools.hello()


def test_nobody_there_is_not_sent(free_port, connect):
    with pytest.raises(NotSent):
        connect(endpoint=f"http://127.0.0.1:{free_port}/2.0/").domains.delete("lamp.com")


def test_fault_with_http_200_is_a_fault(netim, driver):
    netim.answer("domainInfo", Answer(fault("E15-M1502", "E15-M1502 : not yours").body))

    with pytest.raises(NotFound):
        driver.domains.info("lamp.com")


def test_every_call_leaves_one_record(netim, connect):
    records = []
    netim.answer("domainInfo", domain_info(), fault("E15-M1502", "E15-M1502 : not yours"))
    driver = connect(on_exchange=records.append)

    driver.domains.info("lamp.com")
    with pytest.raises(NotFound):
        driver.domains.info("lamp.com")

    assert [record.action for record in records] == [
        "sessionOpen",
        *["sessionSetPreference"] * 3,
        "domainInfo",
        "domainInfo",
    ]
    assert [(record.status, record.error) for record in records[-2:]] == [(200, ""), (500, "NotFound")]
    assert "lamp.com" in records[-1].request
    assert "E15-M1502" in records[-1].reply
    assert all(record.family == "netim" for record in records)


def test_no_secret_is_left_in_records_messages_or_logs(netim, connect, caplog):
    caplog.set_level(logging.DEBUG)
    records = []
    key = "canary-key"
    text = f"{PASSWORD} {AUTH_CODE}".replace("&", "&amp;").replace("<", "&lt;")
    netim.answer("domainTransferIn", fault("E13", f"E13 : authID : wrong {text}"))
    netim.answer("domainInfo", domain_info())
    netim.answer("sslInfo", struct({"IDSSL": "SSL-AB12-CD", "privateKey": key}))
    netim.answer("domainSetMembership", operation())
    netim.answer("webHostingSSLCertCreate", operation())
    netim.answer("webHostingFTPUserUpdate", operation())
    netim.answer("queryAllSessions", struct({"IDSession": "f" * 32, "lang": "EN"}))
    netim.answer(
        "contactInfo", struct({"additional": f"<additional>{pair('AERO_AUTHKEY', key)}</additional>"})
    )
    driver = connect(on_exchange=records.append)
    order = TransferOrder(
        "lamp.com",
        "BJ007",
        auth_code=AUTH_CODE,
        nameservers=("ns1.example.net", "ns2.example.net"),
        keep_nameservers=False,
    )

    with pytest.raises(InvalidRequest) as caught:
        driver.domains.transfer(order)
    driver.domains.info("lamp.com")
    driver.domains.set_membership("lamp.com", "canary-token")
    for function, values in (
        ("sslInfo", ["SSL-AB12-CD"]),
        ("queryAllSessions", []),
        ("contactInfo", ["BJ007"]),
        ("webHostingSSLCertCreate", ["id", "name", "crt", key, "ca", "csr"]),
        ("webHostingFTPUserUpdate", ["id", "SetPassword", {"username": "u", "password": key}]),
    ):
        driver.client.call(function, *values)

    said = [repr(driver.client), repr(caught.value), str(caught.value), caplog.text]
    for record in records:
        said += [record.request, record.reply]
    for canary in ("canary", "f" * 32, SESSION_ID[1:], "pässword"):
        assert not [text for text in said if canary in text]
    assert PASSWORD in netim.named("sessionOpen")[0]["password"]


def pair(name: str, value: str) -> str:
    return f'<item><key xsi:type="xsd:string">{name}</key><value xsi:type="xsd:string">{value}</value></item>'


@pytest.mark.parametrize(
    "answer",
    [
        "<return>{id}</return>",
        "<something><else>{id}</else></something>",
        "<a>{id}</a><b/>",
    ],
)
def test_id_of_a_new_session_is_masked_wherever_it_stands(netim, connect, answer):
    records = []
    netim.answer("sessionOpen", answer.format(id=SESSION_ID))
    netim.answer("hello", "<return>hi</return>")

    try:
        connect(on_exchange=records.append).tools.hello()
    except NotSent:
        pass

    assert records
    assert not [record for record in records if SESSION_ID in record.reply + record.request]


def test_archive_that_fails_does_not_hide_the_answer(netim, connect, caplog):
    netim.answer("hello", "<return>hi</return>")

    def full(record):
        raise OSError("disk full")

    assert connect(on_exchange=full).tools.hello().version == "2.0"
    assert "could not be kept" in caplog.text


def test_endpoint_must_be_safe():
    with pytest.raises(InvalidRequest) as caught:
        open_driver(
            "netim", endpoint="http://api.netim.com/2.0/", credentials={"reseller": "a", "password": "b"}
        )
    assert caught.value.field == "endpoint"
