"""The tables of states, against design.md 6.2 and domain.md 4.5 copied by hand."""

from referrals.enums import (
    ALLOWED_MOVES,
    CATEGORIES_OF,
    DOES_NOT_ACCEPT,
    STATUS_AFTER,
    Category,
    Outcome,
    ReferralStatus,
)
from safeguarding.enums import ALLOWED_MOVES as CONCERN_MOVES


def moves(table):
    return {str(origin): {str(target) for target in targets} for origin, targets in table.items()}


def test_a_referral_moves_as_designed():
    ended = {"accepted", "not_accepted", "duplicate", "withdrawn"}
    assert moves(ALLOWED_MOVES) == {
        "submitted": {"screening", "withdrawn"},
        "screening": {"awaiting_information", "on_hold"} | ended,
        "awaiting_information": {"screening", "withdrawn"},
        "on_hold": {"screening", "withdrawn"},
    } | dict.fromkeys(ended, {"screening"})
    assert set(ALLOWED_MOVES) == set(ReferralStatus)


def test_a_concern_moves_as_designed():
    assert moves(CONCERN_MOVES) == {
        "raised": {"acknowledged"},
        "acknowledged": {"acting", "closed"},
        "acting": {"closed"},
        "closed": {"raised"},
    }


def test_each_outcome_ends_where_the_design_says():
    assert {str(outcome): str(status) for outcome, status in STATUS_AFTER.items()} == {
        "accepted_allocate": "accepted",
        "accepted_waiting_list": "accepted",
        "accepted_assessment_only": "accepted",
        "accepted_carer_only": "accepted",
        "accepted_consultation_only": "accepted",
        "redirected_statutory": "not_accepted",
        "signposted_other_service": "not_accepted",
        "offer_group_work": "not_accepted",
        "not_eligible": "not_accepted",
        "no_contact_possible": "not_accepted",
        "no_capacity": "not_accepted",
        "duplicate_merged": "duplicate",
        "declined_by_young_person": "withdrawn",
        "withdrawn_by_referrer": "withdrawn",
    }
    assert set(STATUS_AFTER) == set(Outcome)
    assert {outcome for outcome in Outcome if STATUS_AFTER[outcome] == "not_accepted"} == set(DOES_NOT_ACCEPT)


def test_each_scheme_has_its_categories_and_no_other():
    assert {str(scheme): list(map(str, found)) for scheme, found in CATEGORIES_OF.items()} == {
        "NAT4": ["heightened_risk", "suspected", "current", "known_past"],
        "WAL3": ["wal_a_vulnerable", "wal_b_trauma", "wal_c_high_or_current"],
    }
    assert sum(map(len, CATEGORIES_OF.values())) == len(Category)
