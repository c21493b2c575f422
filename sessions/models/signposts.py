"""What else there is for a young person or a parent, and what of it they were told (R-wal-15)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import WordingLanguage
from cases.models import Case
from centres.models import STALE_AFTER_DAYS, CentreOption, in_language
from people.models.columns import DayOf, choice, line, several, staff, words
from sessions.enums import ForWhom, GivenHow, ResourceKind, SafeToReceive
from sessions.querysets import ResourceQuerySet, SignpostQuerySet

STAYS = "It stays as it was written. Add a note to correct it."


class Resource(CentreOption):
    """One entry of the library: a centre's own, or shared by all. Retired, never deleted.

    Where it is one of those whom anybody may turn to (``contact``), its number and address stand there alone, so
    that there is one place to check. ``key`` is that of what every installation begins with.
    """

    key = models.SlugField(max_length=40, blank=True, editable=False)
    kind = choice(ResourceKind, _("what it is"))
    for_whom = choice(ForWhom, _("for whom"), default=ForWhom.BOTH)
    languages = several(WordingLanguage, _("in which languages"))
    contact = models.ForeignKey(
        "centres.PublicContact", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("number and address as those of"),
    )  # fmt: skip
    phone_number = line(_("telephone"), length=30)
    address_en = models.URLField(_("web address"), blank=True, default="", db_default="")
    address_cy = models.URLField(_("web address in Welsh"), blank=True, default="", db_default="")
    checked_on = models.DateField(_("when somebody checked it"), null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta(CentreOption.Meta):
        constraints = [
            *CentreOption.Meta.constraints,
            models.CheckConstraint(
                name="resource_known",
                condition=Q(kind__in=ResourceKind.values, for_whom__in=ForWhom.values)
                & Q(languages__contained_by=WordingLanguage.values),
            ),
            models.CheckConstraint(
                name="resource_is_found_in_one_place",
                condition=Q(contact__isnull=False, phone_number="", address_en="", address_cy="")
                | (Q(contact__isnull=True) & (~Q(phone_number="") | ~Q(address_en="") | ~Q(address_cy=""))),
                violation_error_message=_(
                    "Give a telephone number or a web address, or say whose it is, and not both: it is checked in one"
                    " place."
                ),
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="resource_key_once"),
        ]

    @property
    def phone(self):
        return self.contact.phone if self.contact else self.phone_number

    @property
    def url(self):
        return self.contact.url if self.contact else in_language(self, "address") or self.address_cy

    @property
    def in_a_list(self):
        """Its name, its number, and in which languages it is there."""
        return " · ".join(part for part in (str(self), self.phone, *self.languages_in_words) if part)

    @property
    def languages_in_words(self):
        return [str(WordingLanguage(code).label) for code in self.languages]

    @property
    def is_stale(self):
        """Not checked for 90 days, as the other numbers that we give to people."""
        if self.contact:
            return self.contact.is_stale
        return not self.checked_on or (timezone.localdate() - self.checked_on).days > STALE_AFTER_DAYS


class Told(models.Model):
    """That somebody was told of something else: what, when, how, and whether it was safe for them to have.

    The product sends nothing. Written once; what is wrong is put right by a note.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="+")
    other = line(_("what it is, where it is not on the list"), length=150)
    given_on = models.DateField(_("when"))
    how = choice(GivenHow, _("how"))
    was_safe = choice(SafeToReceive, _("was it safe for them to have?"))
    safety = words(_("what you did to keep it safe"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_names_one_thing",
                condition=Q(resource__isnull=False, other="") | (Q(resource__isnull=True) & ~Q(other="")),
                violation_error_message=_("Choose what it was, or write it."),
            ),
            models.CheckConstraint(
                name="%(class)s_that_was_not_safe_says_what_was_done",
                condition=Q(was_safe=SafeToReceive.YES) | ~Q(safety=""),
                violation_error_message=_("Say what you did to keep it safe."),
            ),
            models.CheckConstraint(name="%(class)s_was_given_by_its_day", condition=Q(given_on__lte=DayOf("at"))),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def what(self):
        return str(self.resource) if self.resource else self.other


@tracked
class Signpost(Told):
    """The young person, or a parent or carer by whoever works with the young person: ``for_whom``."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signposts")
    for_whom = choice(ForWhom, _("for whom"))

    objects = SignpostQuerySet.as_manager()

    class Meta(Told.Meta):
        constraints = [
            *Told.Meta.constraints,
            models.CheckConstraint(
                name="signpost_known",
                condition=Q(for_whom__in=ForWhom.values, how__in=GivenHow.values, was_safe__in=SafeToReceive.values),
            ),
        ]
        indexes = [models.Index(fields=["case", "-given_on"], name="signpost_by_case")]
        triggers = written_once("signpost_is_written_once", STAYS)
