"""Same tiers before and after: ``python -m benchmarks.golden before.json --checkout ../before``, then ``… --against``.

Runs the command ``tier`` of a checkout over the three samples, and over further order files (``--also "orders.csv
--lines details.csv"``), each with six scenarios that leave nothing to be proposed, and writes a hash of every
tiers.csv. With ``--against`` an earlier answer it names what differs and ends with 1 where anything does.
"""

from __future__ import annotations

import argparse
import csv
import json
import shlex
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1]
SAMPLES = ("industrial_equipment", "internet_infrastructure", "saas")
WEIGHTS = {"annual_revenue": 50, "annual_orders": 30, "recency_days": 10, "tenure_days": 10}
LINES = {"kind": "score", "lines": [70.0, 50.0, 30.0]}


def standard(indicator: str, sign: str, value: float) -> dict[str, Any]:
    """A rule with one condition."""
    return {"need": "all", "conditions": [{"indicator": indicator, "sign": sign, "value": value}]}


RULES = {
    "points": [{"field": "annual_orders", "test": "at_least", "value": 12, "points": 10}],
    "caps": [{"field": "recency_days", "test": "above", "value": 180, "tier": "B"}],
}
STANDARDS = [
    standard("annual_revenue", ">", 1e6),
    standard("annual_revenue", ">=", 1e4),
    standard("annual_orders", ">=", 2),
]
STAFF = [{"people": people, "hours": hours} for people, hours in ((1, 160), (2, 60), (1, 16), (1, 2))]
SCENARIOS: dict[str, dict[str, Any]] = {
    "score": {"cuts": LINES},
    "share": {"cuts": {"kind": "share", "lines": [0.05, 0.2, 0.5]}},
    "revenue": {"cuts": {"kind": "revenue", "lines": [0.5, 0.8, 0.95]}, "revenue": "gross"},
    "standards": {"cuts": LINES, "way": {"kind": "standards", "rules": STANDARDS}},
    "capacity": {"cuts": LINES, "way": {"kind": "capacity", "hours_per_person": 1600, "tiers": STAFF}},
    "rules": {"cuts": LINES, "rules": RULES, "window_months": 6, "newcomers": {"months": 1, "credibility": True}},
}


def main() -> int:
    """Run them all → 1 where an earlier answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--checkout", type=Path, default=HOME)
    parser.add_argument("--also", action="append", default=[])
    parser.add_argument("--options", default="", help="further options of every run, such as --accept")
    parser.add_argument("--against", type=Path)
    asked = parser.parse_args()
    commands = [[*sample(name)] for name in SAMPLES] + [shlex.split(also) for also in asked.also]
    commands = [[*command, *shlex.split(asked.options)] for command in commands]
    found = {
        f"{Path(command[0]).name} {name}": hashes(asked.checkout, command, scenario)
        for command in commands
        for name, scenario in SCENARIOS.items()
    }
    asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if asked.against is None else compared(json.loads(asked.against.read_text(encoding="utf-8")), found)


def sample(name: str) -> tuple[str, str, str]:
    """Command line of a sample set."""
    folder = HOME / "sample_data"
    return str(folder / f"{name}_orders.parquet"), "--customers", str(folder / f"{name}_customers.parquet")


def hashes(checkout: Path, command: list[str], scenario: dict[str, Any]) -> dict[str, Any]:
    """SHA-256 of the tiers.csv and of its customers, tiers and scores alone; what was said where there is none."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        choices, out = Path(folder) / "scenario.json", Path(folder) / "tiers.csv"
        choices.write_text(json.dumps({"version": 2, "weights": WEIGHTS, "goal": "own", **scenario}), encoding="utf-8")
        run = [sys.executable, "-m", "tiering", "tier", *command, "--out", str(out), "--scenario", str(choices)]
        done = subprocess.run([*run, "--lang", "en"], cwd=checkout, capture_output=True, text=True, check=False)
        if done.returncode:
            return {"status": done.returncode, "said": done.stderr[-300:]}
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row["customer_id"], row["tier"], row.get("score", "")) for row in csv.DictReader(file)]
        tiers = sha256(json.dumps(sorted(rows)).encode()).hexdigest()
        return {"customers": len(rows), "file": sha256(out.read_bytes()).hexdigest(), "tiers": tiers}


def compared(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> int:
    """Print each run that differs, and how many are the same."""
    apart = [name for name in after if before.get(name) != after[name]]
    for name in sorted(apart):
        same = "tiers" in after[name] and before.get(name, {}).get("tiers") == after[name]["tiers"]
        print(f"{name}: {'same tiers, other file' if same else f'{before.get(name)} → {after[name]}'}")
    print(f"{len(after) - len(apart)} of {len(after)} byte-identical")
    return 1 if apart else 0


if __name__ == "__main__":
    raise SystemExit(main())
