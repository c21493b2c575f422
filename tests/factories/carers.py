"""Parents and carers, and the strand that is theirs."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from cases.enums import Strand
from people.enums import GrantGround, PreferredLanguage
from people.models import Carer
from referrals.enums import CarerResponse
from sessions.carer_enums import (
    CarerAttendance,
    CarerConsentStep,
    CarerContactKind,
    CarerExplained,
    SharedKind,
    StrandEntryKind,
    StrandStatus,
)
from sessions.enums import SessionKind, SessionMode, SessionStatus
from sessions.models.carers import (
    CarerAnswer,
    CarerAssessment,
    CarerAssessmentAddendum,
    CarerConsent,
    CarerFeedback,
    CarerNote,
    CarerSession,
    CarerSessionAddendum,
    CarerSignpost,
    CarerStrand,
    CarerTask,
    SharedItem,
    StrandEntry,
)
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory, InOneAct, YoungPersonFactory
from tests.factories.people import AccessGrantFactory, DataSubjectFactory
from tests.factories.sessions import SupportSessionFactory, an_hour_from, lately
from tests.factories.signposts import SaidOfUsFactory, ToldFactory

NOW = factory.LazyFunction(timezone.now)
TODAY = factory.LazyFunction(timezone.localdate)
A_WEEK_AGO = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))


class CarerFactory(InOneAct):
    """Alex Example, who is Sam's mother."""

    class Meta:
        model = Carer

    young_person = factory.SubFactory(YoungPersonFactory)
    subject = factory.SubFactory(
        DataSubjectFactory,
        carer=True,
        given_name_key="alex",
        centre=factory.SelfAttribute("..young_person.subject.centre"),
    )
    first_name = "Alex"
    last_name = "Example"
    relationship = "Mother"
    preferred_language = PreferredLanguage.ENGLISH


class CarerStrandFactory(InOneAct):
    """Not offered yet. ``offered``, ``declined``, ``accepted``; ``active``: somebody works with them since yesterday.

    ``ongoing``, ``ended``, ``not_safe``, ``blocked``. ``practitioner=`` names who works with them.
    """

    class Meta:
        model = CarerStrand

    class Params:
        was_offered = factory.Trait(offered_by=factory.SubFactory(UserFactory), offered_at=NOW)
        answered = factory.Trait(was_offered=True, answered_by=factory.SubFactory(UserFactory), answered_at=NOW)
        offered = factory.Trait(was_offered=True, status=StrandStatus.OFFERED)
        declined = factory.Trait(answered=True, status=StrandStatus.DECLINED, response=CarerResponse.DECLINED)
        accepted = factory.Trait(answered=True, status=StrandStatus.ACCEPTED, response=CarerResponse.WANTS_SUPPORT)
        active = factory.Trait(
            accepted=True,
            status=StrandStatus.ACTIVE,
            practitioner=factory.SubFactory(UserFactory),
            grant=factory.SubFactory(
                AccessGrantFactory,
                subject=factory.SelfAttribute("..subject"),
                user=factory.SelfAttribute("..practitioner"),
                ground=GrantGround.CARER_STRAND,
            ),
            allocated_by=factory.SubFactory(UserFactory),
            allocated_at=NOW,
        )
        ongoing = factory.Trait(active=True, status=StrandStatus.ONGOING_SUPPORT)
        not_safe = factory.Trait(status=StrandStatus.NOT_SAFE_TO_OFFER)
        ended = factory.Trait(
            was_offered=True,
            status=StrandStatus.ENDED,
            ended_by=factory.SubFactory(UserFactory),
            ended_at=NOW,
            ended_because="They have what they need.",
        )
        blocked = factory.Trait(
            status=StrandStatus.BLOCKED,
            held_back_by=factory.SubFactory(UserFactory),
            held_back_at=NOW,
            held_back_because="To be looked at.",
        )

    case = factory.SubFactory(CaseFactory, active=True, opened_at=A_WEEK_AGO)
    carer = factory.SubFactory(CarerFactory, young_person=factory.SelfAttribute("..case.young_person"))
    subject = factory.SelfAttribute("carer.subject")
    added_by = factory.SubFactory(UserFactory)


class OfStrandFactory(InOneAct):
    class Meta:
        abstract = True

    strand = factory.SubFactory(CarerStrandFactory, active=True)


class CarerAnswerFactory(OfStrandFactory):
    class Meta:
        model = CarerAnswer

    response = CarerResponse.WANTS_SUPPORT
    by = factory.SubFactory(UserFactory)


class CarerConsentFactory(OfStrandFactory):
    """Yes to all of it, in person and by phone, six days ago. ``no=True``: no longer, since just now."""

    class Meta:
        model = CarerConsent

    class Params:
        no = factory.Trait(
            event=CarerConsentStep.WITHDRAWN, method="", explained=[], modes=[], review_on=None, at=NOW, recorded_at=NOW
        )

    event = CarerConsentStep.GIVEN
    method = "verbal_in_person"
    explained = CarerExplained.values
    modes = ["in_person", "phone"]
    review_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=6))
    wording_version = "2026-11"
    at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=6))
    recorded_by = factory.SubFactory(UserFactory)


