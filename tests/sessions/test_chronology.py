"""The story of a case is put together from what happened, on the day on which it happened (domain.md 5.15)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import operations
from cases.enums import WorkType
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.referrals import ReferralFactory
from tests.sessions.writing import ago, record

pytestmark = pytest.mark.django_db


def day(count):
    return timezone.localdate() + timedelta(days=count)


def test_it_tells_of_everything_that_chronologies_are_made_of_each_on_its_day():
    referral = ReferralFactory(accepted=True, submitted_at=ago(days=9), decided_at=ago(days=8))
    lead, by = MembershipFactory(centre=referral.centre, role="practitioner").user, UserFactory()
    case = operations.open_case(referral, by=by, lead=lead, work_type=WorkType.AWARENESS)
    meeting = {"meeting": "strategy_discussion", "how": "attended", "purpose": "Who does what."}
    operations.contribute(case, by=by, held_on=day(-3), **meeting)
    operations.note_safety_change(case, by=by, change="improved", what="At school.", noticed_on=day(-2))
    operations.withdraw_consent(case, by=by)
    missing = {"kind": "missing", "told_us_by": "Her aunt", "police_told": "yes", "from_at": ago(days=1)}
    operations.report_missing(case, by=by, **missing)
    record(case, by=by, at=ago(minutes=0), attendance="missing_at_time", follow_up="reached", kind="welfare_check")
    told = [(entry.kind, entry.title) for entry in case.timeline.order_by("at", "pk")]
    assert told[:5] == [
        ("opened", "The referral came"),
        ("opened", "The referral was accepted"),
        ("network", "Strategy discussion: We were there"),
        ("safety", "Safety: Safer"),
        ("missing", "Missing"),
    ]
    assert {"opened", "people", "consent"} <= {kind for kind, _title in told[5:]}
    assert ("session", "Asking whether they are safe: Was missing") in told
    decided = case.timeline.get(title="The referral was accepted")
    assert (decided.by, decided.at, decided.path) == (
        referral.decisions.get().decided_by,
        referral.decided_at,
        referral.get_absolute_url(),
    )
