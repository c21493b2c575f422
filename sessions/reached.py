"""Young people whom nobody has tried to reach, met or spoken to for so long: by sessions and by contacts together.

What waits for the reminders of domain.md 7; a letter is no meeting.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Greatest

from cases.days import DaysAfter, today
from cases.enums import ContactOutcome
from cases.models import Case, ContactAttempt
from people.models.columns import DayOf
from sessions.enums import SessionMode
from sessions.models import SupportSession

HEARD_OF_BEFORE = 4  # days before it is too long
FIRST_OF_EACH = 10


def untried():
    """Nobody has tried to reach them."""
    return unmet().filter(~Exists(_tries()))


def unmet():
    """There was no session with them."""
    return Case.objects.under_way().with_lead_since().filter(~Exists(_meetings()))


def undecided():
    """Nobody has written down what they say about taking part; each with the moments at which we spoke to them."""
    found = Case.objects.undecided_about_taking_part().with_lead_since()
    return found.annotate(
        met_at=ArraySubquery(_meetings().order_by("started_at").values("started_at")[:FIRST_OF_EACH]),
        spoke_at=ArraySubquery(_talks().order_by("happened_at").values("happened_at")[:FIRST_OF_EACH]),
    )


def unheard_of(*, on=None):
    """We knew them, and have neither met nor spoken for nearly too long; each with ``hear_by``."""
    met = _meetings().order_by("-started_at").values("started_at")
    spoke = _talks().order_by("-happened_at").values("happened_at")
    last = DayOf(Greatest(Subquery(met[:1]), Subquery(spoke[:1])))
    found = Case.objects.under_way().annotate(hear_by=DaysAfter(last, F("offer__no_contact_days")))
    return found.filter(hear_by__lte=DaysAfter(today(on), HEARD_OF_BEFORE))


def _meetings():
    held = SupportSession.objects.that_took_place().filter(case=OuterRef("pk"))
    return held.exclude(mode=SessionMode.LETTER_OR_WORKSHEET).order_by()


def _tries():
    return ContactAttempt.objects.filter(case=OuterRef("pk"), is_young_person=True).order_by()


def _talks():
    return _tries().filter(outcome=ContactOutcome.REACHED)
