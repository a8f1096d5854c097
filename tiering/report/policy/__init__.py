"""The written tier policy, filled from the scheme."""

from tiering.report.policy.document import policy

__all__ = ["policy"]
