"""Orders → one row per customer and snapshot date."""

from tiering.metrics.engines import customer_metrics
from tiering.metrics.history import growth_is_known, history_months
from tiering.metrics.options import EngineOptions

__all__ = ["EngineOptions", "customer_metrics", "growth_is_known", "history_months"]
