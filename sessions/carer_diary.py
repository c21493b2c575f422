"""Sessions with parents and carers in the diary of whoever has them, from this side of the wall (R-nat-29)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.prepared import ASKER, Place, Prepared
from cases.visible import asked_by
from referrals.presenting import initials
from sessions.diary_words import meeting
from sessions.models.carers import CarerSession, CarerStrand
from sessions.visible import moments


def own_sessions(user, first, last, *, shaped="diary"):
    """As ``visible.own_sessions``: what ``user`` has with them, where they may still see the strand."""
    _held, values = asked_by(user)
    return PREPARED[shaped].found(**values, **moments(first, last))


def _own():
    strands = CarerStrand.objects.visible_for(ASKER, Place("manages"), at=Place("at"))
    seen = CarerSession.objects.filter(strand__in=strands)
    return seen.in_diary_of(ASKER, begins=Place("begins"), ends=Place("ends"))


PREPARED = {"diary": Prepared(lambda: _own().for_diary()), "feed": Prepared(lambda: _own().for_feed())}


def entry(row):
    """Of the parent or carer no more than their letters and what they are to the young person."""
    url = reverse("sessions:carer_session", args=[row.strand.key, row.pk])
    return meeting(row, of="carer_sessions", url=url, case=row.strand.case, who=who(row.strand.carer))


def who(carer):
    letters = initials(carer.preferred_name or carer.first_name, carer.last_name)
    return _("%(letters)s, %(relationship)s") % {"letters": letters, "relationship": carer.relationship}
