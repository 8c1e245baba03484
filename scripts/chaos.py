"""`make chaos`: customers, workers and registrars under a nemesis, and an audit of what is left.

SEED and OPERATIONS choose the run. With DATABASE_URL it works in a database of its own on that server, without in a
file. With REDIS_URL, which must name an empty database, the workers are Celery's and two clocks ring for them; without,
they find everything in the rows.
Exits 1 when an invariant is broken. MUTANT names a deliberate bug (tests/chaos/mutants.py), which must be found.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_OPERATIONS = "2000"


def main() -> int:
    """Run with the settings of the environment; 0 when every invariant holds."""
    sys.path.insert(0, str(ROOT))
    # By name: the harness is of the tests, which the type checker leaves alone.
    run = import_module("tests.chaos.run")

    with tempfile.TemporaryDirectory(prefix="nameward-chaos-") as folder:
        status: int = run.main(
            seed=int(os.environ.get("SEED") or "1"),
            operations=int(os.environ.get("OPERATIONS") or DEFAULT_OPERATIONS),
            database_url=os.environ.get("DATABASE_URL", ""),
            redis_url=os.environ.get("REDIS_URL", ""),
            folder=Path(folder),
            keep=Path(os.environ["CHAOS_REPORT"]) if os.environ.get("CHAOS_REPORT") else None,
        )
    return status


if __name__ == "__main__":
    sys.exit(main())
