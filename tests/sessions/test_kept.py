"""What the database keeps of sessions that no CHECK can, found by going round our code."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import Case
from sessions.models import CalendarFeed, SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.assessments import NeedFactory
from tests.factories.cases import CaseFactory
from tests.factories.network import StageDecisionFactory
from tests.factories.plans import GoalFactory
from tests.factories.sessions import (
    AwarenessTopicFactory,
    CalendarFeedFactory,
    GoalTouchedFactory,
    NeedMetFactory,
    SessionAddendumFactory,
    SupportSessionFactory,
    TopicCoveredFactory,
)

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=f'"{name}"')


def test_the_label_is_our_own_and_the_name_is_not():
    ours, djangos = apps.get_app_config("support_sessions"), apps.get_app_configs()
    assert (ours.name, ours.label) == ("sessions", "support_sessions")
    assert [app.name for app in djangos if app.label == "support_sessions"] == ["sessions"]
    assert SupportSession._meta.db_table == "support_sessions_supportsession"


@pytest.mark.parametrize(
    "changes", [{"what_we_did": "Nothing."}, {"signed_at": None, "signed_by": None}, {"kind": "review"}]
)
def test_a_signed_session_stays_as_it_was(changes):
    session = SupportSessionFactory(signed=True)
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        SupportSession.objects.filter(pk=session.pk).update(**changes)
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        SupportSession.objects.filter(pk=session.pk).delete()


def test_a_draft_is_changed_and_thrown_away_by_nobody():
    session = SupportSessionFactory(held=True)
    SupportSession.objects.filter(pk=session.pk).update(what_we_did="Drew.")
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        SupportSessionFactory(signed=True).delete()


@pytest.mark.parametrize("beside", [TopicCoveredFactory, GoalTouchedFactory, NeedMetFactory])
def test_what_stands_beside_a_session_stays_once_it_is_signed(beside):
    row = beside(session__held=True)
    session = row.session
    SupportSession.objects.filter(pk=session.pk).update(signed_at=timezone.now(), signed_by=session.recorded_by)
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        row.delete()
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(session=session)
    with refused("signed_session_stays_as_it_was"), transaction.atomic():
        TopicCoveredFactory(session=session, topic=AwarenessTopicFactory())


@pytest.mark.parametrize("table", ["supportsession", "topiccovered", "goaltouched", "needmet"])
def test_no_table_of_sessions_is_emptied(table):
    with refused("signed_session_stays_as_it_was"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE support_sessions_{table} CASCADE")


def test_no_session_with_a_young_person_where_the_work_is_with_a_carer_alone():
    with refused("session_is_with_a_young_person"), transaction.atomic():
        SupportSessionFactory(case=CaseFactory(kind="carer_only"))


def test_none_was_held_before_the_case_was_opened():
    opened_at = timezone.now() - timedelta(days=2)
    before = {"planned_at": opened_at - timedelta(days=1)}
    with refused("session_is_held_once_the_case_is_open"), transaction.atomic():
        SupportSessionFactory(held=True, case=CaseFactory(active=True, opened_at=opened_at), **before)


@pytest.mark.requirement("R-wal-26")
def test_none_is_therapeutic_without_a_decision():
    case = CaseFactory(active=True)
    with refused("session_is_therapeutic_only_by_decision"), transaction.atomic():
        SupportSessionFactory(case=case, kind="therapeutic")
    StageDecisionFactory(case=case)
    Case.objects.filter(pk=case.pk).update(pathway_stage="socio_educative")
    StageDecisionFactory(case=case, from_stage="socio_educative", to_stage="therapeutic")
    SupportSessionFactory(case=case, kind="therapeutic")


@pytest.mark.requirement("R-wal-12")
def test_work_made_for_them_names_a_need_or_a_goal_of_theirs():
    with refused("session_made_for_them_names_a_need_or_a_goal"), transaction.atomic():
        SupportSessionFactory(held=True, kind="bespoke_intervention")
        connection.check_constraints()
    with transaction.atomic():
        goal = GoalFactory()
        session = SupportSessionFactory(held=True, kind="bespoke_intervention", case=goal.plan.case)
        GoalTouchedFactory(session=session, goal=goal)
        connection.check_constraints()


def test_work_made_for_them_is_planned_before_it_is_known_for_what():
    SupportSessionFactory(kind="bespoke_intervention")
    connection.check_constraints()


def test_a_goal_or_a_need_of_another_young_person_is_none_of_theirs():
    session = SupportSessionFactory()
    with refused("session_goal_is_of_the_same_case"), transaction.atomic():
        GoalTouchedFactory(session=session, goal=GoalFactory())
    with refused("session_need_is_of_the_same_case"), transaction.atomic():
        NeedMetFactory(session=session, need=NeedFactory())


def test_something_is_added_only_to_what_is_signed_and_stays():
    with refused("said_of_a_signed_session"), transaction.atomic():
        SessionAddendumFactory(session=SupportSessionFactory(held=True))
    added = SessionAddendumFactory()
    with refused("said_once_of_a_session"), transaction.atomic():
        added.delete()


@pytest.mark.parametrize("changes", [{"revoked_at": None}, {"digest": "0" * 64}, {"read_on": "2026-11-25"}])
def test_an_address_of_a_calendar_dies_once_and_stays(changes):
    feed = CalendarFeedFactory(revoked=True)
    with refused("feed_dies_once"), transaction.atomic():
        CalendarFeed.objects.filter(pk=feed.pk).update(**changes)
    with refused("feed_dies_once"), transaction.atomic():
        feed.delete()


def test_while_it_lives_nobody_gives_an_address_of_a_calendar_to_somebody_else():
    feed = CalendarFeedFactory()
    with refused("feed_dies_once"), transaction.atomic():
        CalendarFeed.objects.filter(pk=feed.pk).update(digest="0" * 64)
    with refused("feed_dies_once"), transaction.atomic():
        CalendarFeed.objects.filter(pk=feed.pk).update(user=UserFactory())
