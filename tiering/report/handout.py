"""What a report is made from."""

from __future__ import annotations

from dataclasses import dataclass

from tiering.dataset import Dataset
from tiering.decision.saved import Entry
from tiering.evaluate import Tiering
from tiering.strategy.look_alikes import Spending, category_spending
from tiering.words import Words


@dataclass(frozen=True)
class Handout:
    """Tiers with the data behind them, in one language.

    Attributes
    ----------
    baseline
        Tiers of the same customers under the scenario compared with, None for no comparison.
    colours
        Colour of each tier as ``#rrggbb``, top tier first; none leaves the cells plain.
    log
        What was decided on the way to the scheme.
    spent
        What customers bought by category, where it has been counted already.
    """

    tiering: Tiering
    dataset: Dataset
    words: Words
    baseline: Tiering | None = None
    colours: tuple[str, ...] = ()
    log: tuple[Entry, ...] = ()
    spent: Spending | None = None

    def spending(self) -> Spending | None:
        """What customers bought by category in the window; None without orders."""
        if self.spent is not None or self.dataset.orders is None:
            return self.spent
        return category_spending(self.tiering.base, self.tiering.scenario.window_months, self.dataset.orders)
