"""Checks that every compiled message catalog says what its source says.

The compiled files are committed, because `make run` may not count on gettext being installed. Comparing needs
msgfmt; where it is missing, only the presence of the files is checked.
"""

import gettext
import io
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "panel" / "locale"


def find_stale(locale: Path = LOCALE) -> list[str]:
    """One sentence for every catalog that is broken, missing or older than its source."""
    msgfmt = shutil.which("msgfmt")
    problems = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.is_file():
            problems.append(f"{compiled} is missing: run `python manage.py compilemessages` and commit it.")
        elif msgfmt:
            problems += _compare(msgfmt, source, compiled)
    return problems


def _compare(msgfmt: str, source: Path, compiled: Path) -> list[str]:
    result = subprocess.run(
        [msgfmt, "--check-format", "-o", "-", str(source)], stdin=subprocess.DEVNULL, capture_output=True
    )
    if result.returncode != 0:
        return [f"{source} is broken: {result.stderr.decode(errors='replace').strip()}"]
    with compiled.open("rb") as file:
        if _messages(io.BytesIO(result.stdout)) == _messages(file):
            return []
    return [f"{compiled} is older than its source: run `python manage.py compilemessages` and commit it."]


def _messages(file: io.BufferedIOBase) -> dict[object, str]:
    catalog: dict[object, str] = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    catalog.pop("", None)
    return catalog


def main() -> int:
    problems = find_stale()
    print(*problems, sep="\n")
    if not shutil.which("msgfmt"):
        print("msgfmt is not installed: only the presence of the compiled catalogs was checked.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
