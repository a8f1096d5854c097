"""Pareto: how few customers or products make most of the revenue, and what they earn."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from tiering.ui.base import cached_views, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.pareto import pareto_chart
from tiering.ui.pages.money import margins, products
from tiering.views.abc import ComputedLimits, abc_bands, computed_limits
from tiering.views.concentration import CURVE_POINTS, inequality
from tiering.views.group_tiers import group_totals
from tiering.views.sales import Key
from tiering.words import Words

SUBJECTS: dict[str, Key] = {"customers": "customer_id", "products": "product", "categories": "category"}
BANDS = ("A", "B", "C")
TOPS = (1, 20)  # in hundredths of the items
MANY = 100
STRENGTHS = (0.20, 0.11, 0.04)


def section(shown: Shown, words: Words) -> None:
    """Draw the view: the curve, the margins, what each tier buys, or the roles of products."""
    looks: dict[str, Callable[[Shown, Words], None]] = {"curve": _curve}
    if shown.dataset.orders is not None:
        told = shown.dataset.orders.column_names
        looks |= {"margin": margins.section} if "cost" in told else {}
        looks |= {"tiers": products.class_section, "roles": products.role_section} if "product" in told else {}
    missing = [look for look in ("margin", "tiers", "roles") if look not in looks]
    looks[choices.picked("look", list(looks), words, bare=True)](shown, words)
    for look in missing:
        st.caption(words(f"segments.pareto.needs_{look}"))


def _curve(shown: Shown, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        subject, items = _items(shown, words)
        limits = _limits(words)
    if items["revenue"].clip(lower=0).sum() <= 0:
        st.info(
            words("segments.pareto.nothing" if shown.dataset.orders is not None else "segments.pareto.needs_revenue")
        )
        return
    bands = abc_bands(items["revenue"].to_numpy(), limits)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(_sentence(subject, items, bands, words))
        if len(items) >= MANY:
            st.caption(_tops(items, words))
        points = _named(shown, subject, _points(items), words)
        ends = _band_ends(items, bands, words)
        drill_down.draw_with_picture(f"pareto-{subject}", pareto_chart(points, ends, words, frame.is_dark()), words)
    with right:
        _figures(items, str(_named(shown, subject, items.head(1), words)["name"].iloc[0]), words)
        _band_table(shown, subject, items.assign(band=bands), words)
        _suggestion(computed_limits(items["revenue"].to_numpy()), limits, words)


def _items(shown: Shown, words: Words) -> tuple[str, pd.DataFrame]:
    """What is ranked, biggest first: ``item``, ``revenue``."""
    orders = shown.dataset.orders
    if orders is None or shown.tiering.base.as_of is None:
        customers = shown.tiering.base.customers
        items = pd.DataFrame({"item": customers["customer_id"], "revenue": shown.tiering.base.revenue})
        return "customers", items
    offered = [subject for subject, key in SUBJECTS.items() if key in orders.column_names]
    subject = choices.picked("subject", offered, words) if len(offered) > 1 else "customers"
    basis = choices.picked("basis", ["net", "gross"], words, shown.tiering.scenario.revenue)
    window = shown.tiering.scenario.window_months
    period = choices.picked("period", ["window", "all"], words)
    items = cached_views.sales(
        shown, SUBJECTS[subject], window if period == "window" else None, "net" if basis == "net" else "gross"
    )
    return subject, items


def _named(shown: Shown, subject: str, items: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The same rows with what each item is called."""
    if subject == "customers":
        return items.assign(name=drill_down.names(shown, items["item"]))
    return items.assign(name=items["item"].where(items["item"] != "", words("segments.unnamed")))


def _limits(words: Words) -> tuple[float, float]:
    first = choices.percent("limit_a", words, (50, 94), 80)
    return first, choices.percent("limit_b", words, (round(first * 100) + 1, 99), 95)


def _sentence(subject: str, items: pd.DataFrame, bands: np.ndarray, words: Words) -> str:
    top = bands == 0
    revenue = items["revenue"].clip(lower=0)
    return words(
        f"segments.pareto.sentence_{subject}",
        n=int(top.sum()),
        all=len(items),
        share=words.percent(top.mean(), 1 if top.mean() < 0.1 else 0),
        revenue=words.percent(revenue[top].sum() / revenue.sum(), 1),
    )


