"""One session of an account for all workers: kept in the database, encrypted, replaced by whoever finds it over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from panel.account import gateway, services, tasks
from panel.account.models import Account, Exchange, RegistrarSession
from panel.account.sessions import TOUCH_SECONDS, SharedSessions, close_unused
from panel.celery import end_sessions
from panel.core.rotation import rotate_all
from panel.operation.clock import from_now
from registrar import errors, open_driver
from registrar.netim import local
from registrar.types import RenewalMode
from tests.conftest import control

pytestmark = pytest.mark.django_db
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def netim(db: None, sandbox: Any) -> Account:
    """An account at the imitated Netim, which gives the ids of earlier tests anew after its reset."""
    local.empty_places()
    return Account.objects.create(
        label="Netim sandbox", family="netim", endpoint=f"{sandbox.url('netim')}/2.0/", is_sandbox=True,
        credentials={"reseller": "DEMO01", "password": "demo"},
    )  # fmt: skip


@pytest.fixture
def open_there(sandbox: Any) -> Callable[[], int]:
    """`open_there()`: how many sessions Netim counts."""
    return lambda: int(control(sandbox, "GET", "/state/netim")["sessions"])


def say_hello(account: Account) -> None:
    """One call by a worker that has read the account anew, as each does."""
    with gateway.open_account(Account.objects.get(pk=account.pk), "customer") as driver:
        driver.tools.hello()


def unused_for(seconds: float) -> None:
    RegistrarSession.objects.update(used_at=from_now(-seconds))


def test_drivers_of_an_account_share_one_session(netim: Account, open_there: Any) -> None:
    for _ in range(3):
        say_hello(netim)

    assert open_there() == 1
    assert netim.sessions.count() == 1
    assert Exchange.objects.filter(action="sessionOpen").count() == 1


def test_other_families_keep_no_session(registrar_account: Account) -> None:
    with gateway.open_account(registrar_account, "customer") as driver:
        driver.tools.hello()

    assert not RegistrarSession.objects.exists()


def test_store_keeps_the_first_session_and_drops_only_the_one_that_is_meant(netim: Account) -> None:
    mine, other = SharedSessions(netim), SharedSessions(netim)
    first = mine.put("first")

    assert other.put("second").identifier == "first"
    assert other.drop(first)
    assert not mine.drop(first)
    third = mine.put("third")
    other.annotate(first, "7")
    assert not other.drop(first)
    other.annotate(third, "25")
    found = mine.get()
    assert found is not None
    assert (found.identifier, found.note) == ("third", "25")


def test_session_is_idle_by_the_clock_of_the_database_and_touched_now_and_then(
    netim: Account, time_machine: Any
) -> None:
    store = SharedSessions(netim)
    time_machine.move_to(timezone.now() + timedelta(hours=2), tick=True)
    store.put(SECRET)
    unused_for(TOUCH_SECONDS - 10)
    used = RegistrarSession.objects.get().used_at

    store.touch(_found(store))
    assert RegistrarSession.objects.get().used_at == used
    unused_for(TOUCH_SECONDS + 10)
    assert TOUCH_SECONDS < _found(store).idle < TOUCH_SECONDS + 60

    store.touch(_found(store))
    assert _found(store).idle < 5


def _found(store: SharedSessions) -> Any:
    found = store.get()
    assert found is not None
    return found


def test_new_credentials_never_meet_the_session_of_the_old_ones(netim: Account) -> None:
    SharedSessions(netim).put(SECRET)

    netim.credentials = {"reseller": "DEMO01", "password": "another"}

    assert SharedSessions(netim).get() is None
    assert SharedSessions(netim).put("new").identifier == "new"


def test_expired_session_is_replaced_once_and_the_write_executed_once(
    netim: Account, sandbox: Any, open_there: Any
) -> None:
    say_hello(netim)
    old = netim.sessions.get().pk
    control(sandbox, "POST", "/world/netim", {"expire_sessions": True})
    name = control(sandbox, "GET", "/state/netim")["domains"][0]["domain"]

    with gateway.open_account(netim, "customer") as driver:
        driver.domains.set_renewal_mode(name, RenewalMode.MANUAL)
    say_hello(netim)

    assert open_there() == 1
    assert netim.sessions.get().pk != old
    journal = control(sandbox, "GET", "/journal")["journal"]
    assert [row["action"] for row in journal].count("domainSetPreference") == 1


def test_account_waits_where_the_registrar_allows_no_further_session(
    netim: Account, sandbox: Any, open_there: Any
) -> None:
    say_hello(netim)
    control(sandbox, "POST", "/world/netim", {"max_sessions": 1})
    stranger = open_driver("netim", endpoint=netim.endpoint, credentials=netim.credentials)

    with pytest.raises(errors.RateLimited) as caught:
        stranger.tools.hello()
    say_hello(netim)

    assert caught.value.reason == "too_many_sessions"
    assert (open_there(), netim.sessions.count()) == (1, 1)


def test_worker_that_stops_leaves_the_session_to_the_others(netim: Account, open_there: Any) -> None:
    say_hello(netim)

    end_sessions()

    assert open_there() == 1
    say_hello(netim)
    assert Exchange.objects.filter(action="sessionOpen").count() == 1


@pytest.mark.parametrize("end", ["paused", "stopped", "credentials"])
def test_session_that_nobody_may_use_any_more_is_closed(netim: Account, open_there: Any, end: str) -> None:
    say_hello(netim)
    if end == "paused":
        services.pause(netim, "for the night")
    elif end == "stopped":
        Account.objects.update(state="stopped")
    else:
        netim.credentials = {"reseller": "DEMO01", "password": "another"}
        netim.save()
    # A call that began before may still run.
    tasks.resume_passes()
    assert open_there() == 1
    unused_for(300)

    tasks.resume_passes()

    assert (open_there(), RegistrarSession.objects.count()) == (0, 0)


def test_session_of_a_working_account_stays_however_long_it_is_unused(
    netim: Account, open_there: Any
) -> None:
    say_hello(netim)
    unused_for(3600)

    assert close_unused() == 0
    assert open_there() == 1


def test_session_that_was_idle_for_long_is_closed_and_replaced(netim: Account, open_there: Any) -> None:
    say_hello(netim)
    old = netim.sessions.get().pk
    unused_for(3600)

    say_hello(netim)

    assert open_there() == 1
    assert netim.sessions.get().pk != old


def test_session_id_is_nowhere_to_be_read(
    netim: Account, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    say_hello(netim)
    kept = SharedSessions(netim).get()
    assert kept is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registrar_account_registrarsession")
        row = str(cursor.fetchall())
    row_itself = RegistrarSession.objects.get()
    shown = [row, str(row_itself), repr(row_itself), repr(kept), caplog.text]
    shown += [f"{exchange.request}{exchange.reply}" for exchange in Exchange.objects.all()]

    assert len(kept.identifier) == 32
    assert [text for text in shown if kept.identifier in text] == []
    assert kept.identifier not in "".join(capfd.readouterr())


def test_session_under_a_lost_key_is_given_up_and_a_new_one_opened(netim: Account, settings: Any) -> None:
    say_hello(netim)
    credentials = netim.credentials
    settings.FIELD_KEYS = [("other", b"o" * 32)]
    Account.objects.update(credentials=credentials)

    say_hello(netim)

    assert netim.sessions.count() == 1


def test_rotation_of_keys_takes_sessions_along(netim: Account, settings: Any) -> None:
    SharedSessions(netim).put(SECRET)
    settings.FIELD_KEYS = [("new", b"n" * 32), *settings.FIELD_KEYS]

    assert rotate_all()["registrar_account.registrarsession.identifier"] == 1
    assert _found(SharedSessions(netim)).identifier == SECRET


@pytest.mark.django_db(transaction=True)
def test_workers_that_find_no_session_at_the_same_moment_end_with_one(
    netim: Account, sandbox: Any, open_there: Any
) -> None:
    ready = threading.Barrier(4)
    trouble: list[Exception] = []

    def opened() -> Any:
        # What the threads of a process share is taken away: each is as if it were alone in its process.
        local.empty_places()
        return open_driver(
            "netim", endpoint=netim.endpoint, credentials=netim.credentials, sessions=SharedSessions(netim)
        )

    def work(driver: Any) -> None:
        try:
            ready.wait(10)
            driver.tools.hello()
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(opened(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert trouble == []
    assert (open_there(), netim.sessions.count()) == (1, 1)
