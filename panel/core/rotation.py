"""Putting stored ciphertexts under the first key of FIELD_KEYS, so that an old key can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from panel.core.encryption import EncryptedTextField

BATCH = 200
_others: dict[str, Callable[[], int]] = {}


def register(name: str, rotate: Callable[[], int]) -> None:
    """Add ciphertexts that stand elsewhere than in an encrypted field; `rotate` says how many it renewed."""
    _others[name] = rotate


def is_current(token: str) -> bool:
    """True when the ciphertext is under the first key."""
    return token.partition(":")[0] == settings.FIELD_KEYS[0][0]


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted field of every model."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def rotate_all() -> dict[str, int]:
    """Renew everything; the number of renewed values by place. Raises DecryptionFailed for what no key opens."""
    done = {field.context: rotate_field(model, field) for model, field in encrypted_fields()}
    return done | {name: rotate() for name, rotate in _others.items()}


def rotate_field(model: type[models.Model], field: EncryptedTextField) -> int:
    """Renew one field's values in batches. A value that somebody changes meanwhile is left: it is new anyway."""
    rows = model._base_manager.annotate(stored=Cast(field.name, models.TextField())).exclude(stored=None)
    renewed, last = 0, 0
    while batch := list(
        rows.filter(pk__gt=last).exclude(stored="").order_by("pk").values_list("pk", "stored")[:BATCH]
    ):
        last = batch[-1][0]
        with transaction.atomic():
            for pk, stored in batch:
                if not is_current(stored):
                    value = field.from_db_value(stored, None, None)
                    renewed += rows.filter(pk=pk, stored=stored).update(**{field.name: value})
    return renewed
