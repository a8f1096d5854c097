"""What the headers of the amounts say about them: ordered, invoiced or paid, with or without tax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tiering.ingest.meaning.mapping import Mapping
from tiering.ingest.values.chinese import simplified
from tiering.scenario.population import Money, Stage, Tax

Meaning = TypeVar("Meaning", Stage, Tax)
AMOUNTS = ("amount", "unit_price", "annual_revenue")
STAGES: dict[Stage, tuple[str, ...]] = {
    "invoiced": ("开票", "发票", "invoice", "billed"),
    "paid": ("实付", "实收", "支付", "付款", "回款", "收款", "paid", "payment", "received"),
    "ordered": ("订单", "下单", "订货", "合同", "order", "booked", "booking"),
}
TAXES: dict[Tax, tuple[str, ...]] = {
    "without": ("不含税", "未税", "excl", "net of tax", "ex vat", "before tax"),
    "with": ("含税", "incl", "with tax", "gross of tax"),
}


def money_meant(mappings: Sequence[Mapping]) -> Money:
    """Mappings of the files → what all headers of amounts agree on; "unsaid" where none says so or two differ."""
    headers = [simplified(header.casefold()) for one in mappings for key in AMOUNTS for header in one.headers(key)]
    stages = {stage for header in headers if (stage := _said(header, STAGES))}
    taxes = {tax for header in headers if (tax := _said(header, TAXES))}
    return Money(
        stage=stages.pop() if len(stages) == 1 else "unsaid",
        tax=taxes.pop() if len(taxes) == 1 else "unsaid",
    )


def _said(header: str, meanings: dict[Meaning, tuple[str, ...]]) -> Meaning | None:
    return next((meaning for meaning, words in meanings.items() if any(word in header for word in words)), None)
