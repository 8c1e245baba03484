"""Level B: a fixed seed, thousands of operations, workers that die, registrars that lose answers.

Without SOAK_DATABASE_URL and SOAK_REDIS_URL it runs on SQLite, and the workers find everything in the rows.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infrastructure.processes import ROOT, run_environment

OPERATIONS = 2000
# Some more come of a plan than it asks for: enough that none is short of OPERATIONS, and no time is lost.
PLANNED = 1850
AMBIGUOUS = 800
# What a registry cancels each time, with its answer lost each time, is sent five times and comes to a person: with so
# few operations that is one or none. `make chaos` with ten times as many must keep to a thousandth.
LEFT = 2
LONGEST_SECONDS = 900


@pytest.mark.soak
def test_soak_ends_with_every_intent_executed_and_paid_as_it_says(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    environment = run_environment(
        tmp_path, DATABASE_URL=os.environ.get("SOAK_DATABASE_URL", ""),
        REDIS_URL=os.environ.get("SOAK_REDIS_URL", ""), SEED="1", OPERATIONS=str(PLANNED),
        CHAOS_REPORT=str(report),
    )  # fmt: skip

    status, printed = _run([sys.executable, "-m", "scripts.chaos"], environment)

    with capfd.disabled():
        print(printed)
    assert status == 0, printed
    figures = json.loads(report.read_text())
    assert figures["operations"] >= OPERATIONS
    assert figures["ambiguous"] >= AMBIGUOUS
    assert (figures["lost"], figures["doubled"], figures["money_wrong"]) == (0, 0, 0)
    assert figures["left_to_a_person"] <= LEFT


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Its status and all that it printed. One that hangs is ended, with every process that it started."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            printed, _nothing = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, printed
