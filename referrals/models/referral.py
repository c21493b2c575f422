"""A request, made by a professional, that a centre work with a young person."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import same_but, written_once
from centres.enums import Scheme
from people.models.columns import answer, choice, holding, known, line, several, staff, words, yes_no
from referrals.enums import (
    ALLOWED_MOVES,
    FOLLOW_UPS_OF_ROUTE_C,
    OPEN,
    AgencyType,
    Category,
    Danger,
    ExploitationContext,
    HarmStatus,
    NoteKind,
    OtherExploitation,
    PoliceStatus,
    Priority,
    ReferralMechanism,
    ReferralStatus,
    SocialCareTold,
    YesNoNotKnown,
)
from referrals.models.kept import ended_with_a_decision
from referrals.querysets import ReferralQuerySet
from referrals.references import new_reference

URGENCY = Case(
    When(danger=Danger.YES, then=Value(0)),
    When(priority=Priority.IMMEDIATE, then=Value(1)),
    When(priority=Priority.SOON, then=Value(2)),
    When(priority="", then=Value(3)),
    When(priority=Priority.STANDARD, then=Value(4)),
    default=Value(5),
    output_field=models.PositiveSmallIntegerField(),
)


@tracked
class Referral(models.Model):
    """A request, made by a professional, that a centre work with a young person.

    The status moves only through ``referrals.operations``, which also writes
    the history and the audit trail. What was said about the young person
    stands in ``ReferredYoungPerson``, and about safety in ``SafetyAnswers``.
    """

    reference = models.CharField(max_length=12, default=new_reference, editable=False)
    form_token = models.UUIDField(default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.DataSubject", on_delete=models.PROTECT, related_name="referrals")
    centre = models.ForeignKey("centres.ServiceCentre", on_delete=models.PROTECT, related_name="referrals")
    offer = models.ForeignKey("centres.ServiceOffer", on_delete=models.PROTECT, related_name="+")
    local_authority = models.ForeignKey("centres.LocalAuthority", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en-gb")

    # The referrer
    referrer_email = models.EmailField(_("work e-mail"))
    referrer_name = models.CharField(_("name"), max_length=120)
    referrer_role = models.CharField(_("job title or role"), max_length=120)
    referrer_agency = models.CharField(_("organisation and team"), max_length=160)
    referrer_agency_type = choice(AgencyType, length=30, verbose_name=_("type of organisation"))
    referrer_phone = models.CharField(_("direct phone"), max_length=30, blank=True)
    referrer_manager = models.CharField(_("safeguarding lead or manager"), max_length=160, blank=True)
    referrer_relationship = models.TextField(_("how they know the young person"))
    referrer_best_times = models.CharField(_("best times to reach them"), max_length=200, blank=True)
    referrer_email_is_secure = yes_no(_("is the e-mail account a secure one?"))
    referrer_is_lead = yes_no(_("are they the lead professional?"))

    # Why
    scheme = choice(Scheme, length=4)
    category = choice(Category, verbose_name=_("what describes the situation best"))
    categories_also = ArrayField(choice(Category), default=list, blank=True, verbose_name=_("what also applies"))
    route_c_follow_up = models.CharField(
        max_length=24, blank=True, choices=[(c.value, c.label) for c in FOLLOW_UPS_OF_ROUTE_C]
    )
    trauma_is_cse_related = choice(YesNoNotKnown, blank=True)
    trauma_and_risk = models.TextField(_("how the trauma makes exploitation more likely"), blank=True)
    ready_for_support = models.TextField(_("what tells you they are ready to use support"), blank=True)
    reason = models.TextField(_("what the worry is, and why now"))
    recent_change = models.TextField(_("what has changed recently"), blank=True)
    harm = choice(HarmStatus, verbose_name=_("harm"))
    impact = models.TextField(_("how it affects the young person day to day"), blank=True)
    young_person_view = models.TextField(_("how the young person sees it"))
    earlier_exploitation = yes_no(_("worries or services for exploitation before?"))
    earlier_exploitation_details = words(_("what there was before"))
    other_exploitation = several(OtherExploitation, _("other harm there is a worry about"))
    exploitation_contexts = several(ExploitationContext, _("how and by whom, as far as is known"))
    referral_mechanism = answer(ReferralMechanism, _("referred to the National Referral Mechanism?"))
    referral_mechanism_details = line(_("when, and what came of it"))
    police_status = answer(PoliceStatus, _("where the police are with it"))

    # The check before the form
    danger = choice(Danger, length=10)
    social_care_told = choice(SocialCareTold)
    social_care_contact = models.CharField(_("who was told, and when"), max_length=200, blank=True)
    young_person_knows = choice(YesNoNotKnown, length=10)
    talked_with_duty_worker = models.BooleanField(default=False)

    # Our side
    status = choice(ReferralStatus, default=ReferralStatus.SUBMITTED, editable=False)
    priority = choice(Priority, length=10, blank=True, editable=False)
    urgency = models.GeneratedField(
        expression=URGENCY, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="referrals_owned",
    )
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    decide_by = models.DateTimeField(editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    review_on = models.DateField(null=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="referral_reference_once"),
            models.UniqueConstraint(fields=["form_token"], name="referral_one_submission_per_form_token"),
            models.CheckConstraint(name="referral_status_known", condition=Q(status__in=ReferralStatus.values)),
            models.CheckConstraint(name="referral_priority_known", condition=Q(priority__in=["", *Priority.values])),
            models.CheckConstraint(name="referral_category_known", condition=Q(category__in=Category.values)),
            models.CheckConstraint(name="referral_danger_known", condition=Q(danger__in=Danger.values)),
            models.CheckConstraint(
                name="referral_category_belongs_to_its_scheme",
                condition=Q(scheme=Scheme.WAL3, category__startswith="wal_")
                | (Q(scheme=Scheme.NAT4) & ~Q(category__startswith="wal_")),
            ),
            models.CheckConstraint(
                name="referral_route_c_says_which_of_the_two",
                condition=(Q(category=Category.WAL_C_HIGH_OR_CURRENT) & ~Q(route_c_follow_up=""))
                | (~Q(category=Category.WAL_C_HIGH_OR_CURRENT) & Q(route_c_follow_up="")),
            ),
            models.CheckConstraint(
                name="referral_route_c_follow_up_known",
                condition=Q(route_c_follow_up__in=["", *(c.value for c in FOLLOW_UPS_OF_ROUTE_C)]),
            ),
            models.CheckConstraint(
                name="referral_categories_also_known", condition=Q(categories_also__contained_by=Category.values)
            ),
            models.CheckConstraint(
                name="referral_has_exactly_one_primary_category",
                condition=~Q(categories_also__contains=[F("category")]),
            ),
            models.CheckConstraint(name="referral_says_what_the_worry_is", condition=~Q(reason="")),
            known(
                "referral_answers_known",
                several_other_exploitation=OtherExploitation,
                several_exploitation_contexts=ExploitationContext,
                referral_mechanism=ReferralMechanism,
                police_status=PoliceStatus,
            ),
            models.CheckConstraint(
                name="referral_clock_paused_exactly_while_waiting_for_information",
                condition=Q(status=ReferralStatus.AWAITING_INFORMATION, paused_at__isnull=False)
                | (~Q(status=ReferralStatus.AWAITING_INFORMATION) & Q(paused_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_has_a_day_of_review_exactly_while_on_hold",
                condition=Q(status=ReferralStatus.ON_HOLD, review_on__isnull=False)
                | (~Q(status=ReferralStatus.ON_HOLD) & Q(review_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_decided_at_exactly_when_ended",
                condition=Q(status__in=OPEN, decided_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre", "urgency", "decide_by", "id"],
                condition=Q(status__in=OPEN),
                name="referral_queue",
            ),
            models.Index(
                fields=["urgency", "decide_by", "id"], condition=Q(status__in=OPEN), name="referral_queue_all"
            ),
            models.Index(fields=["owner", "decide_by"], condition=Q(status__in=OPEN), name="referral_mine"),
            models.Index(fields=["referrer_email", "-submitted_at"], name="referral_by_referrer"),
            models.Index(fields=["-submitted_at", "id"], name="referral_latest"),
            holding("referrer_name", name="referral_like_referrer"),
            holding("referrer_agency", name="referral_like_agency"),
            holding("referrer_email", name="referral_like_email"),
        ]
        triggers = [ended_with_a_decision()]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("triage:referral", args=[self.reference])

    @property
    def outcome_path(self):
        """Where its referrer reads the outcome, in the language they wrote in."""
        return self._path_for_referrer("refer:outcome")

    @property
    def messages_path(self):
        """Where its referrer answers what we ask."""
        return self._path_for_referrer("refer:messages")

    def _path_for_referrer(self, name):
        with translation.override(self.language):
            return reverse(name, args=[self.form_token])

    def can_move_to(self, status):
        return status in ALLOWED_MOVES[self.status]

    @property
    def is_open(self):
        return self.status in OPEN

    @property
    def is_unread(self):
        """Nobody has taken it or begun to screen it."""
        return self.status == ReferralStatus.SUBMITTED and self.owner_id is None

    @property
    def is_paused(self):
        """The clock stands still while we wait for the referrer, and only then."""
        return self.paused_at is not None

    @property
    def is_hold_over(self):
        """On hold, and the day has come on which it is looked at again."""
        return self.review_on is not None and self.review_on <= timezone.localdate()

    @property
    def is_overdue(self):
        return self.is_open and not self.is_paused and timezone.now() > self.decide_by

    @property
    def is_due_today(self):
        today = timezone.localdate()
        is_still_or_late = self.is_paused or self.is_overdue
        return self.is_open and not is_still_or_late and timezone.localdate(self.decide_by) == today

    @property
    def is_danger(self):
        return self.is_open and self.danger == Danger.YES

    @property
    def lacks_readiness(self):
        """Route B, and nobody has said what tells them that the young person is ready to use support."""
        return self.category == Category.WAL_B_TRAUMA and not self.ready_for_support.strip()

    @property
    def is_current_exploitation(self):
        """Exploitation is happening now: the category says so or, on route C, its follow-up answer."""
        return Category.CURRENT in (self.category, self.route_c_follow_up)


@tracked
class StatusChange(models.Model):
    """One step in the life of a referral, as staff see it. Written once, never edited.

    ``recorded`` is the sweep's tick that the trail has its event.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="status_changes")
    from_status = choice(ReferralStatus, blank=True)
    to_status = choice(ReferralStatus)
    by = staff(null=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.TextField(blank=True)
    recorded = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="status_change_statuses_known",
                condition=Q(from_status__in=["", *ReferralStatus.values], to_status__in=ReferralStatus.values),
            ),
            models.CheckConstraint(name="status_change_changes_status", condition=~Q(from_status=F("to_status"))),
            models.CheckConstraint(
                name="status_change_by_staff_unless_by_the_referrer",
                condition=Q(by__isnull=False)
                | Q(from_status="", to_status=ReferralStatus.SUBMITTED)
                | Q(from_status=ReferralStatus.AWAITING_INFORMATION, to_status=ReferralStatus.SCREENING),
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-at"], name="status_change_by_staff"),
            models.Index(fields=["id"], condition=Q(recorded=False), name="status_change_to_record"),
        ]
        triggers = written_once(
            "status_change_is_written_once",
            "A step of a referral stays as it was written.",
            unless=f"{same_but('recorded')} AND NEW.recorded",
        )

    def __str__(self):
        return f"{self.referral_id}: {self.from_status} to {self.to_status}"


@tracked
class Note(models.Model):
    """What a colleague wrote or set on a referral. Written once, never edited; a correction is a new note."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notes")
    kind = choice(NoteKind, length=10, default=NoteKind.NOTE)
    text = models.TextField()
    priority = choice(Priority, length=10, blank=True)
    by = staff()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="note_kind_known", condition=Q(kind__in=NoteKind.values)),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="") | Q(kind=NoteKind.ASSIGNMENT)),
            models.CheckConstraint(
                name="note_names_a_priority_exactly_when_it_sets_one",
                condition=(Q(kind=NoteKind.PRIORITY) & ~Q(priority="")) | (~Q(kind=NoteKind.PRIORITY) & Q(priority="")),
            ),
        ]
        indexes = [models.Index(fields=["by", "-at"], name="note_by_staff")]
        triggers = written_once("note_is_written_once", "A note stays as it was written. Add another to correct it.")

    def __str__(self):
        return f"{self.kind} on {self.referral_id}"
