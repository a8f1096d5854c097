"""All sheets of the workbook in their order."""

from __future__ import annotations

from tiering.report.excel.actions import write_actions
from tiering.report.excel.customers import write_customers, write_movers
from tiering.report.excel.definitions import write_definitions
from tiering.report.excel.ledger import write_exceptions
from tiering.report.excel.rows import Progress
from tiering.report.excel.sheets import Sheets
from tiering.report.excel.summary import write_summary
from tiering.report.handout import Handout


def customers_workbook(handout: Handout, progress: Progress | None = None) -> bytes:
    """Tiers → XLSX bytes: tiers, customers, movement where there is a baseline, what to do with a
    call list for each kind of move, rules and ledger where there are any, definitions.

    Numbers are numbers, dates dates, text always text; headers in the handout's language. The same tiers give the
    same bytes. ``progress`` is called with 0..1.
    """
    sheets = Sheets(handout.tiering.base.as_of)
    write_summary(sheets, handout)
    write_customers(sheets, handout)
    if handout.baseline is not None:
        write_movers(sheets, handout, handout.baseline)
    write_actions(sheets, handout)
    write_exceptions(sheets, handout)
    write_definitions(sheets, handout)
    return sheets.finished(progress)
