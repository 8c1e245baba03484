"""What is asked of the names of a batch beside their codes, and how politely registrars are asked about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Cost, Exchange, Throttle, Tld
from panel.domain.models import TransferBatch, TransferLine
from panel.domain.transfer import checks
from panel.domain.transfer.words import obstacle_in
from panel.operation.models import Operation
from panel.operation.services import cancel
from tests.conftest import control
from tests.selfservice.pages import words_of

BIRTH = {
    "extra_birth_date": "1984-05-23",
    "extra_identity_document_issuer": "Moscow passport office 45",
    "extra_identity_document_date": "2015-03-12",
}


@pytest.fixture
def asking(own: Client, catalogue: Any) -> TransferBatch:
    """A batch with a name whose extension asks more, and one whose does not; both can be moved."""
    row = Tld.objects.create(account=catalogue, name="ru", parent="ru", seen_at=timezone.now())
    Cost.objects.create(tld=row, action="transfer", amount=Decimal(9), currency="EUR", years=[1])
    own.post("/transfers/new/", {"names": "lamps.ru code-1\nlamps.com code-2"})
    TransferLine.objects.update(state="possible")
    return TransferBatch.objects.get()


@pytest.fixture
def sent(own: Client, asking: TransferBatch, contact: Any) -> Callable[..., Any]:
    """`sent(field=...)`: the answer to the order of the batch as its page is now."""
    address = f"/transfers/{asking.public_id}/"

    def send(**more: str) -> Any:
        total = re.search(r'name="total" value="([^"]+)"', own.get(address).content.decode())
        assert total is not None
        form = {"registrant": contact.public_id, "choice": "keep", "total": total[1], **more}
        return own.post(address + "order/", form)

    return send


def test_what_an_extension_asks_is_asked_once_the_registrant_is_chosen(
    own: Client, asking: TransferBatch, contact: Any
) -> None:
    address = f"/transfers/{asking.public_id}/order/"
    chosen = {
        "step": "refresh",
        "registrant": contact.public_id,
        "choice": "own",
        "servers": "ns1.lamps.test",
    }

    part = own.post(address, chosen, headers={"HX-Request": "true", "HX-Target": "transfer-details-part"})

    text = part.content.decode()
    assert part.status_code == 200
    assert 'name="extra_birth_date"' in text
    assert "ns1.lamps.test" in text
    assert "field-error" not in text
    contact.type, contact.organization = "organization", "Lamps Ltd"
    contact.save()
    assert 'name="extra_birth_date"' not in own.post(address, chosen).content.decode()


def test_missing_answer_is_told_beside_its_field_and_nothing_is_ordered(sent: Callable[..., Any]) -> None:
    answer = sent(**{**BIRTH, "extra_birth_date": ""})

    assert answer.status_code == 422
    assert "Moscow passport office 45" in answer.content.decode()
    assert 'id="id_extra_birth_date_error"' in answer.content.decode()
    assert not Operation.objects.filter(kind="domain.transfer").exists()


def test_answers_go_along_with_the_names_that_ask_and_with_no_other(sent: Callable[..., Any]) -> None:
    assert sent(**BIRTH).status_code == 302

    extra = {item.label: item.payload["extra"] for item in Operation.objects.filter(kind="domain.transfer")}
    assert extra["lamps.ru"] == {name.removeprefix("extra_"): value for name, value in BIRTH.items()}
    assert extra["lamps.com"] == {}


def test_name_without_a_price_is_left_out_and_says_so(
    own: Client, asking: TransferBatch, sent: Callable[..., Any]
) -> None:
    Cost.objects.filter(tld__name="ru").delete()

    assert "Being priced" in words_of(own.get(f"/transfers/{asking.public_id}/"))
    assert sent().status_code == 302
    assert [item.label for item in Operation.objects.filter(kind="domain.transfer")] == ["lamps.com"]


def test_lines_follow_what_was_ordered_and_stop_when_all_is_over(
    own: Client, asking: TransferBatch, sent: Callable[..., Any]
) -> None:
    address, headers = f"/transfers/{asking.public_id}/", {"HX-Request": "true", "HX-Target": "batch-lines"}
    sent(**BIRTH)
    page = own.get(address).content.decode()
    mark = re.search(r'id="batch-lines" hx-get="[^"]*seen=(\w+)"', page)
    assert mark is not None
    assert own.get(f"{address}?seen={mark[1]}", headers=headers).status_code == 204

    for operation in Operation.objects.filter(kind="domain.transfer"):
        assert cancel(operation, actor=None, reason="for the test")
    over = own.get(f"{address}?seen={mark[1]}", headers=headers)

    assert over.status_code == 286
    assert "Cancelled" in words_of(over)
    assert 'id="transfer-details"' not in over.content.decode()


def test_our_own_limit_costs_no_try_and_a_long_rest_does(own: Client, catalogue: Any) -> None:
    own.post("/transfers/new/", {"names": "lamps.com code-1\nglow.com code-2"})
    batch = TransferBatch.objects.get()
    Throttle.objects.create(account=catalogue, call_class="check", tokens=0, refilled_at=timezone.now())
    Throttle.objects.update(refilled_at=timezone.now() + timedelta(hours=1))

    checks.answer(batch.pk)
    assert {line.tries for line in batch.lines.all()} == {0}
    TransferBatch.objects.update(updated_at=timezone.now() - timedelta(minutes=4))
    checks.answer(batch.pk)

    assert {line.tries for line in batch.lines.all()} == {1}
    assert not Exchange.objects.filter(action="domain/checkfortransfer").exists()


def test_silent_registrar_costs_one_call_a_run_however_many_names(
    own: Client, catalogue: Any, sandbox: Any
) -> None:
    fault = {"family": "mrdomain", "action": "domain/checkfortransfer", "kind": "reset_before", "rate": 1}
    control(sandbox, "POST", "/faults", fault)
    own.post("/transfers/new/", {"names": "\n".join(f"lamp-{number}.com x" for number in range(20))})
    batch = TransferBatch.objects.get()

    checks.answer(batch.pk)

    assert Exchange.objects.filter(action="domain/checkfortransfer").count() == 1
    assert {line.tries for line in batch.lines.all()} == {1}


def test_batch_that_a_worker_has_is_left_to_it(own: Client, catalogue: Any) -> None:
    own.post("/transfers/new/", {"names": "lamps.com code-1"})
    batch = TransferBatch.objects.get()
    TransferBatch.objects.update(busy_until=timezone.now() + timedelta(minutes=1))

    checks.answer(batch.pk)

    assert not Exchange.objects.exists()
    assert batch.lines.get().state == "pending"


def test_check_that_the_registrar_could_not_make_is_no_refusal(
    own: Client, catalogue: Any, sandbox: Any
) -> None:
    fault = {"family": "mrdomain", "action": "domain/checkfortransfer", "kind": "code:2004", "times": 1}
    control(sandbox, "POST", "/faults", fault)
    own.post("/transfers/new/", {"names": "lamps.com code-1"})
    batch = TransferBatch.objects.get()

    checks.answer(batch.pk)

    line = batch.lines.get()
    assert (line.state, line.tries) == ("pending", 1)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (["The domain is locked by its current registrar"], "locked"),
        (["Status: clientTransferProhibited"], "locked"),
        (["serverTransferProhibited"], "locked"),
        (["The domain was registered less than 60 days ago"], "too_young"),
        (["pendingUpdate"], "pending"),
        (["The domain is not registered"], "not_registered"),
        (["The domain is already in this account"], "in_account"),
        (["Transfers are not available for this TLD"], "unsupported_tld"),
        (["Blocked by a dispute"], "transfer_not_allowed"),
        ([], "transfer_not_allowed"),
    ],
)
def test_words_of_a_registrar_become_ours_and_unknown_ones_claim_nothing(said: list[str], word: str) -> None:
    assert obstacle_in(said) == word
