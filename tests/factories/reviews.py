"""Reviews and requests for more time, in whatever state they have come to."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases import clock
from cases.enums import ConsentCheck, ExtensionDecision, ReviewKind, ReviewOutcome, ViewOfMoreTime
from cases.models import ExtensionRequest, Review
from tests.factories.accounts import UserFactory
from tests.factories.cases import NOW, TODAY, CaseFactory, InOneAct


class ReviewFactory(InOneAct):
    """A plan review, due in six weeks. ``held=True``: today; ``cancelled=True``; ``decision=True``: of six months."""

    class Meta:
        model = Review

    class Params:
        held = factory.Trait(
            held_on=TODAY,
            held_at=NOW,
            held_by=factory.SubFactory(UserFactory),
            what_changed="School goes well.",
            safety="Nothing has changed.",
            consent_check=ConsentCheck.STILL_WANTED,
            own_words="I am glad we talk.",
            outcome=ReviewOutcome.CONTINUE,
            because="The plan fits.",
        )
        cancelled = factory.Trait(
            cancelled_at=NOW, cancelled_by=factory.SubFactory(UserFactory), cancelled_because="The end has moved."
        )
        decision = factory.Trait(kind=ReviewKind.SIX_MONTH_DECISION)

    case = factory.SubFactory(CaseFactory, active=True)
    kind = ReviewKind.SIX_WEEKLY
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=6))
    opens_on = factory.LazyAttribute(lambda review: review.due_on - timedelta(weeks=1))


class ExtensionRequestFactory(InOneAct):
    """Three months more are asked for. ``decided=True``: not approved; ``approved=True``."""

    class Meta:
        model = ExtensionRequest

    class Params:
        decided = factory.Trait(
            decision=ExtensionDecision.NOT_APPROVED,
            reasons="What remains can be done by the school.",
            decided_by=factory.SubFactory(UserFactory),
            decided_at=NOW,
        )
        approved = factory.Trait(
            decided=True, decision=ExtensionDecision.APPROVED, approved_until_on=factory.SelfAttribute("until_on")
        )

    case = factory.SubFactory(CaseFactory, active=True)
    needs = "A safe way home from school."
    what_will_differ = "We go there together."
    view = ViewOfMoreTime.AGREE
    own_words = "I want to be able to do it alone."
    safety = "Nobody waits at the gate any more."
    alternatives = "The youth service has no room before spring."
    until_on = factory.LazyAttribute(
        lambda request: clock.months_after(request.case.support_started_on, request.case.months_initial + 3)
    )
    requested_by = factory.SubFactory(UserFactory)
