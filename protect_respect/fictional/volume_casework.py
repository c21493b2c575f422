"""What was done on the open cases of the volume data, from the first try to reach somebody to the last review.

Signed and agreed as in life: the rows of an assessment and of a plan first, then the signature and the agreement.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from cases import clock
from cases.consenting import CAPACITY_FROM, REVIEW_AFTER, WORDING_VERSION, needs_parental_view
from cases.enums import (
    ALWAYS_EXPLAINED,
    AssessmentDomain,
    AssessmentKind,
    Channel,
    ConsentCheck,
    ConsentMethod,
    ConsentStep,
    ContactOutcome,
    ContributionType,
    DecisionBasis,
    InformedPerson,
    MeetingType,
    Occasion,
    ParentalAnswer,
    Participation,
    PlanAgreement,
    PlanStatus,
    Pressure,
    ReviewKind,
    ReviewOutcome,
    SupervisionKind,
    Voice,
    WhoActs,
    YoungPersonAgrees,
)
from cases.models import (
    Assessment,
    Case,
    ConsentEvent,
    ContactAttempt,
    Contribution,
    Goal,
    GoalRating,
    ParentalView,
    PrivacyInformation,
    Review,
    Step,
    Strength,
    Supervision,
    SupportPlan,
    Task,
)
from cases.querysets import RATES_GOALS
from centres.working_days import LONDON
from people.ages import age_on
from people.enums import SafeContactKind
from people.models import SafeContact
from protect_respect.fictional.bulk import reserved, write
from referrals.enums import DeliveryMode
from sessions.enums import Attendance, SessionKind, SessionMode, SessionStatus
from sessions.models import SupportSession

WEEK = timedelta(weeks=1)
LENGTH = timedelta(minutes=50)
LATE = 8 * WEEK  # since when nothing was done on a case that is behind
WORDS = "Example: words of a visit."


def at(day):
    """In the morning of a day."""
    return datetime.combine(day, time(10), tzinfo=LONDON)


@dataclass(frozen=True)
class Work:
    """One case, who works on it, and until when all was done that was to be done."""

    case: Case
    number: int
    worker: User
    manager: User
    until: date

    @property
    def opened_on(self):
        return timezone.localdate(self.case.opened_at)

    @property
    def asks_parents(self):
        return needs_parental_view(self.age(self.opened_on))

    @property
    def first_said(self):
        """Of a line of a ledger on the day on which the case was opened."""
        moment = self.case.opened_at
        said = {"case": self.case, "subject_id": self.case.subject_id, "recorded_by": self.worker}
        return said | {"at": moment, "recorded_at": moment}

    def age(self, day):
        return age_on(self.case.young_person.date_of_birth, day)

    def ago(self, every):
        """A day not longer ago than ``every``, another for each case in turn, and not before it was opened."""
        return max(self.until - timedelta(days=self.number % every), self.opened_on)


def write_down(cases, *, team, today):
    """``cases``: each with whether it is behind. In the act of the caller."""
    work = [
        Work(case=case, number=case.pk, worker=team.duty, manager=team.manager, until=today - LATE * is_behind)
        for case, is_behind in cases.items()
    ]
    keys = [reserved(model, len(work)) for model in (ParentalView, Assessment, SupportPlan, Goal)]
    write(_parental_view(each, key) for each, key in zip(work, keys[0], strict=True) if each.asks_parents)
    write(row for each, *own in zip(work, *keys, strict=True) for row in _all(each, *own))
    _sign(keys[1])
    _agree(keys[2], keys[1])
    write(row for each, goal in zip(work, keys[3], strict=True) for row in _ratings(each, goal))


def _all(work, view, assessment, plan, goal):
    yield from _first_steps(work, view)
    yield from _assessed(work, assessment)
    yield from _planned(work, plan, goal)
    yield from _reviews(work)
    yield from _sessions(work)
    yield from _since(work)


def _parental_view(work, key):
    age = work.age(work.opened_on)
    return ParentalView(pk=key, whose="Mother", view=ParentalAnswer.AGREES, age=age, **work.first_said)


def _first_steps(work, view):
    yield SafeContact(
        subject_id=work.case.subject_id, kind=SafeContactKind.MOBILE, confirmed_by=work.worker,
        confirmed_on=work.ago(43),
    )  # fmt: skip
    yield PrivacyInformation(
        to=InformedPerson.YOUNG_PERSON, given_on=work.opened_on, how="Read together.", **work.first_said
    )
    yield _contact(work, work.case.opened_at, ContactOutcome.NOT_REACHED)
    yield _contact(work, work.case.opened_at, ContactOutcome.REACHED)
    yield _yes(work, view if work.asks_parents else None)


def _yes(work, view):
    age = work.age(work.opened_on)
    is_child = age < CAPACITY_FROM
    return ConsentEvent(
        event=ConsentStep.GIVEN, method=ConsentMethod.VERBAL_IN_PERSON, explained=list(ALWAYS_EXPLAINED),
        understanding="They said it back.", pressure=Pressure.NONE, age=age, parental_view_id=view,
        decision_basis=DecisionBasis.GILLICK_COMPETENT if is_child else DecisionBasis.CAPACITY_PRESUMED,
        competence_note="They weighed it." if is_child else "", modes=[DeliveryMode.IN_PERSON],
        review_on=work.opened_on + REVIEW_AFTER, wording_version=WORDING_VERSION, **work.first_said,
    )  # fmt: skip


def _contact(work, moment, outcome):
    return ContactAttempt(
        case=work.case, channel=Channel.CALL, outcome=outcome, happened_at=moment, by=work.worker, at=moment
    )


def _assessed(work, key):
    """A draft, with the strength without which it is not signed."""
    yield Assessment(
        pk=key, case=work.case, kind=AssessmentKind.CHILD_NEEDS, version=1, started_at=work.case.opened_at,
        started_by=work.worker, what_matters="My dog.", how_done="Two walks.", analysis=WORDS, recommendation=WORDS,
        agreement=YoungPersonAgrees.AGREE,
    )  # fmt: skip
    yield Strength(
        assessment_id=key, words="Kind to younger children.", domain=AssessmentDomain.TALENTS_INTERESTS,
        voice=Voice.YOUNG_PERSON,
    )  # fmt: skip


def _planned(work, key, goal):
    yield SupportPlan(
        pk=key, case=work.case, version=1, what_matters="My dog.", working_together="Text before you ring.",
        participation=Participation.CO_WROTE, agreement=PlanAgreement.AGREED, begun_by=work.worker,
        begun_at=work.case.opened_at,
    )  # fmt: skip
    yield Goal(pk=goal, plan_id=key, own_words="I want to sleep without my phone on.")
    yield Step(goal_id=goal, what="Try the app.", who=WhoActs.YOUNG_PERSON, due_on=work.case.planned_end_on)


def _sign(keys):
    drafts = Assessment.objects.filter(pk__in=keys)
    drafts.update(signed_at=Greatest("started_at", _begun()), signed_by=F("started_by"))


def _agree(plans, assessments):
    """Each on the assessment of its case, on the day on which its support began."""
    rests_on = Assessment.objects.filter(case=OuterRef("case"), pk__in=assessments).values("pk")
    SupportPlan.objects.filter(pk__in=plans).update(
        assessment=Subquery(rests_on), status=PlanStatus.ACTIVE, agreed_on=_begun(), agreed_by=F("begun_by")
    )


def _begun():
    return Subquery(Case.objects.filter(pk=OuterRef("case")).values("support_started_on"))


def _reviews(work):
    """All that the time of support asks for; held on their day, where it has come."""
    held = []
    for due in _due(work.case):
        review = Review(case=work.case, kind=due.kind, opens_on=due.opens_on, due_on=due.due_on)
        if due.due_on <= work.until:
            _hold(review, work.worker)
            held.append(due)
        yield review
    if held:
        yield _talked_of_consent(work, held[-1].due_on)


def _due(case):
    timescales = clock.Timescales.of(case.offer)
    initial = case.months_initial
    return clock.reviews(case.support_started_on, case.planned_end_on, months_initial=initial, timescales=timescales)


def _hold(review, worker):
    is_decision = review.kind == ReviewKind.SIX_MONTH_DECISION
    review.held_on, review.held_at, review.held_by = review.due_on, at(review.due_on), worker
    review.what_changed = review.safety = review.because = WORDS
    review.consent_check = ConsentCheck.STILL_WANTED
    review.outcome = ReviewOutcome.END_AS_PLANNED if is_decision else ReviewOutcome.CONTINUE


def _talked_of_consent(work, day):
    return ConsentEvent(
        case=work.case, subject_id=work.case.subject_id, event=ConsentStep.REVIEWED_UNCHANGED, age=work.age(day),
        review_on=day + REVIEW_AFTER, at=at(day), recorded_at=at(day), recorded_by=work.worker,
    )  # fmt: skip


def _ratings(work, goal):
    """Once the plan is agreed: with each review that looks at its goals."""
    for due in _due(work.case):
        if due.kind in RATES_GOALS and due.due_on <= work.until:
            yield GoalRating(
                goal_id=goal, value=work.number % 11, voice=Voice.YOUNG_PERSON, occasion=Occasion.REVIEW,
                rated_on=due.due_on, at=at(due.due_on), by=work.worker,
            )  # fmt: skip


def _sessions(work):
    """The first meeting, and one week after another what the offer promises of awareness."""
    yield _session(work, SessionKind.FIRST_CONTACT, work.case.opened_at)
    begun = work.case.support_started_on
    days = [begun + WEEK * number for number in range(1, work.case.offer.awareness_sessions + 1)]
    for day in days:
        if day <= work.until:
            yield _session(work, SessionKind.AWARENESS_RAISING, at(day))


def _session(work, kind, moment):
    ended = moment + LENGTH
    return SupportSession(
        case=work.case, practitioner=work.worker, planned_by=work.worker, planned_at=moment, kind=kind,
        mode=SessionMode.SCHOOL, status=SessionStatus.HELD, attendance=Attendance.ATTENDED, started_at=moment,
        ended_at=ended, what_we_did=WORDS, recorded_at=ended, recorded_by=work.worker, signed_at=ended,
        signed_by=work.worker,
    )  # fmt: skip


def _since(work):
    """What comes again: a word with them, the network, supervision, and what somebody promised."""
    yield _contact(work, at(work.ago(12)), ContactOutcome.REACHED)
    if work.case.offer.multi_agency_days:
        yield Contribution(
            case=work.case, meeting=MeetingType.SCHOOL_MEETING, how=ContributionType.ATTENDED, held_on=work.ago(80),
            purpose="How they come back to school.", by=work.worker, at=at(work.ago(80)),
        )  # fmt: skip
    held_on = work.ago(28)
    yield Supervision(
        case=work.case, kind=SupervisionKind.CASE_SUPERVISION, held_on=held_on, with_whom=work.worker, drift=WORDS,
        oversight=WORDS, next_on=held_on + 4 * WEEK, by=work.manager, at=at(held_on),
    )  # fmt: skip
    opened_at = work.case.opened_at
    owed = {"case": work.case, "owner": work.worker, "set_by": work.manager, "set_at": opened_at}
    yield Task(what="Ring the school.", due_on=work.opened_on, done_by=work.worker, done_at=opened_at, **owed)
    yield Task(what="Ask for a bus pass.", due_on=work.until + WEEK, **owed)
