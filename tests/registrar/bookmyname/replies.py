"""Replies as the two kinds of servers write them that the notes know, and records of the manual's shape."""

from __future__ import annotations

import base64
from typing import Any
from xml.sax.saxutils import escape

PHP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope '
    'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://api.example/apis.cgi" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:ns2="http://xml.apache.org/xml-soap" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" '
    'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>{body}</SOAP-ENV:Body>'
    "</SOAP-ENV:Envelope>"
)
PERL = (
    '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:apachens="http://xml.apache.org/xml-soap" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><soap:Body>{body}</soap:Body></soap:Envelope>'
)

CONTACT: dict[str, Any] = {
    "id": 151049,
    "parent_id": 13490,
    "lastupdate": "2006-09-26 21:42:59",
    "lastupdate_ip": "198.51.100.7",
    "handle": "LP7-FREE",
    "creation": "2006-09-26 21:42:59",
    "email": "lampe@example.fr",
    "md5_email": "0a1b2c3d.151049@contacts.nospam.free.org",
    "hash_email": "yes",
    "formejuridique": "Particulier",
    "civilite": "Mme",
    "nom": "LAMPE",
    "prenom": "Odile",
    "societe": "",
    "adresse1": "3 quai du Phare",
    "adresse2": "2e étage",
    "cp": "29200",
    "ville": "BREST",
    "pays_id": 1,
    "telephone": "+33.298010203",
    "telecopie": "",
    "numero_tva": "",
    "siret": "",
    "lang": "fr",
    "revente": "no",
    "status": "Active",
    "pays": "FRANCE",
}
DOMAIN: dict[str, Any] = {
    "id": 141958,
    "lastupdate": "2006-09-26 21:43:10",
    "lastupdate_ip": "198.51.100.7",
    "domain": "faro.com",
    "registrar_creation": "2006-09-26 21:43:10",
    "registrar_expiration": "2030-09-26 21:43:10",
    "authinfo": "hqruzKPTYZ13",
    "service": "dns",
    "ip_dns_master": "",
    "status": "Active",
    "registry_status": 64,
    "ns0": "ns0.free.example",
    "ns1": "ns1.free.example",
    "ns2": "ns3.free.example",
    "bill_id": 127743,
    "tech_id": 127743,
    "admin_id": 13490,
    "owner_id": 151049,
}
CREATED: dict[str, Any] = {
    "tid": 277,
    **{key: value for key, value in DOMAIN.items() if key not in {"ip_dns_master", "ns2"}},
    "registrar_creation": "0000-00-00 00:00:00",
    "registrar_expiration": "0000-00-00 00:00:00",
    "registry_status": 0,
}
COUNTRIES = {"1": "FRANCE", "7": "ROYAUME-UNI", "9": "ETATS-UNIS", "12": "BELGIQUE", "33": "JAPON"}


def php(function: str, retcode: int, retval: int, fields: Any = ...) -> bytes:
    """What a PHP server answers; without `fields` there are no retfields."""
    result = {"retcode": retcode, "retval": retval} | ({} if fields is ... else {"retfields": fields})
    return returning(function, typed("return", result))


def returning(function: str, result: str) -> bytes:
    """A PHP server's envelope around any result."""
    return PHP.format(body=f"<ns1:{function}Response>{result}</ns1:{function}Response>").encode()


def typed(tag: str, value: Any) -> str:
    """A value as PHP writes it."""
    if value is None:
        return f'<{tag} xsi:nil="true"/>'
    if isinstance(value, dict):
        return f'<{tag} xsi:type="ns2:Map">{_items(value, typed)}</{tag}>'
    if isinstance(value, list):
        inner = "".join(typed("item", part) for part in value)
        kind = f'SOAP-ENC:arrayType="xsd:ur-type[{len(value)}]" xsi:type="SOAP-ENC:Array"'
        return f"<{tag} {kind}>{inner}</{tag}>"
    kind = "xsd:int" if isinstance(value, int) else "xsd:string"
    return f'<{tag} xsi:type="{kind}">{escape(str(value))}</{tag}>'


def perl(function: str, retcode: int, retval: int, fields: Any) -> bytes:
    """What a SOAP::Lite server answers: types are guessed from the text, and text beyond ASCII is base64."""
    result = _perl("s-gensym3", {"retcode": retcode, "retval": retval, "retfields": fields})
    return PERL.format(
        body=f'<{function}Response xmlns="http://api.example/apis.cgi">{result}</{function}Response>'
    ).encode()


def _perl(tag: str, value: Any) -> str:
    if isinstance(value, dict):
        return f'<{tag} xsi:type="apachens:Map">{_items(value, _perl)}</{tag}>'
    if isinstance(value, list):
        inner = "".join(_perl("item", part) for part in value)
        kind = f'soapenc:arrayType="xsd:string[{len(value)}]" xsi:type="soapenc:Array"'
        return f"<{tag} {kind}>{inner}</{tag}>"
    text = str(value)
    if not text.isascii():
        return f'<{tag} xsi:type="xsd:base64Binary">{base64.b64encode(text.encode()).decode()}</{tag}>'
    kind = "xsd:int" if text.isdigit() else "xsd:float" if text.startswith("+") else "xsd:string"
    return f'<{tag} xsi:type="{kind}">{escape(text)}</{tag}>'


def _items(values: dict[str, Any], write: Any) -> str:
    return "".join(
        f"<item>{write('key', key)}{write('value', value)}</item>" for key, value in values.items()
    )


def fault(code: str, text: str) -> bytes:
    """A server's fault."""
    return PHP.format(
        body=f"<SOAP-ENV:Fault><faultcode>{code}</faultcode><faultstring>{escape(text)}</faultstring></SOAP-ENV:Fault>"
    ).encode()
