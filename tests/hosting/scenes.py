"""Names of the sandbox's world with hosting, and where to look for what becomes of them."""

from __future__ import annotations

from panel.operation.models import Operation

# In the sandbox's world: a plan with web space, one that only redirects, one that has run out, and none.
BASIC, REDIRECTS_ONLY, RUN_OUT, BARE = (
    "soler-estudio.com", "willford-photos.com", "ferreteria-lluch.com", "alder-hosting.com",
)  # fmt: skip
SECRET = "Kq7-velvet-Anchor93"


def page(name: str, *parts: str) -> str:
    """The address of a page about a name's hosting, for its customer."""
    return "/domains/" + "/".join((name, "hosting", *parts)) + "/"


def last(kind: str) -> Operation:
    """The newest operation of a kind."""
    found = Operation.objects.filter(kind=kind).order_by("-pk").first()
    assert found is not None, f"no {kind}"
    return found
