"""What the NameCom API can do, module by module."""

from __future__ import annotations

from registrar.capability import CapabilityTable

CAPABILITIES = CapabilityTable([])
