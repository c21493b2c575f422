"""The life of one fictional referral, told through the operations, with time passing between the acts."""

from datetime import timedelta

import pgtrigger
from django.db.models import F
from django.utils import timezone

from centres import working_days
from people.models import DataSubject
from protect_respect.fictional import answers
from referrals import checklist, operations
from referrals.enums import ENDED, Danger, NotAcceptedMeaning, Outcome
from referrals.models import CriterionCheck, Decision, NotAcceptedReason, Note, Question, Referral, StatusChange
from safeguarding import operations as safeguarding
from safeguarding.models import Concern, ConcernAlert, Escalation, YoungPersonTold
from safeguarding.routes import EscalationMethod, EscalationRoute

MEANINGS = {
    Outcome.REDIRECTED_STATUTORY: NotAcceptedMeaning.STATUTORY_SAFETY_NEEDED_FIRST,
    Outcome.SIGNPOSTED_OTHER_SERVICE: NotAcceptedMeaning.NEEDS_OTHER_SPECIALIST_SERVICE,
    Outcome.OFFER_GROUP_WORK: NotAcceptedMeaning.OTHER,
    Outcome.NOT_ELIGIBLE: NotAcceptedMeaning.OVER_AGE,
    Outcome.NO_CONTACT_POSSIBLE: NotAcceptedMeaning.NOT_SAFE_TO_CONTACT,
    Outcome.NO_CAPACITY: NotAcceptedMeaning.OTHER,
}


class Story:
    """One referral to one team. Each method is an act that happens now; ``later`` lets time pass after it."""

    def __init__(self, team, number, *, age=None, young_person=None, safety=None, language="en-gb", **chosen):
        scheme = team.centre.offers.get().scheme
        draft = operations.start_draft(
            f"referrer{number % 12}@agency.example", by="demonstration", language=language, answers={}
        )
        self.team = team
        self.referral = operations.submit(
            draft,
            by=draft.email,
            referral=answers.referral(team, number, scheme=scheme, **chosen),
            young_person=answers.young_person(number, scheme=scheme, age=age, **(young_person or {})),
            safety=answers.safety(number, **(safety or {})),
            lists=answers.lists(number),
        )

    @classmethod
    def of_danger(cls, team, number, **chosen):
        details = "Example: the young person is with somebody the school does not know."
        return cls(team, number, danger=Danger.YES, safety={"danger_details": details}, **chosen)

    def later(self, **time):
        let_pass(self.referral, timedelta(**time))
        return self

    def working_days_later(self, days, **time):
        """Until it is the ``days``-th working day after it was sent; nine o'clock if no ``time`` says more."""
        sent_on = timezone.localdate()
        while working_days.between(sent_on, timezone.localdate()) < days:
            sent_on -= timedelta(days=1)
        return self.later(days=(timezone.localdate() - sent_on).days, **time)

    def screened(self):
        operations.start_screening(self.referral, by=self.team.duty)
        return self

    def prioritised(self, priority):
        operations.set_priority(
            self.referral, by=self.team.duty, priority=priority, reason="Example: agreed by telephone."
        )
        return self

    def noted(self, text="Example: rang the referrer, who will ring again tomorrow."):
        operations.add_note(self.referral, by=self.team.duty, text=text)
        return self

    def checked(self, **answers):
        """Held against the criteria: ``knows=("not_met", "Example: …")``."""
        seen = checklist.version(CriterionCheck.objects.filter(referral=self.referral))
        operations.check_criteria(self.referral, by=self.team.duty, answers=answers, seen=seen)
        return self

    def asked(self, *facts, text="Example: who is at home when the young person comes back from school?"):
        due_on = working_days.after(timezone.localdate(), 3)
        self.question = operations.ask(self.referral, by=self.team.duty, facts=facts, text=text, due_on=due_on)
        return self

    def answered(
        self, text="Example: an aunt is there. The young person knows of the referral and would like to talk."
    ):
        operations.answer(self.question, by=self.referral.referrer_email, text=text)
        return self

    def not_waited_for(self):
        operations.stop_waiting(self.referral, by=self.team.duty, reason="Example: the referrer told us by telephone.")
        return self

    def held(self, days):
        reason, day = "Example: the school is closed this week.", timezone.localdate() + timedelta(days=days)
        operations.hold(self.referral, by=self.team.duty, reason=reason, review_on=day)
        return self

    def resumed(self):
        operations.resume(self.referral, by=self.team.duty)
        return self

    def opened_again(self):
        reason = "Example: the social worker rang; the young person would like to talk after all."
        operations.reopen(self.referral, by=self.team.manager, reason=reason)
        return self

    def decided(self, outcome):
        """By the duty worker; what needs a second person waits."""
        self.decision = operations.decide(self.referral, by=self.team.duty, outcome=outcome, **_reasons(outcome))
        return self

    def countersigned(self):
        operations.countersign(self.decision, by=self.team.manager)
        return self

    def sent_back(self):
        reason = "Example: please ask the referrer once more what the young person would like."
        operations.send_back(self.decision, by=self.team.manager, reason=reason)
        return self

    def withdrawn(self, outcome=Outcome.WITHDRAWN_BY_REFERRER):
        operations.withdraw(self.referral, by=self.team.duty, outcome=outcome, note="Example: told us by telephone.")
        return self

    def concern_acknowledged(self):
        safeguarding.acknowledge(self._concern(), by=self.team.manager)
        return self

    def concern_taken_further(self):
        told = {"young_person_told": True, "parent_told": False, "parent_not_told_because": "Example: they are away."}
        said = {"person": "Example: the duty social worker", "known": "Example: what the school told us.", **told}
        how = {"route": EscalationRoute.CHILDRENS_SOCIAL_CARE, "method": EscalationMethod.PHONE}
        safeguarding.take_further(self._concern(), by=self.team.manager, sent_at=timezone.now(), **how, **said)
        return self

    def concern_closed(self):
        outcome = "Example: social care has seen the young person, who is safe today."
        not_yet = {"was_told": False, "not_told_because": "Example: their social worker tells them tomorrow."}
        safeguarding.close(self._concern(), by=self.team.manager, outcome=outcome, telling=not_yet)
        return self

    def kept_out(self, colleague, *, by):
        reason = "" if colleague == by else "Example: a neighbour of the family."
        operations.keep_out(self.referral, by=by, colleague=colleague, reason=reason)
        return self

    def _concern(self):
        return Concern.objects.get(subject=self.referral.subject_id)


