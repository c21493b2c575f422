"""Reading concerns."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import MANAGERS, Role
from accounts.permissions import centres_on_duty, centres_with_role
from accounts.prepared import IsAmong
from people.models import DataSubject
from safeguarding.enums import OPEN, ConcernStatus

NEVER = -1  # the step before the first: nobody was told yet


def centres_of(user, at=None):
    """Where ``user`` manages, leads on safeguarding or is on duty."""
    return sorted({*centres_with_role(user, *MANAGERS, Role.SAFEGUARDING_LEAD), *centres_on_duty(user, at=at)})


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user, *, at=None):
        """Concerns that ``user`` has reason to see.

        The refusing half is the subject's. Then: a grant on the subject, a
        manager or safeguarding lead of the centre, or its duty worker now.
        """
        return self.visible_for(user, centres_of(user, at), at=at or timezone.now())

    def visible_for(self, user, centres, *, at):
        """The same, where each may also be a place for what is asked later (``safeguarding.visible``)."""
        not_closed = DataSubject.objects.open_to(user, subject="subject", at=at)
        is_granted = DataSubject.objects.is_granted(user, subject="subject", at=at)
        return self.filter(not_closed).filter(Q(IsAmong("subject__centre", centres)) | is_granted)

    def about_visible(self, subject):
        """All concerns about the person of a referral that the caller may see, for this referral's own pages.

        Some who see a referral do not see its concerns by ``visible_to``: the
        duty worker it is with, off duty. Whoever decides must know of them.
        """
        return self.about(subject)

    def open(self):
        return self.filter(status__in=OPEN)

    def unacknowledged(self):
        return self.filter(status=ConcernStatus.RAISED)

    def with_last_step(self):
        """With how far each has gone since it waits: ``said``, a step of ``escalation``."""
        alerts = self.model._meta.get_field("alerts").related_model.objects
        since = Coalesce(OuterRef("reopened_at"), OuterRef("raised_at"))
        of_this_waiting = alerts.filter(concern=OuterRef("pk"), waits_since=since)
        latest = Subquery(of_this_waiting.order_by("-step").values("step")[:1])
        return self.annotate(said=Coalesce(latest, NEVER))

    def about(self, subject):
        """All concerns about one person, newest first, with who did what."""
        return self._with_people().filter(subject=subject).order_by("-raised_at", "-pk")

    def for_list(self):
        """Oldest first, with who did what."""
        return self._with_people().order_by("raised_at", "pk")

    def _with_people(self):
        return self.select_related("subject__centre", "raised_by", "acknowledged_by", "closed_by")
