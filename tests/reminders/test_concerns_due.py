"""Rows 7 and 39: a concern that was taken further and nobody answered, and what somebody is to do about one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from reminders import projecting
from reminders.models import Reminder
from reminders.schedule import SCHEDULE
from tests.factories.accounts import MembershipFactory
from tests.factories.people import ExclusionFactory
from tests.factories.safeguarding import ConcernActionFactory, ConcernFactory, EscalationFactory, ReplyFactory
from tests.reminders.sweeping import at, heard, staff_of

pytestmark = pytest.mark.django_db

OWN, LEAD = "manager", "lead"
SOON, DUE, ESCALATED = "soon", "due", "escalated"


@pytest.fixture
def concern():
    with at("2026-11-16"):
        return ConcernFactory(acting=True)


@pytest.fixture
def staff(concern):
    lead = MembershipFactory(centre=concern.subject.centre, role=Role.SAFEGUARDING_LEAD).user
    return {**staff_of(concern.subject.centre), LEAD: lead}


def taken_further(concern, by):
    with at("2026-11-16"):
        return EscalationFactory(concern=concern, by=by)


def test_whoever_took_it_further_asks_again_on_the_next_working_day_and_the_lead_hears_on_the_third(concern, staff):
    sent = taken_further(concern, staff[OWN])
    assert heard("no_answer_yet", "2026-11-16T23:00", staff) == set()
    assert heard("no_answer_yet", "2026-11-17T00:15", staff) == {(OWN, DUE)}
    assert heard("no_answer_yet", "2026-11-18", staff) == {(OWN, DUE)}
    assert heard("no_answer_yet", "2026-11-19T00:15", staff) == {(OWN, DUE), (LEAD, ESCALATED)}
    with at("2026-11-19"):
        ReplyFactory(escalation=sent)
        assert not Reminder.objects.speaking().exists()
    assert heard("no_answer_yet", "2026-11-19", staff) == set()


def test_what_is_to_be_done_is_heard_of_the_day_before_and_by_the_lead_once_it_is_late(concern, staff):
    with at("2026-11-16"):
        action = ConcernActionFactory(concern=concern, owner=staff[OWN], due_on=date(2026, 11, 20))
    assert heard("concern_action", "2026-11-18", staff) == set()
    assert heard("concern_action", "2026-11-19", staff) == {(OWN, SOON)}
    assert heard("concern_action", "2026-11-20", staff) == {(OWN, SOON)}
    assert heard("concern_action", "2026-11-21", staff) == {(OWN, SOON), (LEAD, ESCALATED)}
    with at("2026-11-21"):
        type(action).objects.filter(pk=action.pk).update(
            done_by=staff[OWN], done_at=timezone.now(), came_to="done", words="x"
        )
        assert not Reminder.objects.speaking().exists()
    assert heard("concern_action", "2026-11-21", staff) == set()


def test_nobody_hears_of_somebody_who_is_closed_to_them(concern, staff):
    taken_further(concern, staff[OWN])
    ExclusionFactory(subject=concern.subject, user=staff[LEAD])
    assert heard("no_answer_yet", "2026-11-19", staff) == {(OWN, DUE), (OWN, ESCALATED)}  # who else leads: a manager
    ExclusionFactory(subject=concern.subject, user=staff[OWN])
    with at("2026-11-19"):
        assert not Reminder.objects.visible_to(staff[OWN]).exists()
    assert heard("no_answer_yet", "2026-11-19", staff) == {("service", DUE), ("service", ESCALATED)}


def test_what_is_about_a_colleague_is_heard_of_by_leads_and_service_managers_alone_and_never_by_them(concern, staff):
    with at("2026-11-16"):
        ConcernActionFactory(concern=concern, owner=staff[OWN], due_on=date(2026, 11, 20))
    type(concern).objects.filter(pk=concern.pk).update(about_colleague=True)
    assert heard("concern_action", "2026-11-21", staff) == {("service", SOON), (LEAD, ESCALATED)}
    type(concern).objects.filter(pk=concern.pk).update(colleague=staff[LEAD])
    assert heard("concern_action", "2026-11-21", staff) == {("service", SOON), ("service", ESCALATED)}
    with at("2026-11-21"):
        assert not Reminder.objects.visible_to(staff[LEAD]).exists()
        assert Reminder.objects.visible_to(staff["service"]).exists()


def test_whoever_took_it_further_and_left_leaves_it_to_a_manager(concern, staff):
    left = MembershipFactory(centre=concern.subject.centre, role=Role.PRACTITIONER).user
    taken_further(concern, left)
    User.objects.filter(pk=left.pk).update(is_active=False)
    assert heard("no_answer_yet", "2026-11-17", staff) == {(OWN, DUE)}


def test_a_line_names_nobody_and_leads_to_the_concern(client, sign_in):
    concern = ConcernFactory(acting=True)
    user = sign_in(Role.SAFEGUARDING_LEAD, at=concern.subject.centre)
    ConcernActionFactory(concern=concern, owner=user, due_on=timezone.localdate())
    projecting.project_reminders(by="test")
    [line] = client.get(reverse("home")).context["due"]
    assert (line["reference"], line["who"], line["url"]) == ("Concern: High", "", concern.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_a_sweep_reads_each_row_in_one_statement(count, django_assert_num_queries):
    EscalationFactory.create_batch(count)
    ConcernActionFactory.create_batch(count)
    rows = [row for row in SCHEDULE if row.kind in ("no_answer_yet", "concern_action")]
    with django_assert_num_queries(2):
        assert [len(list(row.facts(timezone.localdate() + timedelta(days=1)))) for row in rows] == [count, count]
