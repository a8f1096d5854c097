"""One file of the session as it was read, and what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tiering.ingest import Mapping, Reading


@dataclass(frozen=True)
class Source:
    """One file of the session as it was read, and what its columns mean.

    ``content`` is kept only while the reading leaves a question open, to be read again with the answer.
    """

    name: str
    sha256: str
    reading: Reading
    mapping: Mapping
    content: bytes = b""
    answers: dict[str, Any] = field(default_factory=dict)
