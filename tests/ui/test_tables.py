"""Tables on the pages can be downloaded from their tool bar: nothing in them may become a formula."""

from __future__ import annotations

import pandas as pd

from tests.ui.conftest import customers_of, dataset
from tiering.ui.base.frame import safe_table


def test_text_that_a_spreadsheet_would_compute_is_marked_and_figures_are_left_alone():
    table = pd.DataFrame({"name": ["=1+1", "@SUM(A1)", "A-1", None], "revenue": [-5.0, 1.0, 2.0, 3.0]})
    safe = safe_table(table)
    assert safe["name"].tolist()[:3] == ["'=1+1", "'@SUM(A1)", "A-1"]
    assert pd.isna(safe["name"].iloc[3])
    assert safe["revenue"].tolist() == [-5.0, 1.0, 2.0, 3.0]


def test_no_name_turns_the_direction_of_what_follows_it_in_the_table():
    safe = safe_table(pd.DataFrame({"name": ["good\u202egnp.exe", "شركة النور"]}))
    assert safe["name"].tolist() == ["goodgnp.exe", "شركة النور"]


def test_a_customer_called_like_a_formula_is_harmless_in_the_table(run_page):
    customers = customers_of(5)
    named = customers.set_column(1, "customer_name", [["=1+1", "+2", "plain", "-3", "@x"]])
    table = run_page("customer", "en", dataset(None, named)).dataframe[0].value
    assert sorted(table["customer_name"]) == ["'+2", "'-3", "'=1+1", "'@x", "plain"]
