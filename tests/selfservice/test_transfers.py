"""Moving names here: pasted, checked at the registrar, ordered, followed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from panel.account.models import Cost, Tld
from panel.billing import ledger
from panel.domain.models import Domain, TransferBatch, TransferLine
from panel.domain.transfer import checks
from panel.operation.models import Operation
from panel.operation.states import State
from tests.conftest import control
from tests.selfservice.pages import words_of

CODE = "Canary-Code-91"
NEW = "/transfers/new/"
COMING = "northern-lanterns.com"


@pytest.fixture
def elsewhere(sandbox: Any) -> Callable[..., None]:
    """`elsewhere("a.com", "b.com")`: names that somebody holds at another registrar."""

    def take(*names: str) -> None:
        for name in names:
            control(sandbox, "POST", "/world/mrdomain", {"take_name": name})

    return take


@pytest.fixture
def begun(own: Client, catalogue: Any, elsewhere: Callable[..., None]) -> Callable[..., TransferBatch]:
    """`begun("a.com", ...)`: a batch of names that are elsewhere, all with a code, checked by a worker."""

    def begin(*names: str, check: bool = True) -> TransferBatch:
        elsewhere(*names)
        answer = own.post(NEW, {"names": "\n".join(f"{name} {CODE}" for name in names)})
        assert answer.status_code == 302, words_of(answer)
        batch = TransferBatch.objects.latest("pk")
        if check:
            checks.answer(batch.pk)
        return batch

    return begin


def page_of(batch: TransferBatch) -> str:
    return f"/transfers/{batch.public_id}/"


def order_form(own: Client, batch: TransferBatch, contact: Any, **more: str) -> dict[str, str]:
    """What the browser sends from the batch's page as it is now."""
    found = re.search(r'name="total" value="([^"]+)"', own.get(page_of(batch)).content.decode())
    assert found is not None
    return {"registrant": contact.public_id, "choice": "keep", "total": found[1], **more}


def stands(batch: TransferBatch) -> dict[str, tuple[str, str]]:
    return {line.name: (line.state, line.reason) for line in batch.lines.all()}


# --- pasting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [" ", "\t", ",", ";", " ; ", ",\t"])
def test_name_and_code_are_read_whatever_stands_between(own: Client, catalogue: Any, between: str) -> None:
    answer = own.post(NEW, {"names": f"  Lamps.COM{between}{CODE}\n\n bücher.fr{between}x,y;z \n"})

    assert answer.status_code == 302
    lines = TransferBatch.objects.get().lines.all()
    assert [(line.name, line.code) for line in lines] == [("lamps.com", CODE), ("xn--bcher-kva.fr", "x,y;z")]


