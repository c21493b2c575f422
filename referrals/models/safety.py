"""What the referrer said of safety, of going missing and of life online; and whom and what they worry about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.models.columns import answer, choice, known, line, several, words, yes_no
from referrals.enums import ActiveProcess, PlaceKind, YesNoNotKnown


class Missing(models.Model):
    missing_before = yes_no(_("missing before?"))
    missing_in_three_months = models.PositiveSmallIntegerField(
        _("times missing in the last 3 months"), null=True, blank=True
    )
    missing_in_twelve_months = models.PositiveSmallIntegerField(
        _("times missing in the last 12 months"), null=True, blank=True
    )
    missing_longest = line(_("longest time missing"), length=80)
    missing_last_on = models.DateField(_("last missing on"), null=True, blank=True)
    missing_reported = yes_no(_("reported to the police each time?"))
    return_conversation = yes_no(_("was a return conversation offered?"))
    missing_pattern = words(_("what is known of it: with whom, where found, how they travelled"))

    class Meta:
        abstract = True


class Online(models.Model):
    """Never what an image shows; only whether there is something to act on."""

    online_worry = yes_no(_("is there worry about what happens online?"))
    platforms = line(_("platforms they use"))
    unknown_people_online = yes_no(_("do people they do not know contact them?"))
    pressure_online = yes_no(_("is there pressure or threat?"))
    images_shared = yes_no(_("images shared, or at risk of it?"))
    devices_controlled = yes_no(_("does somebody else control their devices or accounts?"))
    gifts_online = yes_no(_("money or presents received online?"))
    report_remove = yes_no(_("has Report Remove been talked about?"))

    class Meta:
        abstract = True


@tracked
class SafetyAnswers(Missing, Online):
    """How safe the young person is now, as far as the referrer knows."""

    referral = models.OneToOneField(
        "referrals.Referral", on_delete=models.CASCADE, primary_key=True, related_name="safety"
    )
    danger_details = models.TextField(_("what is happening now"), blank=True)
    emergency_called = models.BooleanField(_("999 has been called"), default=False)
    safe_at_home = choice(YesNoNotKnown, length=10)
    missing_now = choice(YesNoNotKnown, length=10)
    contact_with_person_of_concern = choice(YesNoNotKnown, length=10)
    self_harm_now = choice(YesNoNotKnown, length=10)
    police_know = choice(YesNoNotKnown, length=10, blank=True)
    police_reference = models.CharField(_("police reference"), max_length=60, blank=True)
    social_care_know = choice(YesNoNotKnown, length=10, blank=True)
    safety_plan = choice(YesNoNotKnown, length=10)
    what_helps = models.TextField(_("what helps to keep them safe"), blank=True)
    safe_to_travel = yes_no(_("safe when they travel?"))
    threats = yes_no(_("weapons, violence or threats?"))
    whom_they_would_call = line(_("whom they would call"))
    processes = several(ActiveProcess, _("what is under way"))
    friends_affected = words(_("friends who may be affected: initials or a reference only"))

    class Meta:
        verbose_name_plural = "safety answers"
        constraints = [known("safety_processes_known", several_processes=ActiveProcess)]

    def __str__(self):
        return f"safety of {self.referral_id}"


@tracked
class PersonOfConcern(models.Model):
    """Somebody who may be exploiting the young person. Restricted: never in what the young person, a carer or the
    referrer reads.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="people_of_concern")
    name = line(_("name, or what they are called"), length=160)
    age = line(_("age, roughly"), length=40)
    relationship = line(_("what they are to the young person"), length=160)
    description = words(_("where they live, vehicle, names used online"))
    known_from = line(_("where this comes from"))
    known_to_police = yes_no(_("known to the police?"))
    police_reference = line(_("told to the police: reference"), length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="person_of_concern_is_named_or_described", condition=~Q(name="") | ~Q(description="")
            )
        ]

    def __str__(self):
        return f"person of concern of {self.referral_id}"


@tracked
class PlaceOfConcern(models.Model):
    """A place where harm may be done. Restricted, as people of concern are."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="places_of_concern")
    kind = answer(PlaceKind, _("what kind of place"), length=20)
    description = models.TextField(_("which place"))
    known_to_agencies = yes_no(_("known to the police or the council?"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="place_of_concern_is_described", condition=~Q(description="")),
            known("place_of_concern_kind_known", kind=PlaceKind),
        ]

    def __str__(self):
        return f"place of concern of {self.referral_id}"
