"""Actions that the manual has and this sandbox answers with 104."""

from __future__ import annotations

from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError


def _not_implemented(call: Call) -> Answer:
    raise ApiError(104, f"Not implemented object/action: {call.action}")


def actions(module: str, names: str) -> dict[str, Action]:
    """Every one of `names`, separated by spaces, in `module`."""
    return {f"{module}/{name}": _not_implemented for name in names.split()}
