"""The built package, installed into an environment of its own, starts the app from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server
from tests.browser.settling import WAIT

BESIDE = ("pages", "sample_data", ".streamlit")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as ``pip install`` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that holds the package, and sees the dependencies of this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=os.name != "nt")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip("--python", str(python), "install", "--quiet", "--no-deps", str(wheel))
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


@pytest.fixture
def elsewhere(installed: Path, tmp_path: Path) -> Iterator[Server]:
    """The installed app, started in a folder that knows nothing of it but holds files of the same names."""
    (tmp_path / "app.py").write_text("raise SystemExit('not this one')", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    server = Server(installed, tmp_path)
    server.wait()
    yield server
    server.stop()


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], check=True)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def test_all_files_of_the_app_are_in_the_package_and_none_beside_it(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {path.relative_to(ROOT).as_posix() for path in files_below(ROOT / "tiering")}
    app = [ROOT / "app.py", *(ROOT / "docs").glob("guide*"), *(f for name in BESIDE for f in files_below(ROOT / name))]
    assert len(app) > 20
    assert held == package | {f"tiering/_app/{path.relative_to(ROOT).as_posix()}" for path in app}


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    line = "import tiering.cli.app as at; print(at.app_folder())"
    told = subprocess.run([installed, "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(told.strip()).parts[-2:] == ("tiering", "_app")
    assert ROOT not in Path(told.strip()).parents


def test_the_first_page_opens_from_the_installed_package(elsewhere: Server, window: Page) -> None:
    window.goto(elsewhere.url)
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)
    figures = window.locator(".card .count .figure").all_inner_texts()
    assert sum(int(text.replace(",", "")) for text in figures) == 1000
