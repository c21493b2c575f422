"""Steps that acts on a session share: the row held with its case, what a draft keeps, what follows. No acts."""

from datetime import UTC, timedelta
from itertools import takewhile

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.prepared import Place, Prepared
from audit.recording import record
from cases.enums import SafetyNow, TaskKind
from cases.managers import lead_of
from cases.models import Task
from cases.operations import note_safety_change
from cases.operations.notes import finish_task_locked, set_task_locked
from cases.steps import KeptAlready, MoveNotAllowed, lock_open
from cases.visible import consent_ledger
from centres import working_days
from safeguarding.enums import Severity
from sessions import recording_visible
from sessions.covering import is_covered
from sessions.enums import (
    ASKS_WHAT_NEXT,
    CAME_OF_IT,
    DIRECT_WORK,
    MISSED,
    TOOK_PLACE,
    Attendance,
    FollowUp,
    OkToTalk,
    SessionKind,
    SessionStatus,
)
from sessions.models import GoalTouched, NeedMet, RemoteAgreement, RemoteStart, SupportSession, TopicCovered

BESIDE = {"topics": (TopicCovered, "topic"), "goals": (GoalTouched, "goal"), "needs": (NeedMet, "need")}
# What is kept as it is typed: words, never what somebody has not said for good yet.
NARRATIVE = (
    "present", "how_they_seemed", "what_we_did", "own_words", "strengths", "worries", "towards_goals", "next_step",
    "what_we_change", "safety_words", "approaches",
)  # fmt: skip
UNTIL_RECORDED = ("safety_change", "focus", "wider_issues", "why_not")
OF_DRAFTS = (*NARRATIVE, *UNTIL_RECORDED)
SHORTEST = 5
SOONEST_FIRST = [Severity.IMMEDIATE, Severity.HIGH, Severity.STANDARD]
AT_ONE_TIME = (TOOK_PLACE, (SessionStatus.NOT_HELD,))
SEEN_IN_SUPERVISION, MET_ABOUT = 2, 3  # missed in a row (domain.md 5.8)
WITHIN = 5  # working days
# What came of it says which status it is; of what two may have, the one that nobody had said before.
STATUS_OF = {
    answer: status
    for status in (SessionStatus.CANCELLED, SessionStatus.NOT_HELD, SessionStatus.PARTLY_HELD, SessionStatus.HELD)
    for answer in CAME_OF_IT[status]
}


class SessionChanged(Exception):
    """Somebody else wrote in this session since the page was made. ``session``: as it is now."""

    def __init__(self, session):
        super().__init__(f"{session} is at {session.edition}")
        self.session = session


