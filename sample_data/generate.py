"""Write the sample sets: ``python -m sample_data.generate`` (stored form), ``--csv DIR`` (files to try)."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sample_data.generator.build import build_set
from sample_data.loading import LANGUAGES, load_sample, stored_path
from sample_data.tables import SETS

ENCODINGS = {"zh": "utf-8-sig", "en": "utf-8"}  # Excel takes a CSV for UTF-8 only by its byte order mark


def write_sets() -> None:
    """Generate all sets anew and store them beside this file."""
    for key in SETS:
        for role, table in zip(("orders", "customers"), build_set(key), strict=True):
            write_stored(table, stored_path(key, role))


def write_stored(table: pa.Table, path: Path) -> None:
    """Store a table small: dictionaries where values repeat, amounts as whole numbers."""
    pq.write_table(table, path, compression="zstd", compression_level=19, store_decimal_as_integer=True)


def write_csv(folder: Path) -> list[Path]:
    """Write every set in every language as CSV, as an ERP would export it; the Chinese ones with BOM."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for key in SETS:
        for language in LANGUAGES:
            for role, table in zip(("orders", "customers"), load_sample(key, language), strict=True):
                path = folder / f"{key}_{role}_{language}.csv"
                with path.open("w", encoding=ENCODINGS[language], newline="") as file:
                    rows = csv.writer(file)
                    rows.writerow(table.column_names)
                    rows.writerows(zip(*table.to_pydict().values(), strict=True))
                written.append(path)
    return written


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--csv", type=Path, metavar="DIR", help="write the sets as CSV files to try")
    choices = parser.parse_args()
    if choices.csv is None:
        write_sets()
    else:
        for path in write_csv(choices.csv):
            print(path)


if __name__ == "__main__":
    main()
