"""What was agreed, as it was said: ledgers to which a line is added, and from which none is taken."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import (
    AGREES,
    ALWAYS_EXPLAINED,
    BASES_WITH_A_NOTE,
    NAMED_SCOPES,
    OF_AN_EXTRA,
    PARENTAL_WITH_A_REASON,
    REMOTE,
    SAYS_YES,
    ConsentMethod,
    ConsentPurpose,
    ConsentStep,
    DecisionBasis,
    Explained,
    FormatUsed,
    InformedPerson,
    ParentalAnswer,
    Pressure,
    SharingDecision,
    SharingGround,
    SharingScope,
    SharingTopic,
    ToldBefore,
    WordingLanguage,
    WorkKind,
)
from cases.models.case import Case
from people.models.columns import answer, choice, known, line, several, staff, words
from referrals.enums import DeliveryMode

B = DecisionBasis
OF_THE_SERVICE = Q(purpose=ConsentPurpose.SERVICE)
YES = Q(event__in=SAYS_YES)
AGREED = OF_THE_SERVICE & Q(event__in=AGREES)  # says anew what is agreed to
YES_TO_THE_SERVICE = OF_THE_SERVICE & YES
MEETS_REMOTELY = Q(purpose=ConsentPurpose.REMOTE_VIDEO) | Q(modes__overlap=list(REMOTE))
WITHOUT = Q(decision=SharingDecision.SHARED_WITHOUT_AGREEMENT)


def only_where(condition, then):
    return ~condition | then


def rule(name, condition, then, sentence=""):
    """Where ``condition`` holds, so does ``then``."""
    told = {"violation_error_message": sentence} if sentence else {}
    return models.CheckConstraint(name=name, condition=only_where(condition, then), **told)


def of_case(related_name):
    return models.ForeignKey(Case, on_delete=models.PROTECT, related_name=related_name)


class Ledger(models.Model):
    """Whose it is, when it happened, who wrote it down and when."""

    subject = models.ForeignKey("people.DataSubject", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    recorded_by = staff(editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


@tracked
class ParentalView(Ledger):
    """What somebody with parental responsibility knew and said, on a day (domain.md 2.6, row 3)."""

    case = of_case("parental_views")
    whose = line(_("who they are to the young person"), length=160)
    view = choice(ParentalAnswer)
    why = words(_("why, or what they said"))
    age = models.PositiveSmallIntegerField(editable=False)

    class Meta(Ledger.Meta):
        constraints = [
            models.CheckConstraint(name="parental_view_known", condition=Q(view__in=ParentalAnswer.values)),
            models.CheckConstraint(name="parental_view_happened_first", condition=Q(at__lte=F("recorded_at"))),
            rule("parental_view_says_why_nobody_was_asked", Q(view__in=PARENTAL_WITH_A_REASON), ~Q(why="")),
            models.CheckConstraint(
                name="parental_view_of_an_adult_is_not_asked",
                condition=Q(age__gte=18, view=ParentalAnswer.NOT_APPLICABLE_18_PLUS)
                | (Q(age__lt=18) & ~Q(view=ParentalAnswer.NOT_APPLICABLE_18_PLUS)),
            ),
        ]
        triggers = written_once("parental_view_is_written_once", "A view stays as it was said. Add the next one.")

    def __str__(self):
        return f"parental view {self.pk}"


@tracked
class ConsentEvent(Ledger):
    """One thing said about taking part, or about one of the extras (domain.md 2.6, row 2).

    ``age`` is that of the day, and so is the basis: competence is of one
    decision on one day. No is one word: it needs neither reason nor method.
    """

    case = of_case("consent_events")
    purpose = choice(ConsentPurpose, default=ConsentPurpose.SERVICE)
    event = choice(ConsentStep)
    method = answer(ConsentMethod, _("how"), length=20)
    explained = several(Explained, _("what was explained"))
    format_used = several(FormatUsed, _("in what way"))
    understanding = words(_("how you checked that they understood"))
    pressure = answer(Pressure, _("any sign of pressure from anybody"), length=10)
    pressure_action = words(_("what was done about the pressure"))
    age = models.PositiveSmallIntegerField(editable=False)
    decision_basis = answer(DecisionBasis, _("why their answer counts"), length=40)
    competence_note = words(_("how you know that they can decide this, or cannot"))
    parental_view = models.ForeignKey(ParentalView, on_delete=models.PROTECT, null=True, related_name="+")
    own_words = words(_("what they said"))
    limits = words(_("what they agreed to, and what not"))
    kinds = several(WorkKind, _("what they agreed to"))
    modes = several(DeliveryMode, _("ways to meet that they agreed to"))
    review_on = models.DateField(_("when you talk about it again"), null=True, blank=True)
    wording_version = line(_("which wording"), length=12)
    language = choice(WordingLanguage, length=5, default=WordingLanguage.ENGLISH)

    class Meta(Ledger.Meta):
        constraints = [
            models.CheckConstraint(
                name="consent_known",
                condition=Q(
                    purpose__in=ConsentPurpose.values,
                    event__in=ConsentStep.values,
                    language__in=WordingLanguage.values,
                ),
            ),
            known(
                "consent_answers_known",
                method=ConsentMethod,
                pressure=Pressure,
                decision_basis=DecisionBasis,
                several_explained=Explained,
                several_format_used=FormatUsed,
                several_kinds=WorkKind,
                several_modes=DeliveryMode,
            ),
            models.CheckConstraint(name="consent_happened_first", condition=Q(at__lte=F("recorded_at"))),
            rule(
                "consent_given_after_everything_was_explained",
                OF_THE_SERVICE & Q(event=ConsentStep.GIVEN),
                Q(explained__contains=list(ALWAYS_EXPLAINED)),
                _("Yes counts once everything has been explained."),
            ),
            rule(
                "consent_to_meet_remotely_after_its_safety_was_explained",
                YES & MEETS_REMOTELY,
                Q(explained__contains=[Explained.REMOTE_SAFETY.value]),
            ),
            rule("consent_given_in_some_way", YES_TO_THE_SERVICE, ~Q(method="")),
            rule("consent_given_with_understanding", YES_TO_THE_SERVICE, ~Q(understanding="")),
            rule("consent_given_says_whether_there_was_pressure", YES_TO_THE_SERVICE, ~Q(pressure="")),
            rule(
                "consent_under_pressure_says_what_was_done",
                Q(pressure__in=[Pressure.POSSIBLE, Pressure.YES]),
                ~Q(pressure_action=""),
            ),
            rule(
                "consent_rests_on_what_the_age_allows",
                YES_TO_THE_SERVICE,
                Q(age__lt=16, decision_basis__in=[B.GILLICK_COMPETENT, B.PARENTAL_ONLY])
                | Q(age__gte=16, decision_basis__in=[B.CAPACITY_PRESUMED, B.CAPACITY_ASSESSED])
                | Q(age__gte=16, age__lt=18, decision_basis=B.BEST_INTERESTS),
            ),
            rule(
                "consent_says_how_it_is_known_that_they_can_decide",
                YES_TO_THE_SERVICE & Q(decision_basis__in=BASES_WITH_A_NOTE),
                ~Q(competence_note=""),
            ),
            rule(
                "consent_under_thirteen_knows_the_parental_view",
                YES_TO_THE_SERVICE & Q(age__lt=13),
                Q(parental_view__isnull=False),
            ),
            rule("consent_in_part_says_its_limits", Q(event=ConsentStep.GIVEN_PARTIAL), ~Q(limits="") & ~Q(kinds=[])),
            rule("consent_given_says_how_to_meet", AGREED, ~Q(modes=[])),
            rule(
                "consent_to_video_is_asked_for_apart",
                OF_THE_SERVICE,
                ~Q(modes__contains=[DeliveryMode.VIDEO.value]),
            ),
            rule(
                "consent_given_is_talked_about_again",
                OF_THE_SERVICE & Q(event__in=[*SAYS_YES, ConsentStep.REVIEWED_UNCHANGED]),
                Q(review_on__isnull=False),
            ),
            rule("consent_given_names_the_wording", YES, ~Q(wording_version="")),
            rule("consent_to_an_extra_is_yes_or_no", ~OF_THE_SERVICE, Q(event__in=OF_AN_EXTRA)),
        ]
        indexes = [models.Index(fields=["case", "purpose", "at"], name="consent_by_case")]
        triggers = written_once("consent_is_written_once", "What was said stays as it was said. Add what they say now.")

    def __str__(self):
        return f"{self.purpose} {self.event} {self.pk}"


@tracked
class SharingPreference(Ledger):
    """Whom we may talk to about what; or what was shared although nobody agreed, and why (domain.md 2.6, row 4)."""

    case = of_case("sharing_preferences")
    scope = choice(SharingScope)
    recipient = line(_("who"), length=160)
    topic = answer(SharingTopic, _("about what"), length=12)
    decision = choice(SharingDecision, length=30)
    limits = words(_("what they agreed to, and what not"))
    own_words = words(_("what they said"))
    what = words(_("what was shared"))
    ground = answer(SharingGround, _("on what ground"), length=12)
    why = words(_("why it was needed"))
    told_before = answer(ToldBefore, _("were they told before?"), length=4)
    authorised_by = staff(null=True, verbose_name=_("who said that it must be shared"))

    class Meta(Ledger.Meta):
        constraints = [
            models.CheckConstraint(
                name="sharing_known",
                condition=Q(scope__in=SharingScope.values, decision__in=SharingDecision.values),
            ),
            known("sharing_answers_known", topic=SharingTopic, ground=SharingGround, told_before=ToldBefore),
            models.CheckConstraint(name="sharing_happened_first", condition=Q(at__lte=F("recorded_at"))),
            rule("sharing_says_with_whom", Q(scope__in=NAMED_SCOPES) | WITHOUT, ~Q(recipient="")),
            rule("sharing_with_a_parent_says_about_what", Q(scope=SharingScope.PARENT_CARER), ~Q(topic="")),
            rule("sharing_with_limits_says_them", Q(decision=SharingDecision.AGREED_LIMITED), ~Q(limits="")),
            rule(
                "sharing_without_agreement_says_what_why_and_who",
                WITHOUT,
                ~Q(what="") & ~Q(why="") & ~Q(ground="") & ~Q(told_before="") & Q(authorised_by__isnull=False),
                _("Say what was shared, why, whether they were told before, and who said so."),
            ),
        ]
        triggers = written_once("sharing_is_written_once", "What was agreed stays as it was said. Add what is so.")

    def __str__(self):
        return f"sharing {self.pk}"


@tracked
class PrivacyInformation(Ledger):
    """We told somebody what we hold about them and what their rights are; or why not yet (domain.md 2.6, row 5)."""

    case = of_case("privacy_information")
    to = choice(InformedPerson)
    name = line(_("who"), length=160)
    given_on = models.DateField(_("when"), null=True, blank=True)
    how = line(_("how"), length=200)
    why_not_yet = words(_("why not yet"))
    language = choice(WordingLanguage, length=5, default=WordingLanguage.ENGLISH)

    class Meta(Ledger.Meta):
        verbose_name_plural = "privacy information"
        constraints = [
            models.CheckConstraint(
                name="privacy_information_known",
                condition=Q(to__in=InformedPerson.values, language__in=WordingLanguage.values),
            ),
            models.CheckConstraint(
                name="privacy_information_was_given_or_says_why_not_yet",
                condition=(Q(given_on__isnull=False, why_not_yet="") & ~Q(how=""))
                | (Q(given_on__isnull=True) & ~Q(why_not_yet="")),
            ),
            rule("privacy_information_for_a_parent_says_who", Q(to=InformedPerson.PARENT_OR_CARER), ~Q(name="")),
        ]
        triggers = written_once(
            "privacy_information_is_written_once", "It stays as it was written. Add what is so now."
        )

    def __str__(self):
        return f"privacy information {self.pk}"