def _tops(items: pd.DataFrame, words: Words) -> str:
    """What the first hundredth and the first fifth hold."""
    running = items["revenue"].clip(lower=0).cumsum().to_numpy()
    some = {f"n_{part}": math.ceil(part * len(items) / 100) for part in TOPS}
    held = {f"held_{part}": words.percent(running[some[f"n_{part}"] - 1] / running[-1], 2) for part in TOPS}
    return words("segments.pareto.tops", **some, **held)


def _points(items: pd.DataFrame) -> pd.DataFrame:
    """At most 200 points of the curve, and the origin."""
    running = items["revenue"].clip(lower=0).cumsum().to_numpy()
    kept = np.unique(np.linspace(0, len(items) - 1, min(CURVE_POINTS, len(items))).astype(int))
    points = items.iloc[kept][["item", "revenue"]].assign(
        item_share=(kept + 1) / len(items), revenue_share=running[kept] / running[-1]
    )
    origin = pd.DataFrame({"item": [""], "revenue": [0.0], "item_share": [0.0], "revenue_share": [0.0]})
    return pd.concat([origin, points], ignore_index=True)


def _band_ends(items: pd.DataFrame, bands: np.ndarray, words: Words) -> pd.DataFrame:
    totals = group_totals(bands, items["revenue"].to_numpy(), len(BANDS))
    ends, tops = totals["customer_share"].cumsum(), totals["revenue_share"].cumsum()
    notes = [
        words("segments.pareto.end", items=words.percent(end, 1), revenue=words.percent(top, 1)) if end < 1 else ""
        for end, top in zip(ends, tops, strict=True)
    ]
    starts = ends - totals["customer_share"]
    return pd.DataFrame(
        {"band": BANDS, "start": starts, "end": ends, "top": tops, "strength": STRENGTHS, "note": notes}
    )


def _figures(items: pd.DataFrame, first: str, words: Words) -> None:
    spread = inequality(items["revenue"].to_numpy())
    figures = st.columns(3)
    figures[0].metric(words("segments.gini"), words.number(spread.gini, 3), help=words("segments.gini_hint"))
    figures[1].metric(words("segments.top_one"), words.percent(spread.top_share, 1), help=frame.plain(first))
    figures[2].metric(
        words("segments.effective"), words.number(spread.effective, 1), help=words("segments.effective_hint")
    )


def _band_table(shown: Shown, subject: str, items: pd.DataFrame, words: Words) -> None:
    codes = items["band"].to_numpy()
    rows = group_totals(codes, items["revenue"].to_numpy(), len(BANDS)).assign(band=BANDS)
    labels = {
        "band": words("segments.band"),
        "customers": words(f"segments.subject.{subject}"),
        "customer_share": words("segments.pareto.item_share"),
        "revenue": words("segments.revenue"),
        "revenue_share": words("segments.revenue_share"),
    }

    def listing(row: int) -> drill_down.Listing:
        title = words("segments.pareto.band_title", band=BANDS[row])
        return drill_down.Listing(title, items["item"][codes == row].tolist())

    drill_down.table("bands", rows, labels, listing if subject == "customers" else None)
    if subject == "customers":
        st.caption(words("segments.click"))
    columns = {"item": words("customer.id"), "name": words("segments.name"), "revenue": words("segments.revenue")}

    def written() -> pd.DataFrame:
        return _named(shown, subject, items, words).assign(band=np.array(BANDS)[codes])

    drill_down.download(f"pareto-{subject}", written, columns | {"band": words("segments.band")}, words)


def _suggestion(found: ComputedLimits | None, limits: tuple[float, float], words: Words) -> None:
    """Limits the curve itself suggests, to be taken by a click."""
    if found is None:
        return
    first = min(max(round(found.a.yielded * 100), 50), 94)
    second = min(max(round(found.c.yielded * 100), first + 1), 99)
    counts = np.bincount(found.bands, minlength=len(BANDS))
    st.caption(words("segments.pareto.computed", a=first, b=second, n_a=int(counts[0]), n_b=int(counts[1])))

    def take() -> None:
        choices.keep("limit_a", first)
        choices.keep("limit_b", second)

    if limits != (first / 100, second / 100):
        st.button(words("segments.pareto.take"), on_click=take, key="segments-take-limits")
