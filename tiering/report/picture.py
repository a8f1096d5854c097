"""A chart as a picture for a slide, drawn on this machine."""

from __future__ import annotations

from typing import Any

WIDTH = 1100
SCALE = 2.0
GROUND = {False: "#ffffff", True: "#0e1117"}


def chart_png(chart: dict[str, Any], dark: bool, fonts: str) -> bytes:
    """Vega-Lite specification with its data inside → PNG, 1100 points wide at double resolution.

    Nothing is fetched: no data by address, no fonts but those of the machine, the first of ``fonts`` it has.
    """
    import vl_convert

    config = {**chart.get("config", {}), "font": fonts}
    wide = {**chart, "width": WIDTH, "background": GROUND[dark], "padding": 16, "config": config}
    picture: bytes = vl_convert.vegalite_to_png(wide, scale=SCALE, theme="dark" if dark else None, allowed_base_urls=[])
    return picture
