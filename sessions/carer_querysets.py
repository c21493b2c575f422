"""Reading the carer's own strand. ``visible_to`` is the only way in, and it is not the young person's."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone

from accounts.enums import MANAGERS
from accounts.permissions import centres_with_role
from accounts.prepared import IsAmong
from cases.models import Assignment, Case
from people.enums import GrantGround
from people.models import AccessGrant, DataSubject
from referrals.enums import CarerResponse
from sessions.carer_enums import OVER, READS_ON, WARNS_BEFORE, WORKED_ON, StrandStatus
from sessions.enums import TAKE_NO_TIME, ForWhom
from sessions.querysets import (
    BEGUN,
    DRAFT,
    OPEN,
    PLANNED,
    PLANNED_END,
    TIMES,
    MeetingQuerySet,
    SaidOfUsQuerySet,
    ToldQuerySet,
)


def _counted(rows):
    """How many of ``rows`` hang on each strand."""
    of_each = rows.filter(strand=OuterRef("pk")).order_by().values("strand")
    return Coalesce(Subquery(of_each.annotate(count=Count("pk")).values("count")), 0)


class CarerStrandQuerySet(models.QuerySet):
    def visible_to(self, user, *, at=None):
        """Strands that ``user`` may read whole: who works with this carer, and managers of the centre.

        Whoever is kept from the carer or from the young person is kept from
        it, and so is whoever works with the young person on the same case,
        managers among them (R-nat-29). Held back by a manager, it is a manager's alone.
        """
        return self.visible_for(user, centres_with_role(user, *MANAGERS, at=at), at=at)

    def visible_for(self, user, manages, *, at=None):
        """The same, for somebody of whom it is known already which centres they manage."""
        subjects = DataSubject.objects
        works_with_the_young_person = Assignment.objects.current().filter(
            case__subject=OuterRef("case__subject"), user=user.pk
        )
        open_to_them = self.filter(
            subjects.open_to(user, subject="subject", at=at),
            subjects.open_to(user, subject="case__subject", at=at),
            ~Exists(works_with_the_young_person),
        )
        granted = subjects.is_granted(user, subject="subject", at=at) & ~Q(status=StrandStatus.BLOCKED)
        return open_to_them.filter(granted | Q(IsAmong("case__centre", manages)))

    def summary_visible_to(self, user, *, at=None):
        """Strands of which ``user`` may know that they are there: who sees the case, and the carer is open to them."""
        seen = Case.objects.visible_to(user, at=at)
        return self.filter(DataSubject.objects.open_to(user, subject="subject", at=at), case__in=seen)

    def worked_on(self):
        return self.filter(status__in=WORKED_ON)

    def worked_on_by(self, user):
        return self.worked_on().filter(practitioner=user.pk)

    def awaiting_a_manager(self):
        """Wants it and has nobody, or held back for a worry: of open cases, who has waited longest first."""
        waits = self.filter(status__in=[StrandStatus.ACCEPTED, StrandStatus.BLOCKED], case__closed_at__isnull=True)
        waits = waits.exclude(status=StrandStatus.ACCEPTED, response=CarerResponse.WANTS_INFORMATION_ONLY)
        since = Coalesce("held_back_at", "answered_at")
        return waits.annotate(waits_since=since).order_by("waits_since", "pk")

    def read_on_by(self, user, *, at=None):
        """Nobody works with them any more, and ``user``, who did, may still finish what is theirs to write."""
        granted = DataSubject.objects.is_granted(user, subject="subject", at=at)
        return self.exclude(status__in=WORKED_ON).filter(granted)

    def with_whom_it_ended(self, user, *, days):
        """Those with whom ``user`` worked until fewer than ``days`` ago: so that whoever loses one knows."""
        until = timezone.now() + READS_ON - timedelta(days=days)
        lost = AccessGrant.objects.filter(user=user.pk, ground=GrantGround.CARER_STRAND, until_at__gt=until)
        return self.filter(practitioner=None, subject__in=lost.values("subject"))

    def lost_by(self, user, *, days):
        """Those that ``user`` may read no more since fewer than ``days`` ago, each with ``lost_at``: given to somebody
        else, or held back. Not where the support itself has ended, nor to whoever is kept from either of the two.
        """
        now, subjects = timezone.now(), DataSubject.objects
        ended = AccessGrant.objects.filter(user=user.pk, ground=GrantGround.CARER_STRAND, subject=OuterRef("subject"))
        ended = ended.filter(until_at__lte=now, until_at__gt=now - timedelta(days=days)).order_by("-until_at")
        may_know = (subjects.open_to(user, subject="subject"), subjects.open_to(user, subject="case__subject"))
        found = self.filter(*may_know, Exists(ended)).exclude(practitioner=user.pk).exclude(status__in=OVER)
        return found.annotate(lost_at=Subquery(ended.values("until_at")[:1])).order_by("-lost_at", "pk")

    def load_of(self, users):
        """With how many carers each of ``users`` works: id to number."""
        counted = self.worked_on().filter(practitioner__in=users)
        return dict(counted.order_by().values_list("practitioner").annotate(count=Count("pk")))

    def with_direct_held(self):
        """Each with ``direct_count``: how many of the ten have been held."""
        contacts = self.model._meta.get_field("contacts").related_model.objects
        return self.annotate(direct_count=_counted(contacts.that_counted()))

    def with_what_waits(self):
        """Each with ``late_count``: contacts of which nobody has said what came; and with ``unsigned_count``: those
        that wait for a signature.
        """
        contacts = self.model._meta.get_field("contacts").related_model.objects
        waiting = {"late_count": contacts.unwritten(), "unsigned_count": contacts.unsigned()}
        return self.annotate(**{name: _counted(rows) for name, rows in waiting.items()})

    def with_what_is_unfinished(self):
        """The same, and assessments begun and tasks that are open: ``draft_count`` and ``task_count``."""
        hangs_on = self.model._meta.get_field
        unfinished = {
            "draft_count": hangs_on("carer_assessments").related_model.objects.drafts(),
            "task_count": hangs_on("carer_tasks").related_model.objects.open(),
        }
        return self.with_what_waits().annotate(**{name: _counted(rows) for name, rows in unfinished.items()})

    def near_the_last(self):
        """Direct sessions are nearly all held, or all, and nobody has gone on to ongoing support (domain.md 7, row 28).

        Each with ``counted_at``: when each that counted began, the first first.
        """
        counted = self.model._meta.get_field("contacts").related_model.objects.that_counted()
        began = counted.filter(strand=OuterRef("pk")).order_by("started_at", "pk").values("started_at")
        found = self.filter(status=StrandStatus.ACTIVE).with_direct_held().annotate(counted_at=ArraySubquery(began))
        return found.filter(direct_count__gte=Greatest(F("direct_max") - WARNS_BEFORE, 1))

    def for_page(self):
        """Everything the head of its page shows."""
        return self.with_direct_held().select_related("carer", "subject", "practitioner", "case__referral")


class OfStrandQuerySet(models.QuerySet):
    """What hangs on a strand is seen by whoever sees it."""

    def visible_to(self, user, *, at=None):
        strands = self.model._meta.get_field("strand").related_model.objects
        return self.filter(strand__in=strands.visible_to(user, at=at))


class CarerSessionQuerySet(OfStrandQuerySet, MeetingQuerySet):
    def in_diary_of(self, user, *, begins, ends):
        """As the sessions of a young person: their own, planned, held or not (``SupportSessionQuerySet``)."""
        own = self.filter(practitioner=user.pk).exclude(status__in=TAKE_NO_TIME).exclude(DRAFT)
        return own.alias(begun_at=BEGUN).filter(begun_at__gte=begins, begun_at__lt=ends)

    def for_diary(self):
        """When, what for and with whom, and not a word of what was said."""
        shown = ("strand", "kind", "mode", "status", "attendance", "recorded_at", "signed_at", "form_token", *TIMES)
        return self.with_other_side().select_related("strand__case__referral", "strand__carer").only(*shown)

    def for_feed(self):
        """When, and the reference of the case: nothing else leaves us."""
        return self.select_related("strand__case__referral").only(*TIMES, "strand__case__referral__reference")

    def for_home(self, user, *, until):
        """Their own, planned until then or a draft; and how many in all."""
        rows = self.filter(OPEN, practitioner=user.pk, planned_at__lt=until)
        rows = rows.select_related("strand__case__referral", "strand__carer")
        return rows.annotate(in_all=Window(Count("pk"))).order_by("planned_at", "pk")

    def unwritten(self):
        """Nobody has said what came of them: their time has passed, or somebody has begun to write."""
        is_late = PLANNED & Q(planned_end_at__lte=Now())
        return self.alias(planned_end_at=PLANNED_END).filter(DRAFT | is_late)

    def to_finish(self):
        """Their time has passed, and nobody has signed what came of them (domain.md 7, row 31)."""
        return self.unfinished().exclude(strand__status=StrandStatus.BLOCKED)

    def with_whose(self):
        """Each with ``whose``: of whom it is to finish; of nobody alone where they may not read it any more."""
        reads = AccessGrant.objects.current().filter(
            subject=OuterRef("strand__subject"), user=OuterRef("practitioner"), user__is_active=True
        )
        return self.annotate(whose=Subquery(reads.order_by().values("user")[:1]))

    def that_counted(self):
        return self.filter(direct_number__isnull=False)

    def with_direct_place(self):
        """Each that counted with ``direct_place``: which of them it was by when it began, however late it was typed."""
        until = Q(started_at__lt=OuterRef("started_at")) | Q(started_at=OuterRef("started_at"), pk__lte=OuterRef("pk"))
        counted = self.model.objects.that_counted().filter(until, strand=OuterRef("strand"))
        places = counted.order_by().values("strand").annotate(count=Count("pk")).values("count")
        return self.annotate(direct_place=Subquery(places))


class CarerTaskQuerySet(OfStrandQuerySet):
    def open(self):
        return self.filter(done_at__isnull=True)

    def for_home(self, user):
        """What they owe, the first due first, and how many in all."""
        rows = self.open().filter(owner=user.pk).select_related("strand__case__referral", "strand__carer")
        return rows.annotate(in_all=Window(Count("pk"))).order_by("due_on", "pk")


class SharedItemQuerySet(models.QuerySet):
    def visible_to(self, user, *, at=None):
        """Either side reads what was shared in either direction: a copy, and nothing behind it."""
        strands = self.model._meta.get_field("strand").related_model.objects
        either = strands.visible_to(user, at=at).values("pk"), strands.summary_visible_to(user, at=at).values("pk")
        return self.filter(Q(strand__in=either[0]) | Q(strand__in=either[1]))


class CarerAssessmentQuerySet(OfStrandQuerySet):
    def signed(self):
        return self.filter(signed_at__isnull=False)

    def drafts(self):
        return self.filter(signed_at__isnull=True)


class CarerSignpostQuerySet(OfStrandQuerySet, ToldQuerySet):
    def counted(self):
        """As on the young person's side (``SignpostQuerySet``), so that a report adds the two (R-wal-15)."""
        whom = Value(ForWhom.CARER.value)
        return self.order_by().values("resource").annotate(for_whom=whom, times=Count("pk"))


class CarerFeedbackQuerySet(OfStrandQuerySet, SaidOfUsQuerySet):
    def quotable(self):
        """As of young people's (``FeedbackQuerySet``): they said yes to it for these words and have not taken it back.

        Of whom a manager holds back nothing is quoted.
        """
        return self.not_taken_back().exclude(strand__status=StrandStatus.BLOCKED)
