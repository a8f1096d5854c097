"""How a part of the section changes the scenario: one step of undo, and everything follows."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from tiering.scenario.measures import Measures
from tiering.ui.base import regions, state


def change(**choices: Any) -> None:
    """Change the scenario in a widget's callback."""
    state.change_scenario(**choices)
    regions.follow_release()


def change_measures(**choices: Any) -> None:
    """Change which indicators there are."""
    now = state.choices().scenario.measures
    change(measures=Measures.model_validate({**now.model_dump(), **choices}))


def edited_rows(key: str) -> dict[int, dict[str, Any]]:
    """Rows of a table that were edited: row number → column → new value."""
    return (state.widget_value(key) or {}).get("edited_rows", {})


def named_by(name: str, *settings: BaseModel | str) -> str:
    """Key of a table that starts anew when what it shows is changed elsewhere."""
    said = "".join(part if isinstance(part, str) else part.model_dump_json() for part in settings)
    return f"{name}-{sha256(said.encode()).hexdigest()[:12]}"