class CarerNoteFactory(OfStrandFactory):
    class Meta:
        model = CarerNote

    text = "She rang."
    by = factory.SubFactory(UserFactory)


class CarerTaskFactory(OfStrandFactory):
    class Meta:
        model = CarerTask

    what = "Ring her."
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    set_by = factory.SubFactory(UserFactory)
    set_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))


class StrandEntryFactory(OfStrandFactory):
    class Meta:
        model = StrandEntry

    kind = StrandEntryKind.NOTE
    title = "Note"
    by = factory.SubFactory(UserFactory)


class SharedItemFactory(OfStrandFactory):
    """From the young person's side."""

    class Meta:
        model = SharedItem

    from_side = Strand.YOUNG_PERSON
    kind = SharedKind.SPOKEN
    text = "Sam would like to cook with her."
    reason = "So that they have an evening together."
    by = factory.SubFactory(UserFactory)


class CarerSessionFactory(OfStrandFactory):
    """Planned for tomorrow: a direct session at our centre.

    ``held=True``: it ended a minute ago, the first of the ten, with a yes of
    six days ago; ``signed=True``; ``ongoing``, ``joint``; ``not_held``, ``by_mistake``;
    ``draft``: a page began it.
    """

    class Meta:
        model = CarerSession
        skip_postgeneration_save = True

    class Params:
        recorded = factory.Trait(recorded_at=NOW, recorded_by=factory.SubFactory(UserFactory))
        took_place = factory.Trait(
            recorded=True,
            status=SessionStatus.HELD,
            attendance=CarerAttendance.ATTENDED,
            planned_at=factory.LazyFunction(lately),
            started_at=factory.SelfAttribute("planned_at"),
            ended_at=factory.LazyAttribute(lambda session: an_hour_from(session.started_at)),
            what_we_did="Talked about school.",
        )
        held = factory.Trait(took_place=True, direct_number=1)
        signed = factory.Trait(held=True, signed_at=NOW, signed_by=factory.SelfAttribute("recorded_by"))
        not_held = factory.Trait(
            recorded=True, status=SessionStatus.NOT_HELD, attendance=CarerAttendance.DID_NOT_ATTEND
        )
        by_mistake = factory.Trait(
            recorded=True,
            status=SessionStatus.BY_MISTAKE,
            why_not="It was another mother.",
            signed_at=NOW,
            signed_by=factory.SelfAttribute("recorded_by"),
        )
        ongoing = factory.Trait(kind=CarerContactKind.ONGOING_SUPPORT, mode=SessionMode.PHONE, direct_number=None)
        draft = factory.Trait(
            form_token=factory.LazyFunction(uuid4),
            planned_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=2)),
        )
        joint = factory.Trait(kind=CarerContactKind.JOINT_SESSION, joint_key=factory.LazyFunction(uuid4))

    practitioner = factory.SelfAttribute("strand.practitioner")
    planned_by = factory.SelfAttribute("strand.practitioner")
    kind = CarerContactKind.DIRECT_SESSION
    mode = SessionMode.CENTRE
    planned_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))

    @classmethod
    def _create(cls, model, *args, **row):
        """Whoever has had one of the ten agreed to it first; a session together stands on the other side too."""
        strand = row["strand"]
        if row.get("direct_number") and not strand.consents.exists():
            CarerConsentFactory(strand=strand)
        if row.get("joint_key"):
            SupportSessionFactory(case=strand.case, kind=SessionKind.JOINT_YP_CARER, joint_key=row["joint_key"])
        return super()._create(model, *args, **row)


class CarerSessionAddendumFactory(InOneAct):
    class Meta:
        model = CarerSessionAddendum

    session = factory.SubFactory(CarerSessionFactory, signed=True)
    words = "It was on Tuesday."
    by = factory.SubFactory(UserFactory)


class CarerAssessmentFactory(OfStrandFactory):
    """Written, not signed. ``signed=True``: by whoever works with them."""

    class Meta:
        model = CarerAssessment

    class Params:
        signed = factory.Trait(signed_at=NOW, signed_by=factory.SelfAttribute("started_by"))

    version = 1
    started_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))
    started_by = factory.SelfAttribute("strand.practitioner")
    what_matters = "That the three of us eat together."
    how_done = "Two talks at her kitchen table."
    strengths = "She notices when something is wrong, and stays calm."
    analysis = "She has carried this alone."
    recommendation = "Time of her own, and somebody to ring."


class CarerAssessmentAddendumFactory(InOneAct):
    class Meta:
        model = CarerAssessmentAddendum

    assessment = factory.SubFactory(CarerAssessmentFactory, signed=True)
    words = "It is two brothers."
    by = factory.SubFactory(UserFactory)


class CarerSignpostFactory(OfStrandFactory, ToldFactory):
    class Meta:
        model = CarerSignpost


class CarerFeedbackFactory(OfStrandFactory, SaidOfUsFactory):
    class Meta:
        model = CarerFeedback
