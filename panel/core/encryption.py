"""Fields that are encrypted at rest.

AES-256-GCM with a random nonce; the key's id is stored before the ciphertext, so that keys can be rotated
(`manage.py rotate_field_keys`); the model and field are authenticated with it, so that a value copied into another
column does not decrypt. What cannot be decrypted raises: ciphertext is never handed out as if it were the value.
"""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12
# Before a ciphertext in a dump (`manage.py dumpdata`), so that loading it does not take it for the value.
DUMPED = "encrypted:"


class DecryptionFailed(Exception):
    """The stored value does not belong to any of the configured keys, or was changed."""


def encrypt(text: str, *, context: str) -> str:
    """`text` under the first key, bound to `context` (the model and field)."""
    key_id, key = settings.FIELD_KEYS[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(token: str, *, context: str) -> str:
    """The text inside `token`. Raises DecryptionFailed."""
    key_id, _, body = token.partition(":")
    key = dict(settings.FIELD_KEYS).get(key_id)
    if key is None:
        raise DecryptionFailed(f"no key {key_id!r} in FIELD_KEYS for {context}")
    try:
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DecryptionFailed(f"the value of {context} cannot be decrypted") from error


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted. Not searchable, on purpose."""

    @property
    def context(self) -> str:
        """What the ciphertext is bound to."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """The ciphertext to store; empty stays empty."""
        if value is None or value == "":
            return value
        return encrypt(self.to_text(value), context=self.context)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """The value of a stored ciphertext. Raises DecryptionFailed."""
        if value is None or value == "":
            return self.empty(value)
        return self.from_text(decrypt(value, context=self.context))

    def value_to_string(self, obj: models.Model) -> str:
        """What a dump holds: the ciphertext, never the value."""
        stored = self.get_prep_value(self.value_from_object(obj))
        return DUMPED + stored if stored else ""

    def to_python(self, value: Any) -> Any:
        """The value of what a dump holds; anything else as it is. Raises DecryptionFailed."""
        if isinstance(value, str) and value.startswith(DUMPED):
            return self.from_text(decrypt(value.removeprefix(DUMPED), context=self.context))
        return self.empty(value) if value == "" else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only null and empty can be asked for: equal plaintexts have different ciphertexts."""
        if lookup_name not in {"isnull", "exact"}:
            return None
        return super().get_lookup(lookup_name)

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def empty(self, value: str | None) -> Any:
        return value


class EncryptedJSONField(EncryptedTextField):
    """A JSON value (an object, empty by default) that the database holds encrypted."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return ""
        return super().get_prep_value(value)

    def to_text(self, value: Any) -> str:
        return json.dumps(value, sort_keys=True)

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def empty(self, value: str | None) -> Any:
        return {}
