"""Indicators to choose from in a rule: by their labels, those the file has first, and those a rule still names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiering.indicators.catalogue import Indicator
from tiering.said.labels import indicator_label
from tiering.tiers.readings import Readings
from tiering.ui.base.cached import Shown
from tiering.words import Words


@dataclass(frozen=True)
class Offered:
    """Labels to choose from → keys, the indicators behind them, and those nobody has a value of."""

    keys: dict[str, str]
    readings: Readings

    @property
    def labels(self) -> list[str]:
        """What the list shows."""
        return list(self.keys)

    def label(self, key: str) -> str:
        """What an indicator is called in the list."""
        return next(label for label, offered in self.keys.items() if offered == key)

    def indicator(self, key: str) -> Indicator | None:
        """The indicator, None where it is no longer known."""
        return self.readings.indicators.get(key)


def offered(shown: Shown, named: Iterable[str], words: Words) -> Offered:
    """The indicators of the data shown, then those ``named`` by a rule that it does not have."""
    known = shown.tiering.base.readings
    keys = shown.tiering.base.matrix.keys
    missing = [key for key in dict.fromkeys(named) if key not in keys]
    texts = {indicator_label(key, words): key for key in keys}
    for key in missing:
        found = known.of(key) is not None
        label = indicator_label(key, words)
        texts[label if found else words("ways.absent_label", indicator=label)] = key
    return Offered(texts, known)
