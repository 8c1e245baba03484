"""retcode and retval: the manual's table per function, and the exception that becomes such an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LOGIN = "dist_id or dist_passwd invalid"
ABSENT = "does not exist"
DENIED = "access denied"
# Every documented retval of a failure, per function; 0 goes with retcode 0, the rest with retcode -1.
# ASSUMPTION, where the manual's comment is blank (-2 of renew, update and delete): access denied, states included.
# ASSUMPTION, the whole rows of host_* and api_*: the manual's text of these functions is lost.
ERRORS: dict[str, dict[int, str]] = {
    "contact_create": {
        -1: LOGIN,
        -2: "unable to create the handle",
        -3: "the contact is no array",
        -4: "missing elements",
        0: ABSENT,
    },
    "contact_update": {
        -1: LOGIN,
        -2: DENIED,
        -3: "the contact is not Active",
        -4: "the contact is no array",
        -5: "missing elements",
        0: ABSENT,
    },
    "contact_delete": {-1: LOGIN, -2: DENIED, -3: "used by a domain", 0: ABSENT},
    "contact_info": {-1: LOGIN, 0: ABSENT},
    "contact_list": {-1: LOGIN, 0: "no contact"},
    "domain_check": {
        -1: LOGIN,
        -2: "already in our database",
        -3: "TLD not managed",
        -4: "unavailable at the registry",
        -5: "undefined domain",
    },
    "domain_multicheck": {-1: LOGIN, -2: "undefined domain"},
    "domain_create": {
        -1: LOGIN,
        -2: "unavailable",
        -3: "missing elements",
        -4: "a contact is not usable",
        -5: "undefined domain",
        -6: "the owner lacks what the TLD asks for",
        -7: "invalid DNS or ZoneCheck",
    },
    "domain_renew": {-1: LOGIN, -2: DENIED, -3: "bad period", -4: "undefined domain", 0: ABSENT},
    "domain_update": {
        -1: LOGIN,
        -2: DENIED,
        -3: "missing elements",
        -4: "a contact is not usable",
        -5: "undefined domain",
        -6: "DNS not set up for .FR",
        -7: "invalid DNS or ZoneCheck",
        0: ABSENT,
    },
    "domain_delete": {-1: LOGIN, -2: DENIED, -3: "a delete is running", -4: "undefined domain", 0: ABSENT},
    "domain_info": {-1: LOGIN, -2: DENIED, -3: "undefined domain", 0: ABSENT},
    "domain_list": {-1: LOGIN},
    "domain_transfer": {
        -1: LOGIN,
        -2: "status is pending",
        -3: "locked",
        -4: "Whois parsing error",
        -5: "login_id error",
        -6: DENIED,
        -7: "TLD not managed",
        -8: "created less than two months ago",
        -9: "undefined authkey",
        -10: "undefined extid",
    },
    "host_create": {
        -1: LOGIN,
        -2: "exists already, or is being changed",
        -3: "bad host or address",
        0: ABSENT,
    },
    "host_update": {-1: LOGIN, -2: "is being changed", -3: "bad host or address", 0: ABSENT},
    "host_delete": {-1: LOGIN, -2: "is being changed", -3: "used by a domain", 0: ABSENT},
    "host_info": {-1: LOGIN, 0: ABSENT},
    "api_status": {-1: LOGIN, 0: ABSENT},
    "api_paysid": {-1: LOGIN},
    "api_regionid": {-1: LOGIN},
}


class Refusal(Exception):
    """A call that is not executed; `retval` is a row of the function's table."""

    def __init__(self, retval: int) -> None:
        super().__init__(retval)
        self.retval = retval

    @property
    def retcode(self) -> int:
        """0 for "does not exist", -1 for everything else."""
        return 0 if self.retval == 0 else -1


@dataclass(frozen=True)
class Answer:
    """A call that succeeded; `fields` becomes retfields, None leaves that key out."""

    retval: int
    fields: dict[str, Any] | list[Any] | None = None
    retcode: int = 1
