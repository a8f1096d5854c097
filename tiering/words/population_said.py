"""Who is not tiered, in one sentence."""

from __future__ import annotations

from tiering.scenario.population import Population
from tiering.words import Words


def population_sentence(population: Population, n: int, words: Words) -> str:
    """How many are left out (``n``) and merged, and whether dealers are apart; empty where everybody is tiered."""
    parts = [words("people.who.left", n=n)] if n else []
    if population.merges:
        parts.append(words("people.merge.done", n=len(population.merges)))
    if population.apart is not None and population.side != "all":
        parts.append(words(f"people.who.only_{population.side}", kinds=words.listed(list(population.apart.values))))
    return " · ".join(parts)


def population_rules(population: Population, words: Words) -> str:
    """The choices themselves, for papers: how many by hand, which values of which column; empty for everybody."""
    parts = [words("people.who.left", n=len(population.excluded))] if population.excluded else []
    if population.left_out is not None:
        values = words.listed(list(population.left_out.values))
        parts.append(words("people.who.left_by", column=population.left_out.column, values=values))
    said = population_sentence(population, 0, words)
    return " · ".join([*parts, *([said] if said else [])])
