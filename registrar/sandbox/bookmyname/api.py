"""api_status, api_paysid and api_regionid.

ASSUMPTION, all three: the manual's chapter is lost. Known are the call of api_status and its four words, and that
1 is FRANCE; see the README for the rest.
"""

from __future__ import annotations

from registrar.sandbox.bookmyname import countries
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.numbers import whole


def status(call: Call) -> Answer:
    """Where a transaction is: retfields holds tid and status."""
    found = call.account.transactions.get(whole(call.text(0)))
    if found is None:
        raise Refusal(0)
    return Answer(found.tid, {"tid": found.tid, "status": found.status(call.now)})


def paysid(call: Call) -> Answer:
    """pays_id -> name, with the number of countries as retval."""
    table = countries.names(call.account.switches.countries)
    return Answer(len(table), {str(number): name for number, name in table.items()})


def regionid(call: Call) -> Answer:
    """region_id -> name, with the number of regions as retval."""
    return Answer(len(countries.REGIONS), {str(number): name for number, name in countries.REGIONS.items()})


FUNCTIONS: dict[str, Function] = {"api_status": status, "api_paysid": paysid, "api_regionid": regionid}
