"""How big a number of a scenario may be: far above what any firm needs, far below what arithmetic bears."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

YEAR_HOURS: Final = 8784.0  # of a leap year: nobody has more for customers
CUSTOMER_HOURS: Final = 10_000.0  # a year for one customer, several people together
PEOPLE: Final = 100_000.0
VISITS: Final = 10_000.0
HOUR_COST: Final = 1e9  # of a currency with many noughts
MONEY: Final = 1e15
MEASURED: Final = 1e21  # a value of the data, whatever it counts

Measured = Annotated[float, Field(ge=-MEASURED, le=MEASURED)]
