"""A case, in whatever state it has come to, with who works on it."""

from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone

from cases import clock
from cases.enums import AssignmentKind, CaseKind, CaseStatus, Channel, ContactOutcome, EntryKind, StartRoute, WorkType
from cases.models import Assignment, Case, CaseNote, ContactAttempt, Pause, Task, TimelineEntry, WaitingCheck
from people.enums import PreferredLanguage, YesNoNotKnown
from people.models import YoungPerson
from tests.factories.accounts import UserFactory
from tests.factories.people import AccessGrantFactory, DataSubjectFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.safeguarding import ConcernFactory

S = CaseStatus
NOW = factory.LazyFunction(timezone.now)
TODAY = factory.LazyFunction(timezone.localdate)


class InOneAct(factory.django.DjangoModelFactory):
    """All rows in one act, as in life: when it commits, the end of a referral is asked for its decision."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy, params):
        if strategy != factory.CREATE_STRATEGY:
            return super()._generate(strategy, params)
        with transaction.atomic():
            return super()._generate(strategy, params)


MONTHS_AGO = factory.LazyFunction(lambda: clock.months_after(timezone.localdate(), -5))


class YoungPersonFactory(InOneAct):
    """Sam Example, fourteen, whom we know."""

    class Meta:
        model = YoungPerson

    subject = factory.SubFactory(DataSubjectFactory)
    first_name = "Sam"
    last_name = "Example"
    date_of_birth = factory.SelfAttribute("subject.date_of_birth")
    preferred_language = PreferredLanguage.ENGLISH
    interpreter_needed = YesNoNotKnown.NO
    address_is_confidential = YesNoNotKnown.NO


class CaseFactory(InOneAct):
    """Opened just now on an accepted referral, in *engaging*, with nobody assigned, no story and no trail.

    Later states by name: ``assessing``, ``planning``, ``active`` (support began today), ``later`` (five months ago),
    ``ending``, ``closed``; ``awaiting_allocation``. ``led_by=user`` gives it a lead with a grant.
    """

    class Meta:
        model = Case
        skip_postgeneration_save = True

    class Params:
        awaiting_allocation = factory.Trait(status=S.AWAITING_ALLOCATION)
        assessing = factory.Trait(status=S.ASSESSING)
        planning = factory.Trait(status=S.PLANNING)
        active = factory.Trait(status=S.ACTIVE, support_started_on=TODAY)
        later = factory.Trait(active=True, support_started_on=MONTHS_AGO)
        ending = factory.Trait(active=True, status=S.ENDING)
        closed = factory.Trait(active=True, status=S.CLOSED, closed_at=NOW)

    referral = factory.SubFactory(ReferralFactory, accepted=True)
    subject = factory.SelfAttribute("referral.subject")
    young_person = factory.SubFactory(YoungPersonFactory, subject=factory.SelfAttribute("..subject"))
    centre = factory.SelfAttribute("referral.centre")
    offer = factory.SelfAttribute("referral.offer")
    kind = CaseKind.YP_ONLY
    status = factory.LazyAttribute(
        lambda case: S.AWAITING_ALLOCATION if case.kind == CaseKind.CARER_ONLY else S.ENGAGING
    )
    work_type = WorkType.AWARENESS_AND_RECOVERY
    start_route = StartRoute.STANDARD
    opened_by = factory.SubFactory(UserFactory)
    months_initial = 6
    months_most = 12
    planned_end_on = factory.LazyAttribute(
        lambda case: (
            clock.months_after(case.support_started_on, case.months_initial) if case.support_started_on else None
        )
    )
    support_started_on = None

    @factory.post_generation
    def led_by(self, create, user, **extracted):
        if user is not None:
            AssignmentFactory(case=self, user=user)


class AssignmentFactory(InOneAct):
    """The lead practitioner, since yesterday. ``ended=True``: until an hour ago."""

    class Meta:
        model = Assignment

    class Params:
        ended = factory.Trait(
            until_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
            ended_by=factory.SubFactory(UserFactory),
            ended_because="Moved to another team.",
            grant__ended=True,
        )

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)
    kind = AssignmentKind.LEAD
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    assigned_by = factory.SubFactory(UserFactory)
    grant = factory.SubFactory(
        AccessGrantFactory, subject=factory.SelfAttribute("..case.subject"), user=factory.SelfAttribute("..user")
    )


class WaitingCheckFactory(InOneAct):
    class Meta:
        model = WaitingCheck

    referral = factory.SubFactory(ReferralFactory, accepted=True)
    text = "Spoke with the school: they are well."
    by = factory.SubFactory(UserFactory)


class CaseNoteFactory(InOneAct):
    class Meta:
        model = CaseNote

    case = factory.SubFactory(CaseFactory)
    text = "Rang the school."
    by = factory.SubFactory(UserFactory)


class ContactAttemptFactory(InOneAct):
    class Meta:
        model = ContactAttempt

    case = factory.SubFactory(CaseFactory)
    channel = Channel.CALL
    outcome = ContactOutcome.NOT_REACHED
    by = factory.SubFactory(UserFactory)


class TaskFactory(InOneAct):
    """Due in a week. ``done=True``: somebody has."""

    class Meta:
        model = Task

    class Params:
        done = factory.Trait(done_by=factory.SubFactory(UserFactory), done_at=NOW)

    case = factory.SubFactory(CaseFactory)
    what = "Ring the school."
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    set_by = factory.SubFactory(UserFactory)
    set_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))


class PauseFactory(InOneAct):
    """``over=True``: the work goes on."""

    class Meta:
        model = Pause

    class Params:
        over = factory.Trait(resumed_by=factory.SubFactory(UserFactory), resumed_on=TODAY)

    case = factory.SubFactory(CaseFactory)
    reason = "In hospital for two weeks."
    review_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    paused_by = factory.SubFactory(UserFactory)


class TimelineEntryFactory(InOneAct):
    """``pinned=True``: kept in sight; ``raised_of=True``: a concern was raised of it, and is closed by now."""

    class Meta:
        model = TimelineEntry

    class Params:
        pinned = factory.Trait(pinned_by=factory.SubFactory(UserFactory), pinned_at=NOW)
        raised_of = factory.Trait(
            concern=factory.SubFactory(ConcernFactory, subject=factory.SelfAttribute("..case.subject"), closed=True)
        )

    case = factory.SubFactory(CaseFactory)
    kind = EntryKind.NOTE
    title = "Note"
    words = "Rang the school."
    path = "/cases/"
    by = factory.SubFactory(UserFactory)
