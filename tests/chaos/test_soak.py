"""Level B: a fixed seed, thousands of operations, workers that die, registrars that lose answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infrastructure.processes import ROOT, run_environment

OPERATIONS = 2000
AMBIGUOUS = 800
LONGEST_SECONDS = 600


@pytest.mark.soak
def test_soak_ends_with_every_intent_executed_and_paid_as_it_says(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    settings = {"SEED": "1", "OPERATIONS": str(OPERATIONS), "CHAOS_REPORT": str(report)}
    environment = run_environment(tmp_path, DATABASE_URL=os.environ.get("SOAK_DATABASE_URL", ""), **settings)

    ended = subprocess.run(
        [sys.executable, "-m", "scripts.chaos"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout + ended.stderr
    figures = json.loads(report.read_text())
    assert figures["operations"] >= OPERATIONS
    assert figures["ambiguous"] >= AMBIGUOUS
    assert (figures["lost"], figures["doubled"], figures["money_wrong"]) == (0, 0, 0)
    assert figures["left_to_a_person"] <= figures["ambiguous"] * 0.001
    print(ended.stdout)
