"""What `make run` says before it starts anything."""

import base64
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import preflight, reset
from scripts.supervisor import Failure
from tests.infrastructure.processes import ROOT, free_ports, run_command, run_environment


def _run(data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = run_environment(data, **settings)
    return run_command(sys.executable, "-m", "scripts.run", environment=environment, seconds=60)


def test_run_port_in_use_says_which_variable_to_set(tmp_path: Path) -> None:
    port = free_ports(1)
    with socket.create_server(("127.0.0.1", port)):
        result = _run(tmp_path, PORT=str(port), SANDBOX_PORT=str(free_ports(7)))

    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} is in use: set PORT to a free one")
    assert len(result.stderr.splitlines()) == 1


def test_run_sandbox_port_in_use_says_which_variable_to_set(tmp_path: Path) -> None:
    first = free_ports(7)
    with socket.create_server(("127.0.0.1", first + 3)):
        result = _run(tmp_path, PORT=str(free_ports(1)), SANDBOX_PORT=str(first))

    assert result.returncode == 1
    assert f"Port {first + 3} (registrar sandbox) is in use: set SANDBOX_PORT" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80.5"])
def test_run_port_that_is_no_port_says_so(tmp_path: Path, port: str) -> None:
    result = _run(tmp_path, PORT=port)

    assert result.returncode == 1
    assert result.stderr == f"PORT={port} is no port number: give one from 1 to 65535.\n"


def test_run_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    # The suite may run as root, whom permissions do not stop: a file in the folder's place stops everybody.
    place = tmp_path / "data"
    place.write_text("not a folder")

    result = _run(place / "var")

    assert result.returncode == 1
    assert result.stderr.startswith(f"The data folder {place / 'var'} cannot be written (")
    assert "set DATA_DIR" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_run_folder_with_foreign_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years of work")

    result = _run(tmp_path)

    assert result.returncode == 1
    assert "holds other files" in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.odt"]


def test_run_folder_in_use_by_another_run_says_so(tmp_path: Path) -> None:
    preflight.prepare_folder(tmp_path)
    with preflight.lock_folder(tmp_path):
        result = _run(tmp_path, PORT=str(free_ports(1)))

    assert result.returncode == 1
    assert f"already runs on {tmp_path} (process {os.getpid()})" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_bootstrap_old_python_says_which_one_is_needed(tmp_path: Path) -> None:
    # A stand-in that answers what Python 3.9 would: prints its version and fails the test for 3.11.
    old = tmp_path / "python3"
    old.write_text(
        '#!/bin/sh\ncase "$2" in *version_info*exit*|*"sys.exit"*) exit 1;; *) echo 3.9.18;; esac\n'
    )
    old.chmod(0o755)

    result = run_command(
        "/bin/sh",
        "scripts/bootstrap.sh",
        "base",
        "-c",
        "print('started')",
        environment={**run_environment(tmp_path), "PYTHON": str(old)},
        seconds=30,
    )

    assert result.returncode == 1
    assert result.stderr == (
        f"Nameward needs Python 3.11 or newer; found {old} 3.9.18: "
        "install it, or name it with PYTHON=/path/to/python3.\n"
    )


def test_bootstrap_without_any_python_says_so(tmp_path: Path) -> None:
    environment = {**run_environment(tmp_path), "PYTHON": str(tmp_path / "missing")}

    result = run_command("/bin/sh", "scripts/bootstrap.sh", "base", environment=environment, seconds=30)

    assert result.returncode == 1
    assert "Python 3.11 or newer, and none was found" in result.stderr


def test_secrets_are_made_once_and_private(tmp_path: Path) -> None:
    first = preflight.read_secrets(tmp_path)
    second = preflight.read_secrets(tmp_path)

    key_id, _, encoded = first["FIELD_KEYS"].partition(":")
    assert first == second
    assert len(first["SECRET_KEY"]) >= 50
    assert (key_id, len(base64.b64decode(encoded, validate=True))) == ("k1", 32)
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_secrets_of_two_folders_differ(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    assert preflight.read_secrets(tmp_path / "one") != preflight.read_secrets(tmp_path / "two")


def test_wipe_folder_of_a_run_empties_it(tmp_path: Path) -> None:
    preflight.prepare_folder(tmp_path)
    (tmp_path / "nameward.sqlite3").write_text("rows")
    (tmp_path / "log" / "web.log").write_text("lines")

    reset.wipe(tmp_path)

    assert [entry.name for entry in tmp_path.iterdir()] == [preflight.MARKER]


def test_wipe_folder_without_marker_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "nameward.sqlite3").write_text("rows")

    with pytest.raises(Failure, match="nothing was deleted"):
        reset.wipe(tmp_path)

    assert (tmp_path / "nameward.sqlite3").exists()


def test_wipe_folder_in_use_deletes_nothing(tmp_path: Path) -> None:
    preflight.prepare_folder(tmp_path)
    (tmp_path / "nameward.sqlite3").write_text("rows")

    with preflight.lock_folder(tmp_path), pytest.raises(Failure, match="already runs"):
        reset.wipe(tmp_path)

    assert (tmp_path / "nameward.sqlite3").exists()


def test_reset_without_terminal_and_without_force_deletes_nothing(tmp_path: Path) -> None:
    preflight.prepare_folder(tmp_path)
    (tmp_path / "nameward.sqlite3").write_text("rows")

    command = (sys.executable, "-m", "scripts.reset")
    refused = run_command(*command, environment=run_environment(tmp_path), seconds=30)
    forced = run_command(*command, environment=run_environment(tmp_path, FORCE="1"), seconds=30)

    assert (refused.returncode, forced.returncode) == (1, 0)
    assert "FORCE=1" in refused.stderr
    assert not (tmp_path / "nameward.sqlite3").exists()


def test_help_lists_every_target() -> None:
    result = run_command("make", "help", environment=dict(os.environ), seconds=30)

    listed = {line.split()[1] for line in result.stdout.splitlines() if line.startswith("  make ")}
    phony = next(line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY:"))
    assert listed == set(phony.split()[1:])
