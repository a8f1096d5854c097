"""What a scenario says about its indicators: which count, own ones, how newcomers are read, and stated judgements."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from tiering.scenario.touches import Frozen, Touches

MOST_OWN: Final = 10
Key = Annotated[str, Field(min_length=1, max_length=220)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Order = Annotated[tuple[Word, ...], Field(max_length=100)]


class OwnIndicator(Frozen):
    """An indicator made from a column of the upload.

    ``range`` and ``log`` read numbers, ``ordered`` reads the words of ``order``, worst first.
    """

    column: Annotated[str, Field(min_length=1, max_length=200)]
    group: Literal["financial", "behaviour", "relationship", "potential", "risk"] = "potential"
    more_is_better: bool = True
    scale: Literal["range", "log", "ordered"] = "range"
    order: Order = ()

    @property
    def key(self) -> str:
        """Its name among the weights."""
        return f"own:{self.column}"

    @model_validator(mode="after")
    def ensure_an_order(self) -> OwnIndicator:
        """Words in an order need at least two different ones."""
        if self.scale == "ordered" and (len(self.order) < 2 or len(set(self.order)) != len(self.order)):
            raise ValueError("an order of two or more different words")
        return self


class Measures(Frozen):
    """Which indicators there are.

    ``switched`` says of a ready indicator whether it counts, where that is not the usual; ``turned`` are those
    whose direction is the other way round; ``orders`` are the words of a ready indicator, worst first. ``together``:
    by ``mean`` strength makes up for weakness, by ``geometric`` mean less so.
    """

    switched: dict[Key, bool] = Field(default_factory=dict)
    turned: tuple[Key, ...] = ()
    orders: dict[Key, Order] = Field(default_factory=dict)
    own: Annotated[tuple[OwnIndicator, ...], Field(max_length=MOST_OWN)] = ()
    together: Literal["mean", "geometric"] = "mean"

    @model_validator(mode="after")
    def ensure_columns_once(self) -> Measures:
        """A column makes one own indicator."""
        if len({indicator.column for indicator in self.own}) != len(self.own):
            raise ValueError("two own indicators of one column")
        return self


class Newcomers(Frozen):
    """How customers are read who have been with us for less than the window.

    Attributes
    ----------
    months
        Tenure from which on a customer's figures are put on a whole window; before that the customer is tiered
        provisionally, by potential and company data or, where nothing of that is known, by the orders so far.
    annualise
        False reads everybody's figures as they are.
    prospects
        Whether those who never ordered are tiered provisionally too.
    credibility
        Whether order value, margin, growth and gap of a customer with few orders are drawn towards those of all.
    data_from
        First day of the data, kept with frozen scales; None takes the first order at hand.
    orders_from
        First day that the orders cover, kept with them: whether growth can be told stays as it is. A customers file
        may name earlier days than the orders.
    """

    months: Annotated[int, Field(ge=1, le=12)] = 3
    annualise: bool = True
    prospects: bool = False
    credibility: bool = False
    data_from: Annotated[date | None, Touches(rule=True, base=True, stays="next file")] = None
    orders_from: Annotated[date | None, Touches(rule=True, base=True, stays="next file")] = None

    def without_days(self) -> Newcomers:
        """The same choices, the first days of the data left open."""
        return self.model_copy(update={"data_from": None, "orders_from": None})


class Judgement(Frozen):
    """``first`` against ``second``: 8 stands for 9 : 1, 0 for 1 : 1, −8 for 1 : 9."""

    first: Key
    second: Key
    step: Annotated[int, Field(ge=-8, le=8)]


class Stated(Frozen):
    """What people said when they were asked for weights: the order of importance, and the pairs they compared."""

    ranking: Annotated[tuple[Key, ...], Field(max_length=100)] = ()
    compared: Annotated[tuple[Key, ...], Field(max_length=7)] = ()
    judgements: Annotated[tuple[Judgement, ...], Field(max_length=500)] = ()
