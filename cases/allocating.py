"""What a manager who allocates has before them: who waits and how long, and who has room. Only what they may see."""

from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission, centres_with_permission
from cases.enums import CaseKind
from cases.models import Assignment, Case
from cases.steps import apart_from
from people.models import DataSubject, YoungPerson
from people.search_keys import keys_for
from referrals.enums import ACCEPTS, Outcome, ReferralStatus
from referrals.models import Decision, Referral

NO_CASE = (Outcome.ACCEPTED_CONSULTATION_ONLY,)  # a consultation is no case


def accepted_without_case(user):
    """Referrals that wait for a case, at the centres where ``user`` allocates."""
    accepted = Decision.objects.filter(referral=OuterRef("pk"), outcome__in=set(ACCEPTS) - set(NO_CASE))
    return Referral.objects.visible_to(user).filter(
        Exists(accepted),
        status=ReferralStatus.ACCEPTED,
        case__isnull=True,
        centre__in=centres_with_permission(user, Permission.ALLOCATE_CASES),
    )


def kind_of(referral):
    """Whom the work is with, as the decision in effect says.

    A carer's own strand is opened beside it; what a carer answered changes nothing here (R-nat-32).
    """
    accepted = referral.decisions.filter(outcome__in=ACCEPTS, sent_back_at__isnull=True, overtaken_at__isnull=True)
    outcome = accepted.order_by("-pk").values_list("outcome", flat=True).first()
    return CaseKind.CARER_ONLY if outcome == Outcome.ACCEPTED_CARER_ONLY else CaseKind.YP_ONLY


def waiting(user):
    """The same for their list: the most urgent, then the longest, each with when somebody last asked how they are."""
    found = accepted_without_case(user).select_related("young_person", "offer", "centre", "local_authority")
    return found.annotate(last_check_at=Max("waiting_checks__at")).order_by("urgency", "decided_at", "pk")


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
