"""Lists that came with a referral: who agreed, who is family, who works with them, what was seen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.enums import SafeFlag
from people.models.columns import answer, choice, known, line, words, yes_no
from referrals.enums import (
    AgreementOf,
    Agrees,
    AskedHow,
    ProfessionalRole,
    Sign,
    SignSource,
    SignTiming,
    WhyNotTold,
    YesNoNotKnown,
)


@tracked
class Agreement(models.Model):
    """Whether somebody knows of the referral and agrees to it, as the referrer knows it (domain.md 2.6, rows 1 and 3).

    It is not consent to the service: only the young person gives that, later, and to us.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="agreements")
    of = choice(AgreementOf, _("who"), length=24)
    name = line(_("name"), length=160)
    relationship = line(_("who they are to the young person"), length=120)
    knows = choice(YesNoNotKnown, _("knows of the referral"), length=10)
    agrees = answer(Agrees, _("agrees to it"), length=10)
    asked_by = line(_("asked by"), length=160)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    asked_how = answer(AskedHow, _("asked how"), length=12)
    why_not = answer(WhyNotTold, _("why they have not been told"), length=30)
    why_not_in_words = words(_("more about why"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("agreement_answers_known", of=AgreementOf, knows=YesNoNotKnown, agrees=Agrees, why_not=WhyNotTold),
            models.CheckConstraint(
                name="agreement_says_why_somebody_was_not_told", condition=~Q(knows="no") | ~Q(why_not="")
            ),
            models.CheckConstraint(name="agreement_is_only_of_who_knows", condition=~Q(agrees="yes") | Q(knows="yes")),
            models.CheckConstraint(
                name="agreement_of_an_adult_says_who", condition=Q(of=AgreementOf.YOUNG_PERSON) | ~Q(name="")
            ),
            models.UniqueConstraint(
                name="agreement_of_the_young_person_once",
                fields=["referral"],
                condition=Q(of=AgreementOf.YOUNG_PERSON),
            ),
        ]

    def __str__(self):
        return f"agreement of {self.referral_id}"


@tracked
class FamilyMember(models.Model):
    """Somebody of the family or household."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="family")
    name = models.CharField(_("name"), max_length=160)
    relationship = line(_("who they are to the young person"), length=120)
    age = line(_("age or date of birth"), length=40)
    same_household = yes_no(_("lives in the same home"))
    parental_responsibility = yes_no(_("has parental responsibility"))
    knows_of_referral = yes_no(_("knows of the referral"))
    safe_to_contact = answer(SafeFlag, _("safe to contact"), length=14)
    needs = line(_("language or access needs"))
    worry_about_them = yes_no(_("is there a worry about what they do?"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="family_member_has_a_name", condition=~Q(name="")),
            known("family_member_answers_known", safe_to_contact=SafeFlag, knows_of_referral=YesNoNotKnown),
        ]

    def __str__(self):
        return f"family member of {self.referral_id}"


@tracked
class ProfessionalInvolved(models.Model):
    """Somebody who works with the young person or the family."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="professionals")
    role = choice(ProfessionalRole, _("role"), length=30)
    name = line(_("name"), length=160)
    organisation = line(_("organisation"), length=160)
    contact = line(_("phone or e-mail"), length=160)
    knows_of_referral = yes_no(_("knows of the referral"))
    may_share = yes_no(_("may we share with them?"))
    is_lead = yes_no(_("lead professional"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="professional_has_a_name_or_an_organisation", condition=~Q(name="") | ~Q(organisation="")
            ),
            known("professional_role_known", role=ProfessionalRole),
        ]

    def __str__(self):
        return f"professional of {self.referral_id}"


@tracked
class SignSeen(models.Model):
    """One sign or circumstance, whether and when it was seen, and how the referrer knows. Never added up."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="signs")
    sign = choice(Sign, _("sign"), length=30)
    timing = choice(SignTiming, _("when"), length=12)
    source = answer(SignSource, _("how they know"), length=20)
    note = line(_("note"), length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("sign_answers_known", sign=Sign, timing=SignTiming, source=SignSource),
            models.UniqueConstraint(name="sign_once_per_referral", fields=["referral", "sign"]),
        ]

    def __str__(self):
        return f"sign of {self.referral_id}"