class SessionRefused(Exception):
    """It cannot be recorded so. ``why``: a key of ``recording_words.REFUSED``."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


class NotReady(Exception):
    """It cannot be signed yet. ``lacks``: keys of ``recording_words.LACKS``."""

    def __init__(self, lacks):
        super().__init__(", ".join(lacks))
        self.lacks = lacks


def hold(session):
    """The session as it is now, with its case, both held. Raises ``MoveNotAllowed`` once the case is closed."""
    case = lock_open(session.case, beside=("centre",))
    found = _held_row().get(pk=session.pk)
    found.case = case
    return found


def _held_row():
    return SupportSession.objects.select_for_update(of=["self"]).select_related("practitioner")


BEGUN_BY_FORM = Prepared(lambda: _held_row().filter(form_token=Place("token")))


def hold_draft(case, session, token):
    """What is written in: the session, or the one that this very form began; nothing where it is the first time."""
    case = lock_open(case, beside=("centre",))
    found = _held_row().get(pk=session.pk) if session else BEGUN_BY_FORM.first(token=token)
    if found is None:
        return SupportSession(case=case, form_token=token)
    if found.case_id != case.pk:
        raise MoveNotAllowed("this form was sent for another case")
    found.case = case
    return found


def is_said_already(session, columns, beside):
    """Whether the session holds these very words and answers: a form that was sent twice."""
    same = all(getattr(session, name) == value for name, value in columns.items())
    return same and all(_held(session, name) == {row.pk for row in rows} for name, rows in beside.items())


def _held(session, name):
    model, column = BESIDE[name]
    return set(model.objects.filter(session=session).values_list(f"{column}_id", flat=True))


def refuse_unseen(session, seen):
    """Nothing is overwritten unseen. Raises ``SessionChanged``, ``MoveNotAllowed`` once it is signed or moved."""
    if not session.may_be_written:
        raise MoveNotAllowed(f"{session} is signed, or was moved")
    if session.pk and session.edition != seen:
        raise SessionChanged(session)


def keep(session, columns, beside):
    """Write the row anew, one edition on, and what stands beside it."""
    is_new = session.pk is None
    session.edition = 1 if is_new else session.edition + 1
    for name, value in columns.items():
        setattr(session, name, value)
    session.save()
    for name, rows in beside.items():
        model, column = BESIDE[name]
        wanted, held = {row.pk for row in rows}, set() if is_new else _held(session, name)
        for gone in model.objects.filter(session=session, **{f"{column}_id__in": held - wanted}):
            gone.delete()
        for new in sorted(wanted - held):
            model.objects.create(session=session, **{f"{column}_id": new})


def keep_so_far(draft, columns, beside, *, seen, new):
    """What was typed so far, where it is not kept already; ``new``: columns of one that it begins. Whether it wrote.

    Raises ``SessionChanged``, ``MoveNotAllowed``.
    """
    if draft.pk and is_said_already(draft, columns, beside):
        return False
    refuse_unseen(draft, seen)
    keep(draft, columns | ({} if draft.pk else new), beside)
    return True


def times(attendance, at, minutes):
    """From when to when, in real elapsed time: an hour is an hour, also where the clocks change in it."""
    if STATUS_OF[attendance] not in TOOK_PLACE:
        return {"started_at": None, "ended_at": None}
    started_at = at.astimezone(UTC)
    return {"started_at": started_at, "ended_at": started_at + timedelta(minutes=minutes)}


def at_its_time(session, attendance, facts):
    """One that was planned and not held was at no other time than it was planned for."""
    if attended(attendance) or not session.was_planned:
        return facts
    return facts | {"at": session.planned_at, "minutes": session.planned_minutes}


def refuse_what_cannot_be(case, *, kind, mode, at, columns, beside):
    """Raises ``SessionRefused``: before the case, to come, without consent, decision, need or goal."""
    now = timezone.now()
    if timezone.localdate(at) < timezone.localdate(case.opened_at):
        raise SessionRefused("early")
    if at > now or (columns["ended_at"] and columns["ended_at"] > now):
        raise SessionRefused("to_come")
    if kind == SessionKind.THERAPEUTIC and not recording_visible.before(case).may_be_therapeutic:
        raise SessionRefused("stage")
    if columns["ended_at"] is None:
        return
    if kind in DIRECT_WORK and not is_covered(consent_ledger(case), kind, mode, at):
        raise SessionRefused("consent")
    if kind == SessionKind.BESPOKE_INTERVENTION and not (beside.get("goals") or beside.get("needs")):
        raise SessionRefused("purpose")


def refuse_two_at_once(session, columns, *, at, minutes):
    """One young person is not in two sessions at a time: most often it is one that was sent again after *back*.

    Two of direct work, or two of one kind, that took place, or that did not: talking about taking part within a
    session, and a call in the hour they did not come, are right. Raises ``SessionRefused``.
    """
    if session.recorded_at and (session.status, session.happened_at) == (columns["status"], at):
        return
    alike = next((several for several in AT_ONE_TIME if columns["status"] in several), ())
    kinds = DIRECT_WORK if columns["kind"] in DIRECT_WORK else [columns["kind"]]
    others = recording_visible.at_that_time(session.case, at, at + timedelta(minutes=minutes)) if alike else []
    if any(pk != session.pk and kind in kinds and status in alike for pk, kind, status in others):
        raise SessionRefused("overlap")


def lacks(session):
    """What a signed session has, and this one has not."""
    if not session.took_place:
        return []
    found = [] if session.what_we_did else ["what"]
    is_bespoke = session.kind == SessionKind.BESPOKE_INTERVENTION
    if is_bespoke and not (_held(session, "goals") or _held(session, "needs")):
        found.append("purpose")
    return found + (_remote_lacks(session) if session.is_remote else [])


def _remote_lacks(session):
    agreed = RemoteAgreement.objects.filter(case=session.case).that_hold_on(day_of(session))
    asked = RemoteStart.objects.filter(session=session).last()
    found = [] if agreed.exists() else ["agreement"]
    return found if asked and asked.ok_to_talk == OkToTalk.YES else [*found, "start"]


def day_of(session):
    return timezone.localdate(session.happened_at)


def notice_safety(session, columns, *, by, at, severity):
    """Safer, less safe, something new: written on the case too. Less safe is a concern, in this same act."""
    change, what = columns["safety_change"], columns["safety_words"]
    if is_noticed(session, columns, severity):
        return session.safety_noticed
    if not what:
        raise SessionRefused("safety_words")
    if change == SafetyNow.WORSE and not severity:
        raise SessionRefused("severity")
    told = {"what": what, "noticed_on": timezone.localdate(at)}
    try:
        return note_safety_change(session.case, by=by, change=change, severity=severity, **told)
    except KeptAlready:  # on the case's own page, a moment ago
        return session.case.safety_changes.filter(by=by, change=change, what=what).latest("at")


def is_noticed(session, columns, severity):
    """Whether what is said of their safety was said before: in these words, and for somebody as soon or sooner.

    Other words, or a sooner answer, are another concern: what was raised is never changed, nor made less.
    """
    change, noticed = columns["safety_change"], session.safety_noticed
    if change in ("", SafetyNow.SAME):
        return True
    if noticed is None or (noticed.change, noticed.what) != (change, columns["safety_words"]):
        return False
    return noticed.concern is None or not severity or not is_sooner(severity, noticed.concern.severity)


def is_sooner(severity, other):
    return SOONEST_FIRST.index(severity) < SOONEST_FIRST.index(other)


def follow_up(session, *, by, was=None):
    """What is owed today where nobody came or it was not safe; and after two and three in a row (domain.md 5.8).

    ``was``: the answers that were given before, where they are put right. What they owed, and this does not, is owed
    no more.
    """
    before, today = _owed_today(*(was or ("", ""))), _owed_today(session.attendance, session.follow_up)
    owed = []
    if before != today:
        _owe_no_more(session.case, before, by=by)
        owed += [(*TODAY[today], timezone.localdate())] if today else []
    was_missed = was is not None and was[0] in MISSED
    if session.attendance in MISSED and not was_missed and (thinks := IN_A_ROW.get(missed_in_a_row(session.case))):
        owed.append((TaskKind.ANOTHER_WAY, thinks, working_days.after(timezone.localdate(), WITHIN)))
    for kind, says, due_on in owed:
        owner = lead_of(session.case) or by
        set_task_locked(session.case, by=by, kind=kind, what=says(), owner=owner, due_on=due_on)


def _owed_today(attendance, answer):
    return answer if attendance in ASKS_WHAT_NEXT and answer in TODAY else ""


def _owe_no_more(case, answer, *, by):
    """The latest task of that answer, where somebody has not done it yet."""
    if not answer:
        return
    kind, _says = TODAY[answer]
    task = Task.objects.open().filter(case=case, kind=kind).order_by("pk").last()
    if task is not None:
        finish_task_locked(case, task, by=by)


def _reach():
    return _("Try today to reach the young person, in a way that is safe for them")


def _make_sure():
    return _("Make sure today that the young person is safe, and tell those around them")


TODAY = {
    FollowUp.TRY_TO_REACH: (TaskKind.TRY_TO_REACH, _reach),
    FollowUp.WELFARE_CHECK: (TaskKind.WELFARE_CHECK, _make_sure),
}
IN_A_ROW = {
    SEEN_IN_SUPERVISION: lambda: _("Two sessions in a row did not happen: talk in supervision about another way"),
    MET_ABOUT: lambda: _("Three sessions in a row did not happen: meet with those around them and look at it anew"),
}


def missed_in_a_row(case):
    return in_a_row(recording_visible.before(case).answers)


def in_a_row(answers):
    """How many sessions, up to the latest that was to happen, nobody could come to. Cancelled ones do not count."""
    return len(list(takewhile(MISSED.__contains__, answers)))


def sign(session, *, by):
    session.signed_at, session.signed_by = timezone.now(), by
    session.save(update_fields=["signed_at", "signed_by"])
    record("session.signed", session.case, by=by, session=session.pk)


def attended(attendance):
    return STATUS_OF[Attendance(attendance)] in TOOK_PLACE
