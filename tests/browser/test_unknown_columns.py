"""A file whose columns are not recognised can be put right by hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.settling import WAIT, settled
from tests.browser.test_main_path import card_counts


@pytest.fixture
def survey(tmp_path):
    """Twenty customers with a date and a satisfaction: taken for orders, of which the amounts are missing."""
    path = tmp_path / "survey.csv"
    lines = [f"F-{k},Firm {k},2025-03-{k:02d},{1 + k % 5}" for k in range(1, 21)]
    path.write_text("\n".join(["Order ID,Customer ID,Order date,Satisfaction", *lines]), encoding="utf-8")
    return path


def test_a_file_that_is_none_of_orders_is_asked_about_and_said_to_be_customers(server, window, survey):
    window.goto(f"{server.url}/data")
    window.locator('input[type="file"]').first.set_input_files(survey)
    expect(window.get_by_text("Which column is the amount?")).to_be_visible(timeout=WAIT)
    settled(window)
    expect(window.get_by_text("Sample data: Industrial equipment")).to_be_visible()
    window.get_by_role("combobox", name="This file holds").click()
    window.get_by_role("option", name="Customers").click()
    window.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    expect(window.get_by_text("survey.csv")).to_be_visible(timeout=WAIT)
    settled(window)
    assert sum(card_counts(window)) == 20


def test_a_file_that_waits_can_be_put_away_and_the_data_in_use_stays(server, window, survey):
    window.goto(f"{server.url}/data")
    window.locator('input[type="file"]').first.set_input_files(survey)
    window.get_by_role("button", name="Remove").click(timeout=WAIT)
    expect(window.get_by_test_id("stAlert")).to_have_count(0, timeout=WAIT)
    expect(window.get_by_text("Which column is the amount?")).to_have_count(0)
    expect(window.get_by_text("Sample data: Industrial equipment")).to_be_visible()
