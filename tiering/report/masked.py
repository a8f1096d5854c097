"""Papers and screens on which no customer can be recognised: a number by size stands for each."""

from __future__ import annotations

from dataclasses import replace

from tiering.dataset import SourceFacts
from tiering.decision.saved import Entry
from tiering.evaluate import Tiering
from tiering.report.handout import Handout
from tiering.words import Words


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
