"""Module domain, over every family: writes that cost nothing."""

from __future__ import annotations

import pytest

from registrar.errors import InvalidRequest, NotFound
from registrar.types import DnsKey, DnssecKey, DomainStatus, GlueRecord, RenewalMode
from tests.registrar.contract.contract import Door, promise

KEY = DnssecKey(257, 13, 2, "AB" * 32)
DNS_KEY = DnsKey(
    257, 3, 13, "oJMRESz5E4gYzS/q6XDrvU1qMPYIjCWzJaOau8XNEZeqCYKD5ar0IRd8KqXXFJkqmVfRvMGPmM1x8fGAa2XhSA=="
)


def glue(door: Door, address: str = "203.0.113.5") -> GlueRecord:
    return GlueRecord(f"ns7.{door.profile.own}", address)


@promise("domain.set_nameservers", "domain.nameservers")
def test_nameservers_are_set(door: Door) -> None:
    own = door.profile.own

    door.settled(door.driver.domains.set_nameservers(own, door.profile.nameservers))

    servers = door.driver.domains.nameservers(own)
    assert tuple(server.name for server in servers) == door.profile.nameservers
    assert len(door.journal()) == 1


@promise("domain.set_nameservers")
def test_single_nameserver_is_refused_before_sending(door: Door) -> None:
    with pytest.raises(InvalidRequest) as caught:
        door.driver.domains.set_nameservers(door.profile.own, door.profile.nameservers[:1])
    assert caught.value.field == "nameservers"
    assert door.journal() == []


