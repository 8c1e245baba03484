"""Module domain: what each method sends."""

from __future__ import annotations

from datetime import date
from typing import Any

from registrar.types import (
    DnsKey,
    DnssecKey,
    DomainOrder,
    GlueRecord,
    InternalTransferOrder,
    RenewalMode,
    TransferOrder,
)
from tests.registrar.netim.sent_calls import Sent
from tests.registrar.netim.soap_bytes import ACCOUNT, PRICES, array, domain_info, operation, struct

NAME = "lamp.com"
SERVERS = ("ns1.example.net", "ns2.example.net")
NS = {"ns1": "ns1.example.net", "ns2": "ns2.example.net", "ns3": "", "ns4": "", "ns5": ""}
RESELLER = {"idAdmin": "DEMO01", "idTech": "DEMO01", "idBilling": "DEMO01"}
INFO = domain_info()
GONE = domain_info(status="QUARANTINE, NOT DELEGATED")
CHECK = array([struct({"domain": NAME, "result": "AVAILABLE", "reason": ""}, tag="item")])
TLD = struct({"tld": "com", "PeriodCreate": "1-10", "PeriodRenew": "2-10"})


def order(**options: Any) -> DomainOrder:
    return DomainOrder(NAME, "BJ007", years=2, nameservers=SERVERS, **options)


def transfer(**options: Any) -> TransferOrder:
    given = {"auth_code": "c<de", "nameservers": SERVERS, "keep_nameservers": False, "tech": "GK521"}
    return TransferOrder(NAME, **{"owner": "BJ007", **given, **options})


