"""Every function of sections 2.1 to 2.13 of the reference: parameters in wire order and the output part.

`parameter?` may be nil or absent. Input names are those seen on the wire (section 1.4), else the documentation's;
output names that nobody has seen follow the pattern of their neighbours. `parameter=other` also accepts other names
where sources disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registrar.sandbox.soap import Read

_OPE = "return:StructOperationResponse"
_NS = "ns1 ns2 ns3? ns4? ns5?"
_ROLES = "idAdmin idTech idBilling"
# function | output part and its type (- for none) | parameters after the session; a type follows ":" unless string
_TABLE = f"""
sessionOpen | IDSession:string | -idReseller password language?
login | IDSession:string | -idReseller password language? version?
sessionClose | - |
sessionInfo | return:StructSessionInfo |
queryAllSessions | return:ArrayStructSessionInfo |
sessionSetPreference | - | type value
hello | return:string |
queryResellerAccount | return:StructQueryResellerAccount |
contactCreate | idContact:string | contact:StructContact
contactInfo | contact:StructContactReturn | idContact
contactUpdate | {_OPE} | idContact contact:StructContact
contactOwnerUpdate | {_OPE} | idContact contact:StructOwnerContact
contactDelete | {_OPE} | idContact
queryContactList | queryContactListReturn:ArrayStructContactList | filter? field?
hostCreate | {_OPE} | host ipv4?:ArrayOfString ipv6?:ArrayOfString
hostUpdate | {_OPE} | host ipv4?:ArrayOfString ipv6?:ArrayOfString
hostDelete | {_OPE} | host
queryHostList | queryHostListReturn:ArrayStructHostList | filter?
domainCheck | domainCheckResponseReturn:ArrayStructDomainCheckResponse | domain
domainInfo | return:StructDomainInfo | domain
domainWhois | strWhois:string | domain
domainTldInfo | return:StructDomainTldInfo | tld
domainPriceList | return:ArrayStructDomainPriceList |
queryDomainPrice | queryDomainPriceReturn:StructQueryDomainPrice | domain authID?
queryDomainClaim | queryDomainClaimReturn:int | domain
queryDomainList | queryDomainListReturn:ArrayStructDomainList | filter?
domainCreate | {_OPE} | domain idOwner {_ROLES} {_NS} duration:int templateDNS?:int
domainCreateLP | {_OPE} | domain idOwner {_ROLES} {_NS} duration:int launchPhase
domainRenew | {_OPE} | domain duration:int
domainDelete | {_OPE} | domain typeDelete?
domainRestore | {_OPE} | domain
domainTransferIn | {_OPE} | domain authID? idOwner {_ROLES} {_NS}
domainTransferTrade | {_OPE} | domain authID? idOwner {_ROLES} {_NS}
domainInternalTransfer | {_OPE} | domain authID? {_ROLES} {_NS}
domainTransferOwner | {_OPE} | domain idOwner
domainChangeContact | {_OPE} | domain {_ROLES}
domainChangeDNS | {_OPE} | domain {_NS}
domainSetPreference | {_OPE} | domain codePref value
domainSetDNSsec | {_OPE} | domain value:int
domainSetDNSSecExt | {_OPE} | domain DSRecords?:ArrayStructDSRecord flags?:int protocol?:int algo?:int pubKey?
domainAuthID | {_OPE} | domain sendtoregistrant?:int
domainSetMembership | {_OPE} | domain token
domainRelease | {_OPE} | domain
domainZoneInit | {_OPE} | domain numTemplate:int
domainZoneCreate | {_OPE} | domain subdomain? type value options?:StructOptionsZone
domainZoneDelete | {_OPE} | domain subdomain? type value
domainZoneInitSoa | {_OPE} | domain ttl:int ttlUnit refresh:int refreshUnit retry:int retryUnit expire:int expireUnit minimum:int minimumUnit
queryZoneList | queryZoneListReturn:ArrayStructQueryZoneList | domain
domainMailFwdCreate | {_OPE} | mailBox recipients
domainMailFwdDelete | {_OPE} | mailBox
queryMailFwdList | queryMailFwdListReturn:ArrayStructQueryMailFwdList | domain
domainWebFwdCreate | {_OPE} | fqdn target? type options?:StructOptionsFwd
domainWebFwdDelete | {_OPE} | fqdn
queryWebFwdList | queryWebFwdListReturn:ArrayStructQueryWebFwdList | domain
sslCreate | {_OPE} | prod duration:int CSRInfo:StructCSR validation
sslRenew | {_OPE} | IDSSL duration:int
sslReIssue | {_OPE} | IDSSL CSRInfo:StructCSR validation
sslRevoke | {_OPE} | IDSSL
sslSetPreference | {_OPE} | IDSSL codePref value
sslInfo | return:StructSSLInfo | IDSSL
queryOpe | return:StructOperationResponse | IDOpe=operationID=idOpe:int
queryOpePending | return:ArrayStructQueryOpePending |
queryOpeList | return:StructQueryOpeList | tld
cancelOpe | - | IDOpe=operationID=idOpe:int
"""  # noqa: E501 - one row is one function
SESSION = "IDSession"


@dataclass(frozen=True)
class Parameter:
    """One input part; `aliases` are other names that are accepted."""

    name: str
    type: str = "string"
    optional: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Function:
    """One function; `part` and `type` are "" where it returns nothing."""

    name: str
    parameters: tuple[Parameter, ...]
    part: str = ""
    type: str = ""

    @property
    def has_session(self) -> bool:
        return bool(self.parameters) and self.parameters[0].name == SESSION

    @property
    def is_operation(self) -> bool:
        return self.type == "StructOperationResponse"


def _parameter(text: str) -> Parameter:
    rest, _, kind = text.partition(":")
    names, optional = rest.rstrip("?"), rest.endswith("?")
    name, *aliases = names.split("=")
    return Parameter(name, kind or "string", optional, tuple(aliases))


def _function(line: str) -> Function:
    name, output, given = (part.strip() for part in line.split("|"))
    part, _, kind = output.strip("-").partition(":")
    inputs = tuple(map(_parameter, given.removeprefix("-").split()))
    return Function(name, inputs if given.startswith("-") else (Parameter(SESSION), *inputs), part, kind)


FUNCTIONS: dict[str, Function] = {
    function.name: function for function in map(_function, _TABLE.strip().split("\n"))
}
_BY_FOLDED = {name.lower(): function for name, function in FUNCTIONS.items()}


def find(name: str) -> Function | None:
    """A function by its name in any case, as PHP finds it."""
    return _BY_FOLDED.get(name.lower())


def bind(function: Function, arguments: Sequence[tuple[str, Read]]) -> dict[str, Read]:
    """The arguments by declared name, None for what was not sent (reference, section 1.3).

    By name when at least one child has the name of a declared part, else by position.
    """
    names = {parameter.name for parameter in function.parameters}
    aliases = {alias: parameter.name for parameter in function.parameters for alias in parameter.aliases}
    sent = {aliases.get(name, name): value for name, value in arguments}
    if not names & set(sent):
        values = [value for _, value in arguments]
        sent = {parameter.name: value for parameter, value in zip(function.parameters, values, strict=False)}
    return {parameter.name: sent.get(parameter.name) for parameter in function.parameters}
