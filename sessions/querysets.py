"""Reading sessions. ``visible_to`` is the only way in."""

import hashlib

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, Now

from cases.enums import SAYS_NO, ConsentPurpose
from cases.models import Assignment, Case, ConsentEvent
from cases.querysets import IsIn
from centres.querysets import CentreOptionQuerySet
from sessions.enums import DO_NOT_STAND, TAKE_NO_TIME, TOOK_PLACE, QuoteAnswer, SessionKind, SessionStatus
from sessions.programme import COUNTED
from sessions.together import OTHER_SIDE


class Minutes(models.Func):
    """A number of minutes as a length of time."""

    template = "make_interval(mins => %(expressions)s)"
    output_field = models.DurationField()


PLANNED_END = ExpressionWrapper(F("planned_at") + Minutes("planned_minutes"), output_field=DateTimeField())
OPEN = Q(status=SessionStatus.PLANNED)  # nobody has said what came of it
PLANNED = OPEN & Q(form_token__isnull=True)
DRAFT = OPEN & Q(form_token__isnull=False)  # begun by the page that logs one: nobody had planned it
BEGUN = Coalesce("started_at", "planned_at")
TIMES = ("planned_at", "planned_minutes", "started_at", "ended_at")
UNSIGNED = Q(recorded_at__isnull=False, signed_at__isnull=True)


class MeetingQuerySet(models.QuerySet):
    """What is asked of meetings, whosever they are: with a young person, or with a parent or carer of theirs."""

    def planned(self):
        return self.filter(PLANNED)

    def that_took_place(self):
        return self.filter(status__in=TOOK_PLACE)

    def need_a_record(self):
        """Their time has passed, and nobody has said what came of them."""
        return self.planned().alias(planned_end_at=PLANNED_END).filter(planned_end_at__lte=Now())

    def unsigned(self):
        return self.filter(UNSIGNED)

    def unfinished(self):
        """Their time has passed, and nobody has signed what came of them; each with ``over_at`` (domain.md 7, row 31).

        Planned, a draft, or written down: whichever it is, it waits for the same person.
        """
        over = Coalesce("ended_at", PLANNED_END)
        return self.filter(OPEN | UNSIGNED, planned_at__lte=Now()).annotate(over_at=over).filter(over_at__lte=Now())

    def with_other_side(self):
        """Where a session together stands on the other side: when, and whether it is planned still; no word of it."""
        others = apps.get_model(OTHER_SIDE[self.model.__name__]).objects.filter(joint_key=OuterRef("joint_key"))
        others = others.exclude(status=SessionStatus.RESCHEDULED).order_by()
        stands = {"other_at": "planned_at", "other_status": "status"}
        return self.annotate(**{name: Subquery(others.values(column)[:1]) for name, column in stands.items()})


class SupportSessionQuerySet(MeetingQuerySet):
    def visible_to(self, user, *, at=None):
        """Sessions of cases that ``user`` may see: whoever reads the story reads them."""
        return self.filter(case__in=Case.objects.visible_to(user, at=at))

    def that_were_at(self, begins, ends):
        """Between these two moments, or part of it: as they were, or as they were to be."""
        over = Coalesce("ended_at", PLANNED_END)
        return self.alias(begun_at=BEGUN, over_at=over).filter(begun_at__lt=ends, over_at__gt=begins)

    def with_whose(self):
        """Each with ``whose``: of whom it is to finish; of nobody alone where they have left the case."""
        still_there = Assignment.objects.current().filter(
            case=OuterRef("case"), user=OuterRef("practitioner"), user__is_active=True
        )
        return self.annotate(whose=Subquery(still_there.order_by().values("user")[:1]))

    def for_ending(self):
        """Numbers that an ending asks for: awareness sessions that took place, and what is not finished yet."""
        asked = {
            "awareness": Q(kind=SessionKind.AWARENESS_RAISING, status__in=TOOK_PLACE),
            "to_come": PLANNED & Q(planned_end_at__gt=Now()),
            "need_a_record": DRAFT | (PLANNED & Q(planned_end_at__lte=Now())),
            "unsigned": UNSIGNED,
        }
        numbers = {name: Count("pk", filter=which) for name, which in asked.items()}
        return self.order_by().alias(planned_end_at=PLANNED_END).aggregate(**numbers)

    def that_stand(self):
        """Without those that another has taken the place of, and what was entered by mistake."""
        return self.exclude(status__in=DO_NOT_STAND)

    def latest_first(self):
        return self.order_by("-planned_at", "-pk")

    def of(self, user, *, left=PLANNED):
        """Theirs to hold: planned with them; and what was planned with somebody who has left the case, its lead's.

        ``left``: what of theirs a colleague leaves to the lead.
        """
        now = Assignment.objects.current()
        led = IsIn("case", ArraySubquery(now.leads().filter(user=user.pk).values("case")))
        still_there = Exists(now.filter(case=OuterRef("case"), user=OuterRef("practitioner")))
        return self.filter(Q(practitioner=user.pk) | (left & Q(led) & ~still_there))

    def for_home(self, user, *, until):
        """Theirs on open cases, planned until then or a draft: what waits for words or a signature, then what is next;
        and how many in all.
        """
        rows = self.of(user, left=PLANNED | UNSIGNED).filter(case__closed_at__isnull=True)
        rows = rows.filter((OPEN & Q(planned_at__lt=until)) | UNSIGNED)
        rows = rows.select_related("case__referral", "case__young_person", "practitioner")
        return rows.annotate(in_all=Window(Count("pk"))).order_by("planned_at", "pk")

    def in_diary_of(self, user, *, begins, ends):
        """Their own that stand between two moments: planned, held or not. What was moved or cancelled took no time."""
        own = self.of(user).exclude(status__in=TAKE_NO_TIME).exclude(DRAFT)
        return own.alias(begun_at=BEGUN).filter(begun_at__gte=begins, begun_at__lt=ends)

    def for_diary(self):
        """When, what for and with whom, and not a word of what was said."""
        shown = ("case", "kind", "mode", "status", "attendance", "recorded_at", "signed_at", "form_token", *TIMES)
        return self.with_other_side().select_related("case__referral", "case__young_person").only(*shown)

    def for_feed(self):
        """When, and the reference of the case: nothing else leaves us."""
        return self.select_related("case__referral").only(*TIMES, "case__referral__reference")

    def for_page(self):
        """With whom, and what was moved to it; the newest first."""
        return self.with_other_side().select_related("practitioner", "moved_from").latest_first()

    def with_all(self):
        """One session with everything that stands in it or beside it."""
        people = self.select_related("practitioner", "recorded_by", "signed_by", "safety_noticed__concern")
        beside = ("topics__topic", "goals__goal", "needs__need", "addenda__by", "remote_starts__by")
        return people.prefetch_related(*beside)

    def with_case(self):
        """As much of the case as an address says."""
        return self.select_related("case__referral")

    def moved(self):
        """Each that was moved to another time, or came of one that was."""
        return self.filter(Q(moved_from__isnull=False) | Q(status=SessionStatus.RESCHEDULED))

    def for_counting(self):
        """As plain values, for ``programme.counted``."""
        return self.exclude(status=SessionStatus.BY_MISTAKE).order_by().values_list(*COUNTED, named=True)


