"""The tiered customers under the column names of a CRM."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.report.csv import BYTE_ORDER_MARK, csv_pieces
from tiering.said.kinds import money_decimals
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario.plan import Crm, CrmColumn

USUAL = ("customer_id", "customer_name", "tier", "score", "annual_revenue", "owner")


def crm_columns(listed: pd.DataFrame, crm: Crm) -> tuple[CrmColumn, ...]:
    """The columns to write: those chosen, or the usual ones there are, under their own names."""
    if crm.columns:
        return crm.columns
    return tuple(CrmColumn(column=name, name=name) for name in USUAL if name in listed)


def crm_lacking(listed: pd.DataFrame, crm: Crm) -> list[str]:
    """Chosen columns that this data does not have: they are written empty, so that the CRM's form stays whole."""
    return [one.column for one in crm.columns if one.column not in listed]


def crm_csv(tiering: Tiering, dataset: Dataset) -> Iterator[bytes]:
    """Tiers + the scenario's CRM columns → CSV in pieces: UTF-8 with mark, rows in code-point order of the id."""
    listed = tiered_customers(tiering, order="id")
    wanted = crm_columns(listed, tiering.scenario.crm)
    written = listed.reindex(columns=[one.column for one in wanted])
    yield BYTE_ORDER_MARK.encode()
    yield from csv_pieces(written, [one.name for one in wanted], money_decimals(dataset))
