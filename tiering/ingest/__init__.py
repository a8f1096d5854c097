from tiering.ingest.cleaning import Cleaned, clean_customers, clean_orders
from tiering.ingest.fields import FIELDS, Field, fields_of
from tiering.ingest.joining import Source, build_dataset
from tiering.ingest.mapping import (
    Mapping,
    ensure_usable,
    headers_of,
    mapping_from_json,
    mapping_to_json,
    with_column,
)
from tiering.ingest.suggestion import suggest_mapping

__all__ = [
    "FIELDS",
    "Cleaned",
    "Field",
    "Mapping",
    "Source",
    "build_dataset",
    "clean_customers",
    "clean_orders",
    "ensure_usable",
    "fields_of",
    "headers_of",
    "mapping_from_json",
    "mapping_to_json",
    "suggest_mapping",
    "with_column",
]
