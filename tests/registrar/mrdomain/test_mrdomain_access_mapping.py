"""Replies of module user as bytes, in the shapes of manual chapter 9."""

# ruff: noqa: UP031  (JSON is full of braces)

from __future__ import annotations

import pytest

from registrar.errors import InvalidRequest, UnreadableReply
from registrar.mrdomain import access_mapping, mapping
from registrar.types import AccessLevel, AccessUser, DomainPermission

USER = '"username":"luz","status":"enabled","lastLogin":"2026-05-14","numDomains":4'


def data_of(text: str):
    body = '{"success":true,"errorCode":0,"errorCodeMsg":"","action":"user\\/x","responseData":%s}' % text
    return mapping.envelope(body.encode()).data


def test_new_user():
    text = '{"username":"luz","status":"enabled","lastLogin":"","numDomains":0}'

    assert access_mapping.user(data_of(text)) == AccessUser("luz", True)


def test_list_of_users():
    text = '{"queryInfo":{"page":1,"pageLength":1000,"results":1,"total":1},"users":[{%s}]}' % USER

    assert access_mapping.users(data_of(text)).items == (AccessUser("luz", True),)


def test_user_with_every_permission():
    words = ",".join(f'"{word}":"write"' for word in access_mapping.PERMISSIONS if word != "domain_authcode")
    text = '{%s,"domains":{"faro.tv":{%s,"domain_authcode":"read"}}}' % (USER, words)

    found = access_mapping.user(data_of(text))

    assert found.domains is not None
    assert found.domains["faro.tv"].keys() == set(DomainPermission)
    assert found.domains["faro.tv"][DomainPermission.AUTH_CODE] is AccessLevel.READ
    assert found.domains["faro.tv"][DomainPermission.MAILBOXES] is AccessLevel.WRITE


@pytest.mark.parametrize("written", ["[]", "{}"])
def test_user_without_domains(written):
    assert access_mapping.user(data_of('{%s,"domains":%s}' % (USER, written))).domains == {}


def test_permission_that_the_manual_does_not_know_is_left_out():
    text = '{%s,"domains":{"faro.tv":{"domain_dns":"disabled","service_teleport":"write"}}}' % USER

    assert access_mapping.user(data_of(text)).domains == {
        "faro.tv": {DomainPermission.NAMESERVERS: AccessLevel.DISABLED}
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"username":"luz","status":"asleep"}',
        '{"username":"","status":"enabled"}',
        '{"username":"luz","status":"enabled","domains":{"faro.tv":{"domain_dns":"sometimes"}}}',
        '{"username":"luz","status":"enabled","domains":{"faro.tv":"all"}}',
    ],
)
def test_other_shape_of_a_user_is_unreadable(text):
    with pytest.raises(UnreadableReply):
        access_mapping.user(data_of(text))


def test_permissions_as_parameters():
    permissions = {
        DomainPermission.OWNER_CONTACT: AccessLevel.READ,
        DomainPermission.MAIL_ALIASES: AccessLevel.DISABLED,
    }

    assert access_mapping.parameters(permissions) == {
        "domain_ownercontacts": "read",
        "servicemail_alias": "disabled",
    }


def test_auth_code_cannot_be_lent_for_writing():
    with pytest.raises(InvalidRequest) as caught:
        access_mapping.parameters({DomainPermission.AUTH_CODE: AccessLevel.WRITE})
    assert caught.value.field == "permissions"
