"""The command line: ``python -m tiering tier | compare | read | app``."""

from tiering.cli.commands import main

__all__ = ["main"]
