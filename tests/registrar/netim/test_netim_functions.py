"""Every function of sections 2.1 to 2.13 by its typed method: what is sent, part by part."""

from __future__ import annotations

import pytest

from registrar.netim.actions import METHODS
from tests.registrar.netim.sent_for_domains import DOMAINS
from tests.registrar.netim.sent_for_others import OTHERS

CASES = DOMAINS + OTHERS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.function)
def test_method_sends_its_function_with_these_parts(netim, connect, case):
    records = []
    netim.answer(case.function, case.answer)
    for function, answer in case.reads.items():
        netim.answer(function, answer)

    case.act(connect(on_exchange=records.append))

    sent = netim.named(case.function)[0]
    assert {part: sent[part] for part in case.parts} == dict(case.parts)
    assert case.function in [record.action for record in records]
    assert set(netim.functions) <= {case.function, *case.reads}


def test_every_function_with_a_typed_method_is_among_the_cases():
    typed = {function for function, operation in METHODS.items() if operation != "session"}

    assert {case.function for case in CASES} == typed


@pytest.mark.parametrize("operation", sorted(set(METHODS.values()) - {"session"}))
def test_method_that_the_table_names_can_be_used(driver, operation):
    assert driver.supports(operation).usable
