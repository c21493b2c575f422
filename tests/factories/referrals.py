"""A referral from its draft to its decision."""

from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone

from centres import working_days
from centres.enums import Scheme
from people.enums import SubjectKind
from referrals.enums import (
    AgencyType,
    Category,
    Danger,
    HarmStatus,
    NotAcceptedMeaning,
    NoteKind,
    Outcome,
    PreferredLanguage,
    Priority,
    ReferralStatus,
    SecondPersonReason,
    SocialCareTold,
    YesNoNotKnown,
)
from referrals.models import (
    Decision,
    NotAcceptedReason,
    Note,
    OneTimeCode,
    Referral,
    ReferralDraft,
    ReferredYoungPerson,
    SafetyAnswers,
    StatusChange,
)
from tests.factories.accounts import UserFactory
from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory, ServiceOfferFactory
from tests.factories.people import DataSubjectFactory, born

S = ReferralStatus
NOW = factory.LazyFunction(timezone.now)


def offer_of(centre, scheme):
    """What the centre offers today; a centre has one offer at a time."""
    today = timezone.localdate()
    return centre.offers.on(today).first() or ServiceOfferFactory(centre=centre, scheme=scheme)


def area_of(centre):
    return centre.areas.first() or LocalAuthorityFactory(centre=centre)


class ReferralDraftFactory(factory.django.DjangoModelFactory):
    """Begun by a referrer whose address was proven. ``stale=True``: not touched for 31 days."""

    class Meta:
        model = ReferralDraft

    class Params:
        stale = factory.Trait(
            created_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=40)),
            touched_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=31)),
        )

    email = factory.Sequence(lambda n: f"referrer.{n}@school.example")
    answers = factory.LazyFunction(dict)
    touched_at = factory.LazyFunction(timezone.now)
    created_at = factory.SelfAttribute("touched_at")


class OneTimeCodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OneTimeCode

    email = factory.Sequence(lambda n: f"referrer.{n}@school.example")
    code_hash = "0" * 64
    created_at = NOW
    expires_at = factory.LazyAttribute(lambda code: code.created_at + timedelta(minutes=10))


class NotAcceptedReasonFactory(factory.django.DjangoModelFactory):
    """Shared by all centres. ``retired=True`` is no longer on offer."""

    class Meta:
        model = NotAcceptedReason

    class Params:
        retired = factory.Trait(retired_on=factory.LazyFunction(timezone.localdate))

    label_en = factory.Sequence(lambda n: f"Another service fits better ({n})")
    meaning = NotAcceptedMeaning.NEEDS_OTHER_SPECIALIST_SERVICE


class ReferralFactory(factory.django.DjangoModelFactory):
    """Sent just now, by a school, about a young person of fourteen; no history, no trail, no letters.

    Later states by name: ``screening``, ``awaiting_information``, ``on_hold``, ``accepted``,
    ``not_accepted``, ``duplicate``, ``withdrawn``, ``waiting`` (for a second person; with its decision).
    Others: ``in_danger``, ``overdue``, ``current`` (exploitation now), ``unclear_age``, ``too_young``,
    and the routes of South Wales: ``wal3`` (A), ``route_b``, ``route_c``.
    """

    class Meta:
        model = Referral
        skip_postgeneration_save = True

    class Params:
        screening = factory.Trait(status=S.SCREENING, owner=factory.SubFactory(UserFactory))
        awaiting_information = factory.Trait(screening=True, status=S.AWAITING_INFORMATION, paused_at=NOW)
        on_hold = factory.Trait(screening=True, status=S.ON_HOLD, review_on=factory.LazyFunction(timezone.localdate))
        waiting = factory.Trait(
            screening=True,
            decision=factory.RelatedFactory("tests.factories.referrals.DecisionFactory", "referral", waiting=True),
        )
        accepted = factory.Trait(
            screening=True,
            status=S.ACCEPTED,
            decided_at=NOW,
            decision=factory.RelatedFactory("tests.factories.referrals.DecisionFactory", "referral"),
        )
        not_accepted = factory.Trait(
            screening=True,
            status=S.NOT_ACCEPTED,
            decided_at=NOW,
            decision=factory.RelatedFactory("tests.factories.referrals.DecisionFactory", "referral", not_accepted=True),
        )
        duplicate = factory.Trait(
            screening=True,
            status=S.DUPLICATE,
            decided_at=NOW,
            decision=factory.RelatedFactory(
                "tests.factories.referrals.DecisionFactory", "referral", outcome=Outcome.DUPLICATE_MERGED
            ),
        )
        withdrawn = factory.Trait(
            status=S.WITHDRAWN,
            decided_at=NOW,
            decision=factory.RelatedFactory(
                "tests.factories.referrals.DecisionFactory", "referral", outcome=Outcome.WITHDRAWN_BY_REFERRER
            ),
        )
        in_danger = factory.Trait(danger=Danger.YES)
        overdue = factory.Trait(submitted_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=21)))
        current = factory.Trait(category=Category.CURRENT)
        too_young = factory.Trait(subject__date_of_birth=factory.LazyFunction(lambda: born(years=10, days=30)))
        unclear_age = factory.Trait(subject__date_of_birth=None)
        wal3 = factory.Trait(scheme=Scheme.WAL3, category=Category.WAL_A_VULNERABLE)
        route_b = factory.Trait(wal3=True, category=Category.WAL_B_TRAUMA)
        route_c = factory.Trait(
            wal3=True, category=Category.WAL_C_HIGH_OR_CURRENT, route_c_follow_up=Category.HEIGHTENED_RISK
        )

    centre = factory.SubFactory(ServiceCentreFactory)
    subject = factory.SubFactory(
        DataSubjectFactory,
        kind=SubjectKind.YOUNG_PERSON,
        centre=factory.SelfAttribute("..centre"),
    )
    subject__date_of_birth = factory.LazyFunction(lambda: born(years=14, days=100))  # else a trait's is everybody's
    offer = factory.LazyAttribute(lambda referral: offer_of(referral.centre, referral.scheme))
    local_authority = factory.LazyAttribute(lambda referral: area_of(referral.centre))
    referrer_email = factory.Sequence(lambda n: f"referrer.{n}@school.example")
    referrer_name = "Alex Example"
    referrer_role = "Pastoral lead"
    referrer_agency = "Example School"
    referrer_agency_type = AgencyType.SCHOOL
    referrer_phone = "01632 960003"
    referrer_relationship = "Form tutor for two years."
    scheme = Scheme.NAT4
    category = Category.SUSPECTED
    reason = "Messages from somebody older, and new gifts."
    harm = HarmStatus.NOT_KNOWN
    young_person_view = "They say that it is all fine."
    danger = Danger.NO
    social_care_told = SocialCareTold.TOLD
    young_person_knows = YesNoNotKnown.YES
    submitted_at = NOW
    decide_by = factory.LazyAttribute(
        lambda referral: working_days.due_at(referral.submitted_at, working_days=referral.offer.decide_working_days)
    )

    young_person = factory.RelatedFactory(
        "tests.factories.referrals.ReferredYoungPersonFactory",
        "referral",
        date_of_birth=factory.SelfAttribute("referral.subject.date_of_birth"),
    )
    safety = factory.RelatedFactory("tests.factories.referrals.SafetyAnswersFactory", "referral")

    @classmethod
    def _generate(cls, strategy, params):
        """All rows in one act, as in life: when it commits, an end is asked for its decision."""
        if strategy != factory.CREATE_STRATEGY:
            return super()._generate(strategy, params)
        with transaction.atomic():
            return super()._generate(strategy, params)


