"""Colours people choose: how far they stand out, by the formula everybody uses."""

from __future__ import annotations

import pytest

from tiering.said.colours import contrast


@pytest.mark.parametrize(
    ("hue", "ground", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0a0a0a", "#ffffff", 19.80),
        ("#ff0000", "#ffffff", 4.00),
        ("#00ff00", "#000000", 15.30),
        ("#0000ff", "#000000", 2.44),
    ],
)
def test_contrast_is_that_of_the_accessibility_guidelines(hue: str, ground: str, ratio: float) -> None:
    assert contrast(hue, ground) == pytest.approx(ratio, abs=0.005)
    assert contrast(ground, hue) == contrast(hue, ground)
