"""Packages: no floor allows a version with a known hole, and what is installed lies above all floors."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = {canonicalize_name(one.name): one for one in map(Requirement, PROJECT["dependencies"])}
# First version in which the holes known of the package are closed, with what the last of them was.
WITHOUT_HOLES = {
    "streamlit": ("1.54.0", "outside calls by way of Windows network paths (CVE-2026-33682)"),
    "pyarrow": ("14.0.1", "code run from a file of arbitrary extension types (CVE-2023-47248)"),
    "jinja2": ("3.1.6", "the sandbox is left by the attr filter (CVE-2025-27516)"),
    "pillow": ("13.0.0", "stale memory of pictures of several frames (CVE-2026-96639)"),
    "lxml": ("6.1.0", "entities read local files by default (CVE-2026-41066)"),
    "starlette": ("1.3.1", "Host header, network paths and more (CVE-2026-48710, -48817, -48818, -54282, -54283)"),
    "python-multipart": ("0.0.27", "time and memory without bound by preamble and headers (CVE-2026-40347, -42561)"),
    "uvicorn": ("0.11.7", "lines slipped into headers and logs (CVE-2020-7694, -7695)"),
    "websockets": ("9.1", "comparison of passwords by their time (CVE-2021-33880)"),
    "h11": ("0.16.0", "requests smuggled by lenient chunks (CVE-2025-43859)"),
    "requests": ("2.33.0", "files unpacked to a name others can foresee (CVE-2026-25645)"),
    "urllib3": ("2.7.0", "headers and bodies followed without bound (CVE-2026-44431, -44432)"),
    "certifi": ("2024.7.4", "roots that are no longer trusted (CVE-2024-39689)"),
    "idna": ("3.7", "quadratic time of a long name (CVE-2024-3651)"),
    "protobuf": ("6.33.5", "messages nested without bound (CVE-2025-4565, CVE-2026-0994)"),
    "pydantic": ("2.4.0", "slow pattern of e-mail addresses (CVE-2024-3772)"),
    "scikit-learn": ("1.5.0", "words of the training text kept among stop words (CVE-2024-5206)"),
    "pygments": ("2.20.0", "slow pattern of a lexer (CVE-2026-4539)"),
}


def installed() -> dict[str, Version]:
    """Every package the app needs, and what those need, with the version that is installed."""
    found: dict[str, Version] = {}
    waiting = [*DIRECT]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = Version(version(name))
        except PackageNotFoundError:
            continue  # for another system
        for needed in map(Requirement, requires(name) or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    return found


@pytest.mark.parametrize("name", WITHOUT_HOLES)
def test_what_is_installed_has_no_known_hole(name):
    assert installed()[name] >= Version(WITHOUT_HOLES[name][0]), WITHOUT_HOLES[name][1]


@pytest.mark.parametrize("name", WITHOUT_HOLES)
def test_no_version_with_a_known_hole_is_allowed(name):
    """A package that comes with another is asked for by itself where its floor would otherwise be lower."""
    assert name in DIRECT, f"{name} needs a floor of its own: {WITHOUT_HOLES[name][0]}"
    floors = [one.version for one in DIRECT[name].specifier if one.operator in (">=", "~=", "==")]
    assert floors
    assert max(map(Version, floors)) >= Version(WITHOUT_HOLES[name][0]), WITHOUT_HOLES[name][1]


@pytest.mark.parametrize("name", DIRECT)
def test_what_is_installed_lies_within_what_is_allowed(name):
    assert Version(version(name)) in DIRECT[name].specifier
