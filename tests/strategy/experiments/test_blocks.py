"""The draw: fair in every block, repeatable, and blind to the order of the rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.experiments.blocks import blocks_of, drawn_arms

BLOCKS = st.lists(st.sampled_from(["S / East", "S / West", "A / East"]), min_size=1, max_size=40)


@settings(max_examples=20, deadline=None)
@given(BLOCKS, st.integers(2, 4), st.integers(0, 1000))
def test_in_every_block_and_over_all_the_arms_differ_by_one_at_most(blocks, arms, seed):
    ids = [f"C{place}" for place in range(len(blocks))]
    drawn = drawn_arms(ids, blocks, arms, seed)
    for members in [np.ones(len(blocks), bool), *(np.array(blocks) == block for block in set(blocks))]:
        counts = np.bincount(drawn[members], minlength=arms)
        assert counts.max() - counts.min() <= 1


@settings(max_examples=12, deadline=None)
@given(BLOCKS, st.integers(0, 1000), st.randoms())
def test_the_order_of_the_rows_changes_nothing(blocks, seed, chance):
    ids = [f"C{place}" for place in range(len(blocks))]
    order = list(range(len(ids)))
    chance.shuffle(order)
    drawn = drawn_arms(ids, blocks, 2, seed)
    again = drawn_arms([ids[place] for place in order], [blocks[place] for place in order], 2, seed)
    assert [drawn[place] for place in order] == again.tolist()


def test_another_seed_draws_otherwise():
    ids, blocks = [f"C{place}" for place in range(30)], ["S"] * 30
    assert drawn_arms(ids, blocks, 2, 1).tolist() != drawn_arms(ids, blocks, 2, 2).tolist()
    assert drawn_arms(ids, blocks, 2, 1).tolist() == drawn_arms(ids, blocks, 2, 1).tolist()


def test_chance_decides_within_a_block():
    drawn = [drawn_arms(["A", "B"], ["S", "S"], 2, seed).tolist() for seed in range(30)]
    assert [0, 1] in drawn
    assert [1, 0] in drawn


def test_nobody_can_be_drawn():
    assert drawn_arms([], [], 2, 1).size == 0


@settings(max_examples=20, deadline=None)
@given(BLOCKS, st.sampled_from([0.1, 0.2, 0.5, 0.8]), st.integers(0, 1000))
def test_a_hold_out_keeps_its_share_in_every_block_and_over_all(blocks, held_out, seed):
    ids = [f"C{place}" for place in range(len(blocks))]
    drawn = drawn_arms(ids, blocks, 2, seed, held_out)
    for members in [np.ones(len(blocks), bool), *(np.array(blocks) == block for block in set(blocks))]:
        assert abs(drawn[members].sum() - held_out * members.sum()) < 1 + 1e-9


def test_regions_too_small_to_tell_are_one_block_of_the_tier():
    tiers, regions = ["S"] * 22, ["East"] * 12 + ["West"] * 6 + ["North"] * 4
    assert blocks_of(tiers, regions, 0.5) == ["S / East"] * 12 + ["S"] * 10
    assert blocks_of(tiers, regions, 0.2) == ["S"] * 22
    assert blocks_of(tiers, None, 0.5) == ["S"] * 22