@promise("domain.set_nameservers")
def test_nameservers_of_somebody_else_cannot_be_set(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.domains.set_nameservers(door.profile.taken, door.profile.nameservers)
    assert door.journal() == []


@promise("domain.set_contacts", "domain.contacts")
def test_contacts_that_are_not_given_stay_as_they_are(door: Door) -> None:
    own, domains = door.profile.own, door.driver.domains
    before = domains.contacts(own)

    door.settled(domains.set_contacts(own, tech=door.person(is_owner=False)))

    after = domains.contacts(own)
    assert after.tech is not None
    assert after.tech.contact.email.casefold() == door.profile.contact.email
    assert (after.owner, after.admin, after.billing) == (before.owner, before.admin, before.billing)


@promise("domain.set_signed", "domain.dnssec")
def test_zone_at_the_registrar_is_signed(door: Door) -> None:
    name = door.profile.hosted

    door.settled(door.driver.domains.set_signed(name, True))

    assert door.driver.domains.dnssec(name).active


@promise("domain.set_dnssec_keys", "domain.dnssec", "domain.set_nameservers")
def test_dnssec_keys_are_set_at_once(door: Door) -> None:
    own = door.profile.own
    door.settled(door.driver.domains.set_nameservers(own, door.profile.nameservers))

    door.settled(door.driver.domains.set_dnssec_keys(own, [KEY], dns_key=DNS_KEY))

    assert door.driver.domains.dnssec(own).active


@promise("domain.add_dnssec_key", "domain.dnssec")
def test_dnssec_key_is_added(door: Door) -> None:
    door.settled(door.driver.domains.add_dnssec_key(door.profile.own, KEY))

    found = door.driver.domains.dnssec(door.profile.own)
    assert (found.active, found.keys) == (True, (KEY,))


@promise("domain.add_dnssec_key", "domain.delete_dnssec_key", "domain.dnssec")
def test_dnssec_key_is_deleted(door: Door) -> None:
    door.settled(door.driver.domains.add_dnssec_key(door.profile.own, KEY))

    door.settled(door.driver.domains.delete_dnssec_key(door.profile.own, KEY))

    assert door.driver.domains.dnssec(door.profile.own).keys == ()


@promise("domain.create_glue")
def test_glue_record_is_created(door: Door) -> None:
    wanted = glue(door)

    door.settled(door.driver.domains.create_glue(door.profile.own, wanted))

    (entry,) = door.journal()
    assert wanted.name in str(entry)
    assert wanted.ipv4 in str(entry)
    if door.offers("domain.glue_records"):
        assert wanted in door.driver.domains.glue_records(door.profile.own)


@promise("domain.create_glue")
def test_glue_record_outside_the_name_is_refused_before_sending(door: Door) -> None:
    with pytest.raises(InvalidRequest) as caught:
        door.driver.domains.create_glue(door.profile.own, GlueRecord("ns1.lamps.example", "203.0.113.5"))
    assert caught.value.field == "glue"
    assert door.journal() == []


@promise("domain.create_glue", "domain.update_glue")
def test_glue_record_changes_its_address(door: Door) -> None:
    door.settled(door.driver.domains.create_glue(door.profile.own, glue(door)))

    door.settled(door.driver.domains.update_glue(door.profile.own, glue(door, "203.0.113.6")))

    assert "203.0.113.6" in str(door.journal())
    if door.offers("domain.glue_records"):
        assert door.driver.domains.glue_records(door.profile.own) == (glue(door, "203.0.113.6"),)


@promise("domain.create_glue", "domain.delete_glue")
def test_glue_record_is_deleted(door: Door) -> None:
    door.settled(door.driver.domains.create_glue(door.profile.own, glue(door)))

    door.settled(door.driver.domains.delete_glue(door.profile.own, glue(door).name))

    if door.offers("domain.glue_records"):
        assert door.driver.domains.glue_records(door.profile.own) == ()


@promise("domain.sync_glue")
def test_glue_records_are_read_again_from_the_registry(door: Door) -> None:
    name = door.profile.special["unsynced"]

    found = door.driver.domains.sync_glue(name)

    assert found
    assert found == door.driver.domains.glue_records(name)


@promise("domain.renew_auth_code")
def test_auth_code_is_made_anew(door: Door) -> None:
    before = door.driver.domains.auth_code(door.profile.own)

    door.settled(door.driver.domains.renew_auth_code(door.profile.own))

    assert door.driver.domains.auth_code(door.profile.own) != before


@promise("domain.set_transfer_lock", "domain.info")
def test_transfer_lock_is_read_back_as_it_was_set(door: Door) -> None:
    for value in (True, False, True):
        door.settled(door.driver.domains.set_transfer_lock(door.profile.own, value))
        assert door.driver.domains.info(door.profile.own).transfer_lock is value


@promise("domain.set_modification_lock", "domain.info")
def test_modification_lock_is_read_back_as_it_was_set(door: Door) -> None:
    for value in (True, False):
        door.settled(door.driver.domains.set_modification_lock(door.profile.own, value))
        assert door.driver.domains.info(door.profile.own).modification_lock is value


@promise("domain.set_whois_privacy", "domain.info")
def test_privacy_is_read_back_as_it_was_set(door: Door) -> None:
    for value in (True, False):
        door.settled(door.driver.domains.set_whois_privacy(door.profile.own, value))
        assert door.driver.domains.info(door.profile.own).whois_privacy is value


@promise("domain.set_whois_visible", "domain.info")
def test_visibility_is_read_back_as_it_was_set(door: Door) -> None:
    name = door.profile.special["visible"]

    for value in (False, True):
        door.settled(door.driver.domains.set_whois_visible(name, value))
        assert door.driver.domains.info(name).whois_visible is value


@promise("domain.set_renewal_mode", "domain.info")
def test_renewal_mode_is_read_back_as_it_was_set(door: Door) -> None:
    for mode in (RenewalMode.AUTOMATIC, RenewalMode.MANUAL):
        door.settled(door.driver.domains.set_renewal_mode(door.profile.own, mode))
        assert door.driver.domains.info(door.profile.own).renewal_mode is mode


@promise("domain.set_tag", "domain.info")
def test_tag_is_set(door: Door) -> None:
    door.settled(door.driver.domains.set_tag(door.profile.own, "lamps"))

    assert len(door.journal()) == 1
    # Not every registrar shows it again.
    assert door.driver.domains.info(door.profile.own).tag in {"lamps", ""}


@promise("domain.set_note")
def test_note_is_set(door: Door) -> None:
    door.settled(door.driver.domains.set_note(door.profile.own, "a lamp"))

    assert len(door.journal()) == 1


@promise("domain.set_membership")
def test_membership_is_attached(door: Door) -> None:
    name = door.profile.special["member"]
    door.world.change(door.profile.family, add_domain={"domain": name, "set": {}})

    door.settled(door.driver.domains.set_membership(name, "TOKEN-1"))

    assert len(door.journal()) == 1


@promise("domain.resend_verification", "domain.create")
def test_verification_of_the_owner_is_asked_for_again(door: Door) -> None:
    door.driver.domains.create(door.order())
    before = len(door.journal())

    door.settled(door.driver.domains.resend_verification(door.profile.free))

    assert len(door.journal()) == before + 1


@promise("domain.delete")
def test_deleted_name_is_not_active(door: Door) -> None:
    domains, own = door.driver.domains, door.profile.own
    if door.offers("domain.set_transfer_lock"):
        door.settled(domains.set_transfer_lock(own, False))

    door.settled(domains.delete(own))

    try:
        assert domains.info(own).status not in {DomainStatus.ACTIVE, DomainStatus.UNKNOWN}
    except NotFound:
        assert own not in {line.name for line in domains.list().items}


@promise("domain.release")
def test_released_name_leaves_the_account(door: Door) -> None:
    door.settled(door.driver.domains.release(door.profile.own))

    assert len(door.journal()) == 1
