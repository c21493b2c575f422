"""What one page does in one act is done whole or not at all; and no page of these forms breaks on what is typed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cases.steps import MoveNotAllowed
from safeguarding.models import Concern
from sessions.operations import SessionChanged
from sessions.operations.carer_assessments import NotComplete
from sessions.operations.carer_contacts import NoMoreDirectSessions, NotAgreed
from sessions.operations.carer_logging import log_and_sign, record_and_sign, write_carer_assessment
from tests.factories.carers import (
    CarerAssessmentFactory,
    CarerConsentFactory,
    CarerSessionFactory,
    CarerStrandFactory,
)
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


def said(**more):
    ended_at = timezone.now() - timedelta(minutes=5)
    told = {"kind": "direct_session", "mode": "in_person_centre", "what_we_did": "Talked.", "signs": True}
    return told | {"started_at": ended_at - timedelta(hours=1), "ended_at": ended_at} | more


@pytest.fixture
def strand():
    strand = CarerStrandFactory(active=True)
    CarerConsentFactory(strand=strand)
    return strand


WORSE = {"safety_change": "worse"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (WORSE, ValueError),
        ({"what_we_did": ""}, IntegrityError),
        ({"mode": "video"}, NotAgreed),
    ],
)
def test_what_is_refused_at_the_end_was_never_begun(strand, change, error):
    with leaves_no_trace(), pytest.raises(error):
        log_and_sign(strand, by=strand.practitioner, **said(**change))


def test_the_eleventh_leaves_no_trace_and_no_concern(strand):
    for number in range(1, 11):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    concern = {"severity": "high", "what": "He waits for her.", "done_now": ""}
    with leaves_no_trace(), pytest.raises(NoMoreDirectSessions):
        log_and_sign(strand, by=strand.practitioner, concern=concern, **said(**WORSE))


def test_worse_raises_a_concern_about_the_young_person(strand):
    concern = {"severity": "high", "what": "He waits for her.", "done_now": ""}
    log_and_sign(strand, by=strand.practitioner, concern=concern, **said(**WORSE))
    assert Concern.objects.get().subject == strand.case.subject


def test_what_was_planned_is_not_written_over(strand):
    session, by = CarerSessionFactory(strand=strand), strand.practitioner
    told = {name: value for name, value in said(status="held").items() if name != "kind"}
    with leaves_no_trace(), pytest.raises(SessionChanged):
        record_and_sign(session, by=by, edition=session.edition + 1, **told)
    record_and_sign(session, by=by, edition=session.edition, **told)
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        record_and_sign(session, by=by, edition=session.edition + 1, **told)


def test_an_assessment_that_is_not_whole_is_neither_saved_nor_signed(strand):
    draft = CarerAssessmentFactory(strand=strand)
    with leaves_no_trace(), pytest.raises(NotComplete):
        write_carer_assessment(draft, by=strand.practitioner, edition=draft.edition, signs=True, analysis="")
