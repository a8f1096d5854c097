"""The choices of a session, and what of them goes along when its data or its tiers change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator

from sample_data import SETS
from tiering.claims import NotUsed
from tiering.dataset import Dataset
from tiering.decision.saved import Entry, Saved
from tiering.problems import DataProblem
from tiering.scenario import Cuts, Scenario
from tiering.scenario.touches import changed, only, with_tiers_named
from tiering.scenario.ways import AnyWay, Way
from tiering.tiers.provisional import FEWER, USUAL
from tiering.words import Language
from tiering.words.locale import known_language

PASSING = {"passing": True}  # not kept over a page refresh


def on_other_data(kept: Scenario) -> Scenario:
    """What people made of a scenario; lines, date, scales, and what is counted in one data set are left open."""
    return only(kept, lambda touches: touches.stays == "always")


def on_next_file(kept: Scenario, proposed: tuple[Cuts, ...]) -> Scenario:
    """What people made of a scenario, for a file in place of the one at hand: the policy stays with it.

    So do lines that ``are_own_lines``, and the first day of the data where it is frozen with the scales.
    """
    fresh = only(kept, lambda touches: touches.stays != "never")
    if not are_own_lines(kept, proposed):
        fresh = fresh.model_copy(update={"cuts": None})
    if not kept.anchors:
        fresh = fresh.model_copy(update={"newcomers": kept.newcomers.without_days()})
    return fresh


def after_a_sample(now: Choices) -> Scenario:
    """The scenario for the first own file: the usual one after steps on a sample, else one that somebody loaded.

    What was answered while the file waited is about the file, not about the sample.
    """
    brought = now.loaded is not None or now.resumed is not None
    return on_next_file(now.scenario, now.proposed) if brought else Scenario(answers=now.scenario.answers)


def are_own_lines(scenario: Scenario, proposed: tuple[Cuts, ...]) -> bool:
    """Whether lines are a person's: not by score, on frozen scales, or elsewhere than any that were ``proposed``."""
    cuts = scenario.cuts
    return cuts is not None and (cuts.kind != "score" or bool(scenario.anchors) or cuts not in proposed)


def within(scenario: Scenario, dataset: Dataset) -> Scenario:
    """The scenario without a date that lies before the first order of the data."""
    first = dataset.first_order_date
    if scenario.as_of is None or (first is not None and scenario.as_of >= first):
        return scenario
    return scenario.model_copy(update={"as_of": None})


def dropped_choices(kept: Scenario, fresh: Scenario, baseline: Scenario | None) -> tuple[str, ...]:
    """Keys of what somebody chose and other data has proposed anew, in the order they are told."""
    gone = dict.fromkeys(touches.told for touches in changed(kept, fresh) if touches.told)
    return (*gone, "baseline") if baseline is not None and baseline != kept else tuple(gone)


def for_more_data(now: Choices, dataset: Dataset) -> dict[str, Any]:
    """Choices of a session one of whose files stays: all that the data does not contradict.

    Before anybody took a step, lines that were proposed are proposed anew, and the page says so.
    """
    scenario, baseline, anew = within(now.scenario, dataset), now.baseline, now.anew
    if not now.undo and not are_own_lines(scenario, now.proposed):
        anew = anew if scenario.cuts is None else tuple(dict.fromkeys(("lines", *anew)))
        usual = USUAL if scenario.tiers in FEWER else scenario.tiers  # proposed, too
        scenario, baseline = scenario.model_copy(update={"cuts": None, "tiers": usual}), None
    steps = {name: tuple(within(one, dataset) for one in getattr(now, name)) for name in ("undo", "redo")}
    return {"scenario": scenario, "baseline": baseline, "anew": anew, **steps}


def for_other_data(now: Choices, fresh: Scenario) -> dict[str, Any]:
    """Choices of a session that goes on with a scenario on other data, and what is told to be proposed anew."""
    lines = ("lines",) if now.undo and fresh.cuts is None else ()
    drawn = {key: one for key, one in now.drawn.items() if fresh.anchors or one not in now.proposed}
    return {"scenario": fresh, "anew": (*lines, *dropped_choices(now.scenario, fresh, now.baseline)), "drawn": drawn}


def drawn_key(kind: str, tiers: int) -> str:
    """Under which a way of drawing so many tiers is remembered."""
    return f"{kind}-{tiers}"


