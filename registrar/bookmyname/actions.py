"""Every function of the API: its parameters in their order, whether it writes, and what calls it.

The manual names 20 functions. `host_*` and `api_*` are named without their parameters; what stands here for them
is the assumption "undescribed-functions" of QUIRKS.md, and this is the one place that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters after dist_id and dist_passwd, by position.

    Those behind the first `needed` ones may be absent at the end. `map` names the one that is a map.
    """

    names: tuple[str, ...] = ()
    needed: int = 0
    map: str = ""


def _all(*names: str, map: str = "") -> Signature:
    return Signature(names, len(names), map)


SIGNATURES: Mapping[str, Signature] = MappingProxyType(
    {
        "contact_create": _all("contact", map="contact"),
        "contact_update": _all("id", "contact", map="contact"),
        "contact_delete": _all("id"),
        # By handle only the handle; by id the handle is empty text.
        "contact_info": Signature(("handle", "id"), 0),
        "contact_list": _all(),
        "domain_check": _all("domain"),
        "domain_multicheck": _all("domain"),
        "domain_create": _all("fields", map="fields"),
        "domain_renew": _all("domain", "period"),
        "domain_update": _all("domain", "fields", map="fields"),
        "domain_delete": _all("domain"),
        "domain_info": _all("domain"),
        "domain_list": Signature(("role",), 0),
        "domain_transfer": Signature(("domain", "authkey", "extid"), 2),
        "host_create": _all("host", "ip"),
        "host_update": _all("host", "ip"),
        "host_delete": _all("host"),
        "api_status": _all("tid"),
        "api_paysid": _all(),
        "api_regionid": _all(),
    }
)

_WRITES = frozenset(
    {
        "contact_create",
        "contact_update",
        "contact_delete",
        "domain_create",
        "domain_renew",
        "domain_update",
        "domain_delete",
        "domain_transfer",
        "host_create",
        "host_update",
        "host_delete",
    }
)

# Function -> whether it writes.
ACTIONS: Mapping[str, bool] = MappingProxyType({name: name in _WRITES for name in SIGNATURES})

# Function -> the typed operation that calls it; the plainest one where several do.
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "contact_create": "contact.create",
        "contact_update": "contact.update",
        "contact_delete": "contact.delete",
        "contact_info": "contact.info",
        "contact_list": "contact.list",
        "domain_check": "domain.check",
        "domain_multicheck": "domain.check_many",
        "domain_create": "domain.create",
        "domain_renew": "domain.renew",
        "domain_update": "domain.set_nameservers",
        "domain_delete": "domain.delete",
        "domain_info": "domain.info",
        "domain_list": "domain.list",
        "domain_transfer": "domain.transfer",
        "host_create": "domain.create_glue",
        "host_update": "domain.update_glue",
        "host_delete": "domain.delete_glue",
        "api_status": "operation.info",
        "api_paysid": "tool.table",
        "api_regionid": "tool.table",
    }
)

# The line protocol beside the functions, as its calls are recorded; behind tool.quick_check.
DAS = "das"

# Parameters and map keys, in requests and replies, whose value never leaves the process.
SECRET_FIELDS = frozenset({"dist_passwd", "passwd", "authkey", "authinfo"})
