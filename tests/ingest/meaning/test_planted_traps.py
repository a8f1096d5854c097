"""Random clean books with traps planted into them: the clean book counts, and the bridge adds up to the cent."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.meaning.drafts import revenue, understood
from tiering.ingest.drop import built

BOOKS = {
    "en": ("Order No,Customer,Order Date,Qty,Amount,Status", ",", "Completed", "Cancelled", "Grand Total"),
    "zh": ("订单编号,客户名称,下单日期,数量,金额,订单状态", ",", "已完成", "已取消", "合计"),
    "de": ("Auftragsnr;Kunde;Datum;Menge;Betrag;Status", ";", "Geliefert", "Storniert", "Gesamtsumme"),
    "fr": ("Commande;Client;Date;Quantité;Montant;Statut", ";", "Livrée", "Annulée", "Total général"),
}
TRAPS = ("cancelled", "odd date", "block twice", "total row")
Line = tuple[str, str, str, int, Decimal, str]


def clean_book(seed: int, counts: str) -> list[Line]:
    """Orders of five customers over a year, one line each."""
    chance, first = random.Random(seed), date(2024, 1, 3)
    lines = []
    for number in range(chance.randint(14, 40)):
        day = first + timedelta(days=10 * number + chance.randint(0, 9))
        amount = Decimal(chance.randint(1_000, 900_000)) / 100
        lines.append((f"A{1000 + number}", f"K{chance.randint(1, 5)}", str(day), chance.randint(1, 90), amount, counts))
    return lines


def with_traps(lines: list[Line], traps: frozenset[str], lapsed: str, label: str, seed: int) -> list[Line]:
    """The book with its traps, those below it last."""
    chance = random.Random(seed + 1)
    book = list(lines)
    if "cancelled" in traps:
        number, who, day, pieces, amount, _ = chance.choice(lines)
        book.insert(chance.randint(0, len(book)), (f"{number}0", who, day, pieces, amount * 3, lapsed))
    if "odd date" in traps:
        number, who, _, pieces, amount, state = chance.choice(lines)
        odd = chance.choice(("1900-01-01", "2099-12-31", "2204-05-06", "1970-01-01"))
        book.insert(chance.randint(0, len(book)), (f"{number}1", who, odd, pieces, amount, state))
    if "block twice" in traps:
        start = chance.randint(0, len(book) - 6)
        book += book[start : start + 6]
    if "total row" in traps:
        book.append(("", label, "", sum(line[3] for line in book), sum((line[4] for line in book), Decimal(0)), ""))
    return book


def text_of(book: list[Line], header: str, separator: str) -> str:
    """The book as a file; with semicolons amounts have a decimal comma."""
    mark = "," if separator == ";" else "."
    rows = [(*line[:4], str(line[4]).replace(".", mark), line[5]) for line in book]
    return "\n".join([header, *(separator.join(str(cell) for cell in row) for row in rows)]) + "\n"


def expected(lines: list[Line]) -> dict[str, float]:
    """Revenue of each customer of the clean book."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _, who, _, _, amount, _ in lines:
        sums[who] += amount
    return {who: float(money) for who, money in sums.items()}


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), language=st.sampled_from(sorted(BOOKS)), traps=st.frozensets(st.sampled_from(TRAPS)))
def test_traps_planted_into_a_clean_book_change_no_customers_revenue(seed: int, language: str, traps: frozenset[str]):
    header, separator, counts, lapsed, label = BOOKS[language]
    lines = clean_book(seed, counts)
    text = text_of(with_traps(lines, traps, lapsed, label, seed), header, separator)
    dataset = built(understood(text))
    assert revenue(dataset) == pytest.approx(expected(lines))
    steps = dataset.meaning.bridge
    assert sum((one.money for one in steps[:-1]), Decimal(0)) == steps[-1].money == sum(line[4] for line in lines)
    assert sum(one.lines for one in steps[:-1]) == steps[-1].lines == len(lines)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), language=st.sampled_from(sorted(BOOKS)))
def test_a_clean_book_asks_nothing(seed: int, language: str) -> None:
    header, separator, counts, _, _ = BOOKS[language]
    assert understood(text_of(clean_book(seed, counts), header, separator), accept=False).questions == ()
