"""`make lock`: compile requirements/*.in into universal locks with hashes, one set of versions."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
    "--quiet",
)


def compile_lock(name: str, *constraints: str) -> None:
    """Write requirements/<name>.txt; the file names no machine, path or registry."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, f"requirements/{name}.in"]
    for constraint in constraints:
        command += ["-c", f"requirements/{constraint}.txt"]
    subprocess.run([*command, "-o", f"requirements/{name}.txt", *sys.argv[1:]], cwd=ROOT, check=True)
    print(f"requirements/{name}.txt")


def main() -> None:
    compile_lock("dev")
    compile_lock("base", "dev")
    compile_lock("broker", "dev")


if __name__ == "__main__":
    main()
