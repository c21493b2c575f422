"""Reading referrals. ``visible_to`` is the only way in for views, lists, search, counts and tasks."""

from datetime import timedelta
from typing import NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.enums import MANAGERS, Role
from accounts.permissions import centres_on_duty, centres_with_role
from accounts.prepared import ASKER, IsAmong, OuterRow, Place, Prepared
from outbox.models import Message
from people.models import DataSubject
from referrals.enums import ACCEPTS, ENDED, OPEN, Danger, NoteKind, ReferralStatus
from safeguarding.models import Concern

HANDLED_FOR = timedelta(days=7)
PAGE = 50
NAMES_AND_AGE = ("first_name", "preferred_name", "last_name", "date_of_birth", "estimated_age")
SAFETY_FACTS = ("missing_now", "contact_with_person_of_concern", "safe_at_home", "self_harm_now")


UNREAD = Q(status=ReferralStatus.SUBMITTED, owner__isnull=True)
IN_DANGER = Q(danger=Danger.YES)


STILL = Q(paused_at__isnull=False)  # while we wait for the referrer the clock stands still: nothing becomes late


def is_overdue(at):
    return Q(~STILL, decide_by__lt=at or timezone.now())


def midnight_after(at):
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def is_due_today(at):
    at = at or timezone.now()
    return Q(~STILL, decide_by__gte=at, decide_by__lt=midnight_after(at))


