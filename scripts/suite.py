"""`make test`: the static checks, the suite on SQLite, again on PostgreSQL and Redis where they answer.

With arguments (make test ARGS="tests/domain -k renew") it is one pytest with these arguments, nothing else.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scripts import lint, services

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
NO_TESTS = 5
# These never touch the panel's database or broker, so a second database would tell nothing new.
WITHOUT_DATABASE = ("registrar", "sandbox", "infrastructure", "architecture", "journey", "chaos")
# Crashes of what costs nothing are tried on one database: the engine is the same, and money is what the other is for.
# So is who may open which page.
ON_ONE_DATABASE = (
    "tests/selfservice/test_delegates.py",
    "tests/operation/test_crash_life.py",
    "tests/operation/test_crash_sets.py",
    "tests/operation/test_crash_switches.py",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Tally:
    """What one pytest counted."""

    name: str
    status: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def read(self, report: Path) -> None:
        """Add the counts of a JUnit report; a missing one (pytest crashed) counts as a failure."""
        if not report.is_file():
            self.failed += 1
            return
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.failed += failed
            self.skipped += skipped
            self.passed += int(suite.get("tests", 0)) - failed - skipped


def run_pytest(
    name: str, arguments: list[str], environment: Mapping[str, str], *, aside: bool = False
) -> Tally:
    """Run pytest and return what it counted. Its output goes to the terminal: at once, or at the end when `aside`."""
    tally = Tally(name)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="nameward-suite-") as folder:
        report, printed = Path(folder) / "report.xml", Path(folder) / "output.txt"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        settings = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", **environment}
        if aside:
            with printed.open("wb") as output:
                tally.status = subprocess.call(
                    command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stdout=output, stderr=output
                )
            print(f"\n{name}\n{printed.read_text(errors='replace')}", flush=True)
        else:
            print(f"\n{name}", flush=True)
            tally.status = subprocess.call(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL)
        if tally.status != NO_TESTS:
            tally.read(report)
    tally.seconds = time.monotonic() - started
    return tally


def run_together(first: Callable[[], list[Tally]], second: Callable[[], list[Tally]]) -> list[Tally]:
    """Both at the same time: one of them waits for a browser most of the time."""
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(second)
        return first() + other.result()


def run_on_sqlite() -> list[Tally]:
    """Everything but what starts processes or a browser."""
    parallel = ["-n", str(WORKERS), "--dist", "loadfile", "-m", "not journey and not soak"]
    return [run_pytest("Suite on SQLite, in-memory broker", parallel, {})]


def run_journeys() -> list[Tally]:
    """What starts processes or a browser, one by one."""
    serial = ["-p", "no:xdist", "-m", "journey"]
    return [run_pytest("Journeys: the started product", serial, {}, aside=True)]


def name_servers(postgres: services.Postgres | None, redis: services.Redis | None) -> str:
    words = [
        f"PostgreSQL {postgres.version}" if postgres else "SQLite",
        f"Redis {redis.version}" if redis else "",
    ]
    return " and ".join(filter(None, words))


def run_on_servers(postgres: services.Postgres | None, redis: services.Redis | None) -> list[Tally]:
    """The part of the suite that meets a database or a broker, again, on the servers that answer."""
    if postgres is None and redis is None:
        return []
    environment = {"SUITE_REDIS_URLS": " ".join(redis.urls) if redis else ""}
    if postgres:
        environment["DATABASE_URL"] = postgres.suite_url
    arguments = [
        "-p",
        "scripts.worker_broker",
        "-n",
        str(WORKERS),
        "--dist",
        "loadfile",
        "-m",
        "not journey and not soak",
    ]
    arguments += [f"--ignore=tests/{name}" for name in WITHOUT_DATABASE]
    arguments += [f"--ignore={name}" for name in ON_ONE_DATABASE]
    return [run_pytest(f"Suite on {name_servers(postgres, redis)}", arguments, environment)]


def describe(found: services.Postgres | services.Redis | None, reason: str) -> str:
    return f"used, version {found.version}" if found else f"skipped: {reason}"


def run_everything() -> int:
    """Lint and every pass; 0 where all of it passed and tests were run."""
    started = time.monotonic()
    postgres, no_postgres = services.find_postgres()
    redis, no_redis = services.find_redis(WORKERS)
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    used = (
        ("SQLite", "used"),
        ("PostgreSQL", describe(postgres, no_postgres)),
        ("Redis", describe(redis, no_redis)),
        ("Browser", f"used: {browser}" if browser else "skipped: no chromium is installed"),
    )
    for name, text in used:
        print(f"  {name:<12}{text}", flush=True)
    print()
    clean = lint.run_all(lint.CHECKS, lint.PARALLEL)
    try:
        tallies = run_together(lambda: run_on_sqlite() + run_on_servers(postgres, redis), run_journeys)
    finally:
        if postgres:
            postgres.drop_leftovers()
        if redis:
            redis.release()
    print(f"\nSummary, {time.monotonic() - started:.0f} s")
    for name, text in used:
        print(f"  {name:<12}{text}")
    print(f"  {'Lint':<12}{'passed' if clean else 'FAILED'}")
    for tally in tallies:
        counts = f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped"
        print(f"  {tally.name:<44}{counts}, {tally.seconds:.0f} s")
    total = [sum(getattr(tally, field) for tally in tallies) for field in ("passed", "failed", "skipped")]
    print("Total: {} passed, {} failed, {} skipped".format(*total), flush=True)
    good = clean and total[0] > 0 and all(tally.status in (0, NO_TESTS) for tally in tallies)
    return 0 if good else 1


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments:
        return run_everything()
    database = "the one of DATABASE_URL" if os.environ.get("DATABASE_URL") else "SQLite"
    broker = "the one of REDIS_URL" if os.environ.get("REDIS_URL") else "in memory"
    print(f"Database: {database}; broker: {broker}", flush=True)
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
