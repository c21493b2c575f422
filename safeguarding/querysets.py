"""Reading concerns."""

from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import MANAGERS, Role
from accounts.permissions import centres_on_duty, centres_with_role
from accounts.prepared import IsAmong
from centres.models import ServiceCentre
from centres.querysets import NATIONAL
from people.models import DataSubject
from safeguarding.enums import OPEN, ConcernStatus

APART = (Role.SAFEGUARDING_LEAD, Role.SERVICE_MANAGER)
NEVER = -1  # the step before the first: nobody was told yet


class Reasons(NamedTuple):
    """What one colleague's roles give as a reason to see a concern: the centres where each holds."""

    sees: list  # managing it, leading on safeguarding or on duty there
    sees_apart: list  # leading on safeguarding there, or its service manager: also what is about a colleague

    @classmethod
    def of(cls, user, at=None):
        sees = {*centres_with_role(user, *MANAGERS, Role.SAFEGUARDING_LEAD, at=at), *centres_on_duty(user, at=at)}
        return cls(sorted(sees), sorted(centres_with_role(user, *APART, at=at)))


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user, *, at=None):
        """Concerns that ``user`` has reason to see.

        The refusing half is the subject's. Then: a grant on the subject, a
        manager or safeguarding lead of the centre, or its duty worker now.
        One about a colleague is for the leads and service managers alone,
        whoever raised it, and never for that colleague.
        """
        return self.visible_for(user, Reasons.of(user, at), at=at or timezone.now())

    def visible_for(self, user, centres, *, at):
        """The same, where each may also be a place for what is asked later (``safeguarding.visible``)."""
        not_closed = DataSubject.objects.open_to(user, subject="subject", at=at)
        is_granted = DataSubject.objects.is_granted(user, subject="subject", at=at)
        reasons = Q(about_colleague=False) & (Q(IsAmong("subject__centre", centres.sees)) | is_granted)
        reasons |= self._is_apart_for(user, centres, is_granted)
        return self.filter(not_closed).filter(reasons)

    def _is_apart_for(self, user, centres, is_granted):
        """About a colleague, and theirs to follow: there, or at the national centre where they were called in."""
        there = Q(IsAmong("subject__centre", centres.sees_apart))
        national = Subquery(ServiceCentre.objects.filter(code=NATIONAL).values("pk")[:1])
        called_in = is_granted & Q(IsAmong(national, centres.sees_apart))
        return Q(about_colleague=True) & ~Q(colleague=user.pk) & (there | called_in)

    def about_visible(self, subject, user, centres, *, at):
        """All concerns about the person of a referral that the caller may see, for this referral's own pages.

        Some who see a referral do not see its concerns by ``visible_to``: the
        duty worker it is with, off duty. Whoever decides must know of them;
        but for what is about a colleague, which stays with whom it is for.
        """
        is_granted = DataSubject.objects.is_granted(user, subject="subject", at=at)
        return self.about(subject).filter(Q(about_colleague=False) | self._is_apart_for(user, centres, is_granted))

    def not_about(self, user):
        """Without those about ``user`` themselves: nobody learns of such a concern by what it would open to them."""
        return self.filter(~Q(colleague=user.pk))

    def told_openly(self):
        """Without those about a colleague: what may hold up somebody who must not know of these."""
        return self.filter(about_colleague=False)

    def open(self):
        return self.filter(status__in=OPEN)

    def unacknowledged(self):
        return self.filter(status=ConcernStatus.RAISED)

    def acknowledged(self):
        """Somebody has them, and they are not closed."""
        return self.open().exclude(status=ConcernStatus.RAISED)

    def with_last_step(self):
        """With how far each has gone since it waits: ``said``, a step of ``escalation``."""
        return self._with_step_since(Coalesce(OuterRef("reopened_at"), OuterRef("raised_at")))

    def with_nothing_done(self):
        """Somebody has it, and nothing is written down about it since; with how often that was ``said``."""
        tellings = self.model._meta.get_field("tellings").related_model.objects
        told = tellings.filter(concern=OuterRef("pk"), at__gte=OuterRef("acknowledged_at"))
        nothing_done = self.filter(~Exists(told), status=ConcernStatus.ACKNOWLEDGED)
        return nothing_done._with_step_since(OuterRef("acknowledged_at"))

    def _with_step_since(self, since):
        alerts = self.model._meta.get_field("alerts").related_model.objects
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
        """With why it was opened again, the last time."""
        openings = self.model._meta.get_field("reopenings").related_model.objects.filter(concern=OuterRef("pk"))
        because = Subquery(openings.order_by("-at").values("because")[:1])
        who = ("raised_by", "acknowledged_by", "closed_by", "colleague")
        return self.annotate(because=because).select_related("subject__centre", *who)
