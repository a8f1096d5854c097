"""A few plain conditions that say which cluster a customer belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sklearn.tree import DecisionTreeClassifier

DEPTH = 3
LEAST_IN_LEAF = 0.02
_SEED = 20240101


@dataclass(frozen=True)
class Condition:
    """``key`` above ``limit``, or at most it."""

    key: str
    is_above: bool
    limit: float


@dataclass(frozen=True)
class Rule:
    """Customers who meet all ``conditions`` are ``share`` (0..1) in ``cluster``; there are ``customers`` of them."""

    conditions: tuple[Condition, ...]
    cluster: int
    customers: int
    share: float


@dataclass(frozen=True)
class RuleSet:
    """Rules that leave nobody out, and the ``accuracy`` (0..1) of following them."""

    rules: tuple[Rule, ...]
    accuracy: float


def plain_rules(raw: NDArray[np.float64], codes: NDArray[np.int64], keys: Sequence[str]) -> RuleSet:
    """Raw figures (n, m) and cluster of n customers → rules by a decision tree of depth three.

    References
    ----------
    Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees.
    """
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=LEAST_IN_LEAF, random_state=_SEED).fit(raw, codes)
    rules = sorted(_leaves(tree, keys), key=lambda rule: (rule.cluster, -rule.customers))
    return RuleSet(tuple(rules), float(tree.score(raw, codes)))


def _leaves(tree: DecisionTreeClassifier, keys: Sequence[str]) -> list[Rule]:
    """One rule per leaf, conditions on the same figure and side drawn together."""
    parts = tree.tree_
    rules: list[Rule] = []

    def walk(node: int, path: tuple[Condition, ...]) -> None:
        if parts.children_left[node] < 0:
            shares = parts.value[node][0] / parts.value[node][0].sum()
            best = int(np.argmax(shares))
            rules.append(Rule(_tightest(path), int(tree.classes_[best]), int(parts.n_node_samples[node]), shares[best]))
            return
        key, limit = keys[parts.feature[node]], float(parts.threshold[node])
        walk(parts.children_left[node], (*path, Condition(key, False, limit)))
        walk(parts.children_right[node], (*path, Condition(key, True, limit)))

    walk(0, ())
    return rules


def _tightest(path: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The last condition of each figure and side: further down is narrower."""
    return tuple({(condition.key, condition.is_above): condition for condition in path}.values())
