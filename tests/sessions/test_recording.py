"""What came of a session is said, planned or not; what follows from it follows in the same act."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import AuditEvent
from cases.models import Case, Task, TimelineEntry
from sessions import operations, writing
from sessions.models import SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, NeedFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.network import StageDecisionFactory
from tests.factories.plans import GoalFactory
from tests.factories.sessions import AwarenessTopicFactory, SupportSessionFactory
from tests.figures import figure
from tests.sessions.writing import LESS_SAFE, a_case, ago, draft, earlier_today, form, record
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

TOLD = {"TimelineEntry": 1, "TimelineEntryEvent": 1}
OPEN = ["awaiting_allocation", "engaging", "assessing", "planning", "active", "ending"]


def what_is_owed():
    return list(Task.objects.order_by("due_on", "pk").values_list("what", flat=True))


# Held


@pytest.mark.parametrize("state", OPEN)
def test_one_that_nobody_planned_is_recorded_and_signed_in_one_act_in_every_open_state(state):
    case = a_case(**({"active": False} | ({} if state == "engaging" else {state: True})))
    by, at = UserFactory(), ago(hours=2)
    with writes(SupportSession=1, SupportSessionEvent=2, AuditEvent=2, **TOLD):
        session = record(case, by, at=at, and_sign=True)
    session.refresh_from_db()
    assert (session.status, session.attendance, session.practitioner) == ("held", "attended", by)
    assert (session.started_at, session.ended_at) == (at, at + timedelta(hours=1))
    assert (session.recorded_by, session.signed_by) == (by, by)
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.at, entry.path) == ("session", at, session.get_absolute_url())
    assert (entry.title, entry.words) == ("Getting to know each other: Took part", "")


def test_a_planned_one_is_recorded_as_it_was_and_stays_on_the_day_it_was_planned_for():
    case, by = a_case(), UserFactory()
    planned = SupportSessionFactory(case=case, planned_at=ago(hours=3))
    held = record(case, by, session=planned, seen=1, at=ago(hours=2), minutes=25, attendance="attended_part")
    assert (held.pk, held.status, held.planned_at) == (planned.pk, "partly_held", planned.planned_at)
    assert held.ended_at - held.started_at == timedelta(minutes=25)
    assert (held.practitioner, held.recorded_by, held.is_signed) == (planned.practitioner, by, False)


def test_one_that_nobody_planned_stands_on_the_day_that_was_said_last_held_or_not():
    case, first, then = a_case(), ago(hours=1), ago(days=3)
    begun = draft(case, at=first, minutes=30)
    missed = {"attendance": "was_not_brought", "follow_up": "reached"}
    kept = record(case, session=begun, seen=1, at=then, minutes=45, **missed)
    assert (kept.pk, kept.planned_at, kept.planned_minutes, kept.started_at) == (begun.pk, then, 45, None)
    assert TimelineEntry.objects.get().at == then


def test_a_planned_one_that_was_not_held_was_at_no_other_time_than_it_was_planned_for():
    planned = SupportSessionFactory(case=a_case(), planned_at=ago(days=3), planned_minutes=45)
    missed = {"attendance": "was_not_brought", "follow_up": "reached"}
    kept = record(planned.case, session=planned, seen=1, at=ago(hours=1), minutes=5, **missed)
    assert (kept.planned_at, kept.planned_minutes) == (planned.planned_at, 45)
    assert TimelineEntry.objects.get().at == planned.planned_at


def test_the_next_one_is_planned_as_this_one_was_and_not_after_a_no():
    case, by = a_case(), UserFactory()
    AssignmentFactory(case=case, user=by)
    held, planned_at = record(case, by, minutes=25, mode="in_person_home"), ago(days=-7)
    following = operations.plan_next(held, by=by, planned_at=planned_at)
    assert (following.kind, following.mode, following.planned_minutes) == (held.kind, "in_person_home", 25)
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        operations.plan_next(held, by=by, planned_at=planned_at)
    ConsentEventFactory(case=case, no=True, event="withdrawn")
    with leaves_no_trace(), pytest.raises(operations.PlanRefused):
        operations.plan_next(held, by=by, planned_at=ago(days=-8))


def test_put_right_to_end_later_it_counts_as_recorded_then():
    case = a_case()
    began = ago(hours=1)
    with time_machine.travel(began + timedelta(minutes=30), tick=False):
        kept = record(case, at=began, minutes=20)
    first, by = kept.recorded_at, UserFactory()
    kept = record(case, by, session=kept, seen=kept.edition, at=began, minutes=25)
    assert kept.recorded_at == first
    kept = record(case, by, session=kept, seen=kept.edition, at=began, minutes=55)
    assert (kept.recorded_at > kept.ended_at, kept.recorded_by) == (True, by)


def test_who_met_them_is_who_it_is_said_to_be():
    case, by = a_case(), UserFactory()
    planned = SupportSessionFactory(case=case, planned_at=ago(hours=3))
    assert record(case, by, session=planned, seen=1, practitioner=by, at=ago(hours=2)).practitioner == by


@pytest.mark.parametrize("state", ["held", "not_held"])
def test_no_second_session_of_the_same_hour_is_recorded_unseen(state):
    case, by = a_case(), UserFactory()
    answer = {"held": {"attendance": "attended_part"}, "not_held": {"attendance": "was_not_brought"}}[state]
    answer |= {"follow_up": "reached", "at": ago(minutes=150), "minutes": 31, "both": False}
    planned = SupportSessionFactory(case=case, planned_at=ago(hours=2), **{state: True})
    with leaves_no_trace(), pytest.raises(operations.SessionRefused, match="^overlap$"):
        record(case, by, **answer)
    assert record(case, by, **answer | {"minutes": 30 if state == "held" else 29}).pk != planned.pk
    assert record(case, by, **answer | {"both": True}).pk


def test_within_a_session_there_may_be_a_talk_about_taking_part():
    case, by = a_case(), UserFactory()
    SupportSessionFactory(case=case, held=True, planned_at=ago(hours=2))
    assert record(case, by, kind="consent_conversation", at=ago(hours=2), minutes=10, both=False).pk
    with leaves_no_trace(), pytest.raises(operations.SessionRefused, match="^overlap$"):
        record(case, by, kind="assessment", at=ago(hours=2), both=False)


def test_beside_one_that_nobody_came_to_there_may_be_a_call_to_find_out_how_they_are():
    case, by = a_case(), UserFactory()
    SupportSessionFactory(case=case, planned_at=ago(hours=2), not_held=True)
    at = ago(minutes=100)
    call = record(case, by, kind="welfare_check", mode="phone", at=at, minutes=10, both=False)
    gone_on = {"session": call, "seen": call.edition, "kind": call.kind, "mode": "phone", "at": at, "both": False}
    assert record(case, by, minutes=12, **gone_on).minutes == 12


def test_nothing_is_recorded_on_a_closed_case():
    closed = CaseFactory(closed=True)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        record(closed)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        draft(closed)


@pytest.mark.parametrize(
    ("why", "changes"),
    [
        ("early", {"at": ago(days=40)}),
        ("to_come", {"at": ago(minutes=-60)}),
        ("to_come", {"at": lambda: ago(minutes=20)}),
        ("to_come", {"at": lambda: ago(minutes=58)}),
        ("to_come", {"at": timezone.now() + timedelta(days=365)}),
        ("consent", {"mode": "video"}),
        ("stage", {"kind": "therapeutic"}),
        ("stage", {"kind": "therapeutic", "attendance": "was_not_brought", "follow_up": "reached"}),
        ("purpose", {"kind": "bespoke_intervention"}),
        ("severity", LESS_SAFE),
        ("safety_words", {"safety_change": "improved"}),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(why, changes):
    case = a_case()
    changes = {name: value() if callable(value) else value for name, value in changes.items()}
    with leaves_no_trace(), pytest.raises(operations.SessionRefused) as refused:
        record(case, **changes)
    assert refused.value.why == why


@pytest.mark.requirement("R-nat-12")
def test_direct_work_waits_for_consent_and_what_comes_before_it_does_not():
    case = a_case(agrees=False)
    with leaves_no_trace(), pytest.raises(operations.SessionRefused) as refused:
        record(case)
    assert refused.value.why == "consent"
    for kind in ("first_contact", "consent_conversation", "welfare_check", "duty_response"):
        assert record(case, kind=kind).status == "held"
    assert record(case, attendance="was_not_brought", follow_up="reached").status == "not_held"
    ConsentEventFactory(case=case, at=timezone.now())
    assert record(case, what_we_did="We talked about school.", **earlier_today()).status == "held"


@pytest.mark.requirement("R-wal-22")
def test_on_the_relationship_building_start_they_meet_beside_an_unfinished_assessment():
    case = a_case(active=False, assessing=True, start_route="relationship_first", agrees=False)
    AssessmentFactory(case=case)
    for kind in ("relationship_building", "emotional_support"):
        with pytest.raises(operations.SessionRefused):
            record(case, kind=kind)
    ConsentEventFactory(case=case)
    kinds = ("relationship_building", "emotional_support")
    assert {record(case, kind=kind, **earlier_today()).status for kind in kinds} == {"held"}


@pytest.mark.requirement("R-wal-13")
def test_emotional_support_is_a_kind_of_its_own():
    session = record(a_case(), kind="emotional_support", and_sign=True)
    assert (session.get_kind_display(), session.is_signed) == ("Emotional support", True)


@pytest.mark.requirement("R-wal-26")
@settings(max_examples=figure(12, 200))
@given(stages=st.lists(st.sampled_from(["forward", "back"]), max_size=4))
def test_invariant_16_therapeutic_work_is_recorded_once_somebody_has_decided_on_it(stages):
    order = ["stabilise_and_build_trust", "socio_educative", "therapeutic"]
    case, now, decided = a_case(), 0, False
    type(case.offer).objects.filter(pk=case.offer_id).update(therapeutic_available=True)
    for step in stages:
        after = now + (1 if step == "forward" else -1)
        if 0 <= after <= 2:
            StageDecisionFactory(case=case, from_stage=order[now], to_stage=order[after])
            Case.objects.filter(pk=case.pk).update(pathway_stage=order[after])
            now, decided = after, decided or after == 2
    try:
        held = record(case, kind="therapeutic").status == "held"
    except operations.SessionRefused as refused:
        held = refused.why != "stage"
    assert held == decided


@pytest.mark.requirement("R-wal-12")
def test_work_made_for_them_is_tied_to_a_need_or_a_goal_and_as_many_as_they_want():
    goal = GoalFactory()
    case = goal.plan.case
    Case.objects.filter(pk=case.pk).update(opened_at=ago(days=30))
    ConsentEventFactory(case=case, at=ago(days=29))
    need = NeedFactory(assessment__case=case)
    for tied in ({"goals": [goal]}, {"needs": [need]}, {"goals": [goal], "needs": [need]}):
        session = record(case, kind="bespoke_intervention", and_sign=True, what_we_did=f"{len(tied)}", **tied)
        assert session.is_signed
    assert SupportSession.objects.filter(case=case, kind="bespoke_intervention").count() == 3


@pytest.mark.requirement("R-nat-22")
def test_how_they_worked_is_kept():
    session = record(a_case(), approaches=["creative_arts", "mindfulness_grounding"])
    session.refresh_from_db()
    assert session.approaches == ["creative_arts", "mindfulness_grounding"]


@pytest.mark.requirement("R-wal-25")
def test_what_it_was_about_is_several_things():
    focus = ["socio_educative", "wider_issues"]
    session = record(a_case(), focus=focus, wider_issues="Where she lives.")
    session.refresh_from_db()
    assert (session.focus, session.wider_issues) == (focus, "Where she lives.")


# Time


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_is_an_hour_also_where_the_clocks_change_in_it(at, ends):
    case = a_case(opened_at=datetime(2026, 1, 2, tzinfo=UTC), agrees=False)
    ConsentEventFactory(case=case, at=datetime(2026, 1, 3, tzinfo=UTC))
    session = record(case, at=timezone.localtime(at))
    session.refresh_from_db()
    assert (session.started_at, session.ended_at) == (at, ends)


def test_what_is_written_down_late_is_marked_and_not_refused():
    def is_late(ended, recorded):
        ended_at, recorded_at = (datetime(2026, 11, *day, tzinfo=UTC) for day in (ended, recorded))
        return SupportSession(ended_at=ended_at, recorded_at=recorded_at).is_late_entry

    monday, friday = (9, 16), (6, 16)
    assert [is_late(monday, day) for day in [(9, 17), (11, 20), (12, 9)]] == [False, False, True]
    assert [is_late(friday, day) for day in [(10, 9), (11, 9)]] == [False, True]
    assert not SupportSession(planned_at=timezone.now()).is_late_entry
    assert record(a_case(), at=ago(days=20)).is_late_entry


# Sent twice, and by two


def test_what_is_sent_twice_is_one_session():
    case, by, sent = a_case(), UserFactory(), form(and_sign=True)
    first = operations.record_session(case, by=by, **sent)
    with leaves_no_trace():
        assert operations.record_session(case, by=by, **sent) == first


def test_a_form_is_of_one_case():
    sent, by = form(), UserFactory()
    operations.record_session(a_case(), by=by, **sent)
    other = a_case()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.record_session(other, by=by, **sent)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten():
    case = a_case()
    mine = draft(case, what_we_did="Drew.")
    theirs = draft(case, session=mine, seen=1, what_we_did="Painted.")
    assert theirs.edition == 2
    for act in (draft, record):
        with leaves_no_trace(), pytest.raises(operations.SessionChanged) as changed:
            act(case, session=mine, seen=1, what_we_did="Sang.")
        assert changed.value.session.what_we_did == "Painted."
    with leaves_no_trace():
        draft(case, session=mine, seen=1, what_we_did="Painted.")


# While it is typed


def test_a_page_keeps_what_is_typed_also_without_consent_and_says_not_yet_that_it_took_place():
    case, by, sent = a_case(agrees=False), UserFactory(), form(own_words="I like it here.")
    topic = AwarenessTopicFactory()
    sent["beside"]["topics"] = [topic]
    del sent["attendance"]
    with writes(SupportSession=1, SupportSessionEvent=1, TopicCovered=1, TopicCoveredEvent=1, AuditEvent=1):
        kept = operations.save_draft(case, by=by, **sent)
    assert (kept.status, kept.own_words, kept.edition, kept.is_draft) == ("planned", "I like it here.", 1, True)
    with leaves_no_trace():
        operations.save_draft(case, by=by, **sent)
    sent["beside"]["topics"], sent["seen"] = [], 1
    assert operations.save_draft(case, by=by, **sent).topics.count() == 0


def test_what_somebody_said_for_good_is_not_changed_by_a_page_that_saves_itself():
    case = a_case()
    session = record(case, safety_change="same")
    kept = draft(case, session=session, seen=1, safety_change="worse", focus=["wider_issues"], what_we_did="Drew.")
    assert (kept.safety_change, kept.focus, kept.what_we_did, kept.edition) == ("same", [], "Drew.", 2)


def test_what_was_said_wrongly_is_put_right_until_it_is_signed():
    case = a_case()
    session = record(case)
    now = record(case, session=session, seen=1, attendance="not_seen_no_contact", follow_up="try_to_reach")
    assert (now.status, now.started_at, len(what_is_owed())) == ("not_held", None, 1)
    assert TimelineEntry.objects.count() == 2
    writing.sign(now, by=now.recorded_by)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        record(case, session=session, seen=2)


# Signed, and afterwards


def test_it_is_signed_as_it_was_read_and_once():
    session, by = record(a_case()), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.SessionChanged):
        operations.sign_session(session, by=by, seen=0)
    with writes(SupportSessionEvent=1, AuditEvent=1):
        signed = operations.sign_session(session, by=by, seen=1)
    assert signed.signed_by == by
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.sign_session(session, by=by, seen=1)


def test_what_says_nothing_or_not_yet_what_came_of_it_is_not_signed():
    case, by = a_case(), UserFactory()
    silent = record(case, what_we_did="", and_sign=True)
    assert not silent.is_signed
    with leaves_no_trace(), pytest.raises(operations.NotReady) as not_ready:
        operations.sign_session(silent, by=by, seen=1)
    assert not_ready.value.lacks == ["what"]
    typed = draft(case)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.sign_session(typed, by=by, seen=1)


def test_what_was_signed_is_added_to_and_stays():
    session, by = record(a_case(), and_sign=True), UserFactory()
    with writes(SessionAddendum=1, SessionAddendumEvent=1, AuditEvent=1, **TOLD):
        operations.add_to_session(session, by=by, text="It was the red house.")
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        operations.add_to_session(session, by=by, text="It was the red house.")
    unsigned = record(session.case, what_we_did="Drew.")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.add_to_session(unsigned, by=by, text="More.")


def test_the_trail_has_ids_and_codes_and_no_word_that_was_typed():
    record(a_case(), **LESS_SAFE, severity="high", and_sign=True, own_words="I am tired of it.")
    trail = " ".join(str(event.facts) for event in AuditEvent.objects.all())
    assert AuditEvent.objects.filter(verb__in=["session.recorded", "session.signed"]).count() == 2
    assert not any(words in trail for words in ("dog", "tired", "car waits"))
