"""Where the app's own files are: on top of the repository, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def app_folder() -> Path:
    """Give the folder that holds ``app.py``, ``pages``, ``sample_data``, ``.streamlit`` and the guide in ``docs``.

    A built package carries them in ``tiering/_app``, in the same order as the repository has them beside ``tiering``.
    """
    installed = PACKAGE / "_app"
    return installed if installed.is_dir() else PACKAGE.parent
