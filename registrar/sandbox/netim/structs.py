"""The types of the API: members, their order and types on the wire (reference, section 3). The WSDL says the same.

A member is `name:type`; a type is a simple one of XML Schema, `Map` (apache), or a name of this module. What no reply
that anybody kept shows is an assumption: the members of StructContactReturn, prices as text in lists, DNSSEC as a map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from registrar.sandbox import soap

_CONTACT_GENERAL = """address1:string address2:string zipCode:string area:string city:string country:string
phone:string fax:string email:string language:string isOwner:int"""
_CONTACT_EXTRA = """tmName:string tmNumber:string tmType:string tmDate:string companyNumber:string vatNumber:string
birthDate:string birthZipCode:string birthCity:string birthCountry:string idNumber:string additional:Map"""
_IDENTITY = "firstName:string lastName:string bodyForm:string bodyName:string"
_FEES = "Fee4Registration Fee4Renewal Fee4Transfer Fee4Trade"
_OPE_LIST = """
domainAuthid domainChangeContact domainChangeDNS domainCreate domainCreateLP domainDelete
domainInternalTransfer domainMailFwdCreate domainMailFwdDelete domainRenew domainRestore domainSetDNSSEC
domainSetDNSSECExt domainSetMembership domainSetPreference.auto_renew domainSetPreference.registrar_lock
domainSetPreference.to_be_renewed domainSetPreference.whois_privacy domainTransferIn domainTransferOwner
domainTransferTrade domainWebFwdCreate domainWebFwdDelete domainZoneCreate domainZoneDelete
domainZoneInit domainZoneInitSoa hostCreate hostDelete hostUpdate
"""
OPE_LIST = _OPE_LIST.split()


def _all(names: str | Sequence[str], kind: str) -> str:
    return " ".join(f"{name}:{kind}" for name in (names.split() if isinstance(names, str) else names))


_TABLE = {
    "StructOperationResponse": "ID_OPE:int STATUS:string MESSAGE:string TYPE:string DATE:string",
    "StructContact": f"{_IDENTITY} {_CONTACT_GENERAL} {_CONTACT_EXTRA}",
    "StructOwnerContact": f"{_CONTACT_GENERAL} {_CONTACT_EXTRA}",
    "StructContactReturn": f"idContact:string {_IDENTITY} {_CONTACT_GENERAL} {_CONTACT_EXTRA}",
    "StructContactList": f"idContact:string {_IDENTITY} isOwner:int",
    "StructHostList": "name:string ipv4:ArrayOfString ipv6:ArrayOfString",
    "StructDomainCheckResponse": "domain:string result:string reason:string",
    "StructDomainInfo": """domain:string dateCreate:string dateExpiration:string dateMinRenew:string
        dateMaxRenew:string dateMaxRestore:string status:string idOwner:string idAdmin:string idTech:string
        idBilling:string domainIsLock:int whoisPrivacy:int autoRenew:int ns:ArrayOfString authID:string
        IsSigned:int HasDNS4Service:int DNSSEC:Map""",
    "StructDomainList": "domain:string dateCreate:string dateExpiration:string",
    "StructTld": "type:string tld:ArrayOfString",
    "StructDomainTldInfo": f"""tld:string Country:string Extensions:ArrayOfStructTld PeriodCreate:string
        PeriodRenew:string DelaiRenewBeforeExpiration:int DelaiRenewAfterExpiration:int
        DelaiRestoreAfterDelete:int HasEppCode:int HasRegistrarLock:int HasAutorenew:int HasWhoisPrivacy:int
        HasMultipleCheck:int HasImmediateDelete:int HasTrusteeService:int HasLocalContactService:int
        HasZonecheck:int HasDnsSec:int FeeCurrency:string Fee4Registration:double
        StandardFee4Registration:float RegistrationDiscountEndDate:string
        {_all("Fee4Renewal Fee4Transfer Fee4Trade Fee4Restore", "double")}
        {_all("Fee4TrusteeService Fee4LocalContactService", "double")} Informations:string""",
    "StructDomainPriceList": "tld:string "
    + _all("Fee4Registration Fee4Renewal Fee4Restore Fee4Transfer Fee4Trade", "string"),
    "StructQueryDomainPrice": f"FeeCurrency:string {_all(_FEES, 'string')} "
    + _all("Fee4TransferTrade Fee4Restore Fee4TrusteeService Fee4LocalContactService", "string")
    + " IsPremium:int",
    "StructSessionInfo": "IDSession:string timeLogin:int timeLastActivity:int lang:string sync:int",
    "StructQueryResellerAccount": f"""{_all("BALANCE_AMOUNT BALANCE_LOW_LIMIT BALANCE_HARD_LIMIT", "string")}
        DOMAIN_AUTO_RENEW:int HOSTING_AUTO_RENEW:int
        {_all("DEFAULT_OWNER DEFAULT_BILLING DEFAULT_TECH DEFAULT_ADMIN PREMIUM_PROCESSING", "string")}
        {_all([f"DEFAULT_DNS_{n}" for n in (5, 4, 3, 2, 1)], "string")} DEFAULT_DNS_TEMPLATE:Map""",
    "StructDSRecord": "key:int type:int digest:string",
    "StructOptionsZone": "service:string protocol:string ttl:int priority:int weight:int port:int",
    "StructQueryZoneList": "host:string type:string value:string options:StructOptionsZone",
    "StructOptionsFwd": "header:string protocol:string title:string parking:string",
    "StructQueryWebFwdList": "FQDN:string type:string target:string install:int options:StructOptionsFwd",
    "StructQueryMailFwdList": "mailBox:string recipients:string install:int",
    "StructQueryOpePending": _all("id_ope code_ope date_ope data_ope", "string"),
    "StructQueryOpeList": _all(OPE_LIST, "string"),
    "StructCSR": f"{_all('CSR Country City Region Organisation Department EmailAddress', 'string')} "
    + _all("CommonName AlternativeNames", "ArrayOfString"),
    "StructSSLInfo": f"""IDSSL:string prod:string {_all("commonName alternativeNames", "ArrayOfString")}
        {_all("dateCreation dateEmission dateExpiration certificate csr privateKey status", "string")}""",
}
STRUCTS: dict[str, dict[str, str]] = {
    name: dict(member.split(":") for member in members.split()) for name, members in _TABLE.items()
}
_LISTED = """
StructSessionInfo StructContactList StructHostList StructDomainList StructDomainPriceList
StructQueryZoneList StructQueryMailFwdList StructQueryWebFwdList StructQueryOpePending StructDSRecord
"""
# Array type -> item type. The first three names were captured; the rest follow the pattern of the second.
ARRAYS: dict[str, str] = {
    "ArrayOfString": "string",
    "ArrayStructDomainCheckResponse": "StructDomainCheckResponse",
    "ArrayOfStructTld": "StructTld",
    **{f"Array{name}": name for name in _LISTED.split()},
}


def members(struct: str) -> tuple[str, ...]:
    """The names of a struct's members, in order."""
    return tuple(STRUCTS[struct])


def encode(kind: str, value: Any) -> soap.Value:
    """A value as the declared type; members that `value` lacks are left out, None is nil."""
    if kind in STRUCTS:
        rows: Mapping[str, Any] = value
        return soap.Struct(
            {name: encode(inner, rows[name]) for name, inner in STRUCTS[kind].items() if name in rows}, kind
        )
    if kind in ARRAYS:
        if value is None:
            return soap.Nil(kind)
        item = ARRAYS[kind]
        qualified = f"ns1:{item}" if item in STRUCTS else f"xsd:{item}"
        return soap.Array([encode(item, row) for row in value], qualified, kind)
    if kind == "Map" or value is None:
        return None if value is None else dict(value)
    if isinstance(value, Decimal) and kind in ("double", "float"):
        plain = f"{value:f}"
        return soap.Scalar(plain.rstrip("0").rstrip(".") if "." in plain else plain, kind)
    return soap.Scalar(str(value), kind)
