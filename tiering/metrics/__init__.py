"""Orders → one row per customer and snapshot date."""

from tiering.metrics.engines import customer_metrics
from tiering.metrics.options import EngineOptions
from tiering.metrics.windows import growth_is_known, history_months

__all__ = ["EngineOptions", "customer_metrics", "growth_is_known", "history_months"]