def counted(*, at, midnight):
    """How many open ones need what: a count for each, of one statement."""
    conditions = {
        "danger": IN_DANGER,
        "overdue": Q(~STILL, decide_by__lt=at),
        "today": Q(~STILL, decide_by__gte=at, decide_by__lt=midnight),
        "unread": UNREAD,
        "screening": Q(status=ReferralStatus.SCREENING),
        "second_person": WAITING.exists_for("pk"),
        "awaiting": Q(status=ReferralStatus.AWAITING_INFORMATION),
        "answered": ANSWERED,
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


class Reasons(NamedTuple):
    """What one colleague's roles give as a reason to see a referral: the centres where each holds."""

    whole: list  # managing it, or on duty there: everything
    handles: list  # duty worker there, off duty: what they handle
    leads: list  # leading on safeguarding there: what needs the lead

    @classmethod
    def of(cls, user, at):
        whole = {*centres_with_role(user, *MANAGERS), *centres_on_duty(user, at=at)}
        handles = {*centres_with_role(user, Role.DUTY_WORKER)} - whole
        leads = {*centres_with_role(user, Role.SAFEGUARDING_LEAD)} - whole
        return cls(sorted(whole), sorted(handles), sorted(leads))


class ReferralDraftQuerySet(models.QuerySet):
    def visible_to(self, referrer):
        """A referrer's own drafts: those of the address that a code has proven; none without one."""
        return self.filter(email=referrer) if referrer else self.none()

    def stale(self, *, before):
        return self.filter(touched_at__lt=before)


class DecisionQuerySet(models.QuerySet):
    def waiting(self):
        """Saved by a first person, not yet answered by a second."""
        return self.filter(
            ~Q(needs_second_person=[]),
            countersigned_at__isnull=True,
            sent_back_at__isnull=True,
            overtaken_at__isnull=True,
        )

    def accepting(self):
        """Those by which a referral is accepted as things stand, the latest first."""
        stands = self.filter(outcome__in=ACCEPTS, sent_back_at__isnull=True, overtaken_at__isnull=True)
        return stands.order_by("-pk")


class QuestionQuerySet(models.QuerySet):
    def open(self):
        """Asked, and neither answered nor closed: one of a referral at most."""
        return self.filter(answered_at__isnull=True, closed_at__isnull=True)

    def answered(self):
        return self.filter(answered_at__isnull=False)


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user, *, at=None):
        """Referrals that ``user`` has reason to see. Every staff view starts here.

        The refusing half (exclusions, restriction) is the subject's and wins
        over everything; then any one reason is enough: a grant on the subject,
        managing the centre, being on duty there, having handled it there in the
        last seven days, being the duty worker it is with, or leading on
        safeguarding where it carries an open concern or waits for a second
        person (design.md 5; docs/decisions/0041).
        """
        moment = at or timezone.now()
        return self.visible_for(user, Reasons.of(user, at), at=moment, since=moment - HANDLED_FOR)

    def visible_for(self, user, centres, *, at, since):
        """The same, where each may also be a place for what is asked later (``referrals.visible``)."""
        not_closed = DataSubject.objects.open_to(user, subject="subject", at=at)
        return self.filter(not_closed).filter(self._reasons_of(user, centres, at, since))

    def _reasons_of(self, user, centres, at, since):
        """Only the reasons that this user's roles can give: each of the others would be work on every page."""
        reasons = DataSubject.objects.is_granted(user, subject="subject", at=at)
        if centres.whole:
            reasons |= Q(IsAmong("centre", centres.whole))
        if centres.handles:
            is_with = Q(owner=user.pk, status__in=OPEN)
            reasons |= Q(IsAmong("centre", centres.handles)) & (is_with | self._handled_since(user, since))
        if centres.leads:
            reasons |= Q(IsAmong("centre", centres.leads)) & self._needs_safeguarding_lead(user)
        return reasons

    def _handled_since(self, user, since):
        """Moved, written on, or decided by them; a decision also while it waits for a second person."""
        handled = [kind.exists_for("pk", user=user.pk, since=since) for kind in HANDLED]
        return Q(*handled, _connector=Q.OR)

    def _needs_safeguarding_lead(self, user):
        return Q(OPEN_CONCERN.exists_for("subject", user=user.pk)) | Q(WAITING.exists_for("pk"))

    def _related(self, name):
        return self.model._meta.get_field(name).related_model.objects.all()

    def sent_by(self, referrer):
        """A referrer's own referrals: those sent from the address that a code has proven; none without one."""
        return self.filter(referrer_email=referrer) if referrer else self.none()

    def open(self):
        return self.filter(status__in=OPEN)

    def unread(self):
        return self.filter(UNREAD)

    def in_danger(self):
        return self.open().filter(IN_DANGER)

    def overdue(self, *, at=None):
        return self.open().filter(is_overdue(at))

    def due_today(self, *, at=None):
        return self.open().filter(is_due_today(at))

    def counts(self, *, at=None):
        """How many open ones need what, in one statement."""
        at = at or timezone.now()
        return self.open().aggregate(**counted(at=at, midnight=midnight_after(at)))

    def answered(self):
        """The referrer has answered what we asked, the referral is back with us, and nobody has acted since."""
        return self.filter(ANSWERED)

    def unacknowledged(self):
        """Open, and the letter that says that we have it has not left; nor has anybody written down that they rang.

        The letter is owed in the act of sending the referral (domain.md 7, row 1).
        """
        return self.open().filter(_waits_in_the_outbox("referral-received")).exclude(_noted_since("submitted_at"))

    def not_begun(self):
        """Nobody has begun to read it, and with that to see how safe things are."""
        return self.filter(status=ReferralStatus.SUBMITTED)

    def unscreened(self):
        """Nobody has held it against any criterion, or asked its referrer what is missing."""
        looked_at = Exists(_of("CriterionCheck").filter(referral=OuterRef("pk")))
        asked = Exists(_of("Question").filter(referral=OuterRef("pk")))
        return self.filter(~looked_at, ~asked, status__in=[ReferralStatus.SUBMITTED, ReferralStatus.SCREENING])

    def undecided(self):
        """Open, and the clock runs: it waits for us, not for its referrer."""
        return self.open().exclude(STILL)

    def unanswered(self):
        """We asked its referrer, and there is no answer yet."""
        return self.filter(status=ReferralStatus.AWAITING_INFORMATION)

    def untold(self):
        """Ended, and the letter that says so has not left; nor has anybody written down that they rang.

        The letter is owed in the act of deciding (domain.md 7, row 6).
        """
        ended = self.filter(status__in=ENDED)
        return ended.filter(_waits_in_the_outbox("referral-outcome")).exclude(_noted_since("decided_at"))

    def hold_is_over(self, *, at=None):
        """On hold, and the day has come on which it is looked at again."""
        return self.filter(review_on__lte=timezone.localdate(at))

    def owned_by(self, user):
        return self.filter(owner=user)

    def waiting_for_second_person(self):
        return self.open().filter(WAITING.exists_for("pk"))

    def to_countersign_by(self, user):
        """Decisions that wait for a second person and are not ``user``'s own."""
        waiting = self._related("decisions").waiting().filter(referral=OuterRef("pk")).exclude(decided_by=user)
        return self.open().filter(Exists(waiting))

    def sent_back_to(self, user):
        """Decisions of ``user``'s that a second person sent back, while nobody has decided again."""
        decisions = self._related("decisions")
        again = decisions.filter(referral=OuterRef("referral"), pk__gt=OuterRef("pk"))
        back = decisions.filter(referral=OuterRef("pk"), decided_by=user, sent_back_at__isnull=False)
        return self.open().filter(Exists(back.filter(~Exists(again))))

    def in_order(self):
        """Most urgent first, then what is due first. The keyset of the queue."""
        return self.order_by("urgency", "decide_by", "pk")

    def after_key(self, urgency, decide_by, pk):
        """What stands after one row of ``in_order``: keyset paging, so that page 200 costs what page 1 does."""
        later = Q(decide_by__gt=decide_by) | Q(decide_by=decide_by, pk__gt=pk)
        return self.filter(urgency__gte=urgency).filter(Q(urgency__gt=urgency) | later)

    def latest_first(self):
        """What has ended, newest first. The keyset of everything that is not the queue."""
        return self.order_by("-submitted_at", "pk")

    def after_latest(self, submitted_at, pk):
        """What stands after one row of ``latest_first``."""
        later = Q(submitted_at__lt=submitted_at) | Q(submitted_at=submitted_at, pk__gt=pk)
        return self.filter(submitted_at__lte=submitted_at).filter(later)

    def for_queue(self):
        """Everything one row of the queue shows, in one query, as plain values."""
        asked = {"is_waiting": WAITING.exists_for("pk"), "is_answered": ANSWERED, "answer_due_on": _answer_due_on()}
        return self.annotate(**asked).values(
            "pk",
            "reference",
            "status",
            "priority",
            "urgency",
            "danger",
            "owner_id",
            "submitted_at",
            "decide_by",
            "paused_at",
            "review_on",
            *asked,
            "referrer_name",
            "referrer_agency",
            owner_name=F("owner__full_name"),
            area=F("local_authority__name_en"),
            **{name: F(f"young_person__{name}") for name in NAMES_AND_AGE},
            **{name: F(f"safety__{name}") for name in SAFETY_FACTS},
        )

    def for_mention(self):
        """What another page says of a referral that it leads to, as plain values; the latest last."""
        of_person = {name: F(f"young_person__{name}") for name in NAMES_AND_AGE}
        return self.order_by("submitted_at", "pk").values("subject_id", "reference", **of_person)

    def for_act(self):
        """What rules and forms ask of one referral; its history is read only where it has to be told."""
        return self.select_related("subject", "centre", "offer", "local_authority", "young_person")

    def for_page(self):
        """Everything the page of one referral shows but its history (``referrals.visible``), in one statement."""
        return self.select_related(
            "subject",
            "centre",
            "offer",
            "local_authority",
            "owner",
            "young_person__responsible_authority",
            "safety",
        )


