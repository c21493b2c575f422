"""What follows from the times and the status of a meeting, whosever it is. Each side keeps tables of its own."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from sessions.enums import REMOTE, TOOK_PLACE, SessionStatus

LONGEST = timedelta(hours=12)
IS_A_DRAFT = "OLD.status = 'planned' AND OLD.form_token IS NOT NULL"  # nobody planned it or said that it happened


def came_of_it(answers_of):
    """Each status has its answers, and none has another's."""
    condition = Q()
    for status, answers in answers_of.items():
        condition |= Q(status=status, attendance__in=answers or [""])
    return condition


class Meeting:
    """One meeting, or the plan for one: with a young person, or with a parent or carer of theirs."""

    @property
    def was_planned(self):
        """Not begun by the page on which what has happened is written down."""
        return self.form_token is None

    @property
    def is_planned(self):
        return self.status == SessionStatus.PLANNED and self.was_planned

    @property
    def is_draft(self):
        """Begun by the page on which what has happened is written down; nobody has said yet what came of it."""
        return self.status == SessionStatus.PLANNED and not self.was_planned

    def may_be_thrown_away_by(self, user):
        """By whoever began it. What a colleague typed is gone on with, or theirs to throw away."""
        return self.is_draft and self.planned_by_id == user.pk

    @property
    def may_be_written(self):
        return not self.is_signed and self.status != SessionStatus.RESCHEDULED

    @property
    def planned_end_at(self):
        return self.planned_at + timedelta(minutes=self.planned_minutes)

    @property
    def needs_a_record(self):
        """Its time has passed, and nobody has said what came of it."""
        return self.is_planned and self.planned_end_at <= timezone.now()

    @property
    def happened_at(self):
        """When it began; where it did not, when it was to begin."""
        return self.started_at or self.planned_at

    @property
    def minutes(self):
        """How long it was; where it was not, how long it was to be."""
        if self.started_at is None:
            return self.planned_minutes
        return round((self.ended_at - self.started_at).total_seconds() / 60)

    @property
    def took_place(self):
        return self.status in TOOK_PLACE

    @property
    def is_mistake(self):
        """Entered by mistake: it counts for nothing. Why stands in ``why_not``; who said so has signed it."""
        return self.status == SessionStatus.BY_MISTAKE

    @property
    def is_remote(self):
        return self.mode in REMOTE

    @property
    def is_signed(self):
        return self.signed_at is not None

    @property
    def waits_for_a_signature(self):
        return self.recorded_at is not None and not self.is_signed
