"""What an operation code says of the call that began the operation."""

from __future__ import annotations

import pytest

from registrar.netim.actions import operation_of


@pytest.mark.parametrize(
    ("code", "operation"),
    [
        ("domainRenew", "domain.renew"),
        ("domainTransferIn", "domain.transfer"),
        ("domainTransferTrade", "domain.transfer"),
        ("domainTransferOwner", "domain.change_owner"),
        ("domainAuthid", "domain.renew_auth_code"),
        ("domainSetDNSSEC", "domain.set_signed"),
        ("domainSetDNSSECExt", "domain.set_dnssec_keys"),
        ("domainSetPreference.registrar_lock", "domain.set_transfer_lock"),
        ("domainSetPreference.whois_privacy", "domain.set_whois_privacy"),
        ("domainSetPreference.auto_renew", "domain.set_renewal_mode"),
        ("hostUpdate", "domain.update_glue"),
        ("domainZoneDelete", "dns.delete"),
    ],
)
def test_code_tells_the_call_whatever_its_letters(code: str, operation: str) -> None:
    assert operation_of(code) == operation


@pytest.mark.parametrize(
    "code", ["", "domainSetPreference", "domainSetPreference.to_be_renewed", "domainInfo", "sslFrobnicate"]
)
def test_code_that_tells_no_call_is_none_of_them(code: str) -> None:
    assert operation_of(code) == ""