def _reasons(outcome):
    if outcome not in MEANINGS:
        return {}
    return {
        "reason": NotAcceptedReason.objects.get(centre=None, meaning=MEANINGS[outcome]),
        "explanation": "This is an example. We talked with you about why this service is not the right one now.",
        "suggestion": "This is an example. The young person’s school can ask for advice at any time.",
    }


WRITTEN_ONCE = (
    "referrals.StatusChange:status_change_is_written_once",
    "referrals.Note:note_is_written_once",
    "referrals.Decision:decision_is_made_once",
    "referrals.Question:question_is_answered_once",
    "safeguarding.ConcernAlert:append_only",
    "safeguarding.Escalation:escalation_is_written_once",
    "safeguarding.YoungPersonTold:telling_is_written_once",
)


@pgtrigger.ignore(*WRITTEN_ONCE)  # noqa: TID251 -- the one place where what was written moves in time
def let_pass(referral, time):
    """Move all that has happened to one referral back by ``time``, and its clock with it."""
    of_referral = {"referral": referral.pk}
    _move_back(Referral.objects.filter(pk=referral.pk), time, "submitted_at", "decided_at", "paused_at")
    _move_back(Question.objects.filter(**of_referral), time, "asked_at", "answered_at", "closed_at")
    _move_back(CriterionCheck.objects.filter(**of_referral), time, "at")
    whole_days = timedelta(days=time.days)
    _move_back(Referral.objects.filter(pk=referral.pk), whole_days, "review_on")
    _move_back(Question.objects.filter(**of_referral), whole_days, "due_on")
    _move_back(StatusChange.objects.filter(**of_referral), time, "at")
    _move_back(Note.objects.filter(**of_referral), time, "at")
    _move_back(
        Decision.objects.filter(**of_referral), time, "decided_at", "countersigned_at", "sent_back_at", "overtaken_at"
    )
    _move_back(DataSubject.objects.filter(pk=referral.subject_id), time, "created_at")
    concerns = Concern.objects.filter(subject=referral.subject_id)
    _move_back(concerns, time, "raised_at", "acknowledged_at", "closed_at")
    _move_back(ConcernAlert.objects.filter(concern__in=concerns), time, "waits_since", "at")
    _move_back(Escalation.objects.filter(concern__in=concerns), time, "sent_at", "at")
    _move_back(YoungPersonTold.objects.filter(concern__in=concerns), time, "at")
    _set_the_clock_again(referral)


def _move_back(rows, time, *moments):
    rows.update(**{moment: F(moment) - time for moment in moments})


def _set_the_clock_again(referral):
    """From when it was sent, or opened again; later by what was waited for since."""
    moved = Referral.objects.select_related("offer").get(pk=referral.pk)
    again = StatusChange.objects.filter(referral=moved, from_status__in=ENDED).last()
    begun = again.at if again else moved.submitted_at
    moved.decide_by = working_days.due_at(begun, working_days=moved.offer.decide_working_days)
    for question in Question.objects.filter(referral=moved, asked_at__gte=begun):
        if resumed := question.answered_at or question.closed_at:
            moved.decide_by = working_days.moved_on(moved.decide_by, stopped=question.asked_at, resumed=resumed)
    moved.save(update_fields=["decide_by"])
