"""Staff: users, what they hold where, and when they are on duty."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.enums import LETTER_HOURS, Role, Theme, Weekday
from accounts.querysets import AbsenceQuerySet, DutyShiftQuerySet, MembershipQuerySet, SessionManager, UserManager
from audit.history import tracked


@tracked(without=["password", "last_login", "theme", "letter_hour"])
class User(AbstractBaseUser):
    """A member of staff. The e-mail is the login. There is no superuser, and no right that is not a membership."""

    email = models.EmailField(_("work e-mail"))
    full_name = models.CharField(_("full name"), max_length=120)
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Untick to end this person's access at once.")
    )
    theme = models.CharField(
        max_length=6, choices=Theme.choices, default=Theme.DEVICE, db_default=Theme.DEVICE, editable=False
    )
    letter_hour = models.PositiveSmallIntegerField(default=LETTER_HOURS[0], db_default=LETTER_HOURS[0], editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    is_superuser = False  # asked by Django's admin; nothing here is ever opened by it

    objects = UserManager()

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is an account with this address."),
            ),
            models.CheckConstraint(name="user_theme_known", condition=Q(theme__in=Theme.values)),
            models.CheckConstraint(
                name="user_letter_comes_by_day",
                condition=Q(letter_hour__gte=LETTER_HOURS[0], letter_hour__lte=LETTER_HOURS[-1]),
            ),
        ]

    def __str__(self):
        return self.full_name or self.email

    def get_full_name(self):
        return self.full_name

    @property
    def is_staff(self):
        """Whether Django's admin (configuration only) opens its door at all: the site asks our roles."""
        roles = [Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN]
        return self.memberships.current().filter(role__in=roles).exists()


class Session(AbstractBaseSession):
    """What one browser has told us. Where staff are signed in there: who, in which browser, since when, last seen.

    Django's own row, with columns for what its owner may read and end. To
    delete it is to end it: nothing else says that somebody is signed in. It
    knows no address of a network.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions")
    browser = models.CharField(max_length=30, default="", db_default="")
    system = models.CharField(max_length=30, default="", db_default="")
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = SessionManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_of_somebody_has_times",
                condition=Q(user__isnull=True) | Q(began_at__isnull=False, seen_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"session of {self.user_id}"  # never its key, which opens it

    @property
    def handle(self):
        """Names it on a page. The key itself is what the browser is let in by."""
        return salted_hmac("accounts.sessions", self.session_key, algorithm="sha256").hexdigest()[:16]


@tracked
class Membership(models.Model):
    """One role at one centre, from a day until a day. People may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    centre = models.ForeignKey("centres.ServiceCentre", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_on = models.DateField(_("from"), default=timezone.localdate)
    until_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day on which it no longer holds.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user", "centre", "role"]
        constraints = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("A role cannot end before it starts."),
            ),
            models.UniqueConstraint(
                name="membership_open_once_per_role",
                fields=["user", "centre", "role"],
                condition=Q(until_on__isnull=True),
                violation_error_message=_("This person holds this role at this centre already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.centre_id}"


@tracked
class DutyShift(models.Model):
    """When somebody is on duty: a weekday of every week or, with a date, that day only.

    A dated shift replaces the weekly pattern of its centre on that day. Where
    no shift covers a moment, every duty worker of the centre is on duty.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="shifts")
    centre = models.ForeignKey("centres.ServiceCentre", on_delete=models.PROTECT, editable=False, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, null=True, blank=True)
    on = models.DateField(_("on this day only"), null=True, blank=True)
    starts_at = models.TimeField(default="09:00")
    ends_at = models.TimeField(default="17:00")

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "on", "weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(
                name="duty_shift_is_weekly_or_dated",
                condition=Q(weekday__isnull=True, on__isnull=False) | Q(weekday__isnull=False, on__isnull=True),
                violation_error_message=_("Choose a weekday, or give a date: one of the two."),
            ),
            models.CheckConstraint(
                name="duty_shift_weekday_known",
                condition=Q(weekday__isnull=True) | Q(weekday__in=Weekday.values),
            ),
            models.CheckConstraint(
                name="duty_shift_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A shift ends after it starts, on the same day."),
            ),
        ]

    def __str__(self):
        return f"{self.on or self.get_weekday_display()} {self.starts_at}"

    def save(self, *args, **kwargs):
        self.centre_id = self.membership.centre_id
        super().save(*args, **kwargs)


@tracked
class Absence(models.Model):
    """Somebody is away from one day until another, on which they are back; why is nobody's business here.

    ``cover`` is who hears what waits meanwhile, if it is not closed to them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    called_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    called_off_at = models.DateTimeField(null=True, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_starts", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(name="absence_covered_by_somebody_else", condition=~Q(cover=F("user"))),
            models.CheckConstraint(
                name="absence_called_off_by_someone_at_some_time",
                condition=Q(called_off_by__isnull=True, called_off_at__isnull=True)
                | Q(called_off_by__isnull=False, called_off_at__isnull=False),
            ),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    (Func(F("user"), F("user"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (
                        Func(F("from_on"), F("until_on"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                index_type="gist",
                condition=Q(called_off_at__isnull=True),
                violation_error_message=_("They are away in that time already."),
            ),
        ]

    def __str__(self):
        return f"absence {self.pk}"
