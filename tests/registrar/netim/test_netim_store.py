"""Drivers that are given one store share its session, however many processes they are in."""

from __future__ import annotations

import pytest

from registrar import close_session, close_sessions
from registrar.errors import NotSent, OutcomeUnknown, RateLimited
from registrar.netim import session
from registrar.netim.local import LocalStore
from tests.registrar.netim.soap_bytes import SESSION_ID, domain_info, envelope, fault, operation

HELLO = "<return>Welcome</return>"
RIVAL = "f" * 32
TOO_MANY = fault("E77-M7701", "E77-M7701 : Too many sessions")
EXPIRED = fault("E02-M0201", "E02-M0201 : Session expired")


@pytest.fixture
def store():
    return LocalStore()


def opening_while(act):
    """What the server does on sessionOpen: `act()` happens in another process before its answer arrives."""

    def behave(peer):
        act()
        reply = f'<ns1:sessionOpenResponse><IDSession xsi:type="xsd:string">{SESSION_ID}</IDSession>'
        peer.reply(envelope(f"{reply}</ns1:sessionOpenResponse>"))

    return behave


def refusing_while(act):
    """The server refuses a call; `act()` happens in another process before its answer arrives."""

    def behave(peer):
        act()
        peer.reply(EXPIRED.body, status=EXPIRED.status)

    return behave


def test_drivers_with_one_store_share_a_session(netim, connect, store):
    netim.answer("hello", HELLO)

    for _ in range(3):
        connect(sessions=store).tools.hello()

    assert netim.opened == 1
    assert [call["IDSession"] for call in netim.named("hello")] == [netim.session_id] * 3


def test_drivers_with_stores_of_their_own_share_nothing(netim, connect, store):
    netim.answer("hello", HELLO)

    connect(sessions=store).tools.hello()
    connect(sessions=LocalStore()).tools.hello()
    connect().tools.hello()

    assert netim.opened == 3


def test_session_that_another_process_prepared_is_not_prepared_again(netim, connect, store):
    netim.answer("hello", HELLO)
    store.annotate(store.put(RIVAL), "1")

    connect(sessions=store).tools.hello()

    assert [call.function for call in netim.calls] == ["hello"]
    assert netim.named("hello")[0]["IDSession"] == RIVAL


def test_who_loses_the_race_closes_its_surplus_session_and_uses_the_one_that_stays(netim, connect, store):
    netim.answer("sessionOpen", opening_while(lambda: store.put(RIVAL)))
    netim.answer("hello", HELLO)

    connect(sessions=store).tools.hello()

    assert [call["IDSession"] for call in netim.named("sessionClose")] == [SESSION_ID]
    assert netim.named("hello")[0]["IDSession"] == RIVAL
    assert store.get().identifier == RIVAL


def test_session_that_cannot_be_kept_is_closed_and_nothing_is_sent(netim, connect):
    class Away(LocalStore):
        def put(self, identifier):
            raise NotSent("the store is away")

    with pytest.raises(NotSent):
        connect(sessions=Away()).domains.delete("lamp.com")

    assert netim.functions == ["sessionClose"]


def test_who_finds_a_session_expired_leaves_the_one_that_took_its_place(netim, connect, store):
    store.annotate(store.put(SESSION_ID), "1")

    def replaced():
        store.drop(store.get())
        store.annotate(store.put(RIVAL), "1")

    netim.answer("domainSetPreference", refusing_while(replaced), operation())
    netim.answer("domainInfo", domain_info())

    connect(sessions=store).client.call("domainSetPreference", "lamp.com", "auto_renew", "0")

    assert [call["IDSession"] for call in netim.named("domainSetPreference")] == [SESSION_ID, RIVAL]
    assert (netim.opened, store.get().identifier) == (0, RIVAL)
    assert netim.named("sessionClose") == []


def test_expired_session_is_replaced_by_one_for_everybody(netim, connect, store):
    store.annotate(store.put(RIVAL), "1")
    netim.answer("hello", EXPIRED, HELLO)

    connect(sessions=store).tools.hello()
    connect(sessions=store).tools.hello()

    assert netim.opened == 1
    assert [call["IDSession"] for call in netim.named("hello")] == [RIVAL] + [netim.session_id] * 2


def test_write_whose_answer_is_lost_is_not_sent_again_and_its_session_stays(netim, connect, store):
    store.annotate(store.put(RIVAL), "1")
    netim.answer("domainSetPreference", lambda peer: peer.reset())

    with pytest.raises(OutcomeUnknown):
        connect(sessions=store).client.call("domainSetPreference", "lamp.com", "auto_renew", "0")

    assert len(netim.named("domainSetPreference")) == 1
    assert store.get().identifier == RIVAL


def test_last_place_that_another_worker_took_is_shared_with_it(netim, connect, store):
    def refuse(peer):
        store.put(RIVAL)
        peer.reply(TOO_MANY.body, status=TOO_MANY.status)

    netim.answer("sessionOpen", refuse)
    netim.answer("hello", HELLO)

    connect(sessions=store).tools.hello()

    assert netim.named("hello")[0]["IDSession"] == RIVAL


def test_too_many_sessions_closes_none_of_ours(netim, connect, store):
    netim.answer("hello", HELLO)
    connect(sessions=store).tools.hello()
    netim.answer("sessionOpen", TOO_MANY)

    with pytest.raises(RateLimited) as caught:
        connect(sessions=LocalStore()).tools.hello()

    assert caught.value.reason == "too_many_sessions"
    assert netim.named("sessionClose") == []
    assert store.get().identifier == netim.session_id


def test_process_that_stops_leaves_a_shared_session_to_the_others(netim, connect, store):
    netim.answer("hello", HELLO)
    connect(sessions=store).tools.hello()

    close_sessions()

    assert netim.named("sessionClose") == []
    connect(sessions=store).tools.hello()
    assert netim.opened == 1


def test_session_that_was_idle_for_long_is_closed_by_the_one_who_took_it_out(
    netim, connect, store, monkeypatch
):
    netim.answer("hello", HELLO)
    store.put(RIVAL)
    monkeypatch.setattr(session, "IDLE_SECONDS", -1.0)

    connect(sessions=store).tools.hello()

    assert [call["IDSession"] for call in netim.named("sessionClose")] == [RIVAL]
    assert store.get().identifier == netim.session_id


def test_session_opened_by_name_replaces_the_shared_one(netim, connect, store):
    netim.answer("hello", HELLO)
    store.put(RIVAL)

    connect(sessions=store).client.call("sessionOpen")
    connect(sessions=store).tools.hello()

    assert [call["IDSession"] for call in netim.named("sessionClose")] == [RIVAL]
    assert netim.named("hello")[0]["IDSession"] == netim.session_id


def test_session_that_was_taken_out_is_closed_by_its_id(netim):
    close_session("netim", netim.url, RIVAL)

    assert [call["IDSession"] for call in netim.named("sessionClose")] == [RIVAL]


def test_store_keeps_the_first_session_and_drops_only_the_one_that_is_meant(store):
    first, second = store.put("first"), store.put("second")
    assert second.identifier == "first"
    assert store.drop(first)
    assert not store.drop(second)

    third = store.put("third")

    assert not store.drop(first)
    store.annotate(first, "7")
    assert (store.get().identifier, store.get().note) == ("third", "")
    assert store.drop(third)
    assert store.get() is None


def test_session_does_not_show_its_id_in_its_representation(store):
    assert RIVAL not in repr(store.put(RIVAL))
