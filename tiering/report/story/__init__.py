"""What a scheme says, one message a part, in one language: the deck and the page are two ways to show it."""

from tiering.report.story.outline import story_of
from tiering.report.story.parts import Bars, Curve, Part, Story, Table, basis_part, facts
from tiering.report.story.scheme import lines_part

__all__ = ["Bars", "Curve", "Part", "Story", "Table", "basis_part", "facts", "lines_part", "story_of"]
