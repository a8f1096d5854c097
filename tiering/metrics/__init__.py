"""Orders → one row per customer and snapshot date."""

from tiering.metrics.engines import EngineOptions, customer_metrics

__all__ = ["EngineOptions", "customer_metrics"]
