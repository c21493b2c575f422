"""What was agreed on a case, as lines of its ledgers."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases.consenting import WORDING_VERSION
from cases.enums import ALWAYS_EXPLAINED, ConsentStep, InformedPerson, ParentalAnswer, SharingDecision, SharingScope
from cases.models import ConsentEvent, ParentalView, PrivacyInformation, SharingPreference
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

AN_HOUR_AGO = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
IN_SIX_WEEKS = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=6))
NOW = factory.LazyFunction(timezone.now)
TODAY = factory.LazyFunction(timezone.localdate)


class LedgerFactory(factory.django.DjangoModelFactory):
    """A line about the young person of the case, an hour ago."""

    class Meta:
        abstract = True

    case = factory.SubFactory(CaseFactory)
    subject = factory.SelfAttribute("case.subject")
    at = AN_HOUR_AGO
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class ParentalViewFactory(LedgerFactory):
    """The mother of a fourteen-year-old knows and agrees."""

    class Meta:
        model = ParentalView

    whose = "Mother"
    view = ParentalAnswer.AGREES
    age = 14


class ConsentEventFactory(LedgerFactory):
    """A yes of a fourteen-year-old to taking part, in person and by phone, after everything was explained.

    ``part=True``: to a part of it; ``young=True``: of somebody of twelve;
    ``no=True``: no, and not a word more; ``extra=True``: yes to be asked afterwards how it was.
    """

    class Meta:
        model = ConsentEvent

    class Params:
        part = factory.Trait(
            event=ConsentStep.GIVEN_PARTIAL, limits="No letters home.", kinds=["assessment", "practical_support"]
        )
        young = factory.Trait(
            age=12, parental_view=factory.SubFactory(ParentalViewFactory, case=factory.SelfAttribute("..case"), age=12)
        )
        no = factory.Trait(
            event=ConsentStep.WITHDRAWN, method="", explained=[], format_used=[], understanding="", pressure="",
            decision_basis="", competence_note="", modes=[], review_on=None, wording_version="",
        )  # fmt: skip
        extra = factory.Trait(purpose="feedback_contact", modes=[], review_on=None)

    event = ConsentStep.GIVEN
    method = "verbal_in_person"
    explained = factory.LazyFunction(lambda: [*ALWAYS_EXPLAINED, "remote_safety"])
    format_used = ["talking"]
    understanding = "She said back what happens when she stops."
    pressure = "none"
    age = 14
    decision_basis = "gillick_competent"
    competence_note = "She weighed what it takes against what it gives."
    modes = ["in_person", "phone"]
    review_on = IN_SIX_WEEKS
    wording_version = WORDING_VERSION


class SharingPreferenceFactory(LedgerFactory):
    """They agree that we talk with the school. ``without=True``: the police were told without their agreement."""

    class Meta:
        model = SharingPreference

    class Params:
        without = factory.Trait(
            scope=SharingScope.POLICE, recipient="Police", decision=SharingDecision.SHARED_WITHOUT_AGREEMENT,
            what="Where she was on Friday.", ground="safety", why="She was not safe.", told_before="yes",
            authorised_by=factory.SubFactory(UserFactory),
        )  # fmt: skip

    scope = SharingScope.SCHOOL
    decision = SharingDecision.AGREED


class PrivacyInformationFactory(LedgerFactory):
    """Given to the young person today. ``not_yet=True``: not yet, with the reason."""

    class Meta:
        model = PrivacyInformation

    class Params:
        not_yet = factory.Trait(given_on=None, how="", why_not_yet="It is not safe to post it.")

    to = InformedPerson.YOUNG_PERSON
    given_on = TODAY
    how = "Read together."
