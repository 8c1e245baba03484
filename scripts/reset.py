"""`make reset`: delete the data of a run, and only of a run."""

import os
import shutil
import sys
from pathlib import Path

from scripts import preflight
from scripts.supervisor import Failure

ROOT = Path(__file__).resolve().parent.parent


def wipe(data: Path) -> None:
    """Delete everything in `data`. Raises Failure where it is not ours or a run still uses it."""
    if not (data / preflight.MARKER).is_file():
        raise Failure(f"{data} is not ours (it lacks the marker {preflight.MARKER}): nothing was deleted.")
    with preflight.lock_folder(data):
        for entry in data.iterdir():
            if entry.name == preflight.MARKER:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()


def main() -> int:
    data = preflight.read_place(os.environ, ROOT).data
    try:
        if not data.exists():
            print(f"{data} does not exist: there is nothing to delete.")
            return 0
        if os.environ.get("FORCE") != "1":
            if not sys.stdin.isatty():
                raise Failure("Say FORCE=1 to delete without being asked; nothing was deleted.")
            if input(f"Delete every domain, customer and operation in {data}? [y/N] ").strip().lower() != "y":
                print("Nothing was deleted.")
                return 0
        wipe(data)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"{data} is empty.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
