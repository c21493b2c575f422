"""Reading cases. ``visible_to`` is the only way in for views, lists, search, counts and tasks."""

from datetime import timedelta
from typing import NamedTuple

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window
from django.db.models.functions import Least
from django.utils import timezone

from accounts.enums import MANAGERS, Role
from accounts.permissions import centres_with_role
from accounts.prepared import IsAmong
from cases.enums import (
    AGREES,
    FOLLOWS_UP,
    OPEN,
    RAISED_OF,
    AssignmentKind,
    CaseKind,
    ConsentPurpose,
    InformedPerson,
    PlanStatus,
    ReviewKind,
    TaskKind,
)
from cases.missing_querysets import going_on_now
from cases.what_waits import WhatWaits, consent_step
from people.models import DataSubject, SafeContact
from safeguarding.models import Concern

RATED_WITHIN = timedelta(weeks=12)
# After two weeks nobody asks for numbers; the manager's own review looks at the time that is left (domain.md 5.6).
RATES_GOALS = tuple(set(ReviewKind) - {ReviewKind.SETTLING_IN, ReviewKind.NINE_MONTH, ReviewKind.UNSCHEDULED})
PAGE = 20  # timeline entries of one page


class Reasons(NamedTuple):
    """What one colleague's roles give as a reason to see a case: the centres where each holds."""

    manages: list
    leads: list  # on safeguarding: what has an open concern

    @classmethod
    def of(cls, user, at):
        manages = {*centres_with_role(user, *MANAGERS, at=at)}
        leads = {*centres_with_role(user, Role.SAFEGUARDING_LEAD, at=at)} - manages
        return cls(sorted(manages), sorted(leads))


class CaseQuerySet(WhatWaits):
    told_above = {}  # what floors above have to say in the head of a case: a name, and how a statement finds it

    def visible_to(self, user, *, at=None):
        """Cases that ``user`` has reason to see. Every view of cases starts here.

        The refusing half (exclusions, restriction) is the subject's and wins
        over everything; then any one reason is enough: a grant on the subject
        (who works on the case has one), managing the centre, or leading on
        safeguarding where there is an open concern (design.md 5).
        """
        return self.visible_for(user, Reasons.of(user, at), at=at)

    def visible_for(self, user, centres, *, at=None):
        """The same, for somebody whose ``Reasons`` are read already."""
        not_closed = DataSubject.objects.open_to(user, subject="subject", at=at)
        reasons = DataSubject.objects.is_granted(user, subject="subject", at=at)
        if centres.manages:
            reasons |= Q(IsAmong("centre", centres.manages))
        if centres.leads:
            concern = Exists(Concern.objects.open().not_about(user).filter(subject=OuterRef("subject")))
            reasons |= Q(IsAmong("centre", centres.leads)) & Q(concern)
        return self.filter(not_closed).filter(reasons)

    def open(self):
        return self.filter(status__in=OPEN)

    def worked_on_by(self, user):
        """Open cases that ``user`` works on now, in whatever part. Theirs are found first, not the centre's."""
        mine = _assignments().current().filter(user=user.pk)
        return self.open().filter(IsIn("pk", ArraySubquery(mine.values("case"))))

    def without_lead(self):
        """Whose practitioner has left, with nobody in their place. A carer alone has none by right."""
        with_young_people = self.open().exclude(kind=CaseKind.CARER_ONLY)
        return with_young_people.filter(~Exists(_assignments().current().leads().filter(case=OuterRef("pk"))))

    def past_planned_end(self, *, on=None):
        return self.open().filter(planned_end_on__lt=on or timezone.localdate())

    def with_last_contribution(self):
        """Each with ``last_contribution_on`` and ``last_reason_on``: when we last brought something, or why not."""
        of_case = {"case": OuterRef("pk")}
        contributed = _model("Contribution").objects.filter(**of_case).order_by("-held_on", "-pk").values("held_on")
        reasons = _model("NoContributionReason").objects.filter(**of_case).order_by("-given_on", "-pk")
        return self.annotate(
            last_contribution_on=Subquery(contributed[:1]), last_reason_on=Subquery(reasons.values("given_on")[:1])
        )

    def without_contribution(self, *, on=None):
        """Open for longer than the offer's period, with nothing contributed in it and no reason given (R-wal-28)."""
        return self.with_contribution_due().filter(contribute_by__lt=on or timezone.localdate())

    def with_lead(self):
        """Each with ``lead_id`` and ``lead_name``, and how many practitioners it has had (R-nat-22)."""
        lead = _assignments().current().leads().filter(case=OuterRef("pk"))
        led = _assignments().leads().filter(case=OuterRef("pk")).order_by().values("case")
        return self.annotate(
            lead_id=Subquery(lead.values("user")[:1]),
            lead_name=Subquery(lead.values("user__full_name")[:1]),
            leads_count=Subquery(led.annotate(count=Count("pk")).values("count")),
        )

    def with_workers(self):
        """Each with ``worker_ids``: who is assigned to it now, in whatever part."""
        now = _assignments().current().filter(case=OuterRef("pk")).order_by("pk")
        return self.annotate(worker_ids=ArraySubquery(now.values("user")))

    def with_consent(self):
        """Each with what the ledger of the service says: ``Case.consent_state`` reads it (cases.consenting)."""
        said = _model("ConsentEvent").objects.filter(case=OuterRef("pk"), purpose=ConsentPurpose.SERVICE)
        said = said.order_by("-at", "-pk")
        return self.annotate(
            consent_step=consent_step(),
            consent_agreed=Subquery(said.filter(event__in=AGREES).values("event")[:1]),
            consent_review_on=Subquery(said.filter(review_on__isnull=False).values("review_on")[:1]),
        )

    def with_first_steps(self):
        """Each with what a new case begins with: a contact that is confirmed as safe, privacy information given."""
        confirmed = SafeContact.objects.filter(subject=OuterRef("subject"), confirmed_on__isnull=False)
        told = _model("PrivacyInformation").objects.filter(case=OuterRef("pk"), to=InformedPerson.YOUNG_PERSON)
        return self.annotate(
            has_safe_contact=Exists(confirmed),
            privacy_given_on=Subquery(told.order_by("-given_on").values("given_on").exclude(given_on=None)[:1]),
            privacy_not_yet=Exists(told.filter(given_on=None)),
        )

    def to_look_at(self, *, on):
        """Where somebody said that they look again by the day ``on``: at work that rests, or to reach somebody.

        Each with ``look_at_rest_on`` and ``try_again_on``. A later try to reach the same person settles the one before.
        """
        rests = _model("Pause").objects.filter(case=OuterRef("pk"), resumed_on__isnull=True, review_on__lte=on)
        tries = _model("ContactAttempt").objects.latest_of_each().filter(case=OuterRef("pk"), next_try_on__lte=on)
        found = self.annotate(
            look_at_rest_on=Subquery(rests.values("review_on")[:1]),
            try_again_on=Subquery(tries.order_by("next_try_on", "pk").values("next_try_on")[:1]),
        )
        found = found.filter(Q(look_at_rest_on__isnull=False) | Q(try_again_on__isnull=False))
        return found.select_related("referral", "young_person").order_by("pk")

    def with_next_review(self):
        """Each with ``next_review_kind`` and ``next_review_on``: the first that is neither held nor cancelled."""
        reviews = _model("Review").objects.open().filter(case=OuterRef("pk")).order_by("due_on", "pk")
        return self.annotate(
            next_review_kind=Subquery(reviews.values("kind")[:1]),
            next_review_on=Subquery(reviews.values("due_on")[:1]),
        )

    def for_page(self):
        """Everything the head of a case shows, in one statement."""
        told = self.with_lead().with_workers().with_next_review().with_consent().with_first_steps()
        rests = Exists(_model("Pause").objects.filter(case=OuterRef("pk"), resumed_on__isnull=True))
        worries = Exists(Concern.objects.open().filter(subject=OuterRef("subject")))
        told = told.annotate(is_resting=rests, has_open_concern=worries, **going_on_now(), **self.told_above)
        return told.select_related("referral", "young_person", "centre", "offer", "subject")

    def for_list(self):
        """A row of a caseload: whose, since when, until when."""
        told = self.with_lead().with_next_review().with_consent().annotate(**going_on_now(), **self.told_above)
        return told.select_related("referral", "young_person").order_by("planned_end_on", "opened_at", "pk")


class AssignmentQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until_at__isnull=True)

    def leads(self):
        return self.filter(kind=AssignmentKind.LEAD)

    def covers_until(self, moment):
        """Who covers until a moment of before or then, for somebody who is away."""
        return self.current().filter(kind=AssignmentKind.COVER, grant__until_at__lte=moment)

    def load_of(self, users):
        """How many open cases each of ``users`` leads: id to number."""
        counted = self.current().leads().filter(user__in=users, case__status__in=OPEN)
        return dict(counted.order_by().values_list("user").annotate(count=Count("pk")))


class TaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at__isnull=True)

    def owned_by(self, user):
        return self.filter(owner=user)

    def owed_check_ins(self, user):
        """That ``user`` asks how they are, after the ending: agreed with the young person, and not done."""
        return self.open().owned_by(user).filter(kind=TaskKind.CHECK_IN_AFTER)

    def owed_still(self, *kinds):
        """Open tasks of these kinds, on open cases."""
        return self.open().filter(kind__in=kinds, case__status__in=OPEN)

    def following_up(self):
        """After a session that nobody came to, or that was not safe: due on the same day (domain.md 7, row 32)."""
        return self.owed_still(*FOLLOWS_UP)

    def after_missed_in_a_row(self):
        """Two sessions in a row did not happen, or three: nobody has thought yet about another way (row 33)."""
        return self.owed_still(TaskKind.ANOTHER_WAY)

    def on_visible_to(self, user):
        """Tasks on cases that ``user`` may see."""
        return self.filter(case__in=_cases().visible_to(user))

    def for_home(self):
        """With what a line on the home page shows, the first due first, and how many there are in all."""
        rows = self.select_related("case__referral", "case__young_person").order_by("due_on", "pk")
        return rows.annotate(in_all=Window(Count("pk")))


