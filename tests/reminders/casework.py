"""Cases in which something waits, and the acts that end it."""

from datetime import UTC, date, datetime

from django.utils import timezone

from cases.enums import CheckIn, TaskKind
from cases.models import Case
from referrals.models import Referral
from tests.factories.assessments import signed_assessment
from tests.factories.cases import CaseFactory, ContactAttemptFactory, PauseFactory, TaskFactory
from tests.factories.consent import ConsentEventFactory, PrivacyInformationFactory
from tests.factories.ending import EndingFactory
from tests.factories.network import ContributionFactory, SafetyChangeFactory, SupervisionFactory
from tests.factories.people import DataSubjectFactory
from tests.factories.plans import GoalRatingFactory, SupportPlanFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.said import SafeContactFactory
from tests.factories.sessions import SupportSessionFactory
from tests.reminders.sweeping import works_on

LEAD = "lead"


def a_case(centre, staff, *, priority="", **options):
    """Opened that Monday, with a practitioner since then."""
    case = CaseFactory(referral__centre=centre, **options)
    Referral.objects.filter(pk=case.referral_id).update(priority=priority)
    staff[LEAD] = works_on(case, from_at=timezone.now())
    return case


def new(**options):
    return lambda centre, staff: a_case(centre, staff, **options)


def consented(**options):
    def make(centre, staff):
        case = a_case(centre, staff, **options)
        ConsentEventFactory(case=case)
        return case

    return make


def spoken_to_three_times(centre, staff):
    case = a_case(centre, staff)
    for day in (17, 18, 19):
        happened_at = datetime(2026, 11, day, 12, tzinfo=UTC)
        ContactAttemptFactory(case=case, outcome="reached", happened_at=happened_at)
    return case


def assessed(centre, staff):
    case = consented(planning=True)(centre, staff)
    signed_assessment(case=case)
    return case


def confirmed(centre, staff):
    case = a_case(centre, staff)
    SafeContactFactory(subject=case.subject, confirmed=True, confirmed_on=date(2026, 11, 16))
    return case


def less_safe(centre, staff):
    case = confirmed(centre, staff)
    SafetyChangeFactory(case=case, change="new_information", noticed_on=date(2026, 11, 20))
    return case


def reviewed_without_numbers(centre, staff):
    case = a_case(centre, staff, planning=True)
    SupportPlanFactory(case=case, active=True)
    Case.objects.filter(pk=case.pk).update(
        status="active", support_started_on=date(2026, 11, 16), planned_end_on=date(2027, 5, 16)
    )
    ReviewFactory(case=case, held=True, opens_on=date(2026, 11, 10), due_on=date(2026, 11, 16))
    return case


def of_an_offer_that_asks_for_contributions(centre, staff):
    case = a_case(centre, staff)
    type(case.offer).objects.filter(pk=case.offer_id).update(multi_agency_days=90)
    return case


def born(day, **options):
    def make(centre, staff):
        subject = DataSubjectFactory(kind="young_person", centre=centre, date_of_birth=date.fromisoformat(day))
        return a_case(centre, staff, referral__subject=subject, **options)

    return make


def ending(centre, staff):
    case = a_case(centre, staff, ending=True)
    EndingFactory(case=case, ends_on=date(2026, 11, 16))
    return case


def ended(centre, staff):
    case = a_case(centre, staff)
    TaskFactory(case=case, kind=TaskKind.CHECK_IN_AFTER, owner=staff[LEAD], due_on=date(2026, 12, 14))
    EndingFactory(case=case, signed_off=True, check_in=CheckIn.YES)
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=timezone.now())
    return case


def resting(centre, staff):
    case = a_case(centre, staff)
    PauseFactory(case=case, review_on=date(2026, 11, 30))
    return case


# What ends it


def somebody_tries(case):
    ContactAttemptFactory(case=case)


def they_meet(case):
    SupportSessionFactory(case=case, held=True, kind="welfare_check")


def they_talk_about_taking_part(case):
    ConsentEventFactory(case=case)


def they_say_no(case):
    ConsentEventFactory(case=case, no=True)


def they_are_told(case):
    PrivacyInformationFactory(case=case)


def it_is_signed(case):
    signed_assessment(case=case)


def the_plan_is_agreed(case):
    today = timezone.localdate()
    later = {"status": "active", "support_started_on": today, "planned_end_on": today.replace(year=today.year + 1)}
    Case.objects.filter(pk=case.pk).update(**later | {"planned_end_on": date(2027, 5, 1)})


def they_say_how_to_reach_them(case):
    case.subject.safe_contacts.update(confirmed_on=timezone.localdate())


def the_goal_is_rated(case):
    GoalRatingFactory(goal=case.plans.get().goals.get(), occasion="review")


def we_contribute(case):
    ContributionFactory(case=case)


def they_think_about_it(case):
    SupervisionFactory(case=case, together=True)


def it_begins_to_end(case):
    Case.objects.filter(pk=case.pk).update(status="ending")


def it_is_signed_off(case):
    case.endings.update(proposed_by=case.opened_by, proposed_at=timezone.now(), what_we_did="x", strengths="x",
                        safety_now="x", how_to_come_back="x", step_down=["childline"])  # fmt: skip
    signer = SupervisionFactory(case=case).by
    case.endings.update(signed_off_by=signer, signed_off_at=timezone.now())


def somebody_asks(case):
    case.tasks.update(done_by=case.opened_by, done_at=timezone.now())


def it_goes_on(case):
    case.pauses.update(resumed_by=case.opened_by, resumed_on=timezone.localdate())
