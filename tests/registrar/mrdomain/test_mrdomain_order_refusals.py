"""What an order can say to other registrars and not to this one is refused, never dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import InvalidRequest
from registrar.types import DomainOrder, GlueRecord


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("launch_phase", "sunrise"),
        ("dns_template", "shop"),
        ("whois_privacy", True),
        ("glue", (GlueRecord("ns1.faro.com", "203.0.113.5"),)),
    ],
)
def test_order_of_what_the_registrar_does_not_sell_is_refused_before_sending(answered, field, value):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.create(replace(DomainOrder("faro.com", "AB-1"), **{field: value}))
    assert caught.value.field == field
    assert line.actions == []
