"""Keep the virtual environment in step with the hashed lock, then become the wanted command.

Runs under the machine's own Python, so it uses the standard library only.
Usage: bootstrap.py base|dev PYTHON-ARGUMENTS...
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"base": ("base.txt", "broker.txt"), "dev": ("base.txt", "broker.txt", "dev.txt")}
TAIL_LINES = 15


def fail(sentence: str) -> NoReturn:
    """End with one sentence on standard error."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def lock_digest(kind: str, version: str) -> str:
    """Fingerprint of what the environment should hold: the locks' contents and the interpreter's version."""
    digest = hashlib.sha256(version.encode())
    for name in LOCKS[kind]:
        digest.update((ROOT / "requirements" / name).read_bytes())
    return digest.hexdigest()


class Environment:
    """The virtual environment at `folder`; stamps are written last, so an interrupted install is noticed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.unfinished = folder / "install-unfinished"
        self.log = folder / "install.log"

    def version(self) -> str:
        """Version of the interpreter inside; empty where the folder is no working environment."""
        config = self.folder / "pyvenv.cfg"
        if not config.is_file() or not self.python.exists():
            return ""
        for line in config.read_text().splitlines():
            key, _, value = line.partition("=")
            if key.strip() == "version":
                return value.strip()
        return ""

    def is_ready(self, kind: str) -> bool:
        """True where the stamp of `kind`, or of the wider dev lock, matches the locks of today."""
        version = self.version()
        if not version or self.unfinished.exists():
            return False
        wide_enough = ("base", "dev") if kind == "base" else ("dev",)
        return any(self._stamped_digest(name) == lock_digest(name, version) for name in wide_enough)

    def build(self, kind: str) -> None:
        """Create the environment where it is missing or broken and install the lock of `kind` into it."""
        self._create()
        self.unfinished.touch()
        self._install("dev.txt" if kind == "dev" else "base.txt")
        self._install_broker()
        self._stamp(kind).write_text(lock_digest(kind, self.version()))
        self.unfinished.unlink()

    def _stamp(self, kind: str) -> Path:
        return self.folder / f"{kind}.stamp"

    def _stamped_digest(self, kind: str) -> str:
        stamp = self._stamp(kind)
        return stamp.read_text() if stamp.is_file() else ""

    def _create(self) -> None:
        major, minor = sys.version_info[:2]
        broken = self.unfinished.exists() or not self.version()
        if not broken and self._pip(["--version"]) == 0:
            return
        try:
            import ensurepip  # noqa: F401
            import venv
        except ImportError:
            fail(
                f"{sys.executable} (Python {major}.{minor}) cannot make virtual environments: "
                "it lacks ensurepip; install its venv package, on Debian and Ubuntu python3-venv."
            )
        print(f"Making a virtual environment with Python {major}.{minor} ...", flush=True)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        try:
            venv.create(self.folder, with_pip=True, symlinks=True)
        except (OSError, subprocess.CalledProcessError) as error:
            fail(f"The virtual environment {self.folder} cannot be made: {error}.")

    def _install(self, lock: str) -> None:
        path = ROOT / "requirements" / lock
        count = sum(1 for line in path.read_text().splitlines() if line[:1].isalnum())
        print(f"Installing {count} packages from requirements/{lock} (a minute or two, once) ...", flush=True)
        started = time.monotonic()
        if self._pip(["install", "--require-hashes", "-r", str(path)]) != 0:
            tail = "\n".join(
                "  " + line for line in self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
            )
            fail(f"{tail}\nThe packages could not be installed; the whole output is in {self.log}.")
        print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)

    def _install_broker(self) -> None:
        path = ROOT / "requirements" / "broker.txt"
        if self._pip(["install", "--require-hashes", "--only-binary", ":all:", "-r", str(path)]) != 0:
            print("No embedded broker exists for this platform; the worker will run inside the web process.")

    def _pip(self, arguments: list[str]) -> int:
        quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_PROGRESS_BAR": "off"}
        with self.log.open("ab") as log:
            return subprocess.call(
                [str(self.python), "-m", "pip", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **quiet},
            )


def main(arguments: list[str]) -> None:
    kind, command = arguments[0], arguments[1:]
    environment = Environment(ROOT / os.environ.get("VENV", ".venv"))
    if not environment.is_ready(kind):
        try:
            guard = environment.folder.with_name(environment.folder.name + ".lock").open("w")
        except OSError as error:
            fail(f"The folder {environment.folder.parent} cannot be written: {error.strerror}.")
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not environment.is_ready(kind):
            environment.build(kind)
        guard.close()
    os.chdir(ROOT)
    os.execv(environment.python, [str(environment.python), *command])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
