"""Every function of the SOAP API 2.0, which of them change something, and where each has a typed method."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Function -> the operation of the interface; "session" for what belongs to the client (reference 2.1 to 2.13).
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "sessionOpen": "session",
        "login": "session",
        "sessionClose": "session",
        "sessionInfo": "session",
        "queryAllSessions": "session",
        "sessionSetPreference": "session",
        "hello": "tool.hello",
        "queryResellerAccount": "account.info",
        "contactCreate": "contact.create",
        "contactInfo": "contact.info",
        "contactUpdate": "contact.update",
        "contactOwnerUpdate": "contact.update",
        "contactDelete": "contact.delete",
        "queryContactList": "contact.list",
        "hostCreate": "domain.create_glue",
        "hostUpdate": "domain.update_glue",
        "hostDelete": "domain.delete_glue",
        "queryHostList": "domain.glue_records",
        "domainCheck": "domain.check",
        "domainInfo": "domain.info",
        "domainWhois": "domain.whois",
        "domainTldInfo": "account.extension",
        "domainPriceList": "account.zones",
        "queryDomainPrice": "domain.prices",
        "queryDomainClaim": "domain.claimed",
        "queryDomainList": "domain.list",
        "domainCreate": "domain.create",
        "domainCreateLP": "domain.create",
        "domainRenew": "domain.renew",
        "domainDelete": "domain.delete",
        "domainRestore": "domain.restore",
        "domainTransferIn": "domain.transfer",
        "domainTransferTrade": "domain.transfer",
        "domainInternalTransfer": "domain.transfer_internal",
        "domainTransferOwner": "domain.change_owner",
        "domainChangeContact": "domain.set_contacts",
        "domainChangeDNS": "domain.set_nameservers",
        "domainSetPreference": "domain.set_transfer_lock",
        "domainSetDNSsec": "domain.set_signed",
        "domainSetDNSSecExt": "domain.set_dnssec_keys",
        "domainAuthID": "domain.renew_auth_code",
        "domainSetMembership": "domain.set_membership",
        "domainRelease": "domain.release",
        "domainZoneInit": "dns.restore",
        "domainZoneCreate": "dns.create",
        "domainZoneDelete": "dns.delete",
        "domainZoneInitSoa": "dns.set_soa",
        "queryZoneList": "dns.list",
        "domainMailFwdCreate": "hosting.create_mail_alias",
        "domainMailFwdDelete": "hosting.delete_mail_alias",
        "queryMailFwdList": "hosting.mail_aliases",
        "domainWebFwdCreate": "hosting.create_redirect",
        "domainWebFwdDelete": "hosting.delete_redirect",
        "queryWebFwdList": "hosting.redirects",
        "sslCreate": "certificate.create",
        "sslRenew": "certificate.renew",
        "sslReIssue": "certificate.reissue",
        "sslRevoke": "certificate.revoke",
        "sslSetPreference": "certificate.set_renewal_mode",
        "sslInfo": "certificate.info",
        "queryOpe": "operation.info",
        "queryOpePending": "operation.pending",
        "queryOpeList": "operation.open_kinds",
        "cancelOpe": "operation.cancel",
    }
)

_READS = """
sessionInfo queryAllSessions hello queryResellerAccount contactInfo queryContactList queryHostList domainCheck
domainInfo domainWhois domainTldInfo domainPriceList queryDomainPrice queryDomainClaim queryDomainList
queryZoneList queryMailFwdList queryWebFwdList sslInfo queryOpe queryOpePending queryOpeList
"""

# Reference 2.14: by name only.
_HOSTING_READS = "webHostingGetID webHostingInfo webHostingZoneList"
_HOSTING_WRITES = """
webHostingCreate webHostingRenew webHostingUpdate webHostingDelete webHostingVhostCreate webHostingVhostUpdate
webHostingVhostDelete webHostingDomainMailCreate webHostingDomainMailUpdate webHostingDomainMailDelete
webHostingSSLCertCreate webHostingSSLCertDelete webHostingProtectedDirCreate webHostingProtectedDirUpdate
webHostingProtectedDirDelete webHostingCronTaskCreate webHostingCronTaskUpdate webHostingCronTaskDelete
webHostingFTPUserCreate webHostingFTPUserUpdate webHostingFTPUserDelete webHostingDBCreate webHostingDBUpdate
webHostingDBDelete webHostingDBUserCreate webHostingDBUserUpdate webHostingDBUserDelete webHostingMailCreate
webHostingMailUpdate webHostingMailDelete webHostingMailFwdCreate webHostingMailFwdDelete webHostingZoneInit
webHostingZoneInitSoa webHostingZoneCreate webHostingZoneDelete
"""

# Function -> whether it writes.
ACTIONS: Mapping[str, bool] = MappingProxyType(
    {name: name not in _READS.split() for name in METHODS}
    | dict.fromkeys(_HOSTING_READS.split(), False)
    | dict.fromkeys(_HOSTING_WRITES.split(), True)
)

# Elements, members and keys of maps, in requests and replies, whose value never leaves the process.
SECRET_FIELDS = frozenset(
    {"IDSession", "idSession", "password", "authID", "token", "privateKey", "AERO_AUTHKEY", "pass", "passwd"}
)
# Parameters that are secret in one function only, and have an innocent name.
SECRET_PARAMETERS: Mapping[str, str] = MappingProxyType({"webHostingSSLCertCreate": "key"})

# Reference 5.2: what stands behind the point of a preference's operation code.
_PREFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "auto_renew": "domain.set_renewal_mode",
        "registrar_lock": "domain.set_transfer_lock",
        "whois_privacy": "domain.set_whois_privacy",
    }
)
# Codes are spelled like functions, but for the case of some letters.
_BY_CODE: Mapping[str, str] = MappingProxyType(
    {name.lower(): method for name, method in METHODS.items() if ACTIONS[name]}
)


def operation_of(code: str) -> str:
    """The operation of the interface behind an operation code (reference 5.2); empty for one that tells none."""
    function, _, preference = code.strip().partition(".")
    if function.lower() == "domainsetpreference":
        return _PREFERENCES.get(preference, "")
    return _BY_CODE.get(function.lower(), "")
