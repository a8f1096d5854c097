"""Which next move a customer calls for: one rule per kind of move, in the order in which they take precedence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.movement.rhythm import AMBER, RED
from tiering.strategy.evidence import Evidence
from tiering.strategy.situation import Mask, Situation

Kind = Literal[
    "collect", "win_back", "protect", "fix", "check_in", "remind", "welcome", "right_size", "grow", "wallet",
    "watch", "broaden"
]  # fmt: skip
Basis = Literal["annual_revenue", "prior_revenue", "margin_gap", "wallet_gap"]

NEW_DAYS = 91
LOW_SATISFACTION = 0.5
MANY_RETURNS = 0.10
MANY_FAULTS = 0.10
MANY_TICKETS, TICKETS_OVER_USUAL = 5.0, 3.0
SMALL_WALLET_SHARE = 0.30
LOW_MARGIN = 0.70
REACH_POINTS = 3
FAST_GROWTH = 0.50
LEAST_ORDERS = 3
BROAD = 3


@dataclass(frozen=True)
class Rule:
    """One kind of move.

    Attributes
    ----------
    applies
        Situation → who it is for (n,).
    needs
        Columns of the evidence it reads; all of them, or any one where ``any_will_do``.
    basis
        What the money at stake is: annual revenue of the customers named, their revenue in the window before, or
        what their margin lacks to the usual rate.
    """

    kind: Kind
    applies: Callable[[Situation], Mask]
    needs: tuple[str, ...] = ()
    basis: Basis = "annual_revenue"
    any_will_do: bool = False

    def lacks(self, evidence: Evidence) -> str:
        """Code of what the data would need for this rule; empty when it can be applied."""
        codes = [evidence.lacks(key) for key in self.needs]
        missing = [code for code in codes if code]
        if not codes or not missing or (self.any_will_do and len(missing) < len(codes)):
            return evidence.lacks("annual_revenue")
        return missing[0]


def _collect(now: Situation) -> Mask:
    return now.buying & any_sign(now, "collect")


def _win_back(now: Situation) -> Mask:
    return now.silent & (now.lost_revenue > 0)


def _protect(now: Situation) -> Mask:
    return now.precious & now.buying & (now.evidence.column("tail") < RED)


def _fix(now: Situation) -> Mask:
    return now.buying & any_sign(now, "fix")


def _check_in(now: Situation) -> Mask:
    return now.upper & now.buying & any_sign(now, "check_in")


def _remind(now: Situation) -> Mask:
    return now.lower & now.buying & (now.evidence.column("tail") < RED)


def _welcome(now: Situation) -> Mask:
    return now.buying & (now.evidence.column("settled_tenure_days") < NEW_DAYS)


def _right_size(now: Situation) -> Mask:
    return now.upper & now.buying & (now.evidence.column("margin_rate") < LOW_MARGIN * now.usual_margin_rate)


def _grow(now: Situation) -> Mask:
    scored = now.upper | now.lower
    return now.open_to_more & scored & (now.points_short <= REACH_POINTS)


def _wallet(now: Situation) -> Mask:
    return now.open_to_more & now.upper & (now.evidence.column("wallet_share") < SMALL_WALLET_SHARE)


def _watch(now: Situation) -> Mask:
    one_offs = now.evidence.column("annual_orders") < LEAST_ORDERS
    small = now.evidence.column("annual_revenue") <= now.usual_revenue
    return now.lower & now.open_to_more & small & ~one_offs & (now.evidence.column("growth") >= FAST_GROWTH)


def _broaden(now: Situation) -> Mask:
    usual = now.usual_categories[now.tiering.tiers]
    return now.open_to_more & (now.evidence.column("categories") == 1) & (usual >= BROAD)


def _dissatisfied(now: Situation) -> Mask:
    """Whose satisfaction is in the lower half of its scale (2.5 or less of 5)."""
    return now.evidence.column("satisfaction_share") <= LOW_SATISFACTION


def _returning(now: Situation) -> Mask:
    return now.evidence.column("returns_share") > MANY_RETURNS


def _failing(now: Situation) -> Mask:
    return now.evidence.column("fault_rate") > MANY_FAULTS


def _asks_often(now: Situation) -> Mask:
    """Who has five tickets or more, and over three times as many as the middle customer."""
    tickets = now.evidence.column("tickets")
    known = tickets[np.isfinite(tickets)]
    usual = float(np.median(known)) if known.size else 0.0
    return (tickets >= MANY_TICKETS) & (tickets > TICKETS_OVER_USUAL * usual)


def _late(now: Situation) -> Mask:
    return now.evidence.column("tail") < AMBER


# What shows that a move is called for, where it can show in several ways: sign → who shows it, the gravest first.
SIGNS: dict[Kind, dict[str, Callable[[Situation], Mask]]] = {
    "collect": {"overdue": lambda now: now.overdue, "credit": lambda now: now.upper & now.weak_credit},
    "fix": {"satisfaction": _dissatisfied, "returns": _returning, "faults": _failing, "tickets": _asks_often},
    "check_in": {"late": _late, "falling": lambda now: now.falling},
}


def any_sign(now: Situation, kind: Kind) -> Mask:
    """Who shows any sign of a kind (n,)."""
    shown: Mask = np.logical_or.reduce([shows(now) for shows in SIGNS[kind].values()])
    return shown


def first_signs(now: Situation, kind: Kind) -> NDArray[np.object_]:
    """The gravest sign each customer shows (n,); empty where it shows none."""
    if kind not in now.signs_told:
        shown = [shows(now) for shows in SIGNS[kind].values()]
        places = np.select(shown, range(len(shown)), -1)
        now.signs_told[kind] = np.array([*SIGNS[kind], ""], dtype=object)[places]
    return now.signs_told[kind]


# A customer gets the first move that applies and no other, so that no two contradict and no money counts twice:
# nobody is sold more on weak credit, nobody lost, late, unhappy or buying less is asked for more before that is mended.
RULES: tuple[Rule, ...] = (
    Rule("collect", _collect, ("credit_level", "overdue_days"), any_will_do=True),
    Rule("win_back", _win_back, ("recency_days",), "prior_revenue"),
    Rule("protect", _protect, ("tail",)),
    Rule("fix", _fix, ("satisfaction_share", "returns_share", "fault_rate", "tickets"), any_will_do=True),
    Rule("check_in", _check_in, ("tail", "growth", "earlier_half_revenue"), any_will_do=True),
    Rule("remind", _remind, ("tail",)),
    Rule("welcome", _welcome, ("settled_tenure_days",)),
    Rule("right_size", _right_size, ("margin_rate",), "margin_gap"),
    Rule("grow", _grow),
    Rule("wallet", _wallet, ("wallet", "wallet_share"), "wallet_gap"),
    Rule("watch", _watch, ("growth",)),
    Rule("broaden", _broaden, ("categories",)),
)
