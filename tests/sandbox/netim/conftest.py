"""A sandbox per test module, reset per test, and a caller that writes and reads envelopes on its own."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from registrar.sandbox import Sandbox, start

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ARRAY = "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"
RESELLER = "DEMO01"
NS = ("ns1.netim.net", "ns2.netim.net", "", "", "")
ADMINS = (RESELLER, RESELLER, RESELLER)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:DRS"'
    ' xmlns:ns2="http://xml.apache.org/xml-soap" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
    ' SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>'
)
FOOT = "</SOAP-ENV:Body></SOAP-ENV:Envelope>"
PERSON = {
    "firstName": "Ada",
    "lastName": "Byron",
    "bodyForm": "IND",
    "bodyName": "",
    "address1": "12, rue de l'Église",
    "address2": "",
    "zipCode": "59000",
    "area": "",
    "city": "Lille",
    "country": "FR",
    "phone": "+33 320000000",
    "fax": "",
    "email": "ada@example.com",
    "language": "EN",
    "isOwner": "1",
}


def element(name: str, value: Any) -> str:
    """A parameter; a dict as a struct, a list as an array, None as nil."""
    if value is None:
        return f'<{name} xsi:nil="true"/>'
    if isinstance(value, dict):
        inner = "".join(element(key, one) for key, one in value.items())
        return f"<{name}>{inner}</{name}>"
    if isinstance(value, (list, tuple)):
        inner = "".join(element("item", one) for one in value)
        return f'<{name} SOAP-ENC:arrayType="xsd:ur-type[{len(value)}]">{inner}</{name}>'
    return f'<{name} xsi:type="xsd:string">{escape(str(value))}</{name}>'


def enveloped(inner: str) -> bytes:
    return f"{HEAD}{inner}{FOOT}".encode()


def decoded(node: Any) -> Any:
    """A value: structs and maps as dictionaries in their order, arrays as lists, the rest as text, nil as None."""
    if node.get(f"{XSI}nil") == "true":
        return None
    if node.get(f"{XSI}type", "").endswith(":Map"):
        return {item[0].text: decoded(item[1]) for item in node}
    if node.get(ARRAY) is not None:
        return [decoded(item) for item in node]
    return {child.tag: decoded(child) for child in node} if len(node) else node.text or ""


class Caller:
    """Calls one running sandbox, a connection per call; `session` is opened at the first need."""

    def __init__(self, running: Sandbox) -> None:
        self.sandbox = running
        self._session = ""

    @property
    def session(self) -> str:
        self._session = self._session or self.open()
        return self._session

    def open(self, language: str = "EN") -> str:
        """The id of one more session."""
        return str(self.value(self.post(self.plain("sessionOpen", RESELLER, "demo", language))[1]))

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

    @property
    def url(self) -> str:
        return self.sandbox.url("netim")

    def plain(self, function: str, *values: Any) -> bytes:
        """The envelope of a call with positional parameters and no session of its own."""
        inner = "".join(element("Item", value) for value in values)
        return enveloped(f"<ns1:{function}>{inner}</ns1:{function}>")

    def named(self, function: str, **values: Any) -> bytes:
        """The envelope of a call by name; the session is added."""
        inner = "".join(element(name, value) for name, value in {"IDSession": self.session, **values}.items())
        return enveloped(f"<ns1:{function}>{inner}</ns1:{function}>")

    def post(self, body: bytes, action: str | None = None, timeout: float = 10) -> tuple[int, bytes]:
        """Status and body of an envelope."""
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        if action is not None:
            headers["SOAPAction"] = action
        status, answer, kind = self.raw("POST", f"{self.url}/2.0/", body, headers, timeout)
        assert kind.startswith("text/"), kind
        return status, answer

    def value(self, body: bytes) -> Any:
        """The output part of a reply, decoded; None for an empty wrapper."""
        wrapper = etree.fromstring(body)[0][0]
        return decoded(wrapper[0]) if len(wrapper) else None

    def ok(self, function: str, *values: Any, timeout: float = 10) -> Any:
        """The value of a function that succeeds, called by position in this caller's session."""
        body = self.plain(function, self.session, *values)
        status, answer = self.post(body, f'"{function}Action"', timeout)
        assert status == 200, answer.decode()
        return self.value(answer)

    def told(self, answer: tuple[int, bytes]) -> tuple[str, str]:
        """faultcode and faultstring of a reply that is a fault."""
        assert answer[0] == 500, answer
        fault = etree.fromstring(answer[1])[0][0]
        assert [child.tag for child in fault] == ["faultcode", "faultstring"]
        return str(fault[0].text), str(fault[1].text)

    def fails(self, function: str, *values: Any) -> str:
        """The faultstring of a function that fails."""
        body = self.plain(function, self.session, *values)
        code, text = self.told(self.post(body, f'"{function}Action"'))
        assert text.startswith(f"{code} : ")
        return text

    def done(self, function: str, *values: Any) -> dict[str, str]:
        """An operation that is Done at once."""
        answer: dict[str, str] = self.ok(function, *values)
        assert answer["STATUS"] == "Done", answer
        return answer

    def pending(self, function: str, *values: Any) -> str:
        """The id of an operation that is Pending."""
        answer = self.ok(function, *values)
        assert answer["STATUS"] == "Pending", answer
        return str(answer["ID_OPE"])

    def failed(self, function: str, *values: Any) -> str:
        """The message of an operation that is Failed at once."""
        answer = self.ok(function, *values)
        assert answer["STATUS"] == "Failed", answer
        return str(answer["MESSAGE"])

    def control(self, method: str, path: str, **data: Any) -> Any:
        """The JSON of the control port, which has to answer 200."""
        body = json.dumps(data).encode() if method == "POST" else b""
        status, answer, _ = self.raw(method, self.sandbox.control_url + path, body)
        assert status == 200, answer
        return json.loads(answer)

    def refused(self, path: str, **data: Any) -> str:
        """The sentence of a control request that is refused."""
        status, answer, _ = self.raw("POST", self.sandbox.control_url + path, json.dumps(data).encode())
        assert status == 400, answer
        return str(json.loads(answer)["error"])

    def reset(self, **options: Any) -> None:
        self.control("POST", "/reset", **{"seed": 1, "family": "netim", **options})
        self._session = ""

    def advance(self, seconds: float) -> None:
        self.control("POST", "/advance", seconds=seconds)

    def settle(self) -> None:
        self.control("POST", "/settle")

    def fault(self, action: str, kind: str, **options: Any) -> None:
        self.control("POST", "/faults", family="netim", action=action, kind=kind, **options)

    def world(self, **data: Any) -> Any:
        return self.control("POST", "/world/netim", **data)["changed"]

    def state(self) -> Any:
        return self.control("GET", "/state/netim")

    def journal(self, action: str = "") -> list[dict[str, Any]]:
        """What Netim really did, of one function or all."""
        rows: list[dict[str, Any]] = self.control("GET", "/journal")["journal"]
        return [row for row in rows if row["family"] == "netim" and action in ("", row["action"])]

    def owner(self, **changes: Any) -> str:
        """The id of a new owner contact."""
        return str(self.ok("contactCreate", {**PERSON, **changes}))

    def create(self, name: str, years: int = 1, *more: Any, ns: tuple[str, ...] = NS) -> Any:
        """The reply to the registration of a name for a new owner."""
        return self.ok("domainCreate", name, self.owner(), *ADMINS, *ns, years, *more)

    def bought(self, name: str, years: int = 1) -> str:
        """A name that is registered now."""
        self.create(name, years)
        self.settle()
        return name

    def info(self, name: str) -> Any:
        return self.ok("domainInfo", name)

    def balance(self) -> str:
        return str(self.ok("queryResellerAccount")["BALANCE_AMOUNT"])


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start(base_port=0, seed=1) as sandbox:
        yield sandbox


@pytest.fixture
def api(running: Sandbox) -> Iterator[Caller]:
    """A caller on a fresh world of seed 1."""
    caller = Caller(running)
    caller.reset()
    yield caller
    caller.reset()


@pytest.fixture
def person() -> dict[str, str]:
    """The data of contactCreate for an individual who can be an owner."""
    return dict(PERSON)


@pytest.fixture
def caller_of() -> type[Caller]:
    return Caller
