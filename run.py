"""Set up the app in a virtual environment beside this file, then start it or run every check.

``python3 run.py`` starts the app; ``python3 run.py test`` runs all tests; needs Python 3.11 or newer and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("TIERING_VENV", ROOT / ".venv"))
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
CHECKS: tuple[tuple[str, ...], ...] = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("-c", "import sys; from importlinter.cli import lint_imports_command as check; sys.exit(check())"),
    ("-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"),
)


def main(arguments: Sequence[str]) -> int:
    """Set up, then run what is asked for; answers the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file alone may be started with an older Python
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 1
    if arguments[:1] == ["test"]:
        set_up("test")
        ensure_browser()
        return checked(arguments[1:])
    set_up("")
    return run("-m", "tiering", "app", *arguments)


def set_up(extra: str) -> None:
    """Create the environment once and install again only when the dependencies changed."""
    if not PYTHON.exists():
        print(f"Setting up in {HOME.name} (once, a minute or two) …", flush=True)
        venv.create(HOME, with_pip=True)
    stamp = HOME / f"installed-{extra or 'app'}"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", target], check=True)
    stamp.write_text(wanted)


def ensure_browser() -> None:
    """The browser tests take the machine's Chromium; without one, Playwright fetches its own."""
    if os.environ.get("TIERING_BROWSER") or any(shutil.which(name) for name in BROWSERS):
        return
    subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], check=False)


def checked(options: Sequence[str]) -> int:
    """Run style, types, layers and tests in turn; the first that fails ends it. Options go to pytest."""
    for check in CHECKS:
        command = (*check, *options) if "pytest" in check else check
        status = run(*command)
        if status:
            return status
    return 0


def run(*arguments: str) -> int:
    """Run the environment's Python in the project's folder."""
    try:
        return subprocess.run([PYTHON, *arguments], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