class ReferredYoungPersonFactory(factory.django.DjangoModelFactory):
    """Sam Example, fourteen; fifteen by estimate where the date of birth is not known."""

    class Meta:
        model = ReferredYoungPerson

    referral = factory.SubFactory(ReferralFactory, young_person=None)
    first_name = "Sam"
    last_name = "Example"
    date_of_birth = factory.LazyFunction(lambda: born(years=14, days=100))
    estimated_age = factory.LazyAttribute(lambda person: None if person.date_of_birth else 15)
    preferred_language = PreferredLanguage.ENGLISH
    interpreter_needed = YesNoNotKnown.NO
    address = "1 Example Street"
    postcode = "CF10 1AA"
    address_is_confidential = YesNoNotKnown.NO


class SafetyAnswersFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SafetyAnswers

    referral = factory.SubFactory(ReferralFactory, safety=None)
    safe_at_home = YesNoNotKnown.YES
    missing_now = YesNoNotKnown.NO
    contact_with_person_of_concern = YesNoNotKnown.NOT_KNOWN
    self_harm_now = YesNoNotKnown.NO
    safety_plan = YesNoNotKnown.NOT_KNOWN


class StatusChangeFactory(factory.django.DjangoModelFactory):
    """Screening was begun. ``sent=True`` is the first row: the referral arrived."""

    class Meta:
        model = StatusChange

    class Params:
        sent = factory.Trait(from_status="", to_status=S.SUBMITTED, by=None)

    referral = factory.SubFactory(ReferralFactory)
    from_status = S.SUBMITTED
    to_status = S.SCREENING
    by = factory.SubFactory(UserFactory)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    class Params:
        sets_priority = factory.Trait(kind=NoteKind.PRIORITY, priority=Priority.SOON)

    referral = factory.SubFactory(ReferralFactory)
    text = "Rang the school; nobody there until Monday."
    by = factory.SubFactory(UserFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    """Accepted by one person. ``not_accepted=True``; ``waiting=True`` for a second person, then
    ``countersigned``, ``sent_back`` or ``overtaken``.
    """

    class Meta:
        model = Decision

    class Params:
        not_accepted = factory.Trait(
            outcome=Outcome.SIGNPOSTED_OTHER_SERVICE,
            reason=factory.SubFactory(NotAcceptedReasonFactory),
            explanation="Another service works with what you describe.",
            suggestion="Please ring the early help team of your council.",
        )
        waiting = factory.Trait(needs_second_person=[SecondPersonReason.CURRENT_EXPLOITATION])
        countersigned = factory.Trait(
            waiting=True, countersigned_by=factory.SubFactory(UserFactory), countersigned_at=NOW
        )
        sent_back = factory.Trait(
            waiting=True,
            sent_back_by=factory.SubFactory(UserFactory),
            sent_back_at=NOW,
            sent_back_reason="Please ring the social worker first.",
        )
        overtaken = factory.Trait(waiting=True, overtaken_at=NOW)

    referral = factory.SubFactory(ReferralFactory, screening=True)
    outcome = Outcome.ACCEPTED_ALLOCATE
    decided_by = factory.SubFactory(UserFactory)
