"""Writing a session down, through its pages: what is refused says why, and no word that was typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from cases.models import Task
from safeguarding.models import Concern
from sessions.enums import Attendance
from sessions.models import SupportSession
from tests.factories.cases import AssignmentFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.network import StageDecisionFactory
from tests.factories.plans import SupportPlanFactory
from tests.factories.sessions import (
    AwarenessTopicFactory,
    SupportSessionFactory,
)
from tests.sessions.writing import NOTE as WORDS
from tests.sessions.writing import ago, typed, typed_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def agrees(case):
    """The young person of the case said yes, a week ago."""
    return ConsentEventFactory(case=case, at=case.opened_at)


def shown(answer):
    """What the form of a page would send again."""
    return {name: value for name, value in answer.context["form"].data.items() if value}


# The page


def test_it_begins_with_what_is_likely(client, practitioner, case, at):
    form = client.get(at("log", case)).context["form"]
    assert (form.initial["on"], form.initial["minutes"]) == (timezone.localdate(ago(hours=1)), 60)
    SupportSessionFactory(case=case, held=True, mode="phone", kind="emotional_support", planned_at=ago(days=1))
    form = client.get(at("log", case)).context["form"]
    assert (form.initial["kind"], form.initial["mode"]) == ("emotional_support", "phone")


def test_one_that_was_planned_begins_as_it_was_planned(client, practitioner, case, at):
    planned = SupportSessionFactory(case=case, planned_at=ago(days=1), planned_minutes=45, place="Library")
    initial = client.get(at("record", case, planned.pk)).context["form"].initial
    assert (initial["place"], initial["minutes"], initial["on"]) == ("Library", 45, timezone.localdate(ago(days=1)))


@pytest.mark.requirement("R-wal-04")
@pytest.mark.requirement("R-wal-05")
@pytest.mark.requirement("R-wal-06")
@pytest.mark.requirement("R-wal-07")
@pytest.mark.requirement("R-wal-08")
@pytest.mark.requirement("R-wal-09")
@pytest.mark.requirement("R-wal-10")
@pytest.mark.requirement("R-wal-11")
def test_each_topic_of_the_centre_can_be_chosen_and_a_retired_one_stays_where_it_was(
    client, practitioner, case, at, agrees
):
    topics = [*AwarenessTopicFactory.create_batch(2), AwarenessTopicFactory(centre=case.centre, label_en="Rights")]
    sent = typed(kind="awareness_raising", topics=[topic.pk for topic in topics], later="1")
    client.post(at("log", case), sent)
    session = SupportSession.objects.get()
    assert set(session.topics.values_list("topic", flat=True)) == {topic.pk for topic in topics}
    type(topics[0]).objects.filter(pk=topics[0].pk).update(retired_on=timezone.localdate())
    assert topics[0] not in client.get(at("log", case)).context["form"].fields["topics"].rows.values()
    assert topics[0] in client.get(at("record", case, session.pk)).context["form"].fields["topics"].rows.values()
    assert topics[0].label_en in client.get(session.get_absolute_url()).text


def test_it_is_recorded_signed_and_the_next_one_planned_with_one_button(client, practitioner, case, at, agrees):
    plan = SupportPlanFactory(case=case, active=True)
    goal = plan.goals.get()
    answer = client.post(at("log", case), typed(goals=[goal.pk], following="in_a_week"), follow=True)
    signed, following = SupportSession.objects.order_by("planned_at")
    assert (signed.is_signed, signed.attendance, signed.goals.get().goal) == (True, "attended", goal)
    assert following.planned_at - signed.started_at in [timedelta(days=7, hours=hours) for hours in (-1, 0, 1)]
    assert (following.status, following.kind, following.mode) == ("planned", signed.kind, signed.mode)
    assert "You meet next" in answer.text
    assert escape(goal.own_words) in answer.text


def test_sent_again_with_a_day_for_the_next_one_it_is_planned_once_and_told_as_it_is(
    client, practitioner, case, at, agrees
):
    sent = typed()
    client.post(at("log", case), sent)
    for _time in range(2):
        page = client.post(at("log", case), sent | {"following": "in_a_week"}, follow=True)
        assert "You meet next" in page.text
    assert SupportSession.objects.filter(status="planned").count() == 1


def test_a_next_one_that_cannot_be_planned_is_said_and_loses_no_record(client, practitioner, case, at, agrees):
    ConsentEventFactory(case=case, no=True, event="withdrawn", at=ago(minutes=1))
    page = client.post(at("log", case), typed(began=ago(days=1), following="in_a_week"), follow=True)
    assert SupportSession.objects.get().is_signed
    assert "The next session is not planned. The young person has said no." in page.text
    assert "You meet next" not in page.text


def test_when_they_meet_next_is_asked_for_at_the_signature_and_not_before(client, practitioner, case, at, agrees):
    client.post(at("log", case), typed(following="", later="1"))
    session = SupportSession.objects.get()
    assert (session.status, session.is_signed) == ("held", False)
    again = typed(began=session.started_at, seen="1", following="in_a_week")
    page = client.post(at("record", case, session.pk), again, follow=True)
    assert "The session is signed. You meet next" in page.text


def test_saved_for_later_it_may_say_less_and_is_gone_on_with(client, practitioner, case, at, agrees):
    answer = client.post(at("log", case), typed(what_we_did="", later="1"), follow=True)
    session = SupportSession.objects.get()
    assert (session.status, session.is_signed) == ("held", False)
    assert "Say what you did together." in answer.text
    sent = typed(began=session.started_at, seen="1")
    client.post(at("record", case, session.pk), sent)
    session.refresh_from_db()
    assert (session.what_we_did, session.is_signed) == (WORDS, True)
    assert client.get(at("record", case, session.pk)).url == session.get_absolute_url()


def test_sent_again_after_going_back_it_asks_whether_there_were_two(client, practitioner, case, at, agrees):
    began = ago(hours=2)
    client.post(at("log", case), typed(began=began))
    page = client.post(at("log", case), typed(began=began))
    assert (page.status_code, SupportSession.objects.count()) == (409, 1)
    assert "Another session at that time is written down already." in page.text
    assert 'name="both"' in page.text
    assert client.post(at("log", case), shown(page) | {"both": "on"}).status_code == 302
    assert SupportSession.objects.that_took_place().count() == 2


def test_who_met_them_is_asked_where_it_was_planned_with_somebody_else(client, practitioner, case, at, agrees):
    before = AssignmentFactory(case=case, ended=True).user
    theirs, own = (
        SupportSessionFactory(case=case, practitioner=with_whom, planned_at=ago(days=days))
        for with_whom, days in ((before, 1), (practitioner, 2))
    )
    assert "Who met them?" not in client.get(at("record", case, own.pk)).text
    form = client.get(at("record", case, theirs.pk)).context["form"]
    assert [label for _pk, label in form.fields["practitioner"].choices] == [str(practitioner), str(before)]
    sent = typed(began=theirs.planned_at, seen="1", later="1")
    client.post(at("record", case, theirs.pk), sent | {"practitioner": before.pk})
    theirs.refresh_from_db()
    assert theirs.practitioner == before
    client.post(at("record", case, own.pk), typed(began=own.planned_at, seen="1", practitioner=before.pk))
    own.refresh_from_db()
    assert own.practitioner == practitioner
    handed_over = SupportSessionFactory(case=case, practitioner=before, planned_at=ago(days=3))
    client.post(at("record", case, handed_over.pk), typed(began=handed_over.planned_at, seen="1"))
    handed_over.refresh_from_db()
    assert (handed_over.practitioner, handed_over.is_signed) == (practitioner, True)


def test_one_that_was_planned_and_waits_is_not_logged_a_second_time(client, practitioner, case, at):
    assert client.get(at("log", case)).context["waiting"] == []
    waits = SupportSessionFactory(case=case, planned_at=ago(hours=3))
    SupportSessionFactory(case=case, held=True, planned_at=ago(days=2))
    page = client.get(at("log", case))
    assert [row["url"] for row in page.context["waiting"]] == [at("record", case, waits.pk)]
    assert at("record", case, waits.pk) in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_as_often_for_three_that_wait_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    SupportPlanFactory(case=case, active=True)
    AwarenessTopicFactory.create_batch(count)
    for days in range(count):
        SupportSessionFactory(case=case, planned_at=ago(days=days + 1))
    with django_assert_num_queries(FORM_PAGE):
        client.get(at("log", case))


FORM_PAGE = 16


# What is refused says why


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("minutes", {"minutes": "-30"}, "A session ends after it began"),
        ("minutes", {"minutes": "1500"}, "twelve hours at most"),
        ("minutes", {"minutes": "1 hour"}, "Write a number of minutes"),
        ("minutes", {"minutes": "240"}, "It would end later than now"),
        ("at_time", {"at_time": "25:00"}, "Enter a time"),
        ("on", {"on_year": "2099"}, "This day has not come yet"),
        ("on", {"on_year": "2019"}, "before the case was opened"),
        ("what_we_did", {"what_we_did": " "}, "Say what you did together."),
        ("safety_change", {"safety_change": ""}, "Has safety changed?"),
        ("severity", {"safety_change": "worse", "safety_words": "A car waits."}, "How soon"),
        ("kind", {"kind": "bespoke_intervention"}, "which need or goal"),
        ("follow_up", {"came": "not_held", "instead": "was_not_brought"}, "What do we do today"),
        ("why_not", {"came": "not_held", "instead": "cancelled_by_practitioner"}, "Why?"),
        ("following", {"following": ""}, "When do you meet next?"),
        ("next_time", {"following": "another_day", "next_on_day": "1"}, "Enter a time"),
    ],
)
def test_each_slip_has_its_sentence_and_every_word_is_kept(
    client, practitioner, case, at, agrees, field, changes, sentence
):
    sent = typed(**changes)
    answer = client.post(at("log", case), sent)
    assert sentence in str(answer.context["form"].errors[field])
    assert (answer.status_code, SupportSession.objects.exists()) == (200, False)
    assert sent["what_we_did"] in answer.text


def test_a_time_over_which_the_clocks_went_forward_was_not_and_one_that_came_twice_is_the_first(
    client, practitioner, case, at
):
    type(case).objects.filter(pk=case.pk).update(opened_at=datetime(2026, 1, 2, tzinfo=UTC))
    spring = {"on_day": "29", "on_month": "3", "on_year": "2026", "at_time": "01:30"}
    answer = client.post(at("log", case), typed(kind="welfare_check", **spring))
    assert "The clocks went forward over this time" in str(answer.context["form"].errors["at_time"])
    autumn = {"on_day": "25", "on_month": "10", "on_year": "2026", "at_time": "01:30"}
    page = client.post(at("log", case), typed(kind="welfare_check", **autumn), follow=True)
    assert "this time came twice. The first is kept." in page.text
    session = SupportSession.objects.get()
    assert session.started_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert session.ended_at - session.started_at == timedelta(hours=1)


@pytest.mark.requirement("R-nat-12")
def test_without_consent_it_is_not_held_and_the_page_leads_to_consent_and_keeps_every_word(
    client, practitioner, case, at
):
    sent = typed_today(own_words="I like it here.")
    answer = client.post(at("log", case), sent)
    assert answer.status_code == 409
    assert "has not said yes to this" in answer.text
    assert case_page(case, "consent") in answer.text
    assert (shown(answer)["what_we_did"], shown(answer)["own_words"]) == (WORDS, "I like it here.")
    kept = SupportSession.objects.get()
    assert (kept.status, kept.what_we_did) == ("planned", WORDS)
    assert "data-autosave" in answer.text
    client.post(at("log", case), typed(kind="consent_conversation"))
    assert SupportSession.objects.get(kind="consent_conversation").is_signed
    ConsentEventFactory(case=case, at=timezone.now())
    client.post(at("log", case), shown(answer))
    kept.refresh_from_db()
    assert (kept.status, kept.is_signed, SupportSession.objects.count()) == ("held", True, 2)


def case_page(case, name):
    return f"{case.get_absolute_url()}{name}/"


@pytest.mark.requirement("R-wal-26")
def test_therapeutic_work_is_not_offered_before_the_decision_and_the_page_says_when_it_is(
    client, practitioner, case, at, agrees
):
    page = client.get(at("log", case))
    assert "therapeutic" not in dict(page.context["form"].fields["kind"].choices)
    assert "once somebody has decided on it" in page.text
    client.post(at("log", case), typed(kind="therapeutic"))
    assert not SupportSession.objects.exists()
    StageDecisionFactory(case=case)
    type(case).objects.filter(pk=case.pk).update(pathway_stage="socio_educative")
    StageDecisionFactory(case=case, from_stage="socio_educative", to_stage="therapeutic")
    client.post(at("log", case), typed(kind="therapeutic"))
    assert SupportSession.objects.get().kind == "therapeutic"


def test_less_safe_is_a_concern_at_once(client, practitioner, case, at, agrees):
    worse = {"safety_change": "worse", "safety_words": "A car waits.", "severity": "high"}
    client.post(at("log", case), typed(**worse))
    assert (Concern.objects.get().what, SupportSession.objects.get().is_signed) == ("A car waits.", True)


def test_how_soon_somebody_was_to_see_it_stands_on_the_page_when_they_go_on_writing(
    client, practitioner, case, at, agrees
):
    client.post(at("log", case), typed(safety_change="worse", safety_words="A car waits.", severity="high", later="1"))
    page = client.get(at("record", case, SupportSession.objects.get().pk))
    assert page.context["form"].initial["severity"] == "high"


@pytest.mark.parametrize("attendance", [answer for answer in Attendance if not answer.startswith("attended")])
def test_what_did_not_take_place_is_said_without_a_word_of_blame(client, practitioner, case, at, attendance):
    more = {"came": "not_held", "instead": attendance, "follow_up": "reached", "why_not": "The car broke down."}
    answer = client.post(at("log", case), typed(**more), follow=True)
    session = SupportSession.objects.get()
    assert (session.attendance, session.is_signed, session.what_we_did) == (attendance, True, WORDS)
    assert str(attendance.label) in answer.text
    assert not re.search("strike|refus|engag|fail", answer.context["rows"].__repr__().lower())


def test_a_planned_one_that_was_not_held_is_asked_for_no_other_day(client, practitioner, case, at):
    planned = SupportSessionFactory(case=case, planned_at=ago(days=2))
    missed = {"came": "not_held", "instead": "was_not_brought", "follow_up": "reached", "seen": "1"}
    client.post(at("record", case, planned.pk), typed(began=ago(hours=3), **missed))
    planned.refresh_from_db()
    assert (planned.attendance, planned.happened_at) == ("was_not_brought", planned.planned_at)
    assert timezone.localdate(planned.planned_at) == timezone.localdate(ago(days=2))


def test_the_line_of_what_was_filled_in_does_not_speak_against_what_was_changed(client, practitioner, case, at):
    assert "Filled in at first" in client.get(at("log", case)).text
    answer = client.post(at("log", case), typed(began=ago(days=2), safety_change=""))
    assert "Filled in" not in answer.text


@pytest.mark.parametrize("came", [{}, {"came": "not_held", "instead": "cancelled_by_young_person"}])
def test_one_that_is_still_to_come_is_cancelled_and_not_recorded(client, practitioner, case, at, came):
    planned = SupportSessionFactory(case=case)
    answer = client.post(at("record", case, planned.pk), typed(began=planned.planned_at, seen="1", **came))
    assert "cancel the session on its own page" in str(answer.context["form"].errors)


def test_after_one_that_could_not_be_the_next_asks_what_we_change(client, practitioner, case, at):
    SupportSessionFactory(case=case, not_held=True, planned_at=ago(days=2))
    missed = {"came": "not_held", "instead": "was_not_brought", "follow_up": "try_to_reach"}
    answer = client.post(at("log", case), typed(**missed))
    assert "what_we_change" in answer.context["form"].errors
    client.post(at("log", case), typed(**missed, what_we_change="We meet at school."))
    assert Task.objects.count() == 2


# While it is typed


def autosave(client, address, sent):
    return client.post(address, sent, headers={"X-Autosave": "1"})


def test_it_saves_itself_before_anything_else_is_answered(client, practitioner, case, at):
    sent = typed(came="", safety_change="", following="", minutes="x", at_time="")
    answer = autosave(client, at("log", case), sent)
    kept = SupportSession.objects.get()
    assert (answer.status_code, answer.json()["seen"]) == (200, 1)
    assert (kept.status, kept.what_we_did, kept.is_signed) == ("planned", WORDS, False)
    answer = autosave(client, at("log", case), sent | {"seen": "1", "own_words": "Me too."})
    kept.refresh_from_db()
    assert (answer.json()["seen"], kept.own_words, SupportSession.objects.count()) == (2, "Me too.", 1)


def test_what_was_typed_stays_also_where_its_question_is_not_asked_any_more(client, practitioner, case, at):
    autosave(client, at("log", case), typed(came="not_held", instead="technical_problem", kind="therapeutic"))
    kept = SupportSession.objects.get()
    assert (kept.what_we_did, kept.kind) == (WORDS, "relationship_building")


def test_what_cannot_be_kept_is_said(client, practitioner, case, at):
    answer = autosave(client, at("log", case), typed(present="x" * 201))
    assert (answer.status_code, "not everything" in answer.json()["words"]) == (200, True)
    assert (SupportSession.objects.get().present, SupportSession.objects.get().what_we_did) == ("", WORDS)


def test_of_a_text_that_is_too_long_its_beginning_is_kept_and_the_page_says_so(client, practitioner, case, at):
    answer = autosave(client, at("log", case), typed(what_we_did="x" * 200_000, worries=" "))
    assert "not everything" in answer.json()["words"]
    assert SupportSession.objects.get().what_we_did == "x" * 6000


def test_two_windows_and_neither_overwrites_the_other_unseen(client, practitioner, case, at, agrees):
    session = SupportSessionFactory(case=case, held=True, what_we_did="As the other window has it.", edition=2)
    address, sent = at("record", case, session.pk), typed(began=session.started_at, seen="1", minutes="9")
    answer, page = autosave(client, address, sent), client.post(address, sent)
    assert (answer.status_code, "another window" in answer.json()["words"]) == (409, True)
    assert SupportSession.objects.filter(pk=session.pk, edition=2, signed_at=None).exists()
    assert page.status_code == 409
    assert "As the other window has it." in page.text
    assert page.text.count("Walked the dog.") == 1
    assert "From here on nothing is saved until you press the button." in page.text
    assert "data-autosave" not in page.text
    client.post(address, shown(page))
    session.refresh_from_db()
    assert (session.what_we_did, session.is_signed) == (WORDS, True)


def test_what_is_signed_or_closed_meanwhile_keeps_the_words_on_the_page(client, practitioner, case, at, agrees):
    session = SupportSessionFactory(case=case, signed=True)
    address, sent = at("record", case, session.pk), typed(began=session.started_at, seen="1", minutes="9")
    assert autosave(client, address, sent).status_code == 410
    answer = client.post(address, sent)
    assert (answer.status_code, WORDS in answer.text) == (409, True)
