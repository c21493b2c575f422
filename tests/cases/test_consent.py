"""What each record of consent writes, what it refuses, and what the ledger says afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases import operations
from cases.enums import ALWAYS_EXPLAINED, ConsentState, ConsentStep, DecisionBasis, TaskKind
from cases.models import Case, ConsentEvent, ParentalView, PrivacyInformation, SharingPreference, Task
from people.ages import birthday
from people.operations import confirm
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import (
    ConsentEventFactory,
    ParentalViewFactory,
    PrivacyInformationFactory,
    SharingPreferenceFactory,
)
from tests.factories.people import ExclusionFactory, born
from tests.factories.said import SafeContactFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

YES = {
    "event": ConsentStep.GIVEN,
    "method": "verbal_in_person",
    "explained": list(ALWAYS_EXPLAINED),
    "format_used": ["talking"],
    "understanding": "He said it back in his own words.",
    "pressure": "none",
    "decision_basis": DecisionBasis.GILLICK_COMPETENT,
    "competence_note": "He weighed what it takes against what it gives.",
    "modes": ["in_person"],
    "own_words": "Yeah, I want to try.",
}
ADULT = {"decision_basis": DecisionBasis.CAPACITY_PRESUMED, "competence_note": ""}
LEDGERS = [
    (ConsentEventFactory, "consent_is_written_once"),
    (ParentalViewFactory, "parental_view_is_written_once"),
    (SharingPreferenceFactory, "sharing_is_written_once"),
    (PrivacyInformationFactory, "privacy_information_is_written_once"),
]


def aged(years, **options):
    return CaseFactory(young_person__date_of_birth=born(years=years, days=100), **options)


def now(case):
    return Case.objects.for_page().get(pk=case.pk).consent_state


@pytest.fixture
def by(case):
    return MembershipFactory(centre=case.centre, role="practitioner").user


@pytest.fixture
def manager(case):
    return MembershipFactory(centre=case.centre, role="team_manager").user


# Yes


def test_a_yes_is_kept_and_told_with_their_words(case, by):
    with writes(
        ConsentEvent=1, ConsentEventEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1
    ):  # fmt: skip
        event = operations.record_consent(case, by=by, **YES)

    assert (event.subject, event.age, event.recorded_by) == (case.subject, case.age, by)
    assert event.wording_version
    assert case.timeline.get().words == "Yeah, I want to try."
    assert now(case) == ConsentState.GIVEN


@pytest.mark.parametrize(
    ("years", "lacks"),
    [
        (12, {}),  # no parental view
        (14, {"competence_note": ""}),
        (14, ADULT),
        (16, {}),  # competence is for those under 16
        (19, {"decision_basis": DecisionBasis.BEST_INTERESTS}),
    ],
)
def test_a_yes_that_does_not_rest_on_what_the_age_allows_is_refused(years, lacks):
    case, by = aged(years), UserFactory()
    with leaves_no_trace(), pytest.raises(IntegrityError), transaction.atomic():
        operations.record_consent(case, by=by, **YES | lacks)


@pytest.mark.parametrize(("years", "basis"), [(15, {}), (16, ADULT), (17, ADULT), (18, ADULT), (19, ADULT)])
def test_a_yes_rests_on_their_own_decision(years, basis):
    case = aged(years)
    operations.record_consent(case, by=UserFactory(), **YES | basis)
    assert now(case) == ConsentState.GIVEN


@pytest.mark.parametrize("years", [11, 12])
def test_of_the_youngest_a_parents_view_or_the_reason_why_there_is_none_is_kept_in_the_same_act(years):
    case, by = aged(years), UserFactory()
    reason = {"view": "not_aware_not_safe", "why": "Her father must not know."}
    with writes(
        ConsentEvent=1, ConsentEventEvent=1, ParentalView=1, ParentalViewEvent=1, TimelineEntry=2,
        TimelineEntryEvent=2, AuditEvent=2,
    ):  # fmt: skip
        event = operations.record_consent(case, by=by, parental=reason, **YES)
    assert (event.parental_view.why, event.age) == ("Her father must not know.", years)


def test_it_is_talked_about_again_in_six_weeks_and_on_the_sixteenth_birthday_at_the_latest():
    today = timezone.localdate()
    soon_sixteen = CaseFactory(young_person__date_of_birth=birthday(today + timedelta(days=10), -16))
    turns = birthday(soon_sixteen.young_person.date_of_birth, 16)
    assert operations.record_consent(aged(14), by=UserFactory(), **YES).review_on == today + timedelta(weeks=6)
    wanted = today + timedelta(days=30)
    assert operations.record_consent(soon_sixteen, by=UserFactory(), review_on=wanted, **YES).review_on == turns


def test_once_it_is_due_the_page_says_so_and_the_work_is_not_stopped(case):
    ConsentEventFactory(case=case, review_on=timezone.localdate())
    found = Case.objects.for_page().get(pk=case.pk)
    assert (found.consent_state, found.is_stopped) == (ConsentState.REVIEW_DUE, False)
    operations.record_consent(case, by=UserFactory(), event=ConsentStep.REVIEWED_UNCHANGED)
    assert now(case) == ConsentState.GIVEN


@pytest.mark.parametrize("event", [ConsentStep.RENEWED, ConsentStep.REVIEWED_UNCHANGED])
def test_nothing_is_renewed_where_nothing_was_agreed(case, by, event):
    with leaves_no_trace(), pytest.raises(operations.NothingAgreed):
        operations.record_consent(case, by=by, **YES | {"event": event})


def test_to_undo_a_withdrawal_is_a_new_event_and_what_was_agreed_stands_as_before(case, by):
    operations.record_consent(case, by=by, **YES | {"event": ConsentStep.GIVEN_PARTIAL, "limits": "No letters."},
                              kinds=["assessment"])  # fmt: skip
    operations.withdraw_consent(case, by=by)
    again = {name: YES[name] for name in ("method", "understanding", "pressure", "decision_basis", "competence_note")}
    operations.record_consent(case, by=by, event=ConsentStep.RENEWED, **again)
    assert now(case) == ConsentState.GIVEN_IN_PART
    assert [event.event for event in case.consent_events.all()] == ["given_partial", "withdrawn", "renewed"]


@pytest.mark.parametrize("purpose", ["remote_video", "anonymous_quote", "feedback_contact", "creative_work"])
def test_an_extra_is_a_record_of_its_own_and_stops_nothing(case, by, purpose):
    operations.record_consent(case, by=by, **YES)
    safe = {"explained": ["remote_safety"]} if purpose == "remote_video" else {}
    operations.record_consent(case, by=by, event=ConsentStep.GIVEN, purpose=purpose, **safe)
    told = operations.record_consent(case, by=by, event=ConsentStep.DECLINED, purpose=purpose)
    assert told.event == ConsentStep.WITHDRAWN
    assert now(case) == ConsentState.GIVEN
    assert not Task.objects.exists()


OPEN = ["awaiting_allocation", "engaging", "assessing", "planning", "active", "ending"]
SHARED = {"scope": "school", "decision": "agreed"}
ACTS = {
    "yes": lambda case, by: operations.record_consent(case, by=by, **YES),
    "sought": lambda case, by: operations.record_consent(case, by=by, event=ConsentStep.SOUGHT),
    "no": lambda case, by: operations.record_consent(case, by=by, event=ConsentStep.DECLINED),
    "parent": lambda case, by: operations.record_parental_view(case, by=by, view="aware_not_asked"),
    "sharing": lambda case, by: operations.record_sharing(case, by=by, **SHARED),
    "privacy": lambda case, by: operations.record_privacy_information(
        case, by=by, to="young_person", why_not_yet="Not safe to post."
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", OPEN)
def test_all_of_it_is_possible_in_every_open_state_and_moves_no_case(state, act):
    case = CaseFactory(**({} if state == "engaging" else {state: True}))
    status, end = case.status, case.planned_end_on
    told = ACTS[act](case, UserFactory())
    case.refresh_from_db()
    assert (case.status, case.planned_end_on, told.case, told.subject) == (status, end, case, case.subject)


@pytest.mark.parametrize("kind", ["closed", "carer_only"])
def test_a_closed_case_and_one_with_a_carer_alone_take_no_consent(kind):
    case = CaseFactory(**({"closed": True} if kind == "closed" else {"kind": "carer_only"}))
    by = UserFactory()
    for act in (
        lambda: operations.record_consent(case, by=by, **YES),
        lambda: operations.withdraw_consent(case, by=by),
        lambda: operations.record_parental_view(case, by=by, view="agrees"),
    ):
        with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
            act()


def test_a_new_practitioner_is_asked_to_talk_about_it_again(case, by, manager):
    AssignmentFactory(case=case)
    ConsentEventFactory(case=case)
    operations.reassign(case, to=by, by=manager, because="Moves on.", handover="Ask before you ring.")
    [task] = Task.objects.all()
    assert (task.kind, task.owner) == (TaskKind.CONSENT_REVIEW, by)
    assert now(case) == ConsentState.GIVEN


# Written once


@pytest.mark.parametrize(("factory", "rule"), LEDGERS, ids=[rule for _factory, rule in LEDGERS])
@pytest.mark.parametrize("statement", ["UPDATE {} SET recorded_at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_a_line_of_a_ledger_is_not_changed_by_raw_sql(factory, rule, statement):
    table = connection.ops.quote_name(factory()._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            cursor.execute(statement.format(table))


# Parents


@pytest.mark.parametrize(
    ("said", "view", "is_conflict"),
    [
        ("yes", "aware_disagrees", True),
        ("yes", "agrees", False),
        ("no", "agrees", True),
        ("no", "aware_disagrees", False),
        ("nothing", "aware_disagrees", False),
        ("yes", "aware_not_asked", False),
    ],
)
@pytest.mark.parametrize("order", ["young person first", "parent first"])
def test_where_young_person_and_parent_disagree_a_manager_hears_once_and_nothing_is_blocked(
    case, by, manager, said, view, is_conflict, order
):
    def young_person():
        if said == "yes":
            operations.record_consent(case, by=by, **YES)
        if said == "no":
            operations.record_consent(case, by=by, event=ConsentStep.DECLINED)

    def parent():
        operations.record_parental_view(case, by=by, view=view, whose="Mother")

    for act in (young_person, parent) if order == "young person first" else (parent, young_person):
        act()
    parent()

    tasks = list(Task.objects.filter(kind=TaskKind.CONSENT_CONFLICT))
    assert [task.owner for task in tasks] == ([manager] if is_conflict else [])
    assert now(case) == {"yes": "given", "no": "refused", "nothing": "not_asked"}[said]


def test_of_an_adult_nobody_asks_the_parents():
    case, by = aged(18), UserFactory()
    with leaves_no_trace(), pytest.raises(IntegrityError, match="not_asked"), transaction.atomic():
        operations.record_parental_view(case, by=by, view="aware_disagrees")


# Whom we may talk to, and what they know


def test_whom_we_may_talk_to_is_kept_and_told(case, by):
    with writes(
        SharingPreference=1, SharingPreferenceEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1
    ):  # fmt: skip
        operations.record_sharing(case, by=by, scope="school", decision="agreed_limited", limits="Only the tutor.")


def test_what_was_shared_without_agreement_is_kept_with_its_reasons_or_not_at_all(case, by, manager):
    facts = {"what": "Where she was.", "why": "She was not safe.", "ground": "safety", "told_before": "no"}
    how = {"scope": "police", "recipient": "Police", "decision": "shared_without_agreement"}
    with leaves_no_trace(), pytest.raises(IntegrityError, match="without_agreement"), transaction.atomic():
        operations.record_sharing(case, by=by, **how, **facts)
    operations.record_sharing(case, by=by, authorised_by=manager, **how, **facts)
    assert SharingPreference.objects.get().authorised_by == manager


def test_privacy_information_is_given_or_says_why_not_yet(case, by):
    written = {"PrivacyInformation": 1, "PrivacyInformationEvent": 1, "TimelineEntry": 1, "TimelineEntryEvent": 1}
    with writes(**written, AuditEvent=1):
        operations.record_privacy_information(case, by=by, to="young_person", why_not_yet="Not safe to post.")
    operations.record_privacy_information(
        case, by=by, to="young_person", given_on=timezone.localdate(), how="Read together."
    )
    found = Case.objects.for_page().get(pk=case.pk)
    assert (found.privacy_given_on, found.privacy_not_yet) == (timezone.localdate(), True)


def test_a_safe_contact_is_confirmed_by_somebody_on_a_day(case, by):
    contact = SafeContactFactory(subject=case.subject)
    assert not Case.objects.for_page().get(pk=case.pk).has_safe_contact
    with writes(SafeContactEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        operations.confirm_contact(contact, of=case, by=by, safe_to_text="yes", safe_to_call="no")
    contact.refresh_from_db()
    assert (contact.confirmed_by, contact.confirmed_on) == (by, timezone.localdate())
    assert (contact.safe_to_text, contact.safe_to_call, contact.safe_to_post) == ("yes", "no", "not_confirmed")
    assert Case.objects.for_page().get(pk=case.pk).has_safe_contact


def test_a_way_to_reach_them_is_added_and_told(case, by):
    with writes(SafeContact=1, SafeContactEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        contact = operations.add_contact(case, by=by, kind="mobile", value="020 7946 0101", safe_to_text="yes")
    assert (contact.subject, contact.confirmed_by) == (case.subject, by)
    assert "020" not in case.timeline.get().title


def test_a_contact_may_be_confirmed_again():
    contact, by = SafeContactFactory(confirmed=True), UserFactory()
    assert confirm(contact, by=by, safe_to_call="no").confirmed_by == by


@pytest.mark.parametrize("name", ["sharing", "privacy", "contact", "another contact"])
def test_a_closed_case_takes_no_more_of_it(name):
    case, by = CaseFactory(closed=True), UserFactory()
    contact = SafeContactFactory(subject=case.subject)
    acts = {
        "sharing": lambda: operations.record_sharing(case, by=by, scope="school", decision="agreed"),
        "privacy": lambda: operations.record_privacy_information(case, by=by, to="young_person", why_not_yet="x"),
        "another contact": lambda: operations.add_contact(case, by=by, kind="mobile", value="020 7946 0101"),
        "contact": lambda: operations.confirm_contact(contact, of=case, by=by),
    }
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        acts[name]()


def test_each_ledger_has_its_own_lines():
    """Five records that never become one: each model holds what it says and nothing of another's."""
    case = CaseFactory()
    for factory, _rule in LEDGERS:
        factory(case=case)
    counts = [model.objects.count() for model in (ConsentEvent, ParentalView, SharingPreference, PrivacyInformation)]
    assert counts == [1, 1, 1, 1]


def test_a_manager_who_is_kept_out_is_given_no_task(case, by, manager):
    ExclusionFactory(subject=case.subject, user=manager)
    lead = AssignmentFactory(case=case).user
    operations.withdraw_consent(case, by=by)
    assert {task.owner for task in Task.objects.all()} == {lead}