class ContactAttemptQuerySet(models.QuerySet):
    def latest_of_each(self):
        """The last try to reach each person."""
        same = {"case": OuterRef("case"), "is_young_person": OuterRef("is_young_person")}
        later = Q(happened_at__gt=OuterRef("happened_at")) | Q(
            happened_at=OuterRef("happened_at"), pk__gt=OuterRef("pk")
        )
        tries = _model("ContactAttempt").objects.filter(later, **same, with_whom=OuterRef("with_whom"))
        return self.filter(~Exists(tries))


class OptionOfferedQuerySet(models.QuerySet):
    def latest(self):
        """The answer that holds now, of each option."""
        return self.order_by("option_id", "-at", "-pk").distinct("option_id")


class TimelineEntryQuerySet(models.QuerySet):
    def told(self):
        """What a line of the story shows, and nothing else of who wrote it: there are twenty on a page."""
        shown = ("kind", "title", "words", "path", "at", "pinned_at", "by__full_name", "by__email", "concern__key")
        return self.select_related("by", "concern").only(*shown)

    def in_words(self):
        """What somebody wrote of what they saw or heard: a concern may be raised of such a line."""
        return self.filter(kind__in=RAISED_OF).exclude(words="")

    def on_visible_to(self, user):
        return self.filter(case__in=_cases().visible_to(user))

    def of_page(self, *, before=None):
        """The entries of one page and one more, newest first; ``before``: the key where the last page ended."""
        rows = self.told().order_by("-at", "-pk")
        if before:
            at, pk = before
            rows = rows.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=pk))
        return rows[: PAGE + 1]

    def of_first_page(self):
        """The newest of one page and one more, then whatever is pinned of what is older: in one statement."""
        newest = self.order_by("-at", "-pk").values("pk")[: PAGE + 1]
        return self.told().filter(Q(pk__in=newest) | Q(pinned_at__isnull=False)).order_by("-at", "-pk")

    def pinned(self):
        return self.told().filter(pinned_at__isnull=False).order_by("-pinned_at", "-pk")


class ReviewQuerySet(models.QuerySet):
    def open(self):
        """Neither held nor cancelled."""
        return self.filter(held_at__isnull=True, cancelled_at__isnull=True)

    def asked_for(self, *, on=None):
        """Open, and their day has come nearer: staff are asked for them."""
        return self.open().filter(opens_on__lte=on or timezone.localdate())

    def held(self):
        return self.filter(held_at__isnull=False)

    def lacking_ratings(self, *, on=None):
        """The last review held of a case that looks at the goals of its plan, where one of them was not rated by then.

        Of those held in the last weeks: a later one asks anew.
        """
        since = (on or timezone.localdate()) - RATED_WITHIN
        held = self.held().filter(kind__in=RATES_GOALS, held_on__gte=since, case__status__in=OPEN)
        later = {"case": OuterRef("case"), "held_on__gt": OuterRef("held_on")}
        again = self.model._base_manager.filter(kind__in=RATES_GOALS, **later)
        goals = _model("Goal").objects.filter(plan__case=OuterRef("case"), plan__status=PlanStatus.ACTIVE)
        held = held.alias(looked_at_from=Least("opens_on", "held_on"))
        return held.filter(~Exists(again), Exists(goals.not_rated_since(OuterRef("looked_at_from"))))

    def on_visible_to(self, user):
        return self.filter(case__in=_cases().visible_to(user))


class ExtensionRequestQuerySet(models.QuerySet):
    def undecided(self):
        """Waiting for somebody, on a case that is still open."""
        return self.filter(decided_at__isnull=True, case__closed_at__isnull=True)

    def approved(self):
        return self.filter(approved_until_on__isnull=False)


class EndingQuerySet(models.QuerySet):
    def current(self):
        """Of each case the one that was not undone: neither opened again, nor did they go on after all."""
        return self.filter(reopened_at__isnull=True, gone_on_at__isnull=True)

    def proposed(self):
        """Waiting for somebody else to sign them off."""
        return self.current().filter(proposed_at__isnull=False, signed_off_at__isnull=True)

    def with_own_work(self, user):
        """``is_own_work``: what ``Ending.is_work_of(user)`` says, for a list of them."""
        wrote = models.Exists(_model("EndingWriting").objects.filter(ending=models.OuterRef("pk"), by=user))
        answered = models.Exists(_model("EndingItem").objects.filter(ending=models.OuterRef("pk"), by=user))
        theirs = models.Q(begun_by=user) | models.Q(proposed_by=user) | wrote | answered
        return self.annotate(is_own_work=models.ExpressionWrapper(theirs, output_field=models.BooleanField()))


def _model(name):
    return apps.get_model(f"cases.{name}")


def _assignments():
    return _model("Assignment").objects


def _cases():
    return _model("Case").objects


class IsIn(models.Func):
    """A condition that a column holds one of an array: the array is made once, and rows are looked up by it."""

    output_field = models.BooleanField()
    arg_joiner = " = ANY("
    template = "%(expressions)s)"
