"""The work with one fictional young person, told through the operations, with time passing between the acts."""

from datetime import time, timedelta
from functools import cache

import pgtrigger
from django.apps import apps
from django.db.models import DateField, DateTimeField, F, ForeignKey, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.prepared import Place, Prepared
from cases import assessing, clock, operations
from cases.enums import (
    ALWAYS_EXPLAINED,
    AssessmentKind,
    Channel,
    ConsentStep,
    ContactOutcome,
    DecisionBasis,
    EntryKind,
    MissingType,
    ScaleQuestion,
    Voice,
    WorkType,
)
from cases.models import Case, Review, TimelineEntry
from centres import working_days
from people.enums import YesNoNotKnown
from people.models import AccessGrant
from protect_respect.fictional import papers
from protect_respect.fictional.story import let_pass
from sessions import operations as sessions
from sessions import planning
from sessions.enums import Attendance, FollowUp, SessionKind, SessionMode
from sessions.models import AwarenessTopic, SupportSession
from ui.hours import moments
from ui.times import long_date

AFTER_SCHOOL = time(15, 30)
HISTORY = ("insert_insert", "update_update", "delete_delete", "no_truncate", "append_only")


class Casework:
    """One case, from its allocation. Each method is an act that happens now; ``later`` lets time pass after it."""

    def __init__(self, story, *, by, lead, work_type=WorkType.AWARENESS_AND_RECOVERY):
        self.by, self.lead, self.planned_at_once = by, lead, {}
        self.case = operations.open_case(story.referral, by=by, lead=lead, work_type=work_type)

    def later(self, **time):
        time = timedelta(**time)
        let_pass(self.case.referral, time)
        let_pass_since_allocation(self.case, time)
        return self

    def reached(self, what="Example: rang the school; they meet on Thursday, in the library."):
        channel, outcome = Channel.VIA_SCHOOL, ContactOutcome.REACHED
        operations.record_contact(self.case, by=self.lead, channel=channel, outcome=outcome, what=what)
        return self

    def not_reached(self):
        operations.record_contact(self.case, by=self.lead, channel=Channel.CALL, outcome=ContactOutcome.NOT_REACHED)
        return self

    def noted(self, text="Example: brought a drawing, and told what it means."):
        operations.add_note(self.case, by=self.lead, text=text)
        return self

    def consented(self):
        """A yes to taking part, after everything was explained, on the day of the conversation."""
        operations.record_consent(self.case, by=self.lead, event=ConsentStep.GIVEN, **_yes(self.case))
        return self

    def said_no(self):
        operations.withdraw_consent(self.case, by=self.lead, own_words="Example: not now.")
        return self

    def assessment_begun(self):
        self.assessment = operations.start_assessment(self.case, by=self.lead, kind=AssessmentKind.CHILD_NEEDS)
        return self

    def assessed(self):
        """Every part of the assessment is written, and it is signed."""
        for slug, values in papers.ASSESSMENT.items():
            held = assessing.held(self.assessment, assessing.BY_SLUG[slug])
            self.assessment = operations.save_part(
                self.assessment, by=self.lead, part=slug, values=values, seen=assessing.seen(held)
            )
        operations.sign_assessment(self.assessment, by=self.lead, edition=self.assessment.edition)
        return self

    def planned(self):
        """The plan is written together, shown and agreed; support begins today."""
        plan = operations.start_plan(self.case, by=self.lead)
        plan = operations.write_plan(plan, by=self.lead, seen=plan.edits, **papers.PLAN)
        for need, (goal, steps) in zip(self.assessment.needs.all(), papers.goals(timezone.localdate()), strict=True):
            operations.write_goal(plan, by=self.lead, seen=plan.edits, steps=steps, need=need, **goal)
            plan.refresh_from_db()
        plan = operations.share_plan(plan, by=self.lead, on=timezone.localdate(), seen=plan.edits)
        self.plan = operations.agree_plan(plan, by=self.lead, on=timezone.localdate(), seen=plan.edits, **papers.AGREED)
        return self

    def rated(self, occasion, *numbers):
        """How near each goal is and how things are, in the young person's voice; ``numbers`` in the order of goals."""
        said = {"by": self.lead, "on": timezone.localdate(), "voice": Voice.YOUNG_PERSON, "occasion": occasion}
        near = dict(zip(self.plan.goals.all(), numbers, strict=True))
        operations.rate_goals(self.plan, values=near, **said)
        operations.rate_scales(self.case, values=dict.fromkeys(ScaleQuestion.values, numbers[0] + 1), **said)
        return self

    def reviewed(self):
        """The first review that is still to be held, today."""
        review = Review.objects.open().filter(case=self.case).order_by("due_on", "pk").first()
        operations.hold_review(review, by=self.lead, held_on=timezone.localdate(), **papers.REVIEW)
        return self

    def asked_for_more_time(self, months=3):
        until = clock.months_after(Case.objects.get(pk=self.case.pk).planned_end_on, months)
        operations.request_extension(self.case, by=self.lead, until_on=until, **papers.MORE_TIME)
        return self

    def meets(self, *, days, kind=SessionKind.RELATIONSHIP_BUILDING, mode=SessionMode.SCHOOL, **series):
        """A session is planned for so many working days ahead, or a series of them: ``weeks`` apart, ``times``."""
        return self._plans(working_days.after(timezone.localdate(), days), kind=kind, mode=mode, **series)

    def met(self, *, kind=SessionKind.RELATIONSHIP_BUILDING):
        """A session was planned for the next day, which is now the day before; nobody has said yet what came of it."""
        tomorrow = timezone.localdate() + timedelta(days=1)
        return self._plans(tomorrow, kind=kind, mode=SessionMode.COMMUNITY).later(days=2)

    def _plans(self, day, **asked):
        plans = sessions.plan_series if "weeks" in asked else sessions.plan_session
        planned_at = moments(day, AFTER_SCHOOL)[0]
        made = plans(self.case, by=self.lead, practitioner=self.lead, planned_at=planned_at, **asked)
        self.planned_at_once[self.case.timeline.latest("pk").pk] = made if isinstance(made, list) else [made]
        return self

    def held(self, *topics, signed=True):
        """The session that needs a record took place, and went towards the first goal of the plan."""
        beside = {"topics": AwarenessTopic.objects.filter(key__in=topics), "needs": []}
        beside["goals"] = self.plan.goals.all()[:1]
        return self._recorded(Attendance.ATTENDED, papers.SESSION, beside, and_sign=signed)

    def not_brought(self):
        beside, then = dict.fromkeys(("topics", "goals", "needs"), ()), FollowUp.REACHED
        return self._recorded(Attendance.WAS_NOT_BROUGHT, papers.NOT_HELD, beside, follow_up=then, and_sign=True)

    def _recorded(self, attendance, words, beside, **more):
        session = SupportSession.objects.need_a_record().get(case=self.case)
        facts = {name: getattr(session, name) for name in ("kind", "mode", "place")}
        facts |= {"at": session.planned_at, "minutes": session.planned_minutes}
        told = {"facts": facts, "words": words, "beside": beside, "seen": session.edition, "session": session}
        sessions.record_session(self.case, by=self.lead, attendance=attendance, **told, **more)
        return self

    def missing(self):
        """From last night on; whoever cares for them rings in the morning, and has rung the police."""
        since = timezone.now() - timedelta(hours=10)
        told = {"told_us_by": "Example: their grandmother", "police_reference": "EXAMPLE-1"}
        told |= {"police_told": YesNoNotKnown.YES, "police_told_at": since + timedelta(hours=2)}
        self.episode = operations.report_missing(
            self.case, by=self.lead, kind=MissingType.MISSING, from_at=since, raises_concern=False, **told
        )
        return self

    def came_back(self):
        """An hour ago, by themselves. Nobody has talked with them about it yet."""
        found = "Example: rang the door at home, tired and hungry."
        operations.come_back(self.episode, by=self.lead, until_at=timezone.now() - timedelta(hours=1), found_how=found)
        return self

    def told_to_its_end(self):
        """Time has moved sessions to days off and into the night: they were after school, on the working day before."""
        with pgtrigger.ignore(*_written_once()):  # noqa: TID251 -- as ``story.let_pass``
            for session in SupportSession.objects.filter(case=self.case):
                of_session = TimelineEntry.objects.filter(case=self.case, path=session.get_absolute_url())
                if time := session.planned_at - _after_school(session.planned_at):
                    _move_back(SupportSession.objects.filter(pk=session.pk), time)
                    _move_back(of_session, time)
            self._say_the_days_again()
        return self

    def _say_the_days_again(self):
        """Lines of the story that name a day were written before time moved it."""
        for line, made in self.planned_at_once.items():
            planned = SupportSession.objects.filter(pk__in=[session.pk for session in made]).order_by("planned_at")
            TimelineEntry.objects.filter(pk=line).update(title=planning.told_of(planned))
        case = Case.objects.get(pk=self.case.pk)
        if case.support_started_on:
            day = long_date(clock.months_after(case.support_started_on, case.months_initial))
            began = case.timeline.filter(kind=EntryKind.EXTENSION).earliest("at")
            title = _("Support began; it is planned to %(day)s") % {"day": day}
            TimelineEntry.objects.filter(pk=began.pk).update(title=title)

    def left(self):
        """The practitioner leaves, with nobody in their place."""
        handover = "Example: likes to be asked before anybody rings."
        operations.reassign(
            self.case, to=None, by=self.by, because="Example: moves to another team.", handover=handover
        )
        return self


