#!/bin/sh
# Makes the Python environment in $1 and sees to the system libraries that WeasyPrint needs.
# What it may not install itself it names, with the command, and goes on where that makes sense:
# without Pango, HTML and Word files still build.
set -eu
venv=$1
python=${PYTHON:-python3}
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

"$python" - <<'CHECK' || { echo "TCIT Export needs Python 3.11 or later; name one with: make build PYTHON=python3.12" >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
CHECK

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# Installs Debian packages, or says which command would and returns 1.
debian() {
    if command -v apt-get >/dev/null 2>&1; then
        as_root apt-get install --yes --quiet --no-install-recommends "$@" >/dev/null 2>&1 && return 0
        { as_root apt-get update --quiet >/dev/null 2>&1 &&
          as_root apt-get install --yes --quiet --no-install-recommends "$@" >/dev/null; } && return 0
        echo "Could not install: $*. Run:  sudo apt-get install $*" >&2
    else
        echo "Missing: $*. Install them with your system's package manager" >&2
        echo "  (Fedora: dnf install pango harfbuzz; macOS: brew install pango)." >&2
    fi
    return 1
}

has_libraries() {
    "$python" - <<'CHECK'
import ctypes.util, sys
wanted = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
sys.exit(not all(ctypes.util.find_library(name) for name in wanted))
CHECK
}

has_libraries || debian $packages ||
    echo "PDF files need these libraries; HTML and Word files build without them." >&2

if [ ! -x "$venv/bin/pip" ]; then
    "$python" -c "import ensurepip, venv" 2>/dev/null || debian python3-venv
    "$python" -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --upgrade pip
