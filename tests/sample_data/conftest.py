"""Each sample set once, as pandas frames under canonical names."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sample_data import SETS, load_canonical
from sample_data.generate import write_csv


@pytest.fixture(params=SETS, scope="session")
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def orders(key: str) -> pd.DataFrame:
    lines = load_canonical(key, "zh")[0].to_pandas()
    return lines.assign(
        amount=lines["amount"].astype(float),
        cost=lines["cost"].astype(float),
        order_date=pd.to_datetime(lines["order_date"]),
    )


@pytest.fixture(scope="session")
def customers(key: str) -> pd.DataFrame:
    return load_canonical(key, "zh")[1].to_pandas()


@pytest.fixture(scope="session")
def sales(orders: pd.DataFrame) -> pd.DataFrame:
    return orders[orders["amount"] > 0]


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write_csv(folder)
    return folder
