"""The money bridge: from the files' total to the revenue counted, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pyarrow.compute as pc

from tests.ingest.meaning.drafts import counted, draft, understood
from tiering.claims import Asked
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import leave_out, started, with_amounts
from tiering.ingest.meaning.understand import understand

PLAIN = "order,customer,date,amount\n1,A,2024-01-05,100.10\n2,B,2024-01-06,50\n3,,2024-01-07,7\n4,A,2024-01-08,-20\n"


def test_lines_without_a_customer_are_the_last_step_before_what_counts():
    steps = built(understood(PLAIN)).meaning.bridge
    assert [(one.step, one.lines, one.money) for one in steps] == [
        ("total", 4, Decimal("137.10")),
        ("set_aside", -1, Decimal("-7")),
        ("counted", 3, Decimal("130.10")),
    ]
    assert counted(PLAIN) == {"A": 80.10, "B": 50.0}


def test_lines_left_out_stand_in_the_bridge_and_in_the_account_of_the_file():
    begun = started(draft(PLAIN))
    left = leave_out(begun, pc.equal(begun.table["customer"], "B"), "not_counted")
    assert left.table.num_rows == 3
    assert left.steps[0].money == Decimal("-50")
    assert left.reading.report["excluded"] == {"not_counted": 1}
    assert left.left[0].lines.to_pylist() == [3]
    dataset = built(understand([left], Asked()))
    assert dataset.sources[0].excluded == {"not_counted": 1}
    assert dataset.sources[0].read == 5


def test_money_can_be_put_on_lines_whose_amount_was_a_product():
    priced = draft("order,customer,date,quantity,unit price\n1,A,2024-01-05,3,10\n2,A,2024-01-06,1,5\n")
    assert priced.mapping.headers("amount") == ()
    amounts = priced.amounts()
    assert amounts is not None
    changed = with_amounts(priced, pc.negate(amounts))
    assert pc.sum(changed.amounts()).as_py() == Decimal("-35")
