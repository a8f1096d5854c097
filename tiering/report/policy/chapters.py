"""The chapters of the policy, each filled from the scheme and the data; nothing is left to be filled in by hand."""

from __future__ import annotations

from tiering.report.handout import Handout
from tiering.report.policy.care import kpi_chapter, rights_chapter, roles_chapter
from tiering.report.policy.exceptions import appeals_chapter, hand_chapter, log_chapter, points_chapter
from tiering.report.policy.review import review_chapter
from tiering.report.policy.scheme import criteria_chapter, lines_chapter, newcomers_chapter, purpose_chapter
from tiering.report.story import Part, basis_part


def chapters(handout: Handout) -> tuple[Part, ...]:
    """Purpose, criteria and weights, lines, newcomers, points and caps, exceptions, appeals, review, rights and
    service levels, KPIs, responsibilities, data basis, and the decisions there were.
    """
    told = (
        purpose_chapter(handout),
        criteria_chapter(handout),
        lines_chapter(handout),
        newcomers_chapter(handout),
        points_chapter(handout),
        hand_chapter(handout),
        appeals_chapter(handout),
        review_chapter(handout),
        rights_chapter(handout),
        kpi_chapter(handout),
        roles_chapter(handout),
        basis_part(handout),
        log_chapter(handout),
    )
    return tuple(chapter for chapter in told if chapter is not None)
