"""What the database keeps of what is done about a concern, found by going round our code."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safeguarding.models import Concern, ConcernAction, Escalation
from tests.factories.accounts import UserFactory
from tests.factories.safeguarding import (
    ConcernActionFactory,
    ConcernFactory,
    EscalationFactory,
    ReplyFactory,
    YoungPersonToldFactory,
)

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=f'"{name}"')


def close_past_the_code(concern, **more):
    ended = {"status": "closed", "closed_at": timezone.now(), "closed_by": UserFactory(), "outcome": "All is well."}
    ended |= more
    with transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(**ended)


WRITTEN = {
    "escalation_is_written_once": (EscalationFactory, {"known": "Nothing."}),
    "reply_is_written_once": (ReplyFactory, {"kind": "outcome", "words": "Nothing."}),
    "telling_is_written_once": (YoungPersonToldFactory, {"by_whom": "Nobody"}),
    "action_is_done_once": (ConcernActionFactory, {"what": "Nothing."}),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_was_said_stays(name):
    factory, change = WRITTEN[name]
    row = factory()
    rows = type(row)._base_manager.filter(pk=row.pk)
    for act in (lambda: rows.update(**change), rows.delete):
        with refused(name), transaction.atomic():
            act()
    with refused(name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'TRUNCATE "{row._meta.db_table}" CASCADE')


def test_an_action_is_done_once():
    done = ConcernActionFactory(done=True)
    with refused("action_is_done_once"), transaction.atomic():
        ConcernAction.objects.filter(pk=done.pk).update(words="Rang nobody.")


@pytest.mark.parametrize("state", [{}, {"acknowledged": True}, {"closed": True}])
def test_what_is_done_belongs_to_a_concern_that_is_acted_on(state):
    concern = ConcernFactory(**state)
    with refused("escalation_is_of_a_concern_acted_on"), transaction.atomic():
        EscalationFactory(concern=concern)
    with refused("action_is_of_a_concern_acted_on"), transaction.atomic():
        ConcernActionFactory(concern=concern)


def test_an_action_follows_up_what_was_done_about_the_same_concern():
    with refused("action_follows_up_the_same_concern"), transaction.atomic():
        ConcernActionFactory(follows_up=EscalationFactory())


def test_a_concern_does_not_close_while_something_is_to_be_done():
    action = ConcernActionFactory()
    YoungPersonToldFactory(concern=action.concern)
    with refused("concern_closes_when_every_action_is_done"):
        close_past_the_code(action.concern)


def test_a_concern_does_not_close_before_it_says_whether_the_young_person_was_told():
    concern = ConcernFactory(acknowledged=True)
    with refused("concern_closes_when_it_says_whether_the_young_person_was_told"):
        close_past_the_code(concern)
    YoungPersonToldFactory(concern=concern)
    close_past_the_code(concern)


def test_a_no_holds_for_the_closing_that_said_it_alone_and_a_yes_until_it_is_opened_again():
    concern, earlier = ConcernFactory(acknowledged=True), timezone.now() + timedelta(seconds=1)
    told = YoungPersonToldFactory(concern=concern, not_told=True)
    with refused("concern_closes_when_it_says_whether_the_young_person_was_told"):
        close_past_the_code(concern)
    with transaction.atomic():
        close_past_the_code(concern, closed_at=told.at)
        transaction.set_rollback(True)
    YoungPersonToldFactory(concern=concern)
    Concern.objects.filter(pk=concern.pk).update(reopened_at=earlier)
    with refused("concern_closes_when_it_says_whether_the_young_person_was_told"):
        close_past_the_code(concern, closed_at=earlier)
    YoungPersonToldFactory(concern=concern, at=earlier)
    close_past_the_code(concern, closed_at=earlier)


# What the sweep of reminders asks (domain.md 7, rows 7 and 39)


def waiting():
    return list(Escalation.objects.waiting_for_acknowledgement())


def test_what_waits_for_the_word_of_a_statutory_service():
    later = EscalationFactory(route="adult_social_care")
    first = EscalationFactory(route="lado_or_wales_process", sent_at=later.sent_at - timedelta(days=2))
    ReplyFactory(escalation=first, kind="chased", words="No answer.")
    EscalationFactory(route="police_999")
    ReplyFactory(escalation__route="childrens_social_care")
    ReplyFactory(outcome=True)
    assert waiting() == [first, later]


def test_a_closed_concern_waits_for_nothing():
    escalation = EscalationFactory()
    YoungPersonToldFactory(concern=escalation.concern)
    close_past_the_code(escalation.concern)
    assert waiting() == []


def test_what_is_owed_is_what_nobody_has_done_first_what_is_due_first():
    later, today = ConcernActionFactory(), timezone.localdate()
    sooner = ConcernActionFactory(due_on=today)
    ConcernActionFactory(done=True)
    assert list(ConcernAction.objects.owed()) == [sooner, later]
