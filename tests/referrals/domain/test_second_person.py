"""When two must decide: every combination, against the sentence of the design written out."""

from itertools import product

import pytest

from referrals import second_person
from referrals.eligibility import Fit
from referrals.enums import Outcome

ACCEPTED = {
    "accepted_allocate",
    "accepted_waiting_list",
    "accepted_assessment_only",
    "accepted_carer_only",
    "accepted_consultation_only",
}
NOT_ACCEPTED = {
    "redirected_statutory",
    "signposted_other_service",
    "offer_group_work",
    "not_eligible",
    "no_contact_possible",
    "no_capacity",
}


@pytest.mark.parametrize("outcome", Outcome.values)
def test_two_are_needed_exactly_where_the_design_says(outcome):
    for current, fit, concern in product([False, True], Fit, [False, True]):
        expected = []
        if outcome in ACCEPTED and current:
            expected.append("current_exploitation")
        if outcome in ACCEPTED and fit == Fit.DOES_NOT_FIT:
            expected.append("against_a_finding")
        if outcome in NOT_ACCEPTED | {"duplicate_merged"} and concern:
            expected.append("open_concern")
        if outcome in {"not_eligible", "no_capacity"}:
            expected.append("outcome_needs_two")

        found = second_person.reasons(outcome, is_current_exploitation=current, fit=fit, has_open_concern=concern)
        assert found == expected
