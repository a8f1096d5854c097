"""What all tests need before any of them is read."""

from __future__ import annotations

import sys

# Where tests run side by side a worker has no main file, and pyspark would take it for a doctest of its own.
_main = sys.modules["__main__"]
if not hasattr(_main, "__file__"):
    _main.__file__ = __file__
