"""Fixed lines and shares in sentences."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.said.ways.saying import Saying
from tiering.tiers.score import MILLI
from tiering.words import Words


def line_sentences(tiering: Tiering, words: Words) -> list[str]:
    """The score from which each tier begins; the last takes the rest."""
    points = (words("ways.drawn.line", points=words.number(place / MILLI, 1)) for place in tiering.positions)
    return [*points, words("ways.drawn.rest")]


def _share_sentences(tiering: Tiering, words: Words) -> list[str]:
    cuts = tiering.scenario.cuts
    assert cuts is not None, "a tiering has cut lines"
    *lines, rest = line_sentences(tiering, words)
    shares = (words(f"ways.drawn.by_{cuts.kind}", share=words.percent(share, 1)) for share in cuts.lines)
    return [*(words.listed(pair) for pair in zip(lines, shares, strict=True)), rest]


WAYS = {
    "score": Saying(line_sentences),
    "share": Saying(_share_sentences),
    "revenue": Saying(_share_sentences),
}
