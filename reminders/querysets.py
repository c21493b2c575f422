"""Reading reminders. A reminder falls silent by what it is about: nobody has to tick it off."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cases.models import Case
from referrals.models import Referral
from reminders.enums import SUBJECT_OF, ReminderKind
from reminders.schedule import SCHEDULE


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Their own, of what they may see now: who works on it no more hears no more of it."""
        return self.on_visible_to(user).filter(person=user)

    def on_visible_to(self, user):
        """Whosever they are: of what ``user`` may see."""
        of_a_case = Exists(Case.objects.visible_to(user).filter(pk=OuterRef("case")))
        return self.filter(Q(of_a_case) | Exists(Referral.objects.visible_to(user).filter(pk=OuterRef("referral"))))

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
        beside = ("case__referral", "case__young_person", "referral__young_person")
        return self.select_related(*beside).order_by("due_on", "pk")
