"""Reading reminders. A reminder falls silent by what it is about: nobody has to tick it off."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import Role
from accounts.permissions import centres_with_role
from accounts.rules import administered_centres, may_manage_users
from cases.models import Case
from people.models import DataSubject
from referrals.models import Referral
from reminders.enums import (
    LONG_LATE_DAYS,
    MOST_SNOOZES,
    NEVER_PUT_OFF,
    OF_A_CASE,
    SUBJECT_OF,
    SUBJECTS,
    ReminderKind,
    Stage,
)
from reminders.schedule import SCHEDULE
from safeguarding.models import Concern
from sessions.models.carers import CarerStrand

SHOWN = (
    "case__referral",
    "case__young_person",
    "referral__young_person",
    "strand__case__referral",
    "strand__carer",
    "contact__strand__case__referral",
    "contact__strand__carer",
    "escalation__concern",
    "action__concern",
    "contact_point__centre",
    "public_contact",
)

# The row that a reminder is about: a case only stands beside whatever else is of it.
ABOUT = Coalesce(*(column for column in SUBJECTS if column != "case"), "case")


def _snoozes():
    return apps.get_model("reminders.Snooze").objects


class SnoozeQuerySet(models.QuerySet):
    def of(self, person, kind, about):
        return self.filter(person=person, kind=kind, about=about)

    def going_on(self, on=None):
        return self.filter(until_on__gt=on or timezone.localdate()).order_by("-until_on")


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Their own, of what they may see now: who works on it no more hears no more of it."""
        return self.on_visible_to(user).filter(person=user)

    def on_visible_to(self, user, *, kinds=None):
        """Whosever they are: of what ``user`` may see. ``kinds``: no others are there, so no other is asked for."""
        about = {SUBJECT_OF[kind] for kind in (ReminderKind if kinds is None else kinds)}
        may_see = [sees(user) for columns, sees in SEEN.items() if about.intersection(columns)]
        found = self.filter(reduce(or_, may_see, Q(pk__in=[])))
        return found if kinds is None else found.filter(kind__in=kinds)

    def speaking(self, *, kinds=None):
        """Of what still waits, as each row of the schedule says it; and by the day by which it waits now.

        It asks at once which kinds there are: few of the schedule wait for one
        person, and each row of it is a statement of its own inside this one.
        """
        live = self.filter(silent_at__isnull=True)
        kinds, waits = live.kinds_there() if kinds is None else kinds, Q(pk__in=[])
        for row in SCHEDULE:
            if row.kind in kinds:
                still = row.waits().filter(pk=OuterRef(SUBJECT_OF[row.kind])).order_by()
                waits |= Q(Exists(still), kind=row.kind)
        return live.filter(waits, ~Q(kind=ReminderKind.PLANNED_END) | Q(case__planned_end_on=F("due_on")))

    def kinds_there(self):
        return set(self.filter(silent_at__isnull=True).order_by().values_list("kind", flat=True).distinct())

    def speaking_for(self, reader):
        """Those that speak, of what ``reader`` may see. Narrow it to people before: it asks which kinds they have."""
        kinds = self.kinds_there()
        return self.on_visible_to(reader, kinds=kinds).speaking(kinds=kinds)

    def speaks_to(self, user):
        """Their own that speak, of what they may see."""
        return self.filter(person=user).speaking_for(user)

    def awake(self, *, on=None):
        """Without what its person has put off. What has gone to more people since speaks all the same."""
        put_off = Exists(_snoozes().going_on(on).of(OuterRef("person"), OuterRef("kind"), OuterRef("about")))
        return self.alias(about=ABOUT).exclude(put_off, ~Q(stage=Stage.ESCALATED))

    def with_put_off(self, *, on=None):
        """Each with until when, and why, its person has put it off; and whether they may."""
        theirs = _snoozes().of(OuterRef("person"), OuterRef("kind"), OuterRef("about"))
        now, day = theirs.going_on(on), on or timezone.localdate()
        further = self.model.objects.escalated().alias(about=ABOUT)
        further = further.filter(kind=OuterRef("kind"), about=OuterRef("about")).order_by()
        may = ~Q(kind__in=NEVER_PUT_OFF) & ~Exists(further) & Q(due_on__gt=day - timedelta(days=LONG_LATE_DAYS))
        may &= Exists(now) | ~Exists(theirs.filter(number=MOST_SNOOZES))
        return self.annotate(
            about=ABOUT,
            put_off_until=Subquery(now.values("until_on")[:1]),
            put_off_because=Subquery(now.values("reason")[:1]),
            may_be_put_off=ExpressionWrapper(may, output_field=models.BooleanField()),
        )

    def escalated(self):
        return self.filter(stage=Stage.ESCALATED, silent_at__isnull=True)

    def untold(self):
        """In no letter yet, or in none since the day until which its person had put it off."""
        theirs = _snoozes().of(OuterRef("person"), OuterRef("kind"), OuterRef("about"))
        came_back = theirs.filter(until_on__lte=timezone.localdate(), until_on__gt=OuterRef("told_on"))
        return self.alias(about=ABOUT).filter(Q(told_on__isnull=True) | Exists(came_back))

    def people_to_tell(self, *, hour=23):
        """The ids of those for whom something speaks that no letter has counted, by the hour that they chose."""
        found = self.filter(person__letter_hour__lte=hour).untold().speaking().awake()
        return found.order_by("person").values_list("person", flat=True).distinct()

    def waiting_for(self, people):
        """What a letter to each of these people would count, if they may see it: person to id to kind."""
        found = self.filter(person__in=people).untold().speaking().awake().order_by()
        waiting = {}
        for person, pk, kind in found.values_list("person", "pk", "kind"):
            waiting.setdefault(person, {})[pk] = kind
        return waiting

    def for_home(self):
        """With what a line on the home page shows: what is about safety first, then the first due."""
        is_safety = ExpressionWrapper(Q(kind__in=NEVER_PUT_OFF), output_field=models.BooleanField())
        return self.select_related(*SHOWN).order_by(is_safety.desc(), "due_on", "pk")


