"""Sessions are encrypted at rest: for some minutes they hold what a person sets up, such as a TOTP secret."""

from __future__ import annotations

import json
from typing import Any

from panel.core.encryption import DecryptionFailed, decrypt, encrypt

CONTEXT = "sessions.data"


class EncryptedSerializer:
    """JSON inside the panel's own encryption, for `SESSION_SERIALIZER`."""

    def dumps(self, obj: Any) -> bytes:
        """The ciphertext of a session."""
        return encrypt(json.dumps(obj, separators=(",", ":")), context=CONTEXT).encode("ascii")

    def loads(self, data: bytes) -> Any:
        """The session of a ciphertext; one whose key is gone is empty, and its person signs in again."""
        try:
            return json.loads(decrypt(data.decode("ascii"), context=CONTEXT))
        except (DecryptionFailed, ValueError):
            return {}