def _after_school(planned_at):
    """Of the same day, or of the working day before it. What is still to come keeps its hour."""
    is_over = planned_at < timezone.now()
    day, hour = timezone.localdate(planned_at), AFTER_SCHOOL if is_over else timezone.localtime(planned_at).time()
    while not working_days.is_working_day(day) or moments(day, hour)[0] > planned_at:
        day -= timedelta(days=1)
    return moments(day, hour)[0]


def _yes(case):
    """What a yes holds, by the age of whoever says it: thirteen or older in all our stories of casework."""
    decides_alone = case.age >= 16
    return {
        "method": "verbal_in_person",
        "explained": [*ALWAYS_EXPLAINED, "remote_safety"],
        "format_used": ["talking"],
        "understanding": "Example: said back, in their own words, how to stop.",
        "pressure": "none",
        "modes": ["in_person", "phone"],
        "own_words": "“Example: all right, if it stays quiet.”",
        "decision_basis": DecisionBasis.CAPACITY_PRESUMED if decides_alone else DecisionBasis.GILLICK_COMPETENT,
        "competence_note": "" if decides_alone else "Example: weighed what it takes against what it gives.",
    }


def let_pass_since_allocation(case, time):
    """Move all that has happened on one case back by ``time``: every moment and every day of its rows."""
    held = {model: path for model, path in _of_a_case().items() if _any_of(model, path).rows(case=case.pk)}
    with pgtrigger.ignore(*_written_once()):  # noqa: TID251 -- as ``story.let_pass``
        for model, path in held.items():
            by_months = _planned_end(case, time) if model is Case else {}
            _move_back(model.objects.filter(**{path: case.pk}), time, **by_months)
        of_case = Q(assignment__case=case) | Q(carer_strand__case=case)
        _move_back(AccessGrant.objects.filter(of_case), time)
        _plan_reviews_by_the_calendar(Case.objects.select_related("offer").get(pk=case.pk))


