"""Workbooks looked over in constant memory before any parser sees them."""

from __future__ import annotations

from pathlib import Path

from tiering.ingest.limits import Limits


def ensure_harmless(path: Path, limits: Limits) -> None:
    """Refuse a workbook that would harm whoever parses it."""