def test_code_that_stands_before_its_name_is_taken_for_what_it_is(own: Client, catalogue: Any) -> None:
    own.post(NEW, {"names": f"{CODE} lamps.com"})

    line = TransferLine.objects.get()
    assert (line.name, line.code) == ("lamps.com", CODE)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (f"lamps.com {CODE}", "Line 2: lamps.com is in line 1 already."),
        (f"lamps.zz {CODE}", "Line 2: Names in .zz cannot be moved here."),
        ("lantern.com", "Line 2: The auth code of lantern.com is missing."),
        (f"lantern.com {CODE} more", "Line 2: There is a space in the auth code of lantern.com"),
        (f"lan_tern.com {CODE}", "Line 2: A name has only letters"),
        (CODE, "Line 2: A whole name is needed first"),
        (f"held.com {CODE}", "Line 2: held.com is here already."),
        (f"coming.com {CODE}", "Line 2: coming.com is on its way here already."),
        ("lantern.com " + "x" * 300, "Line 2: The auth code of lantern.com is too long"),
    ],
)
def test_wrong_line_is_named_and_everything_is_kept_but_no_code_is_shown(
    own: Client, catalogue: Any, make_domain: Callable[..., Any], contact: Any, second: str, said: str
) -> None:
    from panel.domain.operations_transfer import plan_transfer

    make_domain("held.com")
    plan_transfer(contact.customer, "coming.com", auth_code="x", registrant=contact, actor=None)

    answer = own.post(NEW, {"names": f"lamps.com {CODE}\n{second}\nglow.net abc-{CODE}"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "lamps.com ••••1" in text
    assert "glow.net ••••3" in text
    assert CODE not in text
    assert "xxxx" not in text
    assert not TransferBatch.objects.exists()


def test_codes_that_are_hidden_go_along_when_the_form_is_sent_again(own: Client, catalogue: Any) -> None:
    first = own.post(NEW, {"names": f"lamps.com {CODE}\nlantern.com"})
    kept = re.search(r'name="kept" value="([^"]+)"', first.content.decode())
    assert kept is not None

    answer = own.post(NEW, {"names": "lamp.com ••••1\nlantern.com other", "kept": kept[1]})

    assert answer.status_code == 302
    assert [line.code for line in TransferLine.objects.all()] == [CODE, "other"]


def test_hidden_codes_of_somebody_else_are_of_no_use(
    own: Client, catalogue: Any, make_user: Callable[..., Any], customer: Any, signed_in: Any
) -> None:
    first = own.post(NEW, {"names": f"lamps.com {CODE}\nlantern.com"})
    kept = re.search(r'name="kept" value="([^"]+)"', first.content.decode())
    assert kept is not None
    other = signed_in(make_user("other@demo.test", customer=customer))

    answer = other.post(NEW, {"names": "lamps.com ••••1", "kept": kept[1]})

    assert answer.status_code == 422
    assert "Enter it again" in words_of(answer)


def test_two_hundred_names_are_taken_and_one_more_is_not(own: Client, catalogue: Any) -> None:
    names = [f"lamp-{number}.com {CODE}" for number in range(201)]

    assert own.post(NEW, {"names": "\n".join(names)}).status_code == 422
    assert own.post(NEW, {"names": "\n".join(names[:200])}).status_code == 302
    assert TransferBatch.objects.get().lines.count() == 200


def test_nothing_entered_asks_for_a_name(own: Client, catalogue: Any) -> None:
    for typed in ("", "  \n ,; \n"):
        answer = own.post(NEW, {"names": typed})
        assert answer.status_code == 422
        assert "Enter at least one name." in words_of(answer)


def test_code_is_not_asked_for_where_the_catalogue_says_that_none_is_needed(
    own: Client, catalogue: Any
) -> None:
    Tld.objects.filter(name="es").update(auth_code_required=False)

    assert own.post(NEW, {"names": "lamps.es"}).status_code == 302


def test_name_to_begin_with_stands_in_the_box(own: Client, catalogue: Any) -> None:
    assert "bücher.com" in words_of(own.get(f"{NEW}?name=xn--bcher-kva.com"))
    assert own.get(f"{NEW}?name=%3Cscript%3E").status_code == 200


# --- checking ---------------------------------------------------------------------------------------------------------


def test_pages_wait_for_the_worker_and_show_what_it_found(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    batch = begun(COMING, "locked-lamps.com", check=False)
    before = words_of(own.get(page_of(batch)))
    assert "0 of 2 checked" in before
    assert "Transfer 2 names" not in before

    checks.answer(batch.pk)

    after = words_of(own.get(page_of(batch)))
    assert stands(batch) == {COMING: ("possible", ""), "locked-lamps.com": ("refused", "locked")}
    assert "Can be moved" in after
    assert "It is locked where it is." in after
    assert "Transfer 1 name" in after
    assert "clientTransferProhibited" not in after


def test_name_that_nobody_has_can_be_registered_instead(own: Client, catalogue: Any) -> None:
    own.post(NEW, {"names": f"nobody-has-these-lamps.com {CODE}"})
    batch = TransferBatch.objects.get()

    checks.answer(batch.pk)

    assert "You can register it instead." in words_of(own.get(page_of(batch)))


@pytest.mark.parametrize(
    "fault", ["timeout_after", "reset_before", "reset_after", "garbage", "http_500_after"]
)
def test_line_without_an_answer_says_so_and_is_asked_again(
    own: Client, begun: Callable[..., TransferBatch], sandbox: Any, fault: str, settings: Any
) -> None:
    settings.OPERATION_CALL_SECONDS = 1
    control(
        sandbox, "POST", "/faults",
        {"family": "mrdomain", "action": "domain/checkfortransfer", "kind": fault, "times": 1, "seconds": 3},
    )  # fmt: skip
    batch = begun(COMING)
    assert stands(batch)[COMING][0] == "pending"
    assert "No answer yet" in words_of(own.get(page_of(batch)))

    checks.answer(batch.pk)

    assert stands(batch)[COMING] == ("possible", "")


def test_registrar_that_stays_silent_is_given_up_and_checked_again_on_request(
    own: Client, begun: Callable[..., TransferBatch], sandbox: Any
) -> None:
    fault = {"family": "mrdomain", "action": "domain/checkfortransfer", "kind": "reset_before", "rate": 1}
    control(sandbox, "POST", "/faults", fault)
    batch = begun(COMING)
    for _turn in range(checks.MOST_TRIES):
        checks.answer(batch.pk)
    page = words_of(own.get(page_of(batch)))
    assert stands(batch)[COMING][0] == "failed"
    assert "The registry did not answer in time." in page
    assert "Transfer 1 name" not in page
    control(sandbox, "DELETE", "/faults")

    assert own.post(page_of(batch) + "again/").status_code == 302
    _rested(batch)
    checks.answer(batch.pk)

    assert stands(batch)[COMING][0] == "possible"


def _rested(batch: TransferBatch) -> None:
    """The account is not left alone any more."""
    for line in batch.lines.select_related("account"):
        type(line.account).objects.filter(pk=line.account_id).update(retry_after=None, failures=0)


def test_poll_brings_news_only_and_ends_when_all_is_known(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    batch = begun(COMING, check=False)
    headers = {"HX-Request": "true", "HX-Target": "batch"}
    mark = re.search(r"\?seen=(\w+)", own.get(page_of(batch)).content.decode())
    assert mark is not None
    seen = f"{page_of(batch)}?seen={mark[1]}"
    assert own.get(seen, headers=headers).status_code == 204

    checks.answer(batch.pk)
    news = own.get(seen, headers=headers)

    assert news.status_code == 200
    assert "Transfer 1 name" in words_of(news)
    assert "every 1s" not in news.content.decode()


# --- ordering ---------------------------------------------------------------------------------------------------------


def test_names_are_ordered_with_their_money_held_and_come_in(
    own: Client,
    begun: Callable[..., TransferBatch],
    contact: Any,
    customer: Any,
    run_due: Callable[..., int],
    sandbox: Any,
) -> None:
    batch, before = begun(COMING, "southern-lanterns.com"), ledger.balance(customer)
    form = order_form(own, batch, contact)

    answer = own.post(page_of(batch) + "order/", form)

    assert answer.status_code == 302
    assert ledger.held(customer) == Decimal(form["total"])
    assert {line.code for line in batch.lines.all()} == {""}
    assert "On its way" in words_of(own.get(page_of(batch))) or "Ordered" in words_of(own.get(page_of(batch)))
    for _turn in range(6):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")
    assert ledger.held(customer) == 0
    assert ledger.balance(customer) == before - Decimal(form["total"])
    assert set(Domain.objects.filter(customer=customer, status="active").values_list("name", flat=True)) == {
        COMING,
        "southern-lanterns.com",
    }
    assert words_of(own.get(page_of(batch))).count("The name is here now.") == 2


def test_double_click_orders_and_pays_once(
    own: Client, begun: Callable[..., TransferBatch], contact: Any, customer: Any
) -> None:
    batch = begun(COMING)
    form = order_form(own, batch, contact)

    for _click in range(2):
        assert own.post(page_of(batch) + "order/", form).status_code == 302

    assert Operation.objects.filter(kind="domain.transfer").count() == 1
    assert ledger.held(customer) == Decimal(form["total"])


def test_price_that_moved_is_shown_before_it_is_taken(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    batch = begun(COMING)
    form = order_form(own, batch, contact)
    Cost.objects.filter(tld__name="com", action="transfer").update(amount=Decimal("30.00"))

    answer = own.post(page_of(batch) + "order/", form)

    assert answer.status_code == 422
    assert "Look once more" in words_of(answer)
    assert not Operation.objects.filter(kind="domain.transfer").exists()
    shown = re.search(r'name="total" value="([^"]+)"', answer.content.decode())
    assert shown is not None
    assert own.post(page_of(batch) + "order/", {**form, "total": shown[1]}).status_code == 302
    assert Operation.objects.filter(kind="domain.transfer").exists()


def test_wallet_that_lacks_the_money_orders_nothing_and_keeps_the_codes(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    Cost.objects.filter(action="transfer").update(amount=Decimal("900.00"))
    batch = begun(COMING)

    answer = own.post(page_of(batch) + "order/", order_form(own, batch, contact))

    assert answer.status_code == 422
    assert "Your wallet lacks" in words_of(answer)
    assert batch.lines.get().code == CODE


def test_name_that_cannot_be_ordered_stays_with_its_reason_and_the_others_go(
    own: Client, begun: Callable[..., TransferBatch], contact: Any, make_domain: Callable[..., Any]
) -> None:
    batch = begun(COMING, "southern-lanterns.com")
    form = order_form(own, batch, contact)
    make_domain("southern-lanterns.com")

    own.post(page_of(batch) + "order/", form)

    assert [item.label for item in Operation.objects.filter(kind="domain.transfer")] == [COMING]
    assert "The name is here already." in words_of(own.get(page_of(batch)))
    assert batch.lines.get(name="southern-lanterns.com").code == CODE


def test_registrant_must_be_chosen_from_the_own_book(
    own: Client, begun: Callable[..., TransferBatch], contact: Any, make_customer: Callable[..., Any]
) -> None:
    batch = begun(COMING)
    form = order_form(own, batch, contact)

    assert own.post(page_of(batch) + "order/", {**form, "registrant": ""}).status_code == 422
    contact.customer = make_customer("Somebody else")
    contact.save()
    assert own.post(page_of(batch) + "order/", form).status_code == 422
    assert not Operation.objects.filter(kind="domain.transfer").exists()


def test_incomplete_contact_is_refused_beside_the_field(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    batch = begun(COMING)
    contact.postal_code = ""
    contact.save()

    answer = own.post(page_of(batch) + "order/", order_form(own, batch, contact))

    assert answer.status_code == 422
    assert "The contact is not complete" in words_of(answer)


def test_own_nameservers_go_along_and_wrong_ones_are_told(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    batch = begun(COMING)
    form = order_form(own, batch, contact, choice="own", servers="ns1.lamps.test")
    wrong = own.post(page_of(batch) + "order/", form)
    assert wrong.status_code == 422
    assert "Enter 2 to" in words_of(wrong)
    assert "ns1.lamps.test" in wrong.content.decode()

    own.post(page_of(batch) + "order/", {**form, "servers": "ns1.lamps.test ns2.lamps.test"})

    payload = Operation.objects.get(kind="domain.transfer").payload
    assert payload["nameservers"] == ["ns1.lamps.test", "ns2.lamps.test"]
    assert not payload["keep_nameservers"]


def test_empty_book_leads_to_a_new_contact_and_back(
    own: Client, begun: Callable[..., TransferBatch], customer: Any
) -> None:
    batch = begun(COMING)
    customer.contacts.all().delete()

    page = own.get(page_of(batch)).content.decode()

    assert f"/contacts/new/?next={page_of(batch)}" in page
    assert own.post(page_of(batch) + "order/", {"total": "1"}).status_code == 422


def test_what_is_refused_cannot_be_ordered(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    batch = begun("locked-lamps.com")

    assert own.post(page_of(batch) + "order/", {"registrant": contact.public_id}).status_code == 302
    assert not Operation.objects.filter(kind="domain.transfer").exists()


# --- secrets ----------------------------------------------------------------------------------------------------------


def test_code_shows_on_no_page_and_in_no_log(
    own: Client,
    begun: Callable[..., TransferBatch],
    contact: Any,
    run_due: Callable[..., int],
    sandbox: Any,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    batch = begun(COMING, "locked-lamps.com")
    pages = [own.get(page_of(batch)), own.get(NEW), own.get(f"{NEW}?again={batch.public_id}")]
    own.post(page_of(batch) + "order/", order_form(own, batch, contact))
    for _turn in range(4):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")
        pages += [own.get(page_of(batch)), own.get(f"/domains/{COMING}/"), own.get("/domains/")]

    assert Operation.objects.get(kind="domain.transfer").state == State.SUCCEEDED
    for page in pages:
        assert page.status_code == 200
        assert CODE not in page.content.decode()
    written = capfd.readouterr()
    assert CODE not in written.out + written.err + caplog.text


def test_codes_are_encrypted_and_forgotten_after_some_days(
    own: Client, begun: Callable[..., TransferBatch], contact: Any
) -> None:
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from panel.domain.tasks import forget_codes

    batch = begun(COMING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM domain_transferline")
        assert CODE not in str(cursor.fetchall())
    TransferBatch.objects.update(created_at=timezone.now() - timedelta(days=8))

    forget_codes()

    assert batch.lines.get().code == ""
    page = own.get(page_of(batch))
    assert "Code forgotten" in words_of(page)
    assert COMING in words_of(own.get(f"{NEW}?again={batch.public_id}"))
    assert own.post(page_of(batch) + "order/", {"registrant": contact.public_id}).status_code == 302
    assert not Operation.objects.filter(kind="domain.transfer").exists()
