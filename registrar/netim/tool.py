"""Module tool (reference 2.2)."""

from __future__ import annotations

from registrar.interface.tool import ToolModule
from registrar.netim import mapping
from registrar.netim.client import NetimClient
from registrar.types import Hello

VERSION = "2.0"
LANGUAGE = "en"


class NetimTool(ToolModule):
    """One function."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def hello(self) -> Hello:
        """As the contract. The registrar answers with a welcome, and tells no address."""
        self._client.fetch("hello", {}, mapping.text)
        return Hello(ip="", language=LANGUAGE, version=VERSION)