def _of(name):
    return apps.get_model(f"referrals.{name}").objects


def _waits_in_the_outbox(template):
    return Exists(Message.objects.unsent().filter(template=template, reference=OuterRef("reference")))


def _noted_since(moment):
    return Exists(_of("Note").filter(referral=OuterRef("pk"), kind=NoteKind.NOTE, at__gte=OuterRef(moment)))


def _answer_due_on():
    """By when the referrer is to answer the question that is open."""
    return Subquery(_of("Question").open().filter(referral=OuterRef("pk")).values("due_on")[:1])


def _handled(name, *, by="by", at="at"):
    """What ``user`` did to the outer row not before ``since``."""
    theirs = {"referral": OuterRow(), by: Place("user"), f"{at}__gte": Place("since")}
    return Prepared(lambda: _of(name).filter(**theirs))


def _not_acted_on():
    """Answers after which nobody of ours has written, moved or decided."""
    since = {"referral": OuterRef("referral")}
    acts = [
        _of("Note").filter(at__gt=OuterRef("answered_at"), **since),
        _of("StatusChange").filter(by__isnull=False, at__gt=OuterRef("answered_at"), **since),
        _of("Decision").filter(decided_at__gt=OuterRef("answered_at"), **since),
    ]
    return _of("Question").answered().filter(*(~Exists(act) for act in acts))


HANDLED = [_handled("StatusChange"), _handled("Note"), _handled("Decision", by="decided_by", at="decided_at")]
WAITING = Prepared(lambda: _of("Decision").waiting().filter(referral=OuterRow()))
HAS_ANSWER = Prepared(lambda: _not_acted_on().filter(referral=OuterRow()))
ANSWERED = Q(HAS_ANSWER.exists_for("pk"), status=ReferralStatus.SCREENING)
OPEN_CONCERN = Prepared(lambda: Concern.objects.open().not_about(ASKER).filter(subject=OuterRow()))
