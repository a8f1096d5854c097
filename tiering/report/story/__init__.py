"""What a scheme says, one message a part, in one language: the deck and the page are two ways to show it."""

from tiering.report.story.parts import Bars, Curve, Part, Story, Table
from tiering.report.story.told import story_of

__all__ = ["Bars", "Curve", "Part", "Story", "Table", "story_of"]
