"""How the metric step grows with the order lines: ``python -m benchmarks.growth --memory-limit 4GB``.

Each size runs in a process of its own, for one date and for nine, under one memory limit; what does not fit is spilled
to disk. The figures are kept as ``docs/growth.csv``, the picture beside it is drawn from them.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate_orders import line_count, write_orders
from benchmarks.metrics import FOLDER, NINE_DATES, ONE_DATE

FIGURES = Path(__file__).parents[1] / "docs" / "growth.csv"
SIZES = [1_000_000, 3_000_000, 10_000_000, 50_000_000]
DATES = {"one date": ONE_DATE, "nine dates": NINE_DATES}


def measure(path: Path, dates: str, memory_limit: str) -> dict[str, object]:
    """Seconds of wall and processor, peak memory in GB, and a hash over every figure of every customer."""
    import pandas as pd

    from tiering.metrics import EngineOptions, customer_metrics

    options = EngineOptions(memory_limit=memory_limit, temp_dir=path.parent)
    wall, processor = time.perf_counter(), time.process_time()
    customers = customer_metrics(path, DATES[dates], options=options)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    digest = hashlib.sha256(pd.util.hash_pandas_object(customers, index=False).to_numpy().tobytes())
    return {
        "dates": dates,
        "rows": len(customers),
        "wall_seconds": round(wall, 2),
        "cpu_seconds": round(processor, 2),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "load": round(os.getloadavg()[0], 1),
        "memory_limit": memory_limit,
        "hash": digest.hexdigest()[:16],
    }


def measured(sizes: Sequence[int], memory_limit: str) -> list[dict[str, object]]:
    """One row per size and number of dates; files that are missing are generated first."""
    rows = []
    for lines in sizes:
        path = FOLDER / f"orders-{lines}.parquet"
        if not path.exists():
            write_orders(lines, path)
        for dates in DATES:
            command = [sys.executable, "-m", "benchmarks.growth", "--measure", str(path), dates, memory_limit]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            rows.append({"lines": lines, **found})
            print(rows[-1], flush=True)
    return rows


def draw(figures: Path, picture: Path) -> None:
    """Two panels: processor seconds and peak memory by order lines, one line per number of dates."""
    import altair as alt
    import pandas as pd

    rows = pd.read_csv(figures)
    rows["millions"] = rows["lines"] / 1e6
    x = alt.X("millions:Q", title="order lines, millions", axis=alt.Axis(grid=False))
    colour = alt.Color("dates:N", legend=None, scale=alt.Scale(range=["#1f5fa8", "#c2410c"]))
    last = rows.loc[rows.groupby("dates")["lines"].idxmax()]
    panels = []
    for column, title in (("cpu_seconds", "processor seconds"), ("peak_gb", "peak memory, GB")):
        y = alt.Y(f"{column}:Q", title=title)
        layers = [alt.Chart(rows).mark_line(point=True).encode(x, y, colour)]
        for dates, above in (("nine dates", -10), ("one date", 30)):
            label = alt.Chart(last[last["dates"] == dates]).mark_text(align="right", dx=-4, dy=above, fontSize=13)
            layers.append(label.encode(x, y, colour, text="dates:N"))
        panels.append(alt.layer(*layers).properties(width=360, height=240))
    chart = alt.hconcat(*panels).configure_view(stroke=None).configure_axis(labelFontSize=12, titleFontSize=13)
    chart.save(picture, scale_factor=2)


def main() -> None:
    """Measure, keep, draw; with --measure one run only, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", nargs="+", type=line_count, default=SIZES)
    parser.add_argument("--memory-limit", default="4GB")
    parser.add_argument("--draw-only", action="store_true", help="draw the figures at hand anew")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        path, dates, memory_limit = chosen.measure
        print(json.dumps(measure(Path(path), dates, memory_limit)))
        return
    if not chosen.draw_only:
        FOLDER.mkdir(parents=True, exist_ok=True)
        rows = measured(chosen.lines, chosen.memory_limit)
        with FIGURES.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    draw(FIGURES, FIGURES.with_suffix(".png"))


if __name__ == "__main__":
    main()
