"""All that a session remembers: the loaded data and the choices made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator

from sample_data import SETS
from tiering.claims import NotUsed
from tiering.dataset import Dataset
from tiering.decision.saved import Entry, Saved
from tiering.problems import DataProblem
from tiering.scenario import Cuts, Scenario
from tiering.scenario.ways import AnyWay
from tiering.words import Language
from tiering.words.locale import known_language

PASSING = {"passing": True}  # not kept over a page refresh


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