def _among(found, column):
    return Q(Exists(found.filter(pk=OuterRef(column)).order_by()))


def _of_a_case(user):
    return _among(Case.objects.visible_to(user), "case") | _for_who_protects_data(user)


def _for_who_protects_data(user):
    """Their own row that somebody was not told what we hold, by its reference alone: no case opens (0106)."""
    centres = centres_with_role(user, Role.DATA_PROTECTION)
    if not centres:
        return Q(pk__in=[])
    open_to = DataSubject.objects.open_to(user, subject="subject")
    theirs = Q(kind=ReminderKind.PRIVACY, stage=Stage.ESCALATED, person=user)
    return theirs & _among(Case.objects.filter(open_to, centre__in=centres), "case")


def _of_a_referral(user):
    return _among(Referral.objects.visible_to(user), "referral")


def _of_a_carer(user):
    """By their own strand alone: whoever sees the case hears nothing of it (R-nat-29)."""
    strands = CarerStrand.objects.visible_to(user)
    return _among(strands, "strand") | _among(strands, "contact__strand")


def _of_a_concern(user):
    concerns = Concern.objects.visible_to(user)
    return _among(concerns, "escalation__concern") | _among(concerns, "action__concern")


def _of_the_configuration(user):
    """Whoever administers all of it, the helplines too; a centre's own, the numbers of their centre."""
    if may_manage_users(user):
        return Q(contact_point__isnull=False) | Q(public_contact__isnull=False)
    return Q(contact_point__centre__in=administered_centres(user))


# Who may see a reminder, by the columns of what it is about.
SEEN = {
    OF_A_CASE: _of_a_case,
    ("referral",): _of_a_referral,
    ("strand", "contact"): _of_a_carer,
    ("escalation", "action"): _of_a_concern,
    ("contact_point", "public_contact"): _of_the_configuration,
}
