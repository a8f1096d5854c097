"""Three made-up B2B companies with three years of orders each, in Chinese and in English."""

from sample_data.loading import LANGUAGES, load_canonical, load_sample
from sample_data.tables import SETS

__all__ = ["LANGUAGES", "SETS", "load_canonical", "load_sample"]