class AwarenessTopicQuerySet(CentreOptionQuerySet):
    def of_case(self, case):
        """Which were talked about in a session that took place, retired since or not; and which the centre offers."""
        covered = apps.get_model("support_sessions.TopicCovered").objects.filter(topic=OuterRef("pk"))
        talked = covered.filter(session__case=case.pk, session__status__in=TOOK_PLACE)
        offered = self.offered_by(case.centre_id).values("pk")
        return self.annotate(is_covered=Exists(talked)).filter(Q(is_covered=True) | Q(pk__in=offered))


class ResourceQuerySet(CentreOptionQuerySet):
    def for_list(self, centre):
        """What a form at ``centre`` offers, with whom anybody may turn to where a number is theirs."""
        return self.offered_by(centre).select_related("contact").order_by("position", "label_en")


class ToldQuerySet(models.QuerySet):
    def for_page(self):
        return self.select_related("resource__contact", "by")


class SignpostQuerySet(ToldQuerySet):
    def visible_to(self, user, *, at=None):
        return self.filter(case__in=Case.objects.visible_to(user, at=at))

    def counted(self):
        """How often each thing was given, and to whom: what a report counts (R-wal-15)."""
        return self.order_by().values("resource", "for_whom").annotate(times=Count("pk"))


class SaidOfUsQuerySet(models.QuerySet):
    def quotable_ever(self):
        """Where they said yes once, whatever they said since."""
        return self.filter(may_quote=QuoteAnswer.YES)

    def not_taken_back(self):
        return self.quotable_ever().filter(quote_taken_back_at__isnull=True).order_by("-asked_on", "-pk")


class FeedbackQuerySet(SaidOfUsQuerySet):
    def visible_to(self, user, *, at=None):
        return self.filter(case__in=Case.objects.visible_to(user, at=at))

    def quotable(self):
        """Words that may be used without a name: the only way to them for a report, a paper or another page.

        They said yes to it for these words, have not taken it back, and have not said no since then to their words
        being used at all (the ledger of consent).
        """
        no = ConsentEvent.objects.filter(case=OuterRef("case"), purpose=ConsentPurpose.ANONYMOUS_QUOTE)
        no = no.filter(event__in=SAYS_NO, at__date__gte=OuterRef("asked_on"))
        return self.not_taken_back().filter(~Exists(no))


class CalendarFeedQuerySet(models.QuerySet):
    def alive(self):
        return self.filter(revoked_at__isnull=True)

    def of_token(self, token):
        """The one at this address, with its owner, or nothing."""
        return self.alive().filter(digest=self.hash_of(token)).select_related("user").first()

    def not_read_on(self, day):
        return self.filter(Q(read_on__isnull=True) | Q(read_on__lt=day))

    def hash_of(self, token):
        """What is kept of a secret of 256 bits, which nobody tries through: no salt, so that it can be looked up."""
        return hashlib.sha256(token.encode()).hexdigest()


class RemoteAgreementQuerySet(models.QuerySet):
    def that_hold_on(self, day):
        """Agreed by ``day``, and no longer than six weeks before it."""
        return self.filter(agreed_on__lte=day, until_on__gte=day)


def next_session():
    """When they meet next, of each case: what this floor has to say in its head (``CaseQuerySet.told_above``)."""
    planned = apps.get_model("support_sessions.SupportSession").objects.planned()
    coming = planned.filter(case=OuterRef("pk"), planned_at__gt=Now()).order_by("planned_at", "pk")
    return Subquery(coming.values("planned_at")[:1])
