"""What a seal says of the data it was made on."""

from __future__ import annotations

from tiering.decision.saved import Seal
from tiering.words.catalogue import Words


def seal_basis(seal: Seal, is_same: bool, words: Words) -> str:
    """Same data as then? With the customers of then, and their day where one was kept."""
    key = f"scenarios.seal.data_{'same' if is_same else 'other'}"
    if seal.as_of is None:
        return words(f"{key}_undated", n=seal.customers)
    return words(key, n=seal.customers, day=words.day(seal.as_of))
