"""Users of a registrar account: staff's pages, every kind of operation against the sandbox, and lost answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from panel.access.models import Grant
from panel.access.parts import Level, Part
from panel.account.models import Account, Throttle
from panel.domain.models import Domain
from panel.domain.refusals import NotOffered
from panel.operation.models import Attempt, Operation
from panel.sharing import services
from panel.sharing.models import RemoteUser
from registrar import errors, open_driver
from registrar.types import AccessLevel, DomainPermission
from tests.conftest import control
from tests.selfservice.lending import READ, WRITE, lent
from tests.selfservice.pages import words_of

BACKEND = "panel.people.backends.BrandAuthenticationBackend"
# In the sandbox's world.
NAME, OTHER = "soler-estudio.com", "alder-hosting.com"
LEVELS = {Part.DNS_ZONE: Level.WRITE, Part.MAILBOXES: Level.READ}


@pytest.fixture
def office(staff: Any) -> Client:
    """A member of the staff who has just typed the password."""
    cache.clear()
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    browser.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
    return browser


@pytest.fixture
def settle(sandbox: Any, run_due: Callable[..., int]) -> Callable[..., None]:
    """Let workers come to rest."""

    def rest(turns: int = 3) -> None:
        for _turn in range(turns):
            # Tests call more often in a second than anybody may in a minute.
            Throttle.objects.all().delete()
            Account.objects.update(retry_after=None, failures=0)
            run_due(hurry=True)

    return rest


@pytest.fixture
def name(registrar_account: Any, customer: Any) -> Domain:
    return Domain.objects.create(
        name=NAME, unicode_name=NAME, tld_name="com", account=registrar_account, customer=customer,
        status="active",
    )  # fmt: skip


@pytest.fixture
def agency(make_user: Callable[..., Any]) -> Any:
    return make_user("agency@demo.test")


@pytest.fixture
def shown(registrar_account: Any) -> Callable[[str], Any]:
    """`shown(username)`: the user as the registrar has it, None where there is none."""
    account = registrar_account
    driver = open_driver(account.family, endpoint=account.endpoint, credentials=account.credentials)

    def look(username: str) -> Any:
        try:
            return driver.access.info(username)
        except errors.NotFound:
            return None

    return look


@pytest.fixture
def made(registrar_account: Any, staff: Any, settle: Callable[..., None]) -> RemoteUser:
    """A user that was made there, with its password not shown yet."""
    services.plan_user(registrar_account, "agency-1", email="agency@demo.test", actor=staff)
    settle()
    return RemoteUser.objects.get(username="agency-1")


def calls(sandbox: Any, action: str) -> int:
    """How often the registrar was called for something."""
    journal = control(sandbox, "GET", "/journal")["journal"]
    return sum(row["action"] == action for row in journal)


def last(kind: str) -> Operation:
    found = Operation.objects.filter(kind=f"sharing.{kind}").order_by("-pk").first()
    assert found is not None
    return found


# --- making one -------------------------------------------------------------------------------------------------------


def test_user_is_made_and_the_password_is_shown_once_and_never_stored_in_the_clear(
    office: Client,
    registrar_account: Any,
    staff: Any,
    settle: Callable[..., None],
    shown: Callable[[str], Any],
    sandbox: Any,
) -> None:
    page = f"/office/accounts/{registrar_account.public_id}/users/"

    asked = office.post(page, {"username": "agency-1", "email": "Agency@demo.test"})
    planned = last("create_user")
    password = planned.secrets["password"]
    settle()
    row = RemoteUser.objects.get(username="agency-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM sharing_remoteuser")
        (raw,) = cursor.fetchone()
    address = f"{page}{row.public_id}/password/"
    before = office.get(address)
    first = office.post(address, {"show": "1"})
    second = office.post(address, {"show": "1"})

    assert asked.status_code == 302
    assert shown("agency-1").enabled is True
    assert (row.email, row.enabled) == ("agency@demo.test", True)
    assert raw
    assert password not in raw
    assert last("create_user").secrets == {}
    assert password not in before.content.decode()
    assert password in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert password not in second.content.decode()
    assert "shown already" in words_of(second)
    row.refresh_from_db()
    assert (row.password, row.shown_to) == ("", staff)
    kept = "".join(str(vars(item)) for item in [*Attempt.objects.all(), *Operation.objects.all()])
    assert password not in kept


def test_name_that_is_there_already_is_not_taken_for_ours(
    registrar_account: Any, staff: Any, settle: Callable[..., None], sandbox: Any
) -> None:
    services.plan_user(registrar_account, "twice", actor=staff)
    settle()
    RemoteUser.objects.all().delete()

    services.plan_user(registrar_account, "twice", actor=staff)
    settle()

    assert last("create_user").state == "failed"
    assert last("create_user").reason == "already_there"
    assert calls(sandbox, "user/create") == 1


@pytest.mark.parametrize("fault", ["reset_after", "reset_before", "http_500_after", "garbage"])
def test_lost_answer_makes_one_user(
    registrar_account: Any,
    staff: Any,
    settle: Callable[..., None],
    shown: Callable[[str], Any],
    sandbox: Any,
    fault: str,
    time_passes: Callable[[], None],
) -> None:
    plant = {"family": "mrdomain", "action": "user/create", "kind": fault, "times": 1}
    control(sandbox, "POST", "/faults", plant)
    services.plan_user(registrar_account, "agency-1", actor=staff)

    for _turn in range(5):
        settle(1)
        time_passes()

    assert last("create_user").state == "succeeded"
    assert shown("agency-1") is not None
    # What never reached the registrar is sent again, and nothing else is.
    assert last("create_user").sends == (2 if fault == "reset_before" else 1)
    assert calls(sandbox, "user/create") == 1


@pytest.fixture
def time_passes() -> Callable[[], None]:
    """Let quarantines be over."""

    def pass_by() -> None:
        Operation.objects.exclude(next_check_at=None).update(next_check_at=timezone.now())

    return pass_by


# --- changing one -----------------------------------------------------------------------------------------------------


def test_user_is_kept_out_and_let_in(
    office: Client, made: RemoteUser, settle: Callable[..., None], shown: Callable[[str], Any]
) -> None:
    page = f"/office/accounts/{made.account.public_id}/users/{made.public_id}/enabled/"

    office.post(page, {"to": "off"})
    settle()
    out = shown("agency-1").enabled
    made.refresh_from_db()
    mirrored = made.enabled
    office.post(page, {"to": "on"})
    settle()

    assert (out, mirrored) == (False, False)
    assert shown("agency-1").enabled is True


def test_another_password_is_set_again_where_its_answer_was_lost(
    made: RemoteUser, staff: Any, settle: Callable[..., None], sandbox: Any, time_passes: Callable[[], None]
) -> None:
    plant = {"family": "mrdomain", "action": "user/updatepassword", "kind": "reset_after", "times": 1}
    control(sandbox, "POST", "/faults", plant)
    first = made.password
    services.plan_password(made, actor=staff)

    for _turn in range(6):
        settle(1)
        time_passes()

    assert last("set_password").state == "succeeded"
    assert calls(sandbox, "user/updatepassword") == 2
    made.refresh_from_db()
    assert made.password not in ("", first)


def test_name_is_lent_changed_and_taken_back_there(
    office: Client,
    made: RemoteUser,
    name: Domain,
    settle: Callable[..., None],
    shown: Callable[[str], Any],
    sandbox: Any,
) -> None:
    page = f"/office/accounts/{made.account.public_id}/users/{made.public_id}/"
    by_hand = {"preset": "by-hand", "part-dns_zone": "write"}

    added = office.post(page, {"name": NAME, **by_hand})
    settle()
    first = shown("agency-1").domains[NAME]
    office.post(page, {"name": NAME, **by_hand, "part-ftp": "read"})
    settle()
    second = shown("agency-1").domains[NAME]
    listed = words_of(office.get(page))
    office.post(f"{page}take/", {"name": NAME})
    settle()

    assert added.status_code == 302
    # All sixteen are named: nothing is left to what the registrar takes for usual.
    assert {part for part, level in first.items() if level != AccessLevel.DISABLED} == {
        DomainPermission.DNS_ZONE
    }
    assert second[DomainPermission.FTP] == AccessLevel.READ
    assert NAME in listed
    assert "Not shared here" in listed
    assert NAME not in (shown("agency-1").domains or {})
    assert (calls(sandbox, "user/adddomain"), calls(sandbox, "user/updatedomain")) == (1, 1)
    made.refresh_from_db()
    assert made.domains == {}


@pytest.mark.parametrize(
    ("action", "fault", "sends"),
    [
        ("user/adddomain", "reset_after", 1),
        ("user/adddomain", "reset_before", 2),
        ("user/deletedomain", "reset_after", 1),
    ],
)
def test_lost_answer_about_a_name_is_looked_into(
    made: RemoteUser,
    name: Domain,
    staff: Any,
    settle: Callable[..., None],
    shown: Callable[[str], Any],
    sandbox: Any,
    time_passes: Callable[[], None],
    action: str,
    fault: str,
    sends: int,
) -> None:
    takes = action == "user/deletedomain"
    if takes:
        services.plan_lend(made.account, made.username, NAME, LEVELS, actor=staff)
        settle()
    control(sandbox, "POST", "/faults", {"family": "mrdomain", "action": action, "kind": fault, "times": 1})
    if takes:
        made.refresh_from_db()
        services.plan_take(made, NAME, actor=staff)
    else:
        services.plan_lend(made.account, made.username, NAME, LEVELS, actor=staff)

    for _turn in range(6):
        settle(1)
        time_passes()

    assert last("take_domain" if takes else "lend_domain").state == "succeeded"
    assert last("take_domain" if takes else "lend_domain").sends == sends
    assert calls(sandbox, action) == 1
    assert (NAME in (shown("agency-1").domains or {})) is not takes


def test_user_is_deleted_once_its_name_was_typed(
    office: Client, made: RemoteUser, settle: Callable[..., None], shown: Callable[[str], Any]
) -> None:
    page = f"/office/accounts/{made.account.public_id}/users/{made.public_id}/delete/"

    refused = office.post(page, {"typed": "somebody"})
    office.post(page, {"typed": "agency-1"})
    settle()

    assert refused.status_code == 422
    assert shown("agency-1") is None
    assert not RemoteUser.objects.exists()


# --- reading ----------------------------------------------------------------------------------------------------------


def test_list_is_read_with_what_is_lent_to_each(
    office: Client, registrar_account: Any, settle: Callable[..., None]
) -> None:
    page = f"/office/accounts/{registrar_account.public_id}/users/"

    office.post(f"{page}read/")
    settle()

    rows = list(RemoteUser.objects.all())
    assert rows
    assert all(row.domains is not None and row.read_at for row in rows)
    text = words_of(office.get(page))
    assert all(row.username in text for row in rows)


def test_who_is_gone_is_missing_first_and_forgotten_with_the_next_list(
    registrar_account: Any, staff: Any, settle: Callable[..., None]
) -> None:
    RemoteUser.objects.create(account=registrar_account, username="ghost", domains={})

    services.plan_read(registrar_account, actor=staff)
    settle()
    missing = RemoteUser.objects.get(username="ghost").missing_since
    services.plan_read(registrar_account, actor=staff)
    settle()

    assert missing is not None
    assert not RemoteUser.objects.filter(username="ghost").exists()


# --- mirroring a delegate ---------------------------------------------------------------------------------------------


def test_delegate_is_mirrored_with_a_user_of_their_own(
    office: Client, name: Domain, agency: Any, settle: Callable[..., None], shown: Callable[[str], Any]
) -> None:
    grant = lent(name, agency, WRITE, Part.DNS_ZONE, Part.MAILBOXES)
    page = f"/office/access/{grant.public_id}/"

    before = words_of(office.get(page))
    assert office.post(f"{page}mirror/").status_code == 302
    settle()
    row = RemoteUser.objects.get(email="agency@demo.test")
    after = words_of(office.get(page))
    grant.levels = {"dns_zone": "read"}
    grant.save()
    differs = words_of(office.get(page))
    office.post(f"{page}mirror/")
    settle()

    assert "Mirror this delegate there" in before
    assert "As here" in after
    assert "Other than here" in differs
    assert "As here" in words_of(office.get(page))
    levels = shown(row.username).domains[NAME]
    assert levels[DomainPermission.DNS_ZONE] == AccessLevel.READ
    assert levels[DomainPermission.MAILBOXES] == AccessLevel.DISABLED
    assert RemoteUser.objects.filter(email="agency@demo.test").count() == 1


def test_two_names_of_one_delegate_are_lent_to_one_user(
    office: Client,
    name: Domain,
    agency: Any,
    customer: Any,
    settle: Callable[..., None],
    shown: Callable[[str], Any],
) -> None:
    other = Domain.objects.create(
        name=OTHER,
        unicode_name=OTHER,
        tld_name="com",
        account=name.account,
        customer=customer,
        status="active",
    )
    for domain in (name, other):
        office.post(f"/office/access/{lent(domain, agency, READ, Part.DNS_ZONE).public_id}/mirror/")
    settle(4)

    row = RemoteUser.objects.get(email="agency@demo.test")
    assert set(shown(row.username).domains) == {NAME, OTHER}


def test_who_has_not_accepted_is_not_mirrored(office: Client, name: Domain, agency: Any) -> None:
    grant = lent(name, agency, READ, Part.DNS_ZONE, user_id=None)

    office.post(f"/office/access/{grant.public_id}/mirror/")

    assert not Operation.objects.exists()
    assert Grant.objects.count() == 1


def test_family_without_users_has_no_pages_for_them(office: Client, staff: Any, db: None) -> None:
    account = Account.objects.create(
        label="netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )

    assert office.get(f"/office/accounts/{account.public_id}/users/").status_code == 404
    with pytest.raises(NotOffered):
        services.plan_user(account, "somebody", actor=staff)


@pytest.mark.parametrize("address", ["", "read/", "ru-none/", "ru-none/password/", "ru-none/delete/"])
def test_pages_are_for_staff_only(own_browser: Client, registrar_account: Any, address: str) -> None:
    page = f"/office/accounts/{registrar_account.public_id}/users/{address}"

    assert own_browser.get(page).status_code == 404
    assert own_browser.post(page).status_code == 404


@pytest.fixture
def own_browser(owner: Any) -> Client:
    browser = Client()
    browser.force_login(owner, backend=BACKEND)
    return browser
