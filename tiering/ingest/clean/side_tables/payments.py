"""Receivables → how late each customer pays and how much is overdue on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from tiering.ingest.clean.side_tables.cleaning import DUE, MONTHS, Days, day_number, day_numbers, months_before, numbers

Flags = NDArray[np.bool_]
CENT = 0.005  # what is left of a receivable below half a cent is nothing


@dataclass(frozen=True)
class _Lines:
    """Receivables (n,) as they stood on a day: what each was worth, what is open, when it was due and settled."""

    customer: pd.Series
    amount: Days
    open: Days
    due: Days
    invoiced: Days
    settled: Days
    today: int
    start: int

    @property
    def counted(self) -> Flags:
        """Due by the day and either in its window or still open."""
        return (self.due <= self.today) & ((self.due > self.start) | (self.open > CENT)) & (self.amount > 0)


def payment_figures(payments: pa.Table, as_of: date, months: int = MONTHS) -> pd.DataFrame:
    """Receivables (`clean_payments`) → one row per customer: ``customer_id`` and the figures the columns can tell.

    All as of ``as_of``: what was invoiced later is not there yet, what was paid later is still open.
    ``overdue_days``: mean days by which the receivables due in the ``months`` up to then, and older ones still open,
    were or are late; 0 for one in time.
    ``on_time_payment_share``: share (0..1) of those settled when due. ``payment_days``: mean days from invoice to
    payment of those settled in the window. ``overdue_share``: open money past due as a share of all open money, 0
    where nothing is open. Each receivable counts once; credit notes count in none. A file that only says how much or
    how long is overdue is taken at its word. NaN where a customer has nothing of the kind.
    """
    payments = _invoiced_by(payments, as_of)
    lines = _as_they_stood(payments, as_of, months)
    told = {
        "overdue_days": _mean(_days_late(payments, lines), lines.customer),
        "overdue_share": _overdue_share(payments, lines),
        "on_time_payment_share": _on_time(payments, lines),
        "payment_days": _payment_days(lines),
    }
    known = {name: values for name, values in told.items() if values is not None and values.notna().any()}
    everybody = pd.Index(np.sort(lines.customer.unique()), name="customer_id")
    return pd.DataFrame(known, index=everybody).reset_index()


def latest_payment_day(payments: pa.Table) -> date | None:
    """The last day on which something was invoiced or paid, else due; None where no date is told."""
    for names in (("invoice_date", "paid_date"), (DUE,)):
        days = [day_numbers(payments, name) for name in names]
        latest = max((np.nanmax(one) for one in days if np.isfinite(one).any()), default=None)
        if latest is not None:
            return date.fromordinal(date(1970, 1, 1).toordinal() + int(latest))
    return None


def _invoiced_by(payments: pa.Table, as_of: date) -> pa.Table:
    """Receivables that were there on the day, as far as the file says when they were invoiced."""
    later = day_numbers(payments, "invoice_date") > day_number(as_of)
    return payments.filter(pa.array(~later)) if later.any() else payments


def _as_they_stood(payments: pa.Table, as_of: date, months: int) -> _Lines:
    today = day_number(as_of)
    has_amount = "due_amount" in payments.column_names
    amount = numbers(payments, "due_amount") if has_amount else np.ones(payments.num_rows)
    paid_on = day_numbers(payments, "paid_date")
    paid = _paid(payments, amount, paid_on <= today)
    left = np.maximum(amount - paid, 0.0)
    return _Lines(
        customer=payments["customer_id"].to_pandas(),
        amount=amount,
        open=np.where(amount > 0, left, 0.0),
        due=day_numbers(payments, DUE),
        invoiced=day_numbers(payments, "invoice_date"),
        settled=np.where(left <= CENT, paid_on, np.nan),
        today=today,
        start=day_number(months_before(as_of, months)),
    )


def _paid(payments: pa.Table, amount: Days, dated: Flags) -> Days:
    """Money paid by the day: as said, else all of it where there is a date of payment."""
    said = np.nan_to_num(numbers(payments, "paid_amount"))
    if "paid_amount" not in payments.column_names or "due_amount" not in payments.column_names:
        return np.where(dated, amount, 0.0)
    return np.where(dated, said, 0.0) if "paid_date" in payments.column_names else said


def _days_late(payments: pa.Table, lines: _Lines) -> Days | None:
    if "overdue_days" in payments.column_names:
        return np.maximum(numbers(payments, "overdue_days"), 0.0)
    if DUE not in payments.column_names or not _tells_payment(payments):
        return None
    until = np.where(np.isfinite(lines.settled), lines.settled, lines.today)
    untold = (lines.open <= CENT) & ~np.isfinite(lines.settled)  # paid, but nobody knows when
    return np.where(lines.counted & ~untold, np.maximum(until - lines.due, 0.0), np.nan)


def _on_time(payments: pa.Table, lines: _Lines) -> pd.Series | None:
    if DUE not in payments.column_names or "paid_date" not in payments.column_names:
        return None
    in_time = (lines.settled <= lines.due).astype(np.float64)
    return _mean(np.where(lines.counted, in_time, np.nan), lines.customer)


def _payment_days(lines: _Lines) -> pd.Series | None:
    recent = (lines.settled > lines.start) & (lines.settled <= lines.today) & (lines.settled >= lines.invoiced)
    return _mean(np.where(recent & (lines.amount > 0), lines.settled - lines.invoiced, np.nan), lines.customer)


def _overdue_share(payments: pa.Table, lines: _Lines) -> pd.Series | None:
    said = "overdue_amount" in payments.column_names
    if said and "due_amount" not in payments.column_names:
        return None
    if not said and (DUE not in payments.column_names or not _tells_payment(payments)):
        return None
    late = np.where(lines.due < lines.today, lines.open, 0.0)
    late = np.clip(np.nan_to_num(numbers(payments, "overdue_amount")), 0, lines.open) if said else late
    owed = pd.Series(lines.open).groupby(lines.customer).sum()
    overdue = pd.Series(late).groupby(lines.customer).sum()
    return (overdue / owed.where(owed > CENT)).fillna(0.0)


def _tells_payment(payments: pa.Table) -> bool:
    """Whether the file says what was paid: otherwise every receivable of the past would look overdue."""
    amounts = {"paid_amount", "due_amount"} <= set(payments.column_names)
    return "paid_date" in payments.column_names or amounts


def _mean(values: Days | None, customer: pd.Series) -> pd.Series | None:
    return None if values is None else pd.Series(values).groupby(customer).mean()
