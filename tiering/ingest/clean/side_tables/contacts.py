"""Service tickets and contacts → how often, how late and how well each customer was in touch in a year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.clean.side_tables.cleaning import MONTHS, Days, day_number, day_numbers, months_before, numbers
from tiering.ingest.meaning.word_lists import class_words

COUNTED: dict[str, tuple[str, ...]] = {
    "tickets": ("fault", "complaint", "request"),
    "complaints": ("complaint",),
    "interactions": ("visit",),
    "participation": ("event",),
    "referrals": ("referral",),
}
OF_BUYERS = ("tickets", "complaints")  # who never bought has nothing to report, which is no merit
ABOUT_SERVICE = ("response_hours", "promised_hours", "on_time")


def contact_figures(
    contacts: pa.Table, as_of: date | None, annual_orders: pd.Series | None = None, months: int = MONTHS
) -> pd.DataFrame:
    """Contacts (`clean_contacts`) → one row per customer: ``customer_id`` and the figures the columns can tell.

    Counted are the ``months`` up to ``as_of``, without dates all lines; nothing is told of a day before the first.
    ``tickets`` (faults, complaints, requests), ``complaints``, ``interactions`` (visits, calls and the like),
    ``participation``, ``referrals``: numbers, told where the file has any of the kind at any time; kinds in other
    words are requests in a file about service and visits in any other. ``late_response_share``: share (0..1) of
    contacts answered late, by the column that says so, else by hours against those promised. ``fault_rate``: faults
    per order of the window, at most 1, where ``annual_orders`` (by customer id) are known. ``feedback`` and
    ``satisfaction``: mean of numbers, else the word
    said most often, the first by code point among equals.
    """
    recent = _in_window(contacts, as_of, months)
    everybody = pd.Index(np.sort(contacts["customer_id"].to_pandas().unique()), name="customer_id")
    if recent is None:
        return pd.DataFrame(index=everybody).reset_index()
    ever = set(_kinds(contacts))
    told = _counts(recent, ever)
    customer, kind = recent["customer_id"].to_pandas(), _kinds(recent)
    if (late := _late(recent)) is not None:
        told["late_response_share"] = pd.Series(late).groupby(customer).mean()
    if annual_orders is not None and "fault" in ever:
        faults = pd.Series((kind == "fault").astype(np.float64)).groupby(customer).sum()
        told["fault_rate"] = _per_order(faults, annual_orders)
    told |= {name: _opinion(recent[name], customer) for name in ("feedback", "satisfaction") if name in _filled(recent)}
    return pd.DataFrame(told, index=everybody).reset_index()


def _counts(recent: pa.Table, ever: set[str]) -> dict[str, pd.Series]:
    """Contacts of the window by customer, of each figure that the file has ever a kind of."""
    customer, kind = recent["customer_id"].to_pandas(), _kinds(recent)
    told = {name: np.isin(kind, kinds).astype(np.float64) for name, kinds in COUNTED.items() if ever & set(kinds)}
    return {name: pd.Series(counted).groupby(customer).sum() for name, counted in told.items()}


def latest_contact_day(contacts: pa.Table) -> date | None:
    """The last day in touch; None without dates."""
    return pc.max(contacts["contact_date"]).as_py() if "contact_date" in contacts.column_names else None


def _in_window(contacts: pa.Table, as_of: date | None, months: int) -> pa.Table | None:
    """The contacts that count; None where the file begins later."""
    if "contact_date" not in contacts.column_names or as_of is None:
        return contacts
    days = day_numbers(contacts, "contact_date")
    if not (days <= day_number(as_of)).any():
        return None
    since = day_number(months_before(as_of, months))
    return contacts.filter(pa.array((days > since) & (days <= day_number(as_of))))


def _filled(contacts: pa.Table) -> set[str]:
    return {name for name in contacts.column_names if contacts[name].null_count < contacts.num_rows}


def _kinds(contacts: pa.Table) -> np.ndarray:
    """Kind of each contact (n,)."""
    other = "visit" if _filled(contacts).isdisjoint(ABOUT_SERVICE) else "request"
    if "contact_kind" not in contacts.column_names:
        return np.full(contacts.num_rows, other, dtype=object)
    codes, words = pd.factorize(contacts["contact_kind"].to_pandas())
    found = [_kind(str(word).casefold(), other) for word in words]
    return np.array([*found, other], dtype=object)[codes]


def _kind(word: str, other: str) -> str:
    """What the word says it is; the first that fits, and ``other`` where none does."""
    kinds = class_words("contact").items()
    return next((kind for kind, parts in kinds if any(part in word for part in parts)), other)


def _late(contacts: pa.Table) -> Days | None:
    """1 answered late, 0 in time (n,), NaN where nobody says; None where the file has nothing of it."""
    if "on_time" in contacts.column_names:
        said = contacts["on_time"].to_pandas().astype(object).map(lambda word: str(word).strip().casefold())
        answers = class_words("on_time")
        return np.select([said.isin(answers["no"]), said.isin(answers["yes"])], [1.0, 0.0], np.nan)
    if not {"response_hours", "promised_hours"} <= set(contacts.column_names):
        return None
    taken, promised = numbers(contacts, "response_hours"), numbers(contacts, "promised_hours")
    return np.where(np.isfinite(taken) & np.isfinite(promised), (taken > promised).astype(np.float64), np.nan)


def _per_order(faults: pd.Series, annual_orders: pd.Series) -> pd.Series:
    orders = annual_orders.where(annual_orders > 0).dropna()
    return (faults.reindex(orders.index, fill_value=0.0) / orders).clip(upper=1.0)


def _opinion(values: pa.ChunkedArray, customer: pd.Series) -> pd.Series:
    said = values.to_pandas()
    if pd.api.types.is_numeric_dtype(said):
        return said.astype("float64").groupby(customer).mean()
    counts = pd.DataFrame({"customer": customer, "word": said}).dropna().value_counts().reset_index()
    ranked = counts.sort_values(["customer", "count", "word"], ascending=[True, False, True])
    return ranked.drop_duplicates("customer").set_index("customer")["word"]
