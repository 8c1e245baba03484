"""A running sandbox: one world, its control port and a port per registrar."""

from __future__ import annotations

from pathlib import Path

from registrar.sandbox.control import ControlHandler
from registrar.sandbox.nameserver.answering import Answerer
from registrar.sandbox.nameserver.publishing import Publisher
from registrar.sandbox.nameserver.server import DnsPort
from registrar.sandbox.registry import DNS_OFFSET, LINE_ROWS, ROWS
from registrar.sandbox.server import FamilyHandler, Port
from registrar.sandbox.world import World


class Sandbox:
    """Servers that share one world. Several can run in one process; they share nothing."""

    def __init__(
        self,
        base_port: int = 0,
        host: str = "127.0.0.1",
        seed: int = 1,
        speed: float = 1.0,
        state_file: str | Path | None = None,
    ) -> None:
        path = None if state_file is None else Path(state_file)
        self.world = World([row.family for row in ROWS], seed, speed, path)
        self.nameservers = Publisher(self.world)
        self.world.watchers.append(self.nameservers)
        self.ports: dict[str, Port | DnsPort] = {}
        try:
            self._open(host, base_port)
        except BaseException:
            self._close_ports()
            raise
        for port in self.ports.values():
            port.serve()

    def _open(self, host: str, base_port: int) -> None:
        control = type("Control", (ControlHandler,), {"world": self.world, "sandbox": self})
        self.ports["control"] = Port(host, base_port, control)
        for row in ROWS:
            handler = type("Serving", (FamilyHandler,), {"family": self.world.families[row.family.name]})
            self.ports[row.family.name] = Port(host, base_port + row.offset if base_port else 0, handler)
        for line in LINE_ROWS:
            serving = type("Serving", (line.handler,), {"family": self.world.families[line.family.name]})
            self.ports[line.name] = Port(host, base_port + line.offset if base_port else 0, serving)
        dns_port = base_port + DNS_OFFSET if base_port else 0
        self.ports["dns"] = DnsPort(host, dns_port, Answerer(self.nameservers))

    @property
    def control_url(self) -> str:
        return self.ports["control"].url

    def url(self, family: str) -> str:
        """Where a registrar is imitated: "mrdomain", "netim", "bookmyname", "namecom"; "das" for its line port.

        "dns" is where the zones are served, as dns://host:port.
        """
        return self.ports[family].url

    @property
    def dns_address(self) -> tuple[str, int]:
        """Address and number of the DNS port, UDP and TCP."""
        return self.ports["dns"].address

    @property
    def mrdomain_url(self) -> str:
        return self.url("mrdomain")

    def refresh_outages(self) -> None:
        """Close or open each registrar's port as the world now says."""
        for name in self.world.families:
            port = self.ports[name]
            assert isinstance(port, Port)
            if self.world.outage(name):
                port.pause()
            else:
                port.resume()

    def stop(self) -> None:
        """Hang up on everybody, free the ports and write the state file a last time."""
        self._close_ports()
        self.world.save()

    def _close_ports(self) -> None:
        for port in self.ports.values():
            port.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def start(
    base_port: int = 0,
    seed: int = 1,
    host: str = "127.0.0.1",
    speed: float = 1.0,
    state_file: str | Path | None = None,
) -> Sandbox:
    """Start a sandbox in this process; base port 0 takes any free ports. Raises OSError for a busy port."""
    return Sandbox(base_port, host, seed, speed, state_file)
