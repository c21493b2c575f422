"""What stops a referral for a while, and what starts it again: a hold, a question to its referrer, a second look."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission, holding, to_alert
from audit.recording import record
from centres import working_days
from outbox.operations import owe, owe_each
from people.models import DataSubject
from referrals.enums import ENDED, ReferralStatus
from referrals.models import Question
from referrals.operations.screening import MoveNotAllowed, close_question, lock, move, move_locked
from referrals.visible import waits_for_second_person
from ui.times import long_date

S = ReferralStatus


class AlreadyAnswered(Exception):
    """This question has its answer: a double click, another window. ``question`` holds what was answered."""

    def __init__(self, question):
        self.question = question


class NoAnswerNeeded(Exception):
    """We stopped waiting, or the referral ended, since the page was read."""


@transaction.atomic
def hold(referral, *, by, reason, review_on):
    """Stop for a while, with a reason and a day of review; the clock runs on. Raises ``MoveNotAllowed``."""
    if not reason.strip() or review_on <= timezone.localdate():
        raise ValueError("say why, and a day to come on which it is looked at again")
    referral = _lock_undecided(referral, by)
    note = _("%(reason)s\n\nTo be looked at again on %(day)s.") % {"reason": reason, "day": long_date(review_on)}
    return move_locked(referral, S.ON_HOLD, by=by, note=note, review_on=review_on)


@transaction.atomic
def resume(referral, *, by):
    """Go on with what was on hold, whether or not its day has come."""
    return move(referral, S.SCREENING, by=by, starts_from=[S.ON_HOLD])


@transaction.atomic
def ask(referral, *, by, facts, text, due_on):
    """Ask the referrer, in one message, what is missing. The clock stands still until the answer. Returns the question.

    The letter says that there is a question and by when; what is asked is read behind the code.
    """
    if not (facts or text.strip()) or due_on <= timezone.localdate():
        raise ValueError("say what is missing, and a day to come by which it is needed")
    referral = _lock_undecided(referral, by)
    question = Question.objects.create(referral=referral, facts=list(facts), text=text, due_on=due_on, asked_by=by)
    move_locked(referral, S.AWAITING_INFORMATION, by=by)
    record("question.asked", referral, by=by, question=question.pk, facts=list(facts))
    owe(
        "referral-question",
        key=f"question:{question.pk}",
        to=referral.referrer_email,
        language=referral.language,
        reference=referral.reference,
        path=referral.messages_path,
        due_on=due_on,
    )
    return question


@transaction.atomic
def answer(question, *, by, text):
    """Keep what the referrer answers and take the referral up again. Raises ``AlreadyAnswered``, ``NoAnswerNeeded``.

    Like a submission it depends neither on Redis nor on the trail, whose event a sweep adds.
    """
    if not text.strip():
        raise ValueError("say something")
    referral = lock(question.referral)
    question = Question.objects.get(pk=question.pk)
    if question.answered_at:
        raise AlreadyAnswered(question)
    if not question.is_open or referral.status != S.AWAITING_INFORMATION:
        raise NoAnswerNeeded
    question.answer, question.answered_at = text, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    move_locked(referral, S.SCREENING, by=None)
    _tell_of_answer(referral, question)
    return question


@transaction.atomic
def stop_waiting(referral, *, by, reason):
    """Go on without the referrer's answer, with a reason; the clock goes on from where it stood."""
    if not reason.strip():
        raise ValueError("say why")
    referral = move(referral, S.SCREENING, by=by, starts_from=[S.AWAITING_INFORMATION])
    close_question(referral, by=by, because=reason)
    return referral


@transaction.atomic
def reopen(referral, *, by, reason):
    """Look again at what has ended. The clock begins anew, and the referrer is told that we look again."""
    if not reason.strip():
        raise ValueError("say why")
    referral, now = lock(referral, "offer", for_people=[by]), timezone.now()
    referral.decide_by = working_days.due_at(now, working_days=referral.offer.decide_working_days)
    referral = move_locked(referral, S.SCREENING, by=by, note=reason, starts_from=ENDED)
    owe(
        "referral-reopened",
        key=f"reopened:{referral.pk}:{now:%Y%m%d%H%M%S%f}",
        to=referral.referrer_email,
        language=referral.language,
        reference=referral.reference,
        path=referral.outcome_path,
        due_on=timezone.localdate(referral.decide_by),
    )
    return referral


def _lock_undecided(referral, by):
    """Being screened, and no decision waits: it could not take effect while we wait for something else."""
    referral = lock(referral, for_people=[by])
    if referral.status != S.SCREENING or waits_for_second_person(referral):
        raise MoveNotAllowed(f"{referral} is {referral.status}")
    return referral


def _tell_of_answer(referral, question):
    """One letter to the colleague it is with or who asked; where neither can open it any more, to those on duty."""
    screens = holding(Permission.SCREEN_REFERRALS).filter(centre=referral.centre_id)
    may_read = DataSubject.objects.staff_open_to(referral.subject).filter(pk__in=screens.values("user"))
    hears = may_read.filter(pk=referral.owner_id or question.asked_by_id)
    people = hears or may_read.filter(pk__in=to_alert(referral.centre, at=timezone.now())) or may_read
    owe_each(
        "referral-answered",
        recipients={f"answered:{question.pk}:{person.pk}": person.email for person in people},
        language="en-gb",
        reference=referral.reference,
        path=referral.get_absolute_url(),
    )
