"""Service centres, the areas they serve, what each offers and since when, and whom to ring."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from centres.enums import CentreContactKind, ContactKind, Nation, Scheme
from centres.querysets import (
    STALE_AFTER_DAYS,
    CentreOptionQuerySet,
    LocalAuthorityQuerySet,
    PublicContactQuerySet,
    ServiceCentreQuerySet,
    ServiceOfferQuerySet,
    VerifiedQuerySet,
)

SUPPORT_MONTHS_MOST = 12  # leaflet: "which can be extended to 12 months" (R-nat-26)
CARER_SESSIONS_MOST = 10  # leaflet: "up to ten direct sessions" (R-nat-30)


def in_language(row, field):
    """``row.<field>_cy`` on a Welsh page where it is filled in, else ``row.<field>_en``."""
    welsh = translation.get_language() == "cy" and getattr(row, f"{field}_cy")
    return welsh or getattr(row, f"{field}_en")


class ServiceCentre(models.Model):
    """One place of the service, with its own team, areas and offer."""

    code = models.SlugField(max_length=20)
    name_en = models.CharField(_("name"), max_length=80)
    name_cy = models.CharField(_("name in Welsh"), max_length=80, blank=True)
    nation = models.CharField(max_length=3, choices=Nation.choices)
    offers_welsh = models.BooleanField(
        default=False, help_text=_("Welsh is offered without being asked for (the Active Offer).")
    )
    is_active = models.BooleanField(default=True)

    objects = ServiceCentreQuerySet.as_manager()

    class Meta:
        ordering = ["name_en"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="centre_code_once"),
            models.CheckConstraint(name="centre_nation_known", condition=Q(nation__in=Nation.values)),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")


class ContactPointOfCentre(models.Model):
    """A number or address of a centre. Until somebody has checked it, the public is shown the helpline instead."""

    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=CentreContactKind.choices)
    site = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    added_on = models.DateField(default=timezone.localdate, editable=False)

    objects = VerifiedQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "kind", "site"]
        constraints = [
            models.CheckConstraint(
                name="contact_point_has_a_phone_or_an_email",
                condition=~Q(phone="") | ~Q(email=""),
                violation_error_message=_("Give a telephone number or an e-mail address."),
            ),
            models.CheckConstraint(name="contact_point_kind_known", condition=Q(kind__in=CentreContactKind.values)),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.site}".strip()

    @property
    def check_by(self):
        """By when somebody verifies it: on the day it was entered, then every 90 days."""
        return self.verified_on + timedelta(days=STALE_AFTER_DAYS) if self.verified_on else self.added_on


class LocalAuthority(models.Model):
    """A council area. Where no centre serves it, the national centre receives its referrals."""

    code = models.SlugField(max_length=60)
    name_en = models.CharField(_("name"), max_length=80)
    name_cy = models.CharField(_("name in Welsh"), max_length=80, blank=True)
    nation = models.CharField(max_length=3, choices=Nation.choices)
    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, null=True, blank=True, related_name="areas")

    objects = LocalAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "local authorities"
        ordering = ["name_en"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="local_authority_code_once"),
            models.CheckConstraint(name="local_authority_nation_known", condition=Q(nation__in=Nation.values)),
        ]

    def __str__(self):
        return in_language(self, "name")


def whole(default, help_text="", *, most=None):
    """A number of days, weeks, hours or months that a centre may set."""
    validators = [MaxValueValidator(most)] if most else []
    return models.PositiveSmallIntegerField(default=default, help_text=help_text, validators=validators)


class ServiceOffer(models.Model):
    """What a centre offers, from one day to another. A case keeps the offer it was accepted under.

    Numbers may be set lower than the leaflets promise, never higher. The
    timescales are domain.md 4.4 and 7; "working days" are England's and Wales's.
    """

    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, related_name="offers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text=_("The first day on which it no longer holds."))
    scheme = models.CharField(max_length=4, choices=Scheme.choices)
    age_from = whole(11)
    age_to = whole(19, _("Inclusive: to the day before the next birthday."))

    carer_only = models.BooleanField(_("work with a carer alone"), default=False)
    combined_parent_assessment = models.BooleanField(default=False)
    relationship_first = models.BooleanField(default=False)
    therapeutic_available = models.BooleanField(default=False)
    consultation = models.BooleanField(default=False)
    awareness_sessions = whole(3, _("0: the offer names no number of them."))
    support_months_initial = whole(6, most=6)
    support_months_most = whole(12, most=SUPPORT_MONTHS_MOST)
    carer_direct_sessions = whole(10, most=CARER_SESSIONS_MOST)
    multi_agency_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Empty: not monitored."))

    acknowledge_working_days = whole(1)
    safety_scan_working_hours = whole(4)
    screen_working_days = whole(2)
    decide_working_days = whole(5)
    chase_first_working_days = whole(3)
    chase_second_working_days = whole(7)
    chase_manager_working_days = whole(10)
    tell_outcome_working_days = whole(1)
    allocate_working_days = whole(5)
    waiting_safety_check_days = whole(14)
    waiting_review_days = whole(28)
    waiting_alert_days = whole(42)
    waiting_escalate_days = whole(84)
    first_contact_soon_working_days = whole(2)
    first_contact_standard_working_days = whole(5)
    first_meeting_working_days = whole(10)
    contact_attempts = whole(3)
    no_contact_days = whole(14, _("Without a word with the young person."))
    consent_contacts = whole(3, _("After so many contacts somebody has talked about consent."))
    consent_working_days = whole(15)
    safe_contact_weeks = whole(6)
    assessment_weeks = whole(6)
    assessment_weeks_relationship_first = whole(10)
    plan_working_days = whole(10)
    settling_in_weeks = whole(2)
    plan_review_weeks = whole(6)
    three_month_review_months = whole(3)
    nine_month_review_months = whole(9)
    ending_review_weeks = whole(6, _("Before the planned end."))
    extension_working_days = whole(5)
    supervision_months = whole(1)
    closing_working_days = whole(10, _("After the last day."))

    objects = ServiceOfferQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "starts_on"]
        constraints = [
            models.CheckConstraint(name="offer_scheme_known", condition=Q(scheme__in=Scheme.values)),
            models.CheckConstraint(
                name="offer_ages_in_order",
                condition=Q(age_from__lte=F("age_to")),
                violation_error_message=_("The lower age cannot be above the upper age."),
            ),
            models.CheckConstraint(
                name="offer_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An offer cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="offer_support_within_six_and_twelve_months",
                condition=Q(support_months_initial__lte=6, support_months_most__lte=SUPPORT_MONTHS_MOST)
                & Q(support_months_initial__lte=F("support_months_most")),
                violation_error_message=_("Support lasts up to 6 months at first, and 12 at most."),
            ),
            models.CheckConstraint(
                name="offer_carer_sessions_at_most_ten",
                condition=Q(carer_direct_sessions__lte=CARER_SESSIONS_MOST),
                violation_error_message=_("A parent or carer has up to ten direct sessions."),
            ),
            ExclusionConstraint(
                name="offer_one_at_a_time_per_centre",
                expressions=[
                    (
                        Func(F("centre"), F("centre"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                index_type="gist",
                violation_error_message=_("This centre has another offer in force in that time."),
            ),
        ]

    def __str__(self):
        return f"{self.scheme} from {self.starts_on}"


class PublicContact(models.Model):
    """Whom anybody may turn to now: 999, the helpline, Childline. Shown on every public page (R-nat-35 to 37)."""

    kind = models.CharField(max_length=12, choices=ContactKind.choices)
    name_en = models.CharField(_("name"), max_length=80)
    name_cy = models.CharField(_("name in Welsh"), max_length=80, blank=True)
    note_en = models.CharField(_("what it is for"), max_length=200, blank=True)
    note_cy = models.CharField(_("what it is for, in Welsh"), max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    text_number = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)
    added_on = models.DateField(default=timezone.localdate, editable=False)

    objects = PublicContactQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], name="public_contact_kind_once"),
            models.CheckConstraint(name="public_contact_kind_known", condition=Q(kind__in=ContactKind.values)),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def note(self):
        return in_language(self, "note")

    @property
    def check_by(self):
        """By when somebody rings it to see that it is theirs: on the day it was entered, then every 90 days."""
        return self.checked_on + timedelta(days=STALE_AFTER_DAYS) if self.checked_on else self.added_on

    @property
    def is_stale(self):
        """Not checked for 90 days: an administrator is asked to ring it."""
        return not self.checked_on or (timezone.localdate() - self.checked_on).days > STALE_AFTER_DAYS


class CentreOption(models.Model):
    """A list each centre may word for itself. Subclass it in the app that uses the list.

    Options are retired, never deleted: old records keep their wording. An
    option without a centre is shared by all.
    """

    centre = models.ForeignKey(
        ServiceCentre,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty for an option every centre shares."),
    )
    label_en = models.CharField(_("label"), max_length=100)
    label_cy = models.CharField(_("label in Welsh"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    objects = CentreOptionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "label_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "label_en"],
                condition=Q(retired_on__isnull=True),
                nulls_distinct=False,
                name="%(class)s_label_once_per_centre",
            ),
        ]

    def __str__(self):
        return in_language(self, "label")
