"""Rows 1 to 10: what waits of a referral comes due, is heard of by whom and when, and is silent once it is done."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from centres.working_days import LONDON
from outbox.letters import letter_for
from outbox.models import Message
from referrals import operations as referrals
from referrals.enums import Criterion, Outcome
from referrals.models import Referral
from reminders import letter_words, operations, projecting
from reminders.enums import SUBJECTS, ReminderKind, Whom
from reminders.models import Reminder
from reminders.people import Listeners
from reminders.sources.places import of_referral
from tests.factories.accounts import DutyShiftFactory, MembershipFactory
from tests.factories.cases import CaseFactory, WaitingCheckFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.outbox import MessageFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import NoteFactory, ReferralFactory
from tests.factories.reminders import ReminderOfReferralFactory
from tests.factories.screening import CriterionCheckFactory, QuestionFactory
from tests.reminders.sweeping import at, heard, staff_of

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 11, 16, 10, tzinfo=LONDON)  # a Monday
DUTY, MANAGER, SERVICE = "duty", "manager", "service"


@pytest.fixture
def centre():
    with at("2026-11-16T10:00"):
        return ServiceCentreFactory()


@pytest.fixture
def staff(centre):
    return staff_of(centre)


def new(centre, **options):
    return ReferralFactory(centre=centre, submitted_at=RECEIVED, **options)


def with_letter(template, **state):
    def make(centre):
        referral = new(centre, **state)
        MessageFactory(template=template, reference=referral.reference)
        return referral

    return make


def the_letter_leaves(referral):
    Message.objects.filter(reference=referral.reference).update(sent_at=timezone.now())


def somebody_rings_and_writes_it_down(referral):
    NoteFactory(referral=referral)


def asked(centre):
    referral = new(centre, awaiting_information=True)
    QuestionFactory(referral=referral, asked_at=RECEIVED)
    return referral


def it_is_begun(referral):
    referrals.start_screening(referral, by=MembershipFactory(centre=referral.centre).user)


def it_is_held_against_a_criterion(referral):
    CriterionCheckFactory(referral=referral, criterion=Criterion.AREA)


def it_is_decided(referral):
    by = MembershipFactory(centre=referral.centre).user
    if referral.status == "submitted":
        referrals.start_screening(referral, by=by)
    referrals.decide(referral, by=by, outcome=Outcome.DUPLICATE_MERGED)


def it_is_answered(referral):
    referrals.answer(referral.questions.get(), by=referral.referrer_email, text="They know.")


def a_case_opens(referral):
    CaseFactory(referral=referral)


def somebody_asks_how_they_are(referral):
    WaitingCheckFactory(referral=referral, at=timezone.now())


def accepted(centre):
    return new(centre, accepted=True)


def for_the_waiting_list(centre):
    return new(centre, accepted=True, decision__outcome=Outcome.ACCEPTED_WAITING_LIST)


SOON, SOONER, OPENS, LATE, ESCALATED = "soon", "sooner", "opens", "late", "escalated"
ROWS = [
    pytest.param(
        "acknowledgement",
        with_letter("referral-received"),
        [
            ("2026-11-17T12:45", set()),
            ("2026-11-17T13:00", {(DUTY, SOON)}),
            ("2026-11-17T17:00", {(MANAGER, LATE)}),
            ("2026-11-18T00:15", {(SERVICE, ESCALATED)}),
        ],
        the_letter_leaves,
        id="1: the letter that we have it",
    ),
    pytest.param(
        "acknowledgement",
        with_letter("referral-received"),
        [("2026-11-17T13:00", {(DUTY, SOON)})],
        somebody_rings_and_writes_it_down,
        id="1: or somebody rings",
    ),
    pytest.param(
        "safety_scan",
        new,
        [("2026-11-16T10:00", {(DUTY, OPENS)}), ("2026-11-16T14:00", {(MANAGER, LATE)})],
        it_is_begun,
        id="2: how safe they are",
    ),
    pytest.param(
        "screening",
        lambda centre: new(centre, screening=True),
        [
            ("2026-11-16T23:00", set()),
            ("2026-11-17T00:00", {(DUTY, SOON)}),
            ("2026-11-18T17:00", {(MANAGER, LATE)}),
        ],
        it_is_held_against_a_criterion,
        id="3: screening",
    ),
    pytest.param(
        "decision",
        new,
        [
            ("2026-11-18", set()),
            ("2026-11-19", {(DUTY, SOON), (MANAGER, SOON)}),
            ("2026-11-24", set()),
            ("2026-11-25", {(SERVICE, ESCALATED)}),
        ],
        it_is_decided,
        id="4: decision",
    ),
    pytest.param(
        "missing_answer",
        asked,
        [
            ("2026-11-18", set()),
            ("2026-11-19", {(DUTY, SOON)}),
            ("2026-11-25", {(DUTY, SOONER)}),
            ("2026-11-30", {(MANAGER, ESCALATED)}),
        ],
        it_is_answered,
        id="5: what we asked for",
    ),
    pytest.param(
        "outcome_letter",
        with_letter("referral-outcome", not_accepted=True),
        [
            ("2026-11-17T12:45", set()),
            ("2026-11-17T13:00", {(DUTY, SOON)}),
            ("2026-11-18T00:15", {(MANAGER, LATE)}),
        ],
        the_letter_leaves,
        id="6: the letter about the outcome",
    ),
    pytest.param(
        "allocation",
        accepted,
        [("2026-11-18", set()), ("2026-11-19", {(MANAGER, SOON)}), ("2026-11-25", {(SERVICE, ESCALATED)})],
        a_case_opens,
        id="8: allocation",
    ),
    pytest.param(
        "waiting_check",
        for_the_waiting_list,
        [
            ("2026-11-27", set()),
            ("2026-11-28", {(DUTY, SOON), (MANAGER, SOON)}),
            ("2026-11-30", {(MANAGER, LATE)}),
            ("2026-12-07", {(SERVICE, ESCALATED)}),
        ],
        a_case_opens,
        id="9: how they are while they wait",
    ),
    pytest.param(
        "waiting_review",
        for_the_waiting_list,
        [("2026-12-08", set()), ("2026-12-09", {(MANAGER, SOON)}), ("2026-12-15", {(SERVICE, LATE)})],
        somebody_asks_how_they_are,
        id="10: their place on the list",
    ),
    pytest.param(
        "long_wait",
        for_the_waiting_list,
        [("2026-12-27", set()), ("2026-12-28", {(MANAGER, LATE)}), ("2027-02-08", {(SERVICE, ESCALATED)})],
        a_case_opens,
        id="10: six weeks, and twelve",
    ),
]


@pytest.mark.parametrize(("kind", "make", "story", "done"), ROWS)
def test_it_comes_due_is_heard_of_and_falls_silent_once_it_is_done(kind, make, story, done, centre, staff):
    with at("2026-11-16T10:00"):
        referral = make(centre)
    so_far = set()
    for moment, more in story:
        so_far |= more
        assert heard(kind, moment, staff) == so_far, moment
    with at(moment):
        done(Referral.objects.get(pk=referral.pk))
        assert not Reminder.objects.filter(kind=kind).speaking().exists()
    assert heard(kind, moment, staff) == set()


def test_every_row_of_a_referral_has_its_story():
    assert {row.values[0] for row in ROWS} == {str(kind) for kind in SUBJECTS["referral"]}


def test_what_waits_for_its_referrer_is_not_to_be_screened_or_decided_meanwhile(centre, staff):
    with at("2026-11-16T10:00"):
        asked(centre)
    assert heard("decision", "2026-12-16", staff) == heard("screening", "2026-12-16", staff) == set()


def test_who_was_accepted_for_the_waiting_list_is_not_to_be_allocated_in_five_days(centre, staff):
    with at("2026-11-16T10:00"):
        for_the_waiting_list(centre)
    assert heard("allocation", "2026-12-16", staff) == set()


def test_the_next_check_is_counted_from_the_last_and_the_next_look_at_the_list_from_the_decision(centre, staff):
    with at("2026-11-16T10:00"):
        referral = for_the_waiting_list(centre)
    with at("2026-12-10"):
        somebody_asks_how_they_are(referral)
    assert heard("waiting_check", "2026-12-21", staff) == set()
    assert heard("waiting_check", "2026-12-22", staff) == {(DUTY, SOON), (MANAGER, SOON)}
    assert heard("waiting_review", "2027-01-05", staff) == set()
    assert heard("waiting_review", "2027-01-06", staff) == {(MANAGER, SOON)}


def test_a_centre_with_other_days_hears_on_those(centre, staff):
    with at("2026-11-16T10:00"):
        referral = accepted(centre)
        type(referral.offer).objects.filter(pk=referral.offer_id).update(allocate_working_days=10)
    assert heard("allocation", "2026-11-25", staff) == set()
    assert heard("allocation", "2026-11-26", staff) == {(MANAGER, SOON)}


# Who is on duty


def duty_hears(referral, moment):
    with at(moment):
        return Listeners({of_referral(referral)}, now=timezone.now()).of(of_referral(referral), Whom.DUTY)


@pytest.fixture
def rota(centre):
    """One colleague on Mondays, another on Tuesdays."""
    shifts = [DutyShiftFactory(membership=MembershipFactory(centre=centre), weekday=day) for day in (0, 1)]
    return [shift.membership.user.pk for shift in shifts]


@pytest.mark.parametrize(
    ("moment", "which"),
    [
        ("2026-11-16T10:00", 0),
        ("2026-11-16T18:00", 1),  # nobody is on duty: who is next, and nobody else
        ("2026-11-17T07:00", 1),
        ("2026-11-21", 0),  # a Saturday
    ],
)
def test_what_nobody_has_taken_is_for_who_is_on_duty_or_is_next(centre, rota, moment, which):
    with at("2026-11-16T10:00"):
        referral = new(centre)
    assert duty_hears(referral, moment) == {rota[which]}


def test_what_somebody_has_taken_is_theirs_while_they_screen_there(centre, rota):
    with at("2026-11-16T10:00"):
        referral = new(centre, screening=True, owner=MembershipFactory(centre=centre).user)
    assert duty_hears(referral, "2026-11-16") == {referral.owner_id}
    referral.owner.memberships.update(until_on="2026-11-01")
    assert duty_hears(referral, "2026-11-16") == {rota[0]}


def test_without_a_duty_worker_a_manager_hears_and_without_one_the_service_manager(centre):
    with at("2026-11-16T10:00"):
        referral = new(centre)
    service = MembershipFactory(centre=centre, role=Role.SERVICE_MANAGER).user
    assert duty_hears(referral, "2026-11-16") == {service.pk}
    manager = MembershipFactory(centre=centre, role=Role.TEAM_MANAGER).user
    assert duty_hears(referral, "2026-11-16") == {manager.pk}
    ExclusionFactory(subject=referral.subject, user=manager)
    assert duty_hears(referral, "2026-11-16") == {service.pk}


# Where it is shown


def due(client):
    return client.get(reverse("home")).context["due"]


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.TEAM_MANAGER])
def test_who_screens_finds_it_on_the_page_they_begin_with(client, sign_in, role):
    reminder = ReminderOfReferralFactory()
    reminder.person = sign_in(role, at=reminder.referral.centre)
    reminder.save()
    page = client.get(reverse("home"))
    [line] = page.context["due"]
    assert (line["reference"], line["what"]) == (reminder.referral.reference, "Decision")
    assert line["url"] == reverse("triage:referral", args=[reminder.referral.reference])
    assert reminder.referral.young_person.last_name not in page.text
    ExclusionFactory(subject=reminder.referral.subject, user=reminder.person)
    assert due(client) == []


@pytest.mark.parametrize(("role", "url"), [(Role.DUTY_WORKER, "triage:referral"), (Role.TEAM_MANAGER, "cases:waiting")])
def test_who_waits_for_a_practitioner_leads_a_manager_to_their_list(client, sign_in, role, url):
    referral = ReferralFactory(accepted=True)
    person = sign_in(role, at=referral.centre)
    ReminderOfReferralFactory(kind=ReminderKind.WAITING_CHECK, referral=referral, person=person)
    [line] = due(client)
    assert line["url"] == reverse(url, args=[] if url == "cases:waiting" else [referral.reference])


def test_a_letter_says_each_kind_in_a_sentence(centre, staff):
    with at("2026-11-16T10:00"):
        new(centre)
        new(centre)
        projecting.project_reminders(by="test")
        operations.send_digest(staff[DUTY].pk, by="test", on=timezone.localdate())
    [message] = Message.objects.filter(template="reminders")
    assert message.counts == {"all": 2, "safety_scan": 2}
    assert "\n- 2 new referrals to read for safety\n" in letter_for(message).body


def test_every_kind_has_a_sentence_of_one_and_of_many():
    one, many = (letter_words.told(dict.fromkeys(ReminderKind.values, count)).split("\n") for count in (1, 2))
    assert len(one) == len(set(one)) == len(ReminderKind)
    assert not set(one) & set(many)
