"""`python -m registrar.sandbox`: the sandbox as a process of its own."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from registrar.sandbox.registry import ROWS
from registrar.sandbox.sandbox import Sandbox, start


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m registrar.sandbox", description=__doc__)
    parser.add_argument("--base-port", type=int, default=8700, help="control port; 0 takes any free ports")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--state-file", type=Path, help="keep the world here between runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=float, default=1.0, help="sandbox seconds per real second")
    return parser.parse_args(argv)


def describe(sandbox: Sandbox) -> str:
    families = (f"{row.family.name} {sandbox.ports[row.family.name].url}" for row in ROWS)
    return ", ".join([f"Sandbox ready: control {sandbox.control_url}", *families, sandbox.url("dns")])


def main(argv: list[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit status."""
    options = arguments(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        sandbox = start(options.base_port, options.seed, options.host, options.speed, options.state_file)
    except OSError as error:
        print(
            f"The sandbox cannot start on {options.host}:{options.base_port}: {error.strerror}",
            file=sys.stderr,
        )
        return 1
    except ValueError as error:
        print(f"The sandbox cannot start: {error}", file=sys.stderr)
        return 1
    print(describe(sandbox), flush=True)
    stop.wait()
    sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
