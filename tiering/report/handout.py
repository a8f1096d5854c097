"""What a report is made from, how far its writing is, and names of customers masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from tiering.dataset import Dataset, SourceFacts
from tiering.decision.saved import Entry
from tiering.evaluate import Tiering
from tiering.strategy.actions import Action, actions
from tiering.strategy.evidence import Evidence, evidence_of
from tiering.strategy.look_alikes import Spending, category_spending
from tiering.strategy.recommend import recommendations
from tiering.strategy.tier_advice import Found, TierAdvice, advice
from tiering.words import Words


@dataclass(frozen=True)
class Handout:
    """Tiers with the data behind them, in one language, and what follows from them: judged once for all papers.

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
    today
        Day from which what is to be done is counted; None takes the end of the data.
    """

    tiering: Tiering
    dataset: Dataset
    words: Words
    baseline: Tiering | None = None
    colours: tuple[str, ...] = ()
    log: tuple[Entry, ...] = ()
    spent: Spending | None = None
    today: date | None = None

    def spending(self) -> Spending | None:
        """What customers bought by category in the window; None without orders."""
        if self.spent is not None or self.dataset.orders is None:
            return self.spent
        return category_spending(self.tiering.base, self.tiering.scenario.window_months, self.dataset.orders)

    @cached_property
    def evidence(self) -> Evidence:
        """What the data tells of each customer."""
        return evidence_of(self.tiering.base)

    @cached_property
    def recommended(self) -> Found:
        """The recommendations, by the money at stake."""
        return recommendations(self.tiering, self.evidence)

    @cached_property
    def advised(self) -> tuple[TierAdvice, ...]:
        """What each tier is given and how it is measured."""
        return advice(self.tiering, self.evidence, self.recommended)

    @cached_property
    def moves(self) -> tuple[Action, ...]:
        """What to do for whom, most money first."""
        return actions(self.tiering, self.evidence, self.recommended, self.spending(), self.today)


Progress = Callable[[float], None]
Step = TypeVar("Step")


def steps(whole: Sequence[Step], progress: Progress | None) -> Iterator[Step]:
    """The steps in turn; after each, ``progress`` hears the share of them that is done, 0..1."""
    for number, step in enumerate(whole, start=1):
        yield step
        if progress is not None:
            progress(number / len(whole))


def masked(handout: Handout) -> Handout:
    """The same handout with numbers for names and ids, 1 the biggest customer; tiers and money stay.

    Both sides of a comparison give a customer the same number. Names of files and free text of the log, in which
    people write names, are hidden too.
    """
    baseline = handout.baseline
    same = baseline is not None and baseline.base is handout.tiering.base
    tiering = _masked(handout.tiering, handout.words)
    if baseline is not None:
        baseline = replace(baseline, base=tiering.base) if same else _masked(baseline, handout.words)
    # counted before the ids are hidden: order lines still name the customers by them
    spent = handout.spending()
    dataset = replace(handout.dataset, sources=_unnamed(handout.dataset.sources, handout.words))
    log = tuple(_without_text(entry, handout.words) for entry in handout.log)
    return replace(handout, tiering=tiering, baseline=baseline, dataset=dataset, spent=spent, log=log)


def _unnamed(sources: tuple[SourceFacts, ...], words: Words) -> tuple[SourceFacts, ...]:
    return tuple(
        replace(source, name=words("workshop.masked_file", number=number))
        for number, source in enumerate(sources, start=1)
    )


def _without_text(entry: Entry, words: Words) -> Entry:
    """The entry without what was typed freely; names of schemes stay."""
    hidden = words("workshop.masked_text")
    typed = {"reason": hidden if entry.reason else "", "by": hidden if entry.by else ""}
    return entry.model_copy(update=typed if entry.verdict != "decided" else {**typed, "subject": hidden})


def _masked(tiering: Tiering, words: Words) -> Tiering:
    customers = tiering.base.customers
    places = len(str(len(customers)))
    labels = [words("workshop.masked", number=f"{row:0{places}d}") for row in range(1, len(customers) + 1)]
    hidden = customers.assign(customer_id=labels, customer_name=labels)
    return replace(tiering, base=replace(tiering.base, customers=hidden))
