#!/bin/sh
# Make .venv with the given Python. Debian keeps the venv module in a package of its own.
set -eu
python=$1
"$python" -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get install -y --no-install-recommends "$package" ||
            { apt-get update && apt-get install -y --no-install-recommends "$package"; }
    else
        echo "this Python has no venv module: install $package" >&2
        exit 1
    fi
fi
# --clear: a half-made or dangling .venv is not worth repairing.
"$python" -m venv --clear .venv