CREATED = {"domain": NAME, "idOwner": "BJ007", **RESELLER, **NS, "duration": "2"}
READ_AFTER = {"domainInfo": INFO}
DOMAINS = [
    Sent("domainCheck", lambda d: d.domains.check("LAMP.com"), {"domain": NAME}, CHECK),
    Sent("domainInfo", lambda d: d.domains.info(NAME), {"domain": NAME}, INFO),
    Sent("domainWhois", lambda d: d.domains.whois(NAME), {"domain": NAME}, "<strWhois>text</strWhois>"),
    Sent("queryDomainPrice", lambda d: d.domains.prices(NAME), {"domain": NAME, "authID": None}, PRICES),
    Sent("queryDomainClaim", lambda d: d.domains.claimed(NAME), {"domain": NAME}, "<return>1</return>"),
    Sent("queryDomainList", lambda d: d.domains.list(), {"filter": "*"}, array([])),
    Sent("queryDomainList", lambda d: d.domains.list(tld=".COM", word="a"), {"filter": "*.com"}, array([])),
    Sent("queryDomainList", lambda d: d.domains.list(word="La"), {"filter": "*la*"}, array([])),
    Sent("queryDomainList", lambda d: d.domains.list(name=NAME), {"filter": NAME}, array([])),
    Sent(
        "domainCreate",
        lambda d: d.domains.create(order()),
        {**CREATED, "templateDNS": None},
        reads={"queryDomainPrice": PRICES, **READ_AFTER},
    ),
    Sent(
        "domainCreate",
        lambda d: d.domains.create(order(dns_template="3", premium=True, admin="GK521")),
        {**CREATED, "templateDNS": "3", "idAdmin": "GK521"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainCreate",
        lambda d: d.domains.create(DomainOrder(NAME, "BJ007", premium=True)),
        {"ns1": "ns1.netim.net", "ns2": "ns2.netim.net", "ns3": "", "duration": "1"},
        reads={"queryResellerAccount": ACCOUNT, "domainTldInfo": TLD, **READ_AFTER},
    ),
    Sent(
        "domainCreateLP",
        lambda d: d.domains.create(order(launch_phase="SR", premium=True)),
        {**CREATED, "launchPhase": "SR"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainRenew",
        lambda d: d.domains.renew(NAME, current_expiry=date(2027, 5, 1), years=1),
        {"domain": NAME, "duration": "1"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainRenew",
        lambda d: d.domains.renew(NAME, current_expiry=date(2027, 5, 1)),
        {"domain": NAME, "duration": "2"},
        reads={"domainTldInfo": TLD, **READ_AFTER},
    ),
    Sent("domainDelete", lambda d: d.domains.delete(NAME), {"domain": NAME, "typeDelete": "NOW"}),
    Sent("domainRestore", lambda d: d.domains.restore(NAME), {"domain": NAME}, reads={"domainInfo": GONE}),
    Sent(
        "domainTransferIn",
        lambda d: d.domains.transfer(transfer()),
        {"domain": NAME, "authID": "c<de", "idOwner": "BJ007", **RESELLER, "idTech": "GK521", **NS},
        operation("Pending"),
    ),
    Sent(
        "domainTransferIn",
        lambda d: d.domains.transfer(transfer(owner="#AUTO#", auth_code="", nameservers=())),
        {"idOwner": "#AUTO#", "authID": "", "ns1": "ns1.netim.net"},
        operation("Pending"),
        reads={"queryResellerAccount": ACCOUNT},
    ),
    Sent(
        "domainTransferTrade",
        lambda d: d.domains.transfer(transfer(change_owner=True)),
        {"domain": NAME, "authID": "c<de", "idOwner": "BJ007", "idTech": "GK521", **NS},
        operation("Pending"),
    ),
    Sent(
        "domainInternalTransfer",
        lambda d: d.domains.transfer_internal(
            InternalTransferOrder(NAME, "GK521", "", "DEMO01", auth_code="code", nameservers=SERVERS)
        ),
        {"domain": NAME, "authID": "code", **RESELLER, "idAdmin": "GK521", **NS},
        operation("Pending"),
    ),
    Sent(
        "domainTransferOwner",
        lambda d: d.domains.change_owner(NAME, "BJ008"),
        {"domain": NAME, "idOwner": "BJ008"},
        operation("Pending"),
    ),
    Sent(
        "domainChangeContact",
        lambda d: d.domains.set_contacts(NAME, tech="LJ5552"),
        {"domain": NAME, "idAdmin": "GK521", "idTech": "LJ5552", "idBilling": "DEMO01"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainChangeDNS",
        lambda d: d.domains.set_nameservers(NAME, [*SERVERS, "ns3.été.net"]),
        {"domain": NAME, **NS, "ns3": "ns3.xn--t-9fab.net"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetPreference",
        lambda d: d.domains.set_transfer_lock(NAME, True),
        {"domain": NAME, "codePref": "registrar_lock", "value": "1"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetPreference",
        lambda d: d.domains.set_whois_privacy(NAME, False),
        {"domain": NAME, "codePref": "whois_privacy", "value": "0"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetPreference",
        lambda d: d.domains.set_renewal_mode(NAME, RenewalMode.AUTOMATIC),
        {"domain": NAME, "codePref": "auto_renew", "value": "1"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetPreference",
        lambda d: d.domains.set_tag(NAME, "a, b"),
        {"domain": NAME, "codePref": "tag", "value": "a, b"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetPreference",
        lambda d: d.domains.set_note(NAME, "é"),
        {"domain": NAME, "codePref": "note", "value": "é"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetDNSsec",
        lambda d: d.domains.set_signed(NAME, True),
        {"domain": NAME, "value": "1"},
        reads=READ_AFTER,
    ),
    Sent(
        "domainSetDNSSecExt",
        lambda d: d.domains.set_dnssec_keys(
            NAME, [DnssecKey(12345, 13, 2, "ab12")], dns_key=DnsKey(257, 3, 13, "AwEA AQ==")
        ),
        {
            "domain": NAME,
            "DSRecords": [{"key": "12345", "type": "2", "digest": "AB12"}],
            "flags": "257",
            "protocol": "3",
            "algo": "13",
            "pubKey": "AwEAAQ==",
        },
        reads=READ_AFTER,
    ),
    Sent(
        "domainAuthID", lambda d: d.domains.renew_auth_code(NAME), {"domain": NAME, "sendtoregistrant": "0"}
    ),
    Sent(
        "domainAuthID",
        lambda d: d.domains.renew_auth_code(NAME, to_registrant=True),
        {"domain": NAME, "sendtoregistrant": "1"},
    ),
    Sent(
        "domainSetMembership",
        lambda d: d.domains.set_membership(NAME, " tok "),
        {"domain": NAME, "token": "tok"},
    ),
    Sent("domainRelease", lambda d: d.domains.release(NAME), {"domain": NAME}),
    Sent(
        "hostCreate",
        lambda d: d.domains.create_glue(
            NAME, GlueRecord("NS1.lamp.com", "203.0.113.5", "2001:DB8:0::1", ("203.0.113.6",))
        ),
        {"host": "ns1.lamp.com", "ipv4": ["203.0.113.5", "203.0.113.6"], "ipv6": ["2001:db8::1"]},
        reads={"queryHostList": array([])},
    ),
    Sent(
        "hostUpdate",
        lambda d: d.domains.update_glue(NAME, GlueRecord("ns1.lamp.com", ipv6="2001:db8::2")),
        {"host": "ns1.lamp.com", "ipv6": ["2001:db8::2"]},
        reads={"queryHostList": array([])},
    ),
    Sent(
        "hostDelete",
        lambda d: d.domains.delete_glue(NAME, "ns1.lamp.com"),
        {"host": "ns1.lamp.com"},
        reads={"queryHostList": array([])},
    ),
    Sent("queryHostList", lambda d: d.domains.glue_records(NAME), {"filter": ""}, array([])),
]