def with_last_drawn(drawn: Mapping[str, Way], before: Scenario, after: Scenario) -> dict[str, Way]:
    """What each way looked like last, with that of ``before`` where ``after`` is drawn in another way."""
    key, last = drawn_key(before.line_kind, len(before.tiers)), before.drawn
    if last is None or key == drawn_key(after.line_kind, len(after.tiers)):
        return dict(drawn)
    return {**drawn, key: last}


def under_names(scenario: Scenario, before: Scenario, after: Scenario) -> Scenario:
    """A scenario beside the present one under the new names, where the step from ``before`` only renames its tiers."""
    if scenario.tiers != before.tiers or not is_renaming(before, after):
        return scenario
    hues = after.hues if scenario.hues == before.hues else scenario.hues
    return scenario.model_copy(update={**renamed(scenario, after.tiers), "hues": hues})


def saved_under_names(saved: tuple[Saved, ...], before: Scenario, after: Scenario) -> tuple[Saved, ...]:
    """The same of saved schemes; a sealed one keeps the names its seal was made with."""
    return tuple(
        one if one.seal is not None else Saved(under_names(one.scenario, before, after), None, one.log) for one in saved
    )


def renamed(scenario: Scenario, names: tuple[str, ...]) -> dict[str, Any]:
    """Changes of a scenario whose tiers get ``names``, as many as there are: caps, tiers set by hand, appeals, what
    the file's tiers stand for and what is assumed for each tier follow; names of no tier stay as they are.
    """
    after = with_tiers_named(scenario, dict(zip(scenario.tiers, names, strict=True)))
    follow = {name: getattr(after, name) for name in Scenario.model_fields}
    return {"tiers": names} | {name: value for name, value in follow.items() if value != getattr(scenario, name)}


def is_renaming(before: Scenario, after: Scenario) -> bool:
    """Whether a step gives the tiers other names and changes nothing else but their colours."""
    if len(before.tiers) != len(after.tiers) or before.tiers == after.tiers:
        return False
    free = {name: getattr(after, name) for name in ("hues", "existing")}
    return before.model_copy(update={**renamed(before, after.tiers), **free}) == after


@dataclass(frozen=True)
class Choices:
    """All that a session remembers.

    ``dataset`` None means the sample set ``sample`` is shown; ``waiting`` are files with a question open or
    columns that were not recognised.
    ``before_drag`` is the scenario to which an undo returns while a slider is still held; ``seq`` the newest studio
    event taken in; ``goto`` a page to turn to; ``listed`` the title and customers of a recommendation to look at;
    ``problem`` what was wrong with the last file taken in.
    ``redo`` are scenarios that an undo left, ``saved`` those kept beside the present one, ``log`` what was decided,
    ``loaded`` the file taken in last; ``room`` and ``host`` the code of a vote called here and the secret of who
    called it, ``voter`` the secret under which this session votes.
    ``proposed`` are the lines that were proposed, ``drawn`` what each way of drawing lines looked like when it was
    left, and ``anew`` what was proposed anew for other data. ``reading`` are the names of files that are just read,
    ``again`` of those that are to be loaded again, and ``resumed`` is the scenario that waits for them. ``unused`` are
    files and sheets of the last drop that hold no table.
    """

    language: Annotated[Language, AfterValidator(known_language)] = "en"
    sample: str = SETS[0]
    dataset: Dataset | None = None
    sources: tuple[Any, ...] = ()
    waiting: tuple[Any, ...] = ()
    scenario: Scenario = field(default_factory=Scenario)
    baseline: Scenario | None = None
    undo: tuple[Scenario, ...] = ()
    before_drag: Scenario | None = field(default=None, metadata=PASSING)
    customer_id: str | None = None
    seq: int = field(default=0, metadata=PASSING)
    goto: str | None = field(default=None, metadata=PASSING)
    listed: tuple[str, tuple[str, ...]] | None = None
    movers_open: bool = field(default=False, metadata=PASSING)
    problem: DataProblem | None = field(default=None, metadata=PASSING)
    redo: tuple[Scenario, ...] = ()
    saved: tuple[Saved, ...] = ()
    log: tuple[Entry, ...] = ()
    loaded: Saved | None = None
    room: str | None = None
    host: str | None = None
    voter: str | None = None
    proposed: tuple[Cuts, ...] = ()
    drawn: dict[str, AnyWay] = field(default_factory=dict)
    anew: tuple[str, ...] = ()
    unused: tuple[NotUsed, ...] = ()
    reading: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    resumed: Scenario | None = None
