"""An rpc/encoded WSDL of our own, made from the tables that also read requests and render replies.

The real file was not found. Names of binding, port, service and messages, the soapAction values (`<function>Action`)
and the names of most array types are ours.
"""

from __future__ import annotations

import functools
from xml.sax.saxutils import quoteattr

from registrar.sandbox.netim.functions import FUNCTIONS, Function
from registrar.sandbox.netim.structs import ARRAYS, STRUCTS
from registrar.sandbox.soap import APACHE, ENCODING, SCHEMA

NAMESPACE = "urn:DRS"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions name="DRS" targetNamespace="{NAMESPACE}" xmlns="http://schemas.xmlsoap.org/wsdl/"
 xmlns:tns="{NAMESPACE}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="{SCHEMA}"
 xmlns:SOAP-ENC="{ENCODING}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:apache="{APACHE}">
"""


def document(address: str) -> bytes:
    """The WSDL whose service is at `address`."""
    service = (
        '<service name="DRSService"><port name="DRSPort" binding="tns:DRSBinding">'
        f"<soap:address location={quoteattr(address)}/></port></service>\n</definitions>\n"
    )
    return (_HEAD + _body() + service).encode()


@functools.cache
def _body() -> str:
    functions = FUNCTIONS.values()
    operations = "".join(map(_operation, functions))
    bound = "".join(map(_bound, functions))
    return (
        f'<types>\n<xsd:schema targetNamespace="{APACHE}">\n{_MAP}</xsd:schema>\n'
        f'<xsd:schema targetNamespace="{NAMESPACE}">\n'
        f'<xsd:import namespace="{ENCODING}"/><xsd:import namespace="{APACHE}"/>\n'
        f"{''.join(map(_struct, STRUCTS))}{''.join(map(_array, ARRAYS))}</xsd:schema>\n</types>\n"
        f"{''.join(map(_messages, functions))}"
        f'<portType name="DRSPortType">\n{operations}</portType>\n'
        '<binding name="DRSBinding" type="tns:DRSPortType">\n'
        f'<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>\n{bound}</binding>\n'
    )


_MAP = (
    '<xsd:complexType name="Map"><xsd:sequence><xsd:element name="item" minOccurs="0" maxOccurs="unbounded">'
    '<xsd:complexType><xsd:sequence><xsd:element name="key" type="xsd:anyType"/>'
    '<xsd:element name="value" type="xsd:anyType" nillable="true"/></xsd:sequence></xsd:complexType>'
    "</xsd:element></xsd:sequence></xsd:complexType>\n"
)


def _qualified(kind: str) -> str:
    if kind == "Map":
        return "apache:Map"
    return f"tns:{kind}" if kind in STRUCTS or kind in ARRAYS else f"xsd:{kind}"


def _struct(name: str) -> str:
    members = "".join(
        f'<xsd:element name="{member}" type="{_qualified(kind)}" minOccurs="0" nillable="true"/>'
        for member, kind in STRUCTS[name].items()
    )
    return f'<xsd:complexType name="{name}"><xsd:sequence>{members}</xsd:sequence></xsd:complexType>\n'


def _array(name: str) -> str:
    attribute = f'ref="SOAP-ENC:arrayType" wsdl:arrayType="{_qualified(ARRAYS[name])}[]"'
    return (
        f'<xsd:complexType name="{name}"><xsd:complexContent><xsd:restriction base="SOAP-ENC:Array">'
        f"<xsd:attribute {attribute}/></xsd:restriction></xsd:complexContent></xsd:complexType>\n"
    )


def _messages(function: Function) -> str:
    inputs = "".join(
        f'<part name="{row.name}" type="{_qualified(row.type)}"/>' for row in function.parameters
    )
    output = f'<part name="{function.part}" type="{_qualified(function.type)}"/>' if function.part else ""
    return (
        f'<message name="{function.name}Request">{inputs}</message>\n'
        f'<message name="{function.name}Response">{output}</message>\n'
    )


def _operation(function: Function) -> str:
    return (
        f'<operation name="{function.name}"><input message="tns:{function.name}Request"/>'
        f'<output message="tns:{function.name}Response"/></operation>\n'
    )


def _bound(function: Function) -> str:
    body = f'<soap:body use="encoded" namespace="{NAMESPACE}" encodingStyle="{ENCODING}"/>'
    return (
        f'<operation name="{function.name}"><soap:operation soapAction="{function.name}Action"/>'
        f"<input>{body}</input><output>{body}</output></operation>\n"
    )
