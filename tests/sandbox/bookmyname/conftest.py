"""A sandbox per test module, reset per test, and a caller that writes and reads envelopes on its own."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from registrar.sandbox import Sandbox, start

LOGIN = (13490, "demo")
URI = "http://api.dev.free.org/apis.cgi"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
# The contact of the manual's example.
DUPOND = {
    "passwd": "coincoin",
    "email": "dupond@free.fr",
    "hash_email": "yes",
    "formejuridique": "particulier",
    "civilite": "M",
    "nom": "DUPOND",
    "prenom": "Pierre",
    "societe": "",
    "adresse1": "12 Rue du chien qui fume",
    "adresse2": "",
    "cp": "75001",
    "ville": "PARIS",
    "region_id": "",
    "pays_id": "1",
    "telephone": "+33.147010203",
    "telecopie": "",
    "numero_tva": "",
    "siret": "",
    "lang": "fr",
    "revente": "no",
}
BORN = {
    "dotfr_mode": "PARTICULIER",
    "dotfr_ne_le": "14-03-1971",
    "dotfr_ne_cp": "29200",
    "dotfr_ne_ville": "Brest",
    "dotfr_ne_pays_id": "1",
}


def element(name: str, value: Any) -> str:
    """A parameter as PHP's SoapClient writes it."""
    if value is None:
        return f'<{name} xsi:nil="true"/>'
    if isinstance(value, dict) and value:
        items = "".join(
            f"<item>{element('key', key)}{element('value', one)}</item>" for key, one in value.items()
        )
        return f'<{name} xsi:type="ns2:Map">{items}</{name}>'
    if isinstance(value, (list, dict)):
        inner = "".join(element("item", one) for one in value)
        return f'<{name} SOAP-ENC:arrayType="xsd:ur-type[{len(value)}]" xsi:type="SOAP-ENC:Array">{inner}</{name}>'
    kind = "int" if isinstance(value, int) else "string"
    return f'<{name} xsi:type="xsd:{kind}">{escape(str(value))}</{name}>'


def envelope(method: str, *values: Any) -> bytes:
    """A whole call."""
    parameters = "".join(element(f"param{number}", value) for number, value in enumerate(values))
    head = (
        '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"'
        f' xmlns:ns1="{URI}" xmlns:ns2="http://xml.apache.org/xml-soap"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
        ' SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>'
    )
    body = f"<ns1:{method}>{parameters}</ns1:{method}></SOAP-ENV:Body></SOAP-ENV:Envelope>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{body}\n'.encode()


def decoded(node: Any) -> Any:
    """A value: maps as dictionaries in their order, arrays as lists, everything else as its text."""
    kind = node.get(f"{XSI}type", "").rpartition(":")[2]
    if kind == "Map":
        return {item[0].text: decoded(item[1]) for item in node}
    if kind == "Array":
        return [decoded(item) for item in node]
    if node.get(f"{XSI}nil") == "true":
        return None
    return node.text or ""


