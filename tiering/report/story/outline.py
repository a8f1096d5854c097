"""A handout → the story it tells."""

from __future__ import annotations

from tiering.report.handout import Handout
from tiering.report.story.basis import basis_part, facts
from tiering.report.story.customers import movement_part, top_part
from tiering.report.story.parts import Story
from tiering.report.story.scheme import exceptions_part, lines_part, weights_part
from tiering.report.story.strategy import advice_part, tier_parts
from tiering.report.story.worth import pareto_part, tiers_part


def story_of(handout: Handout) -> Story:
    """Tiers with their data → cover and 9 to 15 parts, what matters most first; what is not known is not told."""
    tiering = handout.tiering
    parts = (
        tiers_part(handout),
        pareto_part(handout),
        top_part(handout),
        weights_part(handout),
        lines_part(handout),
        exceptions_part(handout),
        movement_part(handout),
        *tier_parts(handout),
        advice_part(handout),
        basis_part(handout),
    )
    words = handout.words
    return Story(
        title=tiering.scenario.name or words("story.title"),
        facts=facts(handout),
        parts=tuple(part for part in parts if part is not None),
        colours=dict(zip(tiering.scenario.tiers, handout.colours, strict=False)),
        language=words.language,
    )
