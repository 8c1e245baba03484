#!/bin/sh
# Usage: bootstrap.sh base|dev PYTHON-ARGUMENTS...
# Finds a Python that is new enough and hands over to bootstrap.py. Plain sh: this is all a fresh machine has.
set -eu
cd "$(dirname "$0")/.."

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
seen=""
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$candidate" -c "$new_enough" 2>/dev/null; then
        exec "$candidate" scripts/bootstrap.py "$@"
    fi
    seen="${seen:-; found $candidate $version}"
done
echo "Nameward needs Python 3.11 or newer${seen:-, and none was found}: install it, or name it with PYTHON=/path/to/python3." >&2
exit 1
