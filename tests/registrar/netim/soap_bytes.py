"""Replies as PHP's server writes them, and a server that gives them and remembers what it was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from registrar.netim.session import writer

SESSION_ID = "0123456789abcdef0123456789abcdef"
PASSWORD = "canary-pässword<1&2"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope '
    'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:DRS" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns2="http://xml.apache.org/xml-soap" '
    'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>'
)
TAIL = "</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"


@dataclass(frozen=True)
class Answer:
    """The bytes of one reply."""

    body: bytes
    status: str = "200 OK"


def envelope(content: str) -> bytes:
    return f"{HEAD}{content}{TAIL}".encode()


def returning(function: str, result: str) -> Answer:
    """A reply as PHP's server writes it, with its result as it stands in the envelope."""
    return Answer(envelope(f"<ns1:{function}Response>{result}</ns1:{function}Response>"))


def fault(code: str, text: str) -> Answer:
    words = f"<faultcode>{code}</faultcode><faultstring>{text}</faultstring>"
    return Answer(envelope(f"<SOAP-ENV:Fault>{words}</SOAP-ENV:Fault>"), "500 Internal Server Error")


def struct(members: dict[str, Any], kind: str = "StructX", tag: str = "return") -> str:
    """A structure whose values are texts, None, or markup (an etree-like text that begins with "<")."""
    inner = "".join(_member(name, value) for name, value in members.items())
    return f'<{tag} xsi:type="ns1:{kind}">{inner}</{tag}>'


def _member(name: str, value: Any) -> str:
    if value is None:
        return f'<{name} xsi:nil="true"/>'
    if isinstance(value, str) and value.startswith("<"):
        return value
    kind = "int" if isinstance(value, int) else "string"
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<{name} xsi:type="xsd:{kind}">{text}</{name}>'


def array(items: list[str], kind: str = "StructX", tag: str = "return") -> str:
    return (
        f'<{tag} SOAP-ENC:arrayType="ns1:{kind}[{len(items)}]" xsi:type="ns1:ArrayOf{kind}">'
        f"{''.join(items)}</{tag}>"
    )


def strings(values: list[str], tag: str) -> str:
    items = "".join(f'<item xsi:type="xsd:string">{value}</item>' for value in values)
    return (
        f'<{tag} SOAP-ENC:arrayType="xsd:string[{len(values)}]" xsi:type="ns1:ArrayOfString">{items}</{tag}>'
    )


def operation(status: str = "Done", number: int | None = 4958385, message: str = "", kind: str = "x") -> str:
    """StructOperationResponse."""
    return struct(
        {"ID_OPE": number, "STATUS": status, "MESSAGE": message, "TYPE": kind, "DATE": "2026-05-01 12:00:00"},
        "StructOperationResponse",
    )


def domain_info(name: str = "lamp.com", **members: Any) -> str:
    """StructDomainInfo."""
    return struct(
        {
            "domain": name,
            "dateCreate": "2026-05-01",
            "dateExpiration": "2027-05-01",
            "dateMinRenew": "2017-05-01",
            "dateMaxRenew": "2099-05-01",
            "dateMaxRestore": "2099-06-01",
            "status": "ACTIVE, DELEGATED",
            "idOwner": "BJ007",
            "idAdmin": "GK521",
            "idTech": "DEMO01",
            "idBilling": "DEMO01",
            "domainIsLock": 1,
            "whoisPrivacy": 0,
            "autoRenew": 1,
            "ns": strings(["ns1.example.net", "NS2.example.net"], "ns"),
            "authID": "canary-auth",
            "IsSigned": 0,
            "HasDNS4Service": 0,
        }
        | members,
        "StructDomainInfo",
    )


PRICES = struct(
    {
        "FeeCurrency": "EUR",
        "Fee4Registration": "8.80",
        "Fee4Renewal": "9.25",
        "Fee4Transfer": "8.80",
        "Fee4Trade": "0",
        "Fee4Restore": "42.80",
        "IsPremium": 0,
    },
    "StructQueryDomainPrice",
    "queryDomainPriceReturn",
)
ACCOUNT = struct(
    {
        "BALANCE_AMOUNT": "120.50",
        "BALANCE_LOW_LIMIT": "50.00",
        "DEFAULT_DNS_2": "ns2.netim.net",
        "DEFAULT_DNS_1": "NS1.netim.net",
        "DEFAULT_DNS_3": "",
        "DEFAULT_DNS_TEMPLATE": None,
    },
    "StructQueryResellerAccount",
)


@dataclass
class Call:
    """What was sent: the function, and the text of its parameters in their order (None for nil)."""

    function: str
    element: etree._Element
    head: str

    def __getitem__(self, part: str) -> Any:
        element = self.element[writer().parts(self.function).index(part)]
        return plain(element)


def plain(element: etree._Element) -> Any:
    if element.get("{http://www.w3.org/2001/XMLSchema-instance}nil"):
        return None
    if not len(element):
        return element.text or ""
    if all(child.tag == "item" for child in element):
        pairs = [[child.tag for child in item] == ["key", "value"] for item in element]
        if all(pairs):
            return {item[0].text: plain(item[1]) for item in element}
        return [plain(item) for item in element]
    return {child.tag: plain(child) for child in element}


@dataclass
class Netim:
    """What the server answers, by function: a reply, or several of which the last one stays."""

    url: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    opened: int = 0

    def answer(self, function: str, *answers: Answer | str | Callable[[Any], None]) -> None:
        """A text is the result of a reply in its envelope; a function gets the connection itself."""
        self.answers[function] = [
            returning(function, item) if isinstance(item, str) else item for item in answers
        ]

    def named(self, function: str) -> list[Call]:
        return [call for call in self.calls if call.function == function]

    @property
    def functions(self) -> list[str]:
        """What was asked, without what belongs to the session."""
        return [
            call.function
            for call in self.calls
            if call.function not in {"sessionOpen", "sessionSetPreference"}
        ]

    def behave(self, peer: Any) -> None:
        head, _, body = peer.read_request().partition(b"\r\n\r\n")
        element = etree.fromstring(body)[0][0]
        function = etree.QName(element).localname
        self.calls.append(Call(function, element, head.decode()))
        answer = self._next(function)
        if callable(answer):
            answer(peer)
        else:
            peer.reply(answer.body, status=answer.status, headers="Content-Type: text/xml; charset=utf-8\r\n")

    def _next(self, function: str) -> Any:
        waiting = self.answers.get(function)
        if waiting:
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if function == "sessionOpen":
            self.opened += 1
            return returning(function, f'<IDSession xsi:type="xsd:string">{self.session_id}</IDSession>')
        if function in {"sessionSetPreference", "sessionClose"}:
            return returning(function, "")
        return fault("E99", "E99 : the test did not expect this")

    @property
    def session_id(self) -> str:
        """The id of the session that was opened last: the number stands in front."""
        return f"{self.opened}{SESSION_ID[1:]}"
