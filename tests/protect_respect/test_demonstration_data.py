"""The fictional data shows everything that this step's acts can reach, and nobody's real life."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Membership, User
from audit.models import AuditEvent
from cases import clock
from cases.enums import CaseStatus, PlanStatus
from cases.models import Case, ExtensionRequest, MissingEpisode, Review, TimelineEntry
from centres import working_days
from centres.enums import Scheme
from centres.models import ContactPointOfCentre, ServiceCentre
from outbox.models import Message
from people.models import DataSubject, Exclusion
from protect_respect.demonstration import ACCOUNTS
from protect_respect.fictional.casework import AFTER_SCHOOL
from protect_respect.management.commands.lint_language import blaming
from referrals.enums import CriterionAnswer, Danger, Outcome, Priority, ReferralStatus
from referrals.models import CriterionCheck, Decision, Note, Question, Referral, ReferredYoungPerson, StatusChange
from reminders.models import Reminder
from safeguarding.enums import ConcernStatus
from safeguarding.models import Concern, ConcernAlert
from safeguarding.sweep import escalate_all
from sessions.models import SupportSession
from sessions.models.carers import CarerSession, CarerStrand
from ui.times import long_date, moment

PASSWORD = "a password for this test"
AT_LEAST = 3
PLAINLY_FICTIONAL = re.compile(r"Example|Sampl|Ffuglen|Enghraifft|Specimen|Fiction")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for this module, in a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        django_settings.DEMONSTRATION = True
        try:
            call_command("demonstration_data", password=PASSWORD, verbosity=0)
        finally:
            django_settings.DEMONSTRATION = False
        connection.check_constraints()  # what waits for the end of the transaction, which is never reached
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def data(loaded, db):
    return None


def test_every_status_has_three_referrals():
    found = Counter(Referral.objects.values_list("status", flat=True))
    assert {status: found[status] for status in ReferralStatus if found[status] < AT_LEAST} == {}


def test_each_centre_waits_for_a_referrer_in_time_and_not_and_has_a_hold_that_is_over():
    today = timezone.localdate()
    for centre in ServiceCentre.objects.all():
        asked = Question.objects.filter(referral__centre=centre)
        assert asked.open().filter(due_on__gte=today).exists()
        assert asked.open().filter(due_on__lt=today).exists()
        assert asked.filter(closed_at__isnull=False).exists()
        rows = Referral.objects.filter(centre=centre)
        assert rows.answered().count() == 1
        assert rows.hold_is_over().exists()
        assert rows.filter(review_on__gt=today).exists()
        again = rows.filter(status="screening", status_changes__from_status="not_accepted")
        assert again.count() == 1
        assert not again.overdue().exists()


def test_a_clock_that_stood_still_is_later_by_those_days():
    for question in Question.objects.filter(closed_at__isnull=False).select_related("referral__offer"):
        referral = question.referral
        due = working_days.due_at(referral.submitted_at, working_days=referral.offer.decide_working_days)
        moved = working_days.moved_on(due, stopped=question.asked_at, resumed=question.closed_at)
        assert referral.decide_by == moved


def test_some_were_held_against_the_criteria():
    found = Counter(CriterionCheck.objects.values_list("answer", flat=True))
    assert {answer: found[answer] for answer in CriterionAnswer if found[answer] < AT_LEAST} == {}


def test_every_outcome_has_been_decided_three_times():
    found = Counter(Decision.objects.values_list("outcome", flat=True))
    assert {outcome: found[outcome] for outcome in Outcome if found[outcome] < AT_LEAST} == {}


def test_every_priority_was_set_three_times_on_open_referrals_and_on_ended_ones():
    for rows in (Referral.objects.open(), Referral.objects.exclude(pk__in=Referral.objects.open())):
        found = Counter(rows.values_list("priority", flat=True))
        assert {priority: found[priority] for priority in Priority if found[priority] < AT_LEAST} == {}


def test_all_three_centres_and_both_schemes_are_at_work():
    assert Counter(Referral.objects.values_list("centre__code", flat=True)).keys() == {"SWALES", "NORTH", "NATIONAL"}
    assert set(Referral.objects.values_list("scheme", flat=True)) == set(Scheme)
    assert Referral.objects.filter(centre__code="NATIONAL", local_authority__centre=None).exists()


def test_each_centre_has_something_overdue_something_unread_and_danger():
    for centre in ServiceCentre.objects.all():
        rows = Referral.objects.filter(centre=centre)
        assert rows.overdue().exists()
        assert rows.unread().exists()
        assert rows.in_danger().count() >= AT_LEAST
        assert rows.waiting_for_second_person().count() == 2
        assert Decision.objects.filter(referral__centre=centre, sent_back_at__isnull=False).exists()


def test_danger_has_its_concern_raised_acknowledged_and_closed():
    of_danger = Referral.objects.filter(danger=Danger.YES).values("subject")
    found = Counter(Concern.objects.filter(subject__in=of_danger).values_list("status", flat=True))
    assert found.keys() == {ConcernStatus.RAISED, ConcernStatus.ACKNOWLEDGED, ConcernStatus.CLOSED}
    assert min(found.values()) >= AT_LEAST


def test_some_records_are_closed_to_some_colleagues():
    duty, manager2 = (User.objects.get(email=f"{name}@demo.example") for name in ("duty", "manager2"))
    at_centre = Referral.objects.filter(centre__code="SWALES")
    assert at_centre.visible_to(duty).count() == at_centre.count() - 2  # the family they know; the restricted one
    assert at_centre.visible_to(manager2).count() == at_centre.count() - 2
    restricted = Referral.objects.filter(subject__is_restricted=True)
    assert restricted.visible_to(User.objects.get(email="manager@demo.example")).count() == 1
    assert Exclusion.objects.count() == 2


def test_time_has_passed_in_order():
    now = timezone.now()
    for referral in Referral.objects.prefetch_related("status_changes", "decisions"):
        moments = [referral.submitted_at, *(change.at for change in referral.status_changes.all())]
        moments += [referral.decided_at] if referral.decided_at else []
        assert moments == sorted(moments)
        assert moments[-1] <= now
        assert referral.decide_by > referral.submitted_at
    assert Referral.objects.latest("submitted_at").submitted_at > now - timedelta(hours=1)


def test_the_accounts_are_those_that_the_start_prints():
    assert set(User.objects.values_list("email", flat=True)) == {f"{name}@demo.example" for name in ACCOUNTS}
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert not User.objects.exclude(pk__in=Membership.objects.current().values("user")).exists()


def test_names_are_plainly_fictional_and_welsh_letters_are_among_them():
    names = list(ReferredYoungPerson.objects.values_list("first_name", "last_name"))
    assert all(PLAINLY_FICTIONAL.search(surname) for _first, surname in names)
    letters = "".join(first + surname for first, surname in names)
    assert {"ŵ", "ŷ", "â", "’"} & set(letters) >= {"ŵ", "ŷ", "’"}
    assert DataSubject.objects.filter(given_name_key="llyr").exists()


def test_no_word_in_it_blames():
    texts = [words for fields in Question.objects.values_list("text", "answer", "closed_because") for words in fields]
    texts += [*Note.objects.values_list("text", flat=True), *Concern.objects.values_list("what", flat=True)]
    for fields in Referral.objects.values_list("reason", "young_person_view", "trauma_and_risk", "ready_for_support"):
        texts += fields
    for fields in Decision.objects.values_list("explanation", "suggestion", "sent_back_reason"):
        texts += fields
    assert [text for text in texts for pattern, _instead in blaming() if pattern.search(text)] == []


def test_the_mailbox_begins_empty_and_every_address_is_an_example():
    assert not Message.objects.filter(sent_at=None).exists()
    assert not Message.objects.exclude(to__endswith=".example").exists()
    assert Message.objects.filter(template="danger").exists()


def test_the_trail_knows_every_submission():
    assert not StatusChange.objects.filter(recorded=False).exists()
    assert AuditEvent.objects.filter(verb="referral.submitted").count() == Referral.objects.count()


@pytest.mark.requirement("R-wal-37")
@pytest.mark.requirement("R-wal-38")
def test_the_numbers_of_the_old_leaflet_are_there_and_not_verified():
    points = ContactPointOfCentre.objects.filter(centre__code="SWALES").exclude(phone__startswith="01632 960")
    phones_and_mail = {point.phone or point.email for point in points}
    assert phones_and_mail == {"02920 108080", "01792 580287", "southwalesadmin@nspcc.org.uk"}
    assert not points.verified().exists()


def test_each_centre_has_a_fictional_number_to_ring():
    numbers = {centre.code: ContactPointOfCentre.objects.number_of(centre) for centre in ServiceCentre.objects.all()}
    assert set(numbers) == {"SWALES", "NORTH", "NATIONAL"}
    assert all(number.startswith("01632 960") for number in numbers.values())


def test_it_is_loaded_once(settings):
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="accounts already"):
        call_command("demonstration_data", password=PASSWORD)


def test_it_is_loaded_nowhere_but_in_a_demonstration():
    with pytest.raises(CommandError, match="demonstration only"):
        call_command("demonstration_data", password=PASSWORD)


def test_a_practitioner_has_cases_at_each_stage_and_one_waits_for_a_new_one():
    led = Case.objects.visible_to(User.objects.get(email="practitioner@demo.example")).worked_on_by(
        User.objects.get(email="practitioner@demo.example")
    )
    S = CaseStatus
    assert {case.status for case in led} == {S.ENGAGING, S.ASSESSING, S.PLANNING, S.ACTIVE}
    assert {case.status for case in Case.objects.without_lead()} == {CaseStatus.AWAITING_ALLOCATION}
    assert any(case.is_stopped for case in Case.objects.for_page())


def test_what_happened_on_a_case_happened_in_its_order_and_in_the_past():
    for case in Case.objects.all():
        assert case.opened_at <= timezone.now()
        assert case.referral.decided_at <= case.opened_at
        assert all(case.referral.submitted_at <= entry.at <= timezone.now() for entry in case.timeline.all())


def test_a_story_names_the_days_on_which_things_were():
    began = TimelineEntry.objects.filter(title__startswith="Support began").select_related("case")
    assert began.count() == AT_LEAST
    for line in began:
        end = clock.months_after(line.case.support_started_on, 6)
        assert line.title == f"Support began; it is planned to {long_date(end)}"
    planned = TimelineEntry.objects.filter(title__startswith="Planned: ")
    assert planned.exists()
    for line in planned:
        days = {moment(session.planned_at) for session in SupportSession.objects.filter(case=line.case)}
        assert line.title.partition(", ")[2] in days


def test_sessions_that_were_held_were_after_school():
    held = SupportSession.objects.filter(planned_at__lt=timezone.now())
    assert {timezone.localtime(session.planned_at).time() for session in held} == {AFTER_SCHOOL}


def test_a_manager_has_more_time_to_decide_on_and_one_support_is_past_its_end():
    request = ExtensionRequest.objects.undecided().get()
    assert request.until_on > request.case.planned_end_on > timezone.localdate()
    late = Case.objects.past_planned_end().get()
    assert late.planned_end_on == clock.months_after(late.support_started_on, 6)


def test_the_reviews_of_a_support_are_due_on_the_days_of_the_calendar():
    for case in Case.objects.filter(support_started_on__isnull=False).select_related("offer"):
        planned = clock.reviews(
            case.support_started_on, case.planned_end_on, months_initial=6, timescales=clock.Timescales.of(case.offer)
        )
        still_open = set(case.reviews.open().values_list("kind", "due_on", "opens_on"))
        assert still_open
        assert still_open <= {(due.kind, due.due_on, due.opens_on) for due in planned}


def test_each_support_has_a_signed_assessment_a_plan_in_use_and_two_looks_at_how_things_are():
    supported = Case.objects.filter(support_started_on__isnull=False)
    assert supported.count() == AT_LEAST
    for case in supported:
        plan = case.plans.get(status=PlanStatus.ACTIVE)
        assert plan.assessment.is_signed
        assert {rating.occasion for goal in plan.goals.all() for rating in goal.ratings.all()} == {"start", "review"}


def test_whoever_signs_in_first_is_told_what_is_late():
    practitioner = User.objects.get(email="practitioner@demo.example")
    late = Review.objects.filter(case__support_started_on__isnull=False, due_on__lt=timezone.localdate()).open()
    told = Reminder.objects.filter(person=practitioner).values_list("review", flat=True)
    assert late.exists()
    assert set(late.values_list("pk", flat=True)) <= set(told)


def test_sessions_are_planned_some_were_cancelled_by_their_no_and_some_need_a_record():
    practitioner = User.objects.get(email="practitioner@demo.example")
    sessions = SupportSession.objects.visible_to(practitioner).of(practitioner)
    to_come = sessions.planned().filter(planned_at__gt=timezone.now())
    assert {session.kind for session in to_come} >= {"first_contact", "consent_conversation", "assessment"}
    assert to_come.count() >= AT_LEAST + 3
    assert sessions.need_a_record().count() >= 1
    assert sessions.filter(attendance="consent_withdrawn").count() == 4


def test_sessions_were_held_and_signed_with_topics_and_goals_and_one_is_a_draft():
    held = SupportSession.objects.that_took_place()
    assert held.filter(signed_at__isnull=False).count() >= AT_LEAST
    assert held.unsigned().count() == 1
    assert set(held.values_list("topics__topic__key", flat=True)) >= {"consent", "internet_safety"}
    assert held.filter(goals__isnull=False).exists()
    assert SupportSession.objects.filter(attendance="was_not_brought").count() == 1
    for session in held:
        assert session.case.opened_at < session.started_at < session.ended_at <= session.recorded_at <= timezone.now()
        assert not session.is_late_entry


def test_nobody_works_at_a_weekend():
    for session in SupportSession.objects.all():
        assert working_days.is_working_day(timezone.localdate(session.planned_at)), session.case


def test_they_were_missing_for_a_night_and_somebody_is_to_talk_with_them_about_it():
    [episode] = MissingEpisode.objects.all()
    assert timedelta(hours=48) < timezone.now() - episode.until_at < timedelta(hours=72)
    lead = User.objects.get(email="practitioner@demo.example")
    told = Reminder.objects.filter(person=lead, missing=episode, silent_at=None)
    assert set(told.values_list("kind", flat=True)) == {"return_talk"}


def test_the_first_sweep_tells_nobody_anew():
    before = Message.objects.count()
    assert escalate_all(by="test") == 0
    assert Message.objects.count() == before
    for alert in ConcernAlert.objects.select_related("concern"):
        assert alert.waits_since in (alert.concern.raised_at, alert.concern.acknowledged_at)
        assert alert.waits_since <= alert.at <= timezone.now()


def test_a_mother_has_somebody_of_her_own_and_a_father_said_no():
    theirs = User.objects.get(email="carer.practitioner@demo.example")
    [mothers] = CarerStrand.objects.visible_to(theirs).for_page()
    assert (mothers.practitioner, mothers.direct_held, mothers.is_near_the_last) == (theirs, 4, False)
    assert not Case.objects.visible_to(theirs).exists()
    assert CarerStrand.objects.get(status="declined").case == mothers.case
    assert mothers.allocated_at < min(session.started_at for session in mothers.contacts.all())


def test_contacts_with_a_mother_were_at_working_hours_of_working_days():
    for contact in CarerSession.objects.all():
        began, ended = (timezone.localtime(at) for at in (contact.started_at, contact.ended_at))
        assert working_days.is_working_day(began.date())
        assert working_days.OPENS <= began.time() < ended.time() <= working_days.CLOSES
