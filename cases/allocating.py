"""What a manager who allocates has before them: who waits and how long, and who has room. Only what they may see."""

from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission, centres_with_permission
from cases.days import DaysAfter, DaysBetween, today
from cases.enums import CaseKind
from cases.models import Assignment, Case, WaitingCheck
from cases.steps import apart_from
from people.models import DataSubject, YoungPerson
from people.models.columns import DayOf
from people.search_keys import keys_for
from referrals.enums import ACCEPTS, Outcome, ReferralStatus
from referrals.models import Decision, Referral

NO_CASE = (Outcome.ACCEPTED_CONSULTATION_ONLY,)  # a consultation is no case


REVIEW_OPENS_DAYS = 5  # before the list is looked through (domain.md 7, row 10)


def without_case(referrals):
    """Those accepted that wait for a case: everybody on the waiting list, and who was just accepted."""
    accepted = Decision.objects.filter(referral=OuterRef("pk"), outcome__in=set(ACCEPTS) - set(NO_CASE))
    has_case = Exists(Case.objects.filter(referral=OuterRef("pk")))  # a join would be taken to leave one row of all
    return referrals.filter(Exists(accepted), ~has_case, status=ReferralStatus.ACCEPTED)


def to_allocate():
    """Who was accepted to be given a practitioner now, and not for the waiting list."""
    later = Decision.objects.accepting().filter(referral=OuterRef("referral"), pk__gt=OuterRef("pk"))
    to_the_list = Decision.objects.accepting().filter(~Exists(later), outcome=Outcome.ACCEPTED_WAITING_LIST)
    return without_case(Referral.objects).filter(~Exists(to_the_list.filter(referral=OuterRef("pk"))))


def with_last_check(referrals):
    """Each with ``last_check_at``: when somebody last asked how they are."""
    return referrals.annotate(last_check_at=Max("waiting_checks__at"))


def to_review(*, on=None):
    """Who waits, and nobody has asked how they are since their place on the list came up to be looked at again.

    It does every 28 days from the decision, and is asked for five days ahead
    (domain.md 7, row 10). Each has ``review_due_on``, and ``opens_on``.
    """
    found = without_case(Referral.objects).alias(
        day=DayOf("decided_at"),
        every=Greatest(F("offer__waiting_review_days"), 1),
        passed=DaysBetween(DayOf("decided_at"), today(on)) + REVIEW_OPENS_DAYS,
    )
    found = found.annotate(review_due_on=DaysAfter(F("day"), F("passed") / F("every") * F("every")))
    found = found.annotate(opens_on=DaysAfter(F("review_due_on"), -REVIEW_OPENS_DAYS))
    since = WaitingCheck.objects.alias(on=DayOf("at")).filter(referral=OuterRef("pk"), on__gte=OuterRef("opens_on"))
    return found.filter(~Exists(since), review_due_on__gt=F("day"))


def accepted_without_case(user):
    """Referrals that wait for a case, at the centres where ``user`` allocates."""
    found = Referral.objects.visible_to(user).filter(
        centre__in=centres_with_permission(user, Permission.ALLOCATE_CASES)
    )
    return without_case(found)


def kind_of(referral):
    """Whom the work is with, as the decision in effect says.

    A carer's own strand is opened beside it; what a carer answered changes nothing here (R-nat-32).
    """
    outcome = referral.decisions.accepting().values_list("outcome", flat=True).first()
    return CaseKind.CARER_ONLY if outcome == Outcome.ACCEPTED_CARER_ONLY else CaseKind.YP_ONLY


def waiting(user):
    """The same for their list: the most urgent, then the longest, each with when somebody last asked how they are."""
    found = accepted_without_case(user).select_related("young_person", "offer", "centre", "local_authority")
    return with_last_check(found).order_by("urgency", "decided_at", "pk")


def check_due_on(referral):
    """When somebody next asks how they are: every 14 days, counted from the decision or the last time (domain.md 7)."""
    since = referral.last_check_at or referral.decided_at
    return timezone.localdate(since) + timedelta(days=referral.offer.waiting_safety_check_days)


def without_lead(user):
    """Open cases whose practitioner has left with nobody in their place."""
    return Case.objects.visible_to(user).without_lead().for_list()


def practitioners(subject, centre, *, without=()):
    """Who may be asked to work with this young person, with how many cases each leads: the least busy first.

    Whoever is excluded, not on the list of a restricted record, or kept apart, is not among them.
    """
    roles = [role for role, held in PERMISSIONS.items() if Permission.WORK_ON_CASES in held]
    held = Membership.objects.current().filter(centre=centre, role__in=roles, user=OuterRef("pk"))
    may_see = DataSubject.objects.staff_open_to(subject)
    without = {*without, *apart_from(subject)}
    found = list(User.objects.filter(Exists(held), pk__in=may_see.values("pk")).exclude(pk__in=without))
    load = Assignment.objects.load_of([person.pk for person in found])
    for person in found:
        person.cases_led = load.get(person.pk, 0)
    return sorted(found, key=lambda person: (person.cases_led, person.full_name, person.pk))


def who_they_might_be(user, referral):
    """Young people we know at this centre who may be the same: same birthday and a surname alike, or the same name.

    Only of those whom ``user`` may see: a restricted record looks like none (security.md 5.1).
    """
    said = referral.young_person
    keys = keys_for(given_name=said.first_name, surname=said.last_name)
    subjects = DataSubject.objects.filter(centre=referral.centre_id).exclude(pk=referral.subject_id)
    same_day = subjects.filter(date_of_birth=said.date_of_birth) if said.date_of_birth else subjects.none()
    sounds_alike = same_day.filter(surname_sound=keys.surname_sound)
    same_name = subjects.filter(surname_key=keys.surname_key, given_name_key=keys.given_name_key)
    seen = Case.objects.visible_to(user).filter(young_person=OuterRef("pk"))
    known = YoungPerson.objects.filter(Exists(seen)).filter(subject__in=(sounds_alike | same_name).values("pk"))
    return known.annotate(reference=F("cases__referral__reference")).order_by("pk")
