"""`make lint` and `make format`: every static check, two at a time, with output where one fails."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
PARALLEL = 2
SHOWN_LINES = 60

# The slow ones first, so that the two lanes end together.
CHECKS: dict[str, list[str]] = {
    "mypy": [str(TOOLS / "mypy")],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": [PYTHON, "manage.py", "check"],
    "import-linter": [str(TOOLS / "lint-imports")],
    "djlint lint": [str(TOOLS / "djlint"), "templates", "--lint"],
    "ruff check": [str(TOOLS / "ruff"), "check", "--output-format=concise", "."],
    "ruff format": [str(TOOLS / "ruff"), "format", "--check", "--output-format=concise", "."],
    "catalogs": [PYTHON, "-m", "scripts.catalogs"],
}
FIXES: dict[str, list[str]] = {
    "ruff check": [str(TOOLS / "ruff"), "check", "--fix", "."],
    "ruff format": [str(TOOLS / "ruff"), "format", "."],
}


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    output: str
    seconds: float


def run_check(name: str, command: list[str]) -> Result:
    """Run one tool in development settings, away from any data of a run."""
    started = time.monotonic()
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
    }
    environment |= {"DEBUG": "1"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Result(name, done.returncode == 0, done.stdout.rstrip(), time.monotonic() - started)


def run_all(commands: dict[str, list[str]], parallel: int) -> bool:
    """Run the commands, print a line for each; True where all passed."""
    passed = True
    with ThreadPoolExecutor(parallel) as pool:
        for result in pool.map(lambda item: run_check(*item), commands.items()):
            passed = passed and result.passed
            word = "ok" if result.passed else "FAILED"
            print(f"  {result.name:<16}{word:<8}{result.seconds:5.1f} s", flush=True)
            if not result.passed:
                _show(result.output.splitlines())
    return passed


def _show(lines: list[str]) -> None:
    for line in lines[:SHOWN_LINES]:
        print(f"    {line}")
    if len(lines) > SHOWN_LINES:
        print(f"    ... and {len(lines) - SHOWN_LINES} more lines")
    print(end="", flush=True)


def main() -> int:
    if sys.argv[1:] == ["--fix"]:
        return 0 if run_all(FIXES, parallel=1) else 1
    print("Lint", flush=True)
    return 0 if run_all(CHECKS, PARALLEL) else 1


if __name__ == "__main__":
    sys.exit(main())
