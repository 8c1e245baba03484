"""Real processes for the tests of the commands: free ports, polling with a deadline, who is still alive."""

import os
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from scripts import preflight

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS_OF_A_RUN = (
    "DATABASE_URL",
    "REDIS_URL",
    "BROKER",
    "DEBUG",
    "DEMO",
    "HOST",
    "SECRET_KEY",
    "FIELD_KEYS",
)


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll until `condition` holds; raises AssertionError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """True while the process runs; a zombie that nobody has reaped yet does not."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def processes_mentioning(text: str) -> list[int]:
    """Ids of the living processes whose command line or environment contains `text`."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if text.encode() in words and is_alive(int(entry.name)):
            found.append(int(entry.name))
    return found


def free_ports(count: int) -> int:
    """First of `count` free ports in a row, away from where other test processes look."""
    start = random.randrange(20_000, 30_000, 20)
    return preflight.find_free("127.0.0.1", start, count)


def run_environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a run in `data`, without anything that this test process was given for itself."""
    inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_A_RUN}
    return {**inherited, "DATA_DIR": str(data), **settings}


def run_command(
    *command: str, environment: dict[str, str], seconds: float
) -> subprocess.CompletedProcess[str]:
    """Run to the end and return what it said."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
