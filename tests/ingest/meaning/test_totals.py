"""Rows that sum up or average others are no customers; a customer whose name is a total's word stays one."""

from __future__ import annotations

import pytest

from tests.ingest.meaning.drafts import draft, understood
from tiering.claims import Asked
from tiering.ingest.meaning.totals import find


def customers_left(text: str) -> list[str]:
    """Names that are left of a customers file."""
    left = find(draft(text, role="customers"), Asked()).draft
    return left.table[left.table.column_names[0]].to_pylist()


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Total",
            "Grand Total",
            "Sum",
            "合计",
            "总计：",
            "小 计",
            "累计",
            "Summe",
            "Gesamtergebnis",
            "Total général",
            "Suma",
        ),
        *("Totale", "Totaal", "Razem", "合計", "総計", "합계", "Итого", "All customers", "Összesen", "Toplam", "总"),
    ],
)
def test_a_row_that_sums_the_rows_above_is_no_customer(label: str) -> None:
    text = f"customer,revenue\nNorth,100\nSouth,250\nEast,50.5\n{label},400.50\n"
    assert customers_left(text) == ["North", "South", "East"]


@pytest.mark.parametrize(
    ("label", "figure"),
    [
        *(("平均", "150"), ("Average", "150"), ("Durchschnitt", "150"), ("Moyenne", "150"), ("Promedio", "150")),
        *(("最大值", "300"), ("Max", "300"), ("Minimum", "50"), ("最小", "50"), ("Median", "100"), ("Count", "3")),
        *(("平均値", "150"), ("Среднее", "150"), ("평균", "150"), ("Anzahl", "3"), ("Mean", "150")),
    ],
)
def test_a_mean_an_extreme_or_a_count_below_the_rows_is_no_customer(label: str, figure: str) -> None:
    text = f"customer,revenue\nNorth,100\nSouth,50\nEast,300\n{label},{figure}\n"
    assert customers_left(text) == ["North", "South", "East"]


@pytest.mark.parametrize(
    "row",
    [
        *("Total,777.77", "TOTAL,90", "Suma,500", "Sum,123", "Max,299", "Mean,9", "Overall,31", "Total Energies,450"),
        *("Petro Total,88", "Max Bau GmbH,300", "Media,77", "Summe Software,450.5", "All,12", "Tout,12"),
    ],
)
def test_a_customer_called_like_a_total_stays_where_the_numbers_do_not_add_up(row: str) -> None:
    text = f"customer,revenue\nNorth,100\nSouth,50\n{row}\nEast,300\n"
    assert customers_left(text) == ["North", "South", row.split(",", maxsplit=1)[0], "East"]


@pytest.mark.parametrize(
    "rows",
    [
        ("A,100,1", "B,200,2", "C,300,3"),
        ("A,100,1", "B,100,1", "C,200,2"),
        ("A,5,1", "B,5,1"),
        ("A,0,0", "B,0,0", "C,0,0"),
        ("A,100,4", "B,100,4", "C,100,4", "D,100,4"),
    ],
)
def test_customers_whose_figures_happen_to_add_up_stay(rows: tuple[str, ...]) -> None:
    assert len(customers_left("\n".join(("customer,revenue,orders", *rows)) + "\n")) == len(rows)


def test_orders_that_happen_to_sum_those_before_stay_orders() -> None:
    lines = [f"{n},A,2024-01-0{n},{2**n},{10 * 2**n}" for n in (1, 2)] + [
        "3,B,2024-01-03,6,60",
        "4,Total,2024-01-04,12,120",
    ]
    text = "\n".join(["order,customer,date,quantity,amount", *lines]) + "\n"
    assert find(draft(text), Asked()).draft.table.num_rows == 4


def test_subtotals_of_groups_within_groups_and_the_total_of_all_go_together() -> None:
    rows = [
        *("North,N1,100,1", "North,N2,200,2", "North Total,,300,3", "South,S1,50,1", "South Total,,50,1"),
        *("Europe Total,,350,4", "East,E1,70,1", "East,E2,30,1", "East Total,,100,2", "Grand Total,,450,6"),
    ]
    left = find(draft("\n".join(["region,customer,revenue,orders", *rows]) + "\n", role="customers"), Asked()).draft
    assert left.table["customer"].to_pylist() == ["N1", "N2", "S1", "E1", "E2"]


@pytest.mark.parametrize("label", ["", "Σ", "Összeg", "*", "sous-ensemble"])
def test_a_row_without_a_known_label_goes_where_two_columns_sum_and_its_customer_is_missing(label: str) -> None:
    lines = [f"{n},C{n % 3},2024-01-{n:02d},{n % 4 + 1},{n * 7.25}" for n in range(1, 13)]
    quantity, money = sum(n % 4 + 1 for n in range(1, 13)), sum(n * 7.25 for n in range(1, 13))
    text = "\n".join(["order,customer,date,quantity,amount", *lines, f"{label},,,{quantity},{money}"]) + "\n"
    found = find(draft(text), Asked())
    assert found.draft.table.num_rows == 12
    assert [claim.value for claim in found.claims] == [1]


def test_a_total_above_the_rows_is_none_of_them() -> None:
    assert customers_left("客户,销售额,订单数\n合计,600,6\n甲,100,1\n乙,200,2\n丙,300,3\n") == ["甲", "乙", "丙"]


def test_a_column_that_sums_its_neighbours_counts_alone() -> None:
    text = "customer,hardware spend,software spend,services spend,spend\nA,1,2,3,6\nB,40,0,2,42\nC,7,7,7,21\n"
    whole = understood(text).drafts[0]
    assert whole.mapping.headers("annual_revenue") == ("spend",)
    apart = understood(text.replace(",6\n", ",9\n")).drafts[0]
    assert apart.mapping.headers("annual_revenue") != ()