class Caller:
    """Calls one running sandbox, a connection per call."""

    def __init__(self, running: Sandbox) -> None:
        self.sandbox = running

    def raw(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        timeout: float = 10,
    ) -> tuple[int, bytes, str]:
        """Status, body and content type."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
        try:
            connection.request(method, parts.path or "/", body, headers or {})
            response = connection.getresponse()
            return response.status, response.read(), response.getheader("Content-Type", "")
        finally:
            connection.close()

    def post(self, body: bytes, action: str = "", timeout: float = 10) -> tuple[int, bytes]:
        """Status and body of an envelope; `action` is the function's name in the SOAPAction."""
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        if action:
            headers["SOAPAction"] = f'"{URI}#{action}"'
        url = self.sandbox.url("bookmyname") + "/apis.cgi"
        status, answer, _ = self.raw("POST", url, body, headers, timeout)
        return status, answer

    def value(self, body: bytes) -> Any:
        """The first child of the first child of a reply's Body, decoded."""
        return decoded(etree.fromstring(body)[0][0][0])

    def call(self, method: str, *values: Any, timeout: float = 10) -> dict[str, Any]:
        """The whole result of a function, with the credentials put in front."""
        status, body = self.post(envelope(method, *LOGIN, *values), method, timeout)
        assert status == 200, body
        result: dict[str, Any] = self.value(body)
        return result

    def ok(self, method: str, *values: Any) -> Any:
        """retfields of a function that succeeds; retval where it has none."""
        result = self.call(method, *values)
        assert result["retcode"] == "1", result
        return result.get("retfields", result["retval"])

    def code(self, method: str, *values: Any) -> tuple[int, int]:
        """retcode and retval."""
        result = self.call(method, *values)
        return int(result["retcode"]), int(result["retval"])

    def control(self, method: str, path: str, **data: Any) -> Any:
        """The JSON of the control port, which has to answer 200."""
        body = json.dumps(data).encode() if method == "POST" else b""
        status, answer, _ = self.raw(method, self.sandbox.control_url + path, body)
        assert status == 200, answer
        return json.loads(answer)

    def world(self, **data: Any) -> Any:
        return self.control("POST", "/world/bookmyname", **data)["changed"]

    def state(self) -> Any:
        return self.control("GET", "/state/bookmyname")

    def advance(self, seconds: float) -> None:
        self.control("POST", "/advance", seconds=seconds)

    def settle(self) -> None:
        self.control("POST", "/settle")

    def fault(self, action: str, kind: str, **options: Any) -> None:
        self.control("POST", "/faults", family="bookmyname", action=action, kind=kind, **options)

    def journal(self, action: str = "") -> list[dict[str, Any]]:
        """This family's effects, those of one action where it is named."""
        entries: list[dict[str, Any]] = self.control("GET", "/journal")["journal"]
        own = [entry for entry in entries if entry["family"] == "bookmyname"]
        return [entry for entry in own if action in ("", entry["action"])]

    def contact(self, **changes: str) -> str:
        """The id of a new contact."""
        return str(self.ok("contact_create", {**DUPOND, **changes})["id"])

    def order(self, name: str, owner: str = "", **changes: Any) -> dict[str, Any]:
        """The array of domain_create; the reseller holds every role but the owner's."""
        rest = dict.fromkeys(("admin_id", "tech_id", "bill_id"), 13490)
        servers = {"ns0": "ns0.online.net", "ns1": "ns1.online.net"}
        head = {"domain": name, "period": 1, "owner_id": owner or self.contact()}
        return {**head, **rest, "service": "dns", "ip_dns_master": "", **servers, **changes}

    def buy(self, name: str, owner: str = "", **changes: Any) -> Any:
        """Register a name and let it be done."""
        fields = self.ok("domain_create", self.order(name, owner, **changes))
        self.settle()
        return fields

    def info(self, name: str) -> Any:
        return self.ok("domain_info", name)

    def status(self, tid: str) -> str:
        return str(self.ok("api_status", tid)["status"])

    def line(self, text: bytes, timeout: float = 5) -> bytes:
        """What the DAS says to a line before it closes."""
        parts = urlsplit(self.sandbox.url("das"))
        with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout) as raw:
            raw.sendall(text)
            answer = b""
            while piece := raw.recv(4096):
                answer += piece
            return answer


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start(base_port=0, seed=1) as sandbox:
        yield sandbox


@pytest.fixture
def api(running: Sandbox) -> Iterator[Caller]:
    """A caller on a fresh world of seed 1."""
    caller = Caller(running)
    caller.control("POST", "/reset", seed=1)
    yield caller
    caller.control("POST", "/reset", seed=1)


@pytest.fixture
def call_of() -> Any:
    """Writes the envelope of a call: method and every parameter, credentials included."""
    return envelope


@pytest.fixture
def caller_of() -> type[Caller]:
    return Caller


@pytest.fixture
def dupond() -> dict[str, str]:
    """The array of contact_create in the manual's example."""
    return dict(DUPOND)


@pytest.fixture
def born() -> dict[str, str]:
    """What .FR asks of a private person."""
    return dict(BORN)
