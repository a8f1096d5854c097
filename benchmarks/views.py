"""Controls of the analysis page on generated customers: ``python -m benchmarks.views 10k 100k`` prints a table.

Each figure is one run of the page on the server after a control was moved, in milliseconds: first the view as it is
opened, then the median of the moves that follow. What the browser needs to draw comes on top.
"""

from __future__ import annotations

import argparse
import logging
import statistics
from collections.abc import Callable
from time import perf_counter

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from benchmarks.generate_customers import generated_customers
from tiering.dataset import Dataset, SourceFacts
from tiering.ui.base.state import Choices

SUFFIXES = {"k": 1_000, "m": 1_000_000}
LONG = 240
Move = Callable[[AppTest], AppTest]


def main() -> None:
    """Measure each size in turn."""
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["10k", "100k"])
    print(f"{'customers':>10} {'view':<16} {'opened ms':>10} {'control ms':>11} {'slowest':>8}")
    for size in parser.parse_args().sizes:
        measured(int(float(size[:-1]) * SUFFIXES[size[-1].lower()]))


def measured(customers: int) -> None:
    """Print one line per view."""
    page = AppTest.from_function(_script, default_timeout=LONG)
    page.session_state["choices"] = Choices(language="en", dataset=dataset(customers))
    page.run()
    for view, moves in VIEWS.items():
        opened = _timed(lambda p, view=view: _set(p.segmented_control, "view", view), page)
        took = [_timed(move, page) for move in moves]
        print(
            f"{customers:>10,} {view:<16} {opened:>10.0f} {statistics.median(took):>11.0f} {max(took):>8.0f}",
            flush=True,
        )


def dataset(customers: int) -> Dataset:
    """Generated orders and customers as the data of one session."""
    orders, table = generated_customers(customers, seed=7)
    sources = (
        SourceFacts("orders", "orders", read=orders.num_rows, used=orders.num_rows),
        SourceFacts("customers", "customers", read=table.num_rows, used=table.num_rows),
    )
    return Dataset(orders, table, pa.table({}), sources, f"generated-{customers}")


def _script() -> None:
    import app

    app.main("segments")


def _set(widgets: Callable[..., object], name: str, value: object) -> AppTest:
    widget = widgets(key=f"segments-{name}")
    return widget.set_value(value).run()  # type: ignore[attr-defined, no-any-return]


def _timed(move: Move, page: AppTest) -> float:
    """Milliseconds of one move; a page that shows an error is no measurement."""
    started = perf_counter()
    move(page)
    took = (perf_counter() - started) * 1000
    assert not page.exception, page.exception
    assert not page.error, [error.value for error in page.error]
    return took


def _slide(name: str, *values: int) -> list[Move]:
    return [lambda page, value=value: _set(page.slider, name, value) for value in values]  # type: ignore[misc]


def _pick(name: str, *values: str) -> list[Move]:
    return [lambda page, value=value: _set(page.segmented_control, name, value) for value in values]  # type: ignore[misc]


def _choose(name: str, *values: object) -> list[Move]:
    return [lambda page, value=value: _set(page.selectbox, name, value) for value in values]  # type: ignore[misc]


VIEWS: dict[str, list[Move]] = {
    "pareto": [
        *_slide("limit_a", 70, 75),
        *_slide("limit_b", 90, 92),
        *_pick("basis", "gross", "net"),
        *_pick("period", "all", "window"),
        *_pick("subject", "products", "customers"),
        *_pick("look", "margin", "tiers", "roles", "curve"),
    ],
    "rfm": [*_pick("rfm_map", "ten", "eight", "eleven", "four"), *_pick("rfm_cut", "own", "quantile")],
    "lifecycle": [*_slide("stage_new", 4, 5), *_slide("stage_mature", 15, 18), *_slide("stage_decline", 60, 80)],
    "concentration": [*_slide("loss_count", 20, 30), *_pick("loss", "riskiest", "biggest")],
    "cross": [
        *_choose("cross_rows", "size", "city", "rfm", "tier"),
        *_choose("cross_third", "region"),
        *_pick("cross_shade", "revenue", "customers", "residual"),
        *_pick("cross_look", "market", "free"),
    ],
    "key": [*_slide("key_share", 70, 75), *_pick("key_by", "by_margin", "by_revenue"), *_pick("key_place", "city")],
    "cluster": _pick("cluster_k", "3", "4", "proposed"),
    "profile": _choose("profile_top", 1, 3, 2),
}


if __name__ == "__main__":
    main()
