"""Reading reminders. A reminder falls silent by what it is about, not by being changed."""

from django.db import models
from django.db.models import F, Q

from cases.enums import OPEN
from cases.models import Case
from reminders.enums import ReminderKind


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Their own, on cases that they may see now: who works on it no more hears no more of it."""
        return self.filter(person=user, case__in=Case.objects.visible_to(user))

    def speaking(self):
        """Of what still waits: a review neither held nor cancelled, a request not decided, an end that is planned so.

        All of a case that is open. Nobody has to tick a reminder off.
        """
        waits = Q(review__held_at__isnull=True, review__cancelled_at__isnull=True)
        waits &= Q(request__decided_at__isnull=True)
        waits &= ~Q(kind=ReminderKind.PLANNED_END) | Q(case__planned_end_on=F("due_on"))
        return self.filter(waits, case__status__in=OPEN)

    def untold(self):
        """In no letter yet."""
        return self.filter(told_on__isnull=True)

    def people_to_tell(self):
        """The ids of those for whom something speaks that no letter has counted."""
        return self.speaking().untold().order_by("person").values_list("person", flat=True).distinct()

    def for_home(self):
        """With what a line on the home page shows, the first due first."""
        return self.select_related("case__referral", "case__young_person").order_by("due_on", "pk")
