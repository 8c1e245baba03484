"""A customer's own labels on names. No registrar knows of them."""

from __future__ import annotations

import unicodedata

from django.db import models

LONGEST = 40
LONGEST_KEY = 3 * LONGEST


def key_of(name: str) -> str:
    """The same for every way of writing a tag: "Shop", "shop" and "SHOP " are one."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


class Tag(models.Model):
    """A label as its customer writes it: one spelling for each `key`."""

    customer = models.ForeignKey(
        "people.Customer", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    name = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=LONGEST_KEY, help_text="what makes two spellings the same")

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["customer", "key"], name="tag_one_spelling")]
        indexes = [models.Index(fields=["key"], name="tag_key")]

    def __str__(self) -> str:
        return self.name


class DomainTag(models.Model):
    """A name that bears a tag."""

    # The constraint below begins with the tag: it is its index too.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses", db_index=False)
    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="tag_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "domain"], name="domain_tag_once")]

    def __str__(self) -> str:
        return f"{self.domain_id}: {self.tag}"
