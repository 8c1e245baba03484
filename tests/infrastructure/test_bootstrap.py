"""The virtual environment is made once, follows the locks, and survives an interrupted install.

Done on a copy of the commands with locks that hold nothing, so that no package is fetched.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.infrastructure.processes import ROOT, run_command, run_environment

pytestmark = pytest.mark.journey

EMPTY_LOCK = "# nothing\n"
# A requirement whose file is not there fails at once, without asking any registry.
BROKEN_LOCK = "./missing-1.0-py3-none-any.whl --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the commands and empty locks, its virtual environment made."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "requirements").mkdir()
    for name in ("base", "broker", "dev"):
        (folder / "requirements" / f"{name}.txt").write_text(EMPTY_LOCK)
    first = _bootstrap(folder)
    assert first.returncode == 0, first.stderr
    assert "Making a virtual environment" in first.stdout
    return folder


def _bootstrap(folder: Path, kind: str = "base") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in run_environment(folder).items() if name != "VENV"}
    script = str(folder / "scripts" / "bootstrap.sh")
    return run_command(
        "/bin/sh",
        script,
        kind,
        "-c",
        "import sys; print('in', sys.prefix)",
        environment=environment,
        seconds=120,
    )


def test_bootstrap_second_time_installs_nothing(checkout: Path) -> None:
    result = _bootstrap(checkout)

    assert result.stdout == f"in {checkout / '.venv'}\n"


def test_bootstrap_changed_lock_installs_again(checkout: Path) -> None:
    (checkout / "requirements" / "base.txt").write_text(EMPTY_LOCK + "# changed\n")

    changed, after = _bootstrap(checkout), _bootstrap(checkout)

    assert "Installing 0 packages" in changed.stdout
    assert "Making a virtual environment" not in changed.stdout
    assert "Installing" not in after.stdout


def test_bootstrap_dev_environment_serves_the_base_commands_too(checkout: Path) -> None:
    wide, narrow = _bootstrap(checkout, "dev"), _bootstrap(checkout, "base")

    assert "requirements/dev.txt" in wide.stdout
    assert "Installing" not in narrow.stdout


def test_bootstrap_interrupted_install_starts_afresh(checkout: Path) -> None:
    # What an install that was killed leaves: the note that it began, and a half-written package.
    (checkout / ".venv" / "install-unfinished").touch()
    (checkout / ".venv" / "half-written").touch()

    result = _bootstrap(checkout)

    assert "Making a virtual environment" in result.stdout
    assert not (checkout / ".venv" / "half-written").exists()
    assert not (checkout / ".venv" / "install-unfinished").exists()


def test_bootstrap_failing_install_says_so_and_is_tried_again(checkout: Path) -> None:
    lock = checkout / "requirements" / "base.txt"
    lock.write_text(BROKEN_LOCK)
    failed = _bootstrap(checkout)
    lock.write_text(EMPTY_LOCK)
    repaired = _bootstrap(checkout)

    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith(
        "The packages could not be installed; the whole output is in"
    )
    assert repaired.returncode == 0
    assert f"in {checkout / '.venv'}" in repaired.stdout
