"""Reading what is done about concerns, and what is owed."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from safeguarding.enums import OPEN
from safeguarding.routes import ANSWERS, STATUTORY


class EscalationQuerySet(models.QuerySet):
    def waiting_for_acknowledgement(self):
        """Statutory referrals that nobody there has acknowledged, the longest waiting first (domain.md 7, row 7).

        Due one working day after ``sent_at``; ``by`` is who sent it and hears
        of it, then the safeguarding leads of ``concern.subject.centre``. What
        came of it is an acknowledgement too; a concern that was closed waits
        for nothing.
        """
        replies = self.model._meta.get_field("replies").related_model.objects
        answered = replies.filter(escalation=OuterRef("pk"), kind__in=ANSWERS)
        statutory = self.filter(route__in=STATUTORY, concern__status__in=OPEN)
        return statutory.filter(~Exists(answered)).order_by("sent_at", "pk")

    def for_page(self):
        """The first first, with who wrote it and everything that came after."""
        replies = self.model._meta.get_field("replies").related_model.objects.select_related("by")
        return self.select_related("by").prefetch_related(Prefetch("replies", replies)).order_by("sent_at", "pk")


class ConcernActionQuerySet(models.QuerySet):
    def owed(self):
        """What somebody still has to do, the first due first (domain.md 7, row 39).

        Due on ``due_on`` by ``owner``, then the safeguarding leads of
        ``concern.subject.centre``. A closed concern owes nothing: it does not
        close before.
        """
        return self.filter(done_at__isnull=True).order_by("due_on", "pk")

    def for_page(self):
        return self.select_related("owner", "set_by", "done_by").order_by("due_on", "pk")
