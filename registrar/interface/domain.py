"""The contract of module domain.

Names go in as A-labels or U-labels and come out as A-labels. Every method raises any class of
registrar.errors; a value that can be judged here raises InvalidRequest(field) before anything is sent. An
update returns Done with the domain's line as the registrar shows it afterwards.
"""

from __future__ import annotations

from registrar.interface.domain_order import DomainOrders
from registrar.interface.domain_read import DomainReads
from registrar.interface.domain_update import DomainUpdates

__all__ = ["DomainModule", "DomainOrders", "DomainReads", "DomainUpdates"]


class DomainModule(DomainReads, DomainOrders, DomainUpdates):
    """Everything about domain names."""