def _planned_end(case, time):
    """Six calendar months are not as long from one day as from another: the end is reckoned anew, not moved."""
    started = Case.objects.get(pk=case.pk).support_started_on
    if started is None:
        return {}
    return {"planned_end_on": clock.months_after(started - timedelta(days=time.days), case.months_initial)}


def _plan_reviews_by_the_calendar(case):
    """So are the days of the reviews that are still to be held: each kind in its order."""
    if case.support_started_on is None:
        return
    days = {}
    for due in clock.reviews(
        case.support_started_on,
        case.planned_end_on,
        months_initial=case.months_initial,
        timescales=clock.Timescales.of(case.offer),
    ):
        days.setdefault(due.kind, []).append(due)
    for review in Review.objects.filter(case=case):
        due = days[review.kind].pop(0) if days.get(review.kind) else None
        if due and review.is_open:
            Review.objects.filter(pk=review.pk).update(opens_on=due.opens_on, due_on=due.due_on)


def _move_back(rows, time, **reckoned):
    """Moments by all of it, days by its whole days; what is ``reckoned`` as it says."""
    changes = {}
    for field in rows.model._meta.fields:
        if isinstance(field, DateTimeField):
            changes[field.name] = F(field.name) - time
        elif isinstance(field, DateField) and field.name != "date_of_birth":
            changes[field.name] = F(field.name) - timedelta(days=time.days)
    if changes:
        rows.update(**changes | reckoned)


@cache
def _any_of(model, path):
    """Whether a case has a row of it: of sixty tables most have none, and each would be asked to move them."""
    return Prepared(lambda: model.objects.filter(**{path: Place("case")}).order_by().values_list("pk")[:1])


@cache
def _of_a_case():
    """Every table with rows of a case, and the way from a row to the case."""
    ways = {Case: "pk"}
    floors = [apps.get_app_config(label) for label in ("cases", "support_sessions")]
    models = [model for floor in floors for model in floor.get_models() if not _is_history(model)]
    while found := {model: way for model in models if model not in ways and (way := _way(model, ways))}:
        ways |= found
    return ways


def _way(model, ways):
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and field.related_model in ways:
            further = ways[field.related_model]
            return field.name if further == "pk" else f"{field.name}__{further}"
    return ""


def _is_history(model):
    return model._meta.proxy or any(field.name == "pgh_id" for field in model._meta.fields)


@cache
def _written_once():
    """What keeps rows as they were written; their history goes on being kept."""
    return tuple(
        f"{model._meta.label}:{trigger.name}"
        for model in _of_a_case()
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name not in HISTORY
    )
