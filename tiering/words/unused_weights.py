"""Which weights of a scenario count for nothing in the data at hand, in a sentence for page and command line alike."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.indicators.catalogue import BY_KEY, OWN
from tiering.indicators.presets import unused_share
from tiering.words.catalogue import Words

LEAST_UNUSED = 0.01
MOST_NAMED = 5


def unused_weights(tiering: Tiering, words: Words) -> list[str]:
    """The indicators with a weight that this data lacks, weightiest first, and their share; nothing below 1 %."""
    weights, known = tiering.scenario.weights, tiering.base.matrix.keys
    share = unused_share(weights, known)
    if share < LEAST_UNUSED:
        return []
    unused = sorted((key for key, weight in weights.items() if weight and key not in known), key=lambda k: -weights[k])
    names = [_named(key, tiering, words) for key in unused[:MOST_NAMED]]
    if len(unused) > MOST_NAMED:
        names.append(words("unused.more", n=len(unused) - MOST_NAMED))
    return [words("unused.weights", share=words.percent(share), indicators=words.listed(names))]


def _named(key: str, tiering: Tiering, words: Words) -> str:
    """An indicator by its label, and where it is not the data that lacks it, why it does not count."""
    if key.startswith(OWN):
        return f"“{key.removeprefix(OWN)}”"
    if key not in BY_KEY:
        return words("unused.unknown", name=key)
    label = words(f"indicator.{key}.label")
    return label if key in tiering.base.matrix.unavailable else words("unused.off", name=label)
