"""Reading reminders. A reminder falls silent by what it is about: nobody has to tick it off."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.rules import administered_centres, may_manage_users
from cases.models import Case
from referrals.models import Referral
from reminders.enums import SUBJECT_OF, ReminderKind
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


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Their own, of what they may see now: who works on it no more hears no more of it."""
        return self.on_visible_to(user).filter(person=user)

    def on_visible_to(self, user):
        """Whosever they are: of what ``user`` may see."""
        of_a_case = _among(Case.objects.visible_to(user), "case")
        of_a_referral = _among(Referral.objects.visible_to(user), "referral")
        of_others = _of_a_carer(user) | _of_a_concern(user) | _of_the_configuration(user)
        return self.filter(of_a_case | of_a_referral | of_others)

    def speaking(self):
        """Of what still waits, as each row of the schedule says it; and by the day by which it waits now.

        It asks at once which kinds there are: few of the schedule wait for one
        person, and each row of it is a statement of its own inside this one.
        """
        live = self.filter(silent_at__isnull=True)
        kinds, waits = set(live.order_by().values_list("kind", flat=True).distinct()), Q(pk__in=[])
        for row in SCHEDULE:
            if row.kind in kinds:
                still = row.waits().filter(pk=OuterRef(SUBJECT_OF[row.kind])).order_by()
                waits |= Q(Exists(still), kind=row.kind)
        return live.filter(waits, ~Q(kind=ReminderKind.PLANNED_END) | Q(case__planned_end_on=F("due_on")))

    def untold(self):
        """In no letter yet."""
        return self.filter(told_on__isnull=True)

    def people_to_tell(self):
        """The ids of those for whom something speaks that no letter has counted."""
        return self.untold().speaking().order_by("person").values_list("person", flat=True).distinct()

    def for_home(self):
        """With what a line on the home page shows, the first due first."""
        return self.select_related(*SHOWN).order_by("due_on", "pk")


def _among(found, column):
    return Q(Exists(found.filter(pk=OuterRef(column)).order_by()))


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
