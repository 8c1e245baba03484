"""What must be true before anything is started, each told in one sentence where it is not."""

import base64
import fcntl
import os
import secrets
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from scripts.supervisor import Failure

SANDBOX_PORTS = 7
# Where its DNS server is, counted from the first.
DNS_OFFSET = 6
MARKER = ".nameward"
LOCK = "run.lock"
# What a bare manage.py leaves in the folder before the first run.
OWN_NAMES = {LOCK, MARKER, "nameward", "static", "mail", "log"}
LOCK_PATIENCE_SECONDS = 12.0


@dataclass(frozen=True)
class Place:
    """Where one run lives: its address, its folder and the sandbox's first port."""

    host: str
    port: int
    sandbox_port: int
    data: Path

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"


def read_place(environment: Mapping[str, str], root: Path) -> Place:
    """Read HOST, PORT, SANDBOX_PORT and DATA_DIR; raises Failure on a port that is none."""
    return Place(
        host=environment.get("HOST") or "127.0.0.1",
        port=_read_port(environment, "PORT", 8000, last=65535),
        sandbox_port=_read_port(environment, "SANDBOX_PORT", 8700, last=65535 - SANDBOX_PORTS + 1),
        data=root / (environment.get("DATA_DIR") or "var"),
    )


def _read_port(environment: Mapping[str, str], name: str, default: int, last: int) -> int:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= last):
        raise Failure(f"{name}={text} is no port number: give one from 1 to {last}.")
    return int(text)


def prepare_folder(data: Path) -> None:
    """Create the data folder with our marker and subfolders; raises Failure where it cannot be written."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.write_text("")
        probe.unlink()
        if not (data / MARKER).exists():
            if any(entry.name.split(".sqlite3")[0] not in OWN_NAMES for entry in data.iterdir()):
                raise Failure(f"DATA_DIR={data} holds other files: set DATA_DIR to an empty or a new folder.")
            (data / MARKER).write_text(
                "Data of a Nameward run; `make reset` deletes this folder's contents.\n"
            )
        for name in ("log", "broker", "beat"):
            (data / name).mkdir(exist_ok=True)
    except OSError as error:
        raise Failure(
            f"The data folder {data} cannot be written ({error.strerror}): set DATA_DIR to a folder that can."
        ) from error


def lock_folder(data: Path) -> TextIO:
    """Take the folder for this run; keep the returned file open as long as it lasts.

    A run that was killed frees its folder when its children have ended, some seconds later: worth waiting.
    Raises Failure where another run holds the folder.
    """
    lock = (data / LOCK).open("a+")
    deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            if _is_alive(holder) or time.monotonic() > deadline:
                lock.close()
                raise Failure(
                    f"Nameward already runs on {data} (process {holder or 'unknown'}): "
                    "stop it, or set DATA_DIR, PORT and SANDBOX_PORT for a second one."
                ) from None
            time.sleep(0.2)
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def check_ports(place: Place) -> None:
    """Raises Failure naming the variable to set where a port is taken."""
    if not is_free(place.host, place.port):
        spare = find_free(place.host, place.port + 1, 1)
        raise Failure(
            f"Port {place.port} is in use: set PORT to a free one, for example `make run PORT={spare}`."
        )
    for port in range(place.sandbox_port, place.sandbox_port + SANDBOX_PORTS):
        if not is_free("127.0.0.1", port):
            spare = find_free("127.0.0.1", place.sandbox_port + SANDBOX_PORTS, SANDBOX_PORTS)
            raise Failure(
                f"Port {port} (registrar sandbox) is in use: set SANDBOX_PORT to the first of "
                f"{SANDBOX_PORTS} free ones, as in `make run SANDBOX_PORT={spare}`."
            )


def is_free(host: str, port: int) -> bool:
    """True where a server could listen on the address right now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def find_free(host: str, start: int, count: int) -> int:
    """First of `count` free ports in a row from `start` on; `start` itself where there is none."""
    for first in range(start, 65536 - count):
        if all(is_free(host, port) for port in range(first, first + count)):
            return first
    return start


def read_secrets(data: Path) -> dict[str, str]:
    """SECRET_KEY and FIELD_KEYS of this folder, made once and readable by its owner only."""
    path = data / "secrets.env"
    if not path.exists():
        field_key = base64.b64encode(secrets.token_bytes(32)).decode()
        text = f"SECRET_KEY={secrets.token_urlsafe(50)}\nFIELD_KEYS=k1:{field_key}\n"
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        unfinished.replace(path)
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
