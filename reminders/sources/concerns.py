"""What was done about a concern, and what is to be done: rows 7 and 39."""

from centres import working_days
from reminders.sources.places import of_concern
from reminders.steps import Fact, day_of
from safeguarding.models import ConcernAction, Escalation

READ = ("concern__subject__centre", "concern__about_colleague", "concern__colleague")
ACKNOWLEDGED_WITHIN = 1  # working day (domain.md 4.7)


def unacknowledged(_on):
    """Whoever sent it asks again; nobody there has said that they have it."""
    found = Escalation.objects.waiting_for_acknowledgement().select_related("concern__subject")
    for row in found.only("by", "sent_at", *READ):
        day = day_of(row.sent_at)
        due = working_days.after(day, ACKNOWLEDGED_WITHIN)
        place = of_concern(row.concern, owner=row.by_id)
        yield Fact(of={"escalation": row.pk}, place=place, begins=day, due=due)


def owed(_on):
    found = ConcernAction.objects.owed().select_related("concern__subject")
    for row in found.only("owner", "due_on", *READ):
        yield Fact(of={"action": row.pk}, place=of_concern(row.concern, owner=row.owner_id), due=row.due_on)
