"""What is done about a concern that somebody has acknowledged (domain.md 4.7)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from safeguarding import powers
from safeguarding.models import ConcernAction
from safeguarding.routes import ActionEnd, ReplyKind, name_of
from safeguarding.steps import (
    MoveNotAllowed,
    keep_telling,
    lock,
    refuse_unless,
    take_up_locked,
    tell,
    written_a_moment_ago,
)


@transaction.atomic
def take_further(concern, *, by, follow_up=None, **said):
    """Keep that a concern was taken further: ``said`` are the columns of ``Escalation``.

    ``follow_up``: owner and due_on, where somebody is to ask what came of it.
    The first thing that is done moves the concern to *being acted on*. What is
    sent twice within a moment is kept once. Raises ``MoveNotAllowed`` before
    somebody has acknowledged it and once it is closed; ``ClosedToThem``,
    ``NotForThem``.
    """
    centre = concern.subject.centre
    concern = lock(concern, for_people=[follow_up["owner"]] if follow_up else ())
    refuse_unless(powers.sees_to(by, concern), concern, by=by)
    if first := written_a_moment_ago(concern.escalations, by=by, route=said["route"], known=said["known"]):
        return first
    take_up_locked(concern, by=by)
    escalation = concern.escalations.create(by=by, **said)
    record("concern.taken_further", concern, by=by, escalation=escalation.pk, route=escalation.route)
    whom = {"whom": name_of(escalation.route, centre.nation)}
    tell(concern, _("Concern taken further: %(whom)s") % whom, by=by, at=escalation.sent_at)
    if follow_up:
        what = _("Ask what came of it: %(whom)s") % whom
        _set_locked(concern, by=by, what=what, follows_up=escalation, **follow_up)
    return escalation


@transaction.atomic
def set_action(concern, *, by, what, owner, due_on):
    """Somebody does something about it until a day. Raises what ``take_further`` raises."""
    concern = lock(concern, for_people=[owner])
    refuse_unless(powers.follows(by, concern), concern, by=by)
    same = {"what": what, "owner": owner, "due_on": due_on, "done_at": None}
    if first := written_a_moment_ago(concern.actions, at="set_at", set_by=by, **same):
        return first
    take_up_locked(concern, by=by)
    return _set_locked(concern, by=by, what=what, owner=owner, due_on=due_on)


def _set_locked(concern, *, by, **values):
    action = concern.actions.create(set_by=by, **values)
    record("action.set", concern, by=by, action=action.pk, owner=action.owner_id)
    return action


@transaction.atomic
def finish_action(action, *, by, came_to, words=""):
    """It is done, or not needed any more. Raises ``MoveNotAllowed`` where somebody was first; ``NotForThem``."""
    concern = lock(action.concern)
    refuse_unless(powers.finishes(by, concern, action), concern, by=by)
    action = ConcernAction.objects.select_for_update(of=["self"]).get(pk=action.pk)
    if not action.is_open:
        raise MoveNotAllowed(f"{action} is done")
    action.came_to, action.words, action.done_by, action.done_at = came_to, words, by, timezone.now()
    action.save(update_fields=["came_to", "words", "done_by", "done_at"])
    record("action.finished", concern, by=by, action=action.pk, came_to=came_to)
    tell(concern, FINISHED[came_to](), by=by)
    return action


FINISHED = {
    ActionEnd.DONE: lambda: _("Something was done about the concern"),
    ActionEnd.NOT_NEEDED: lambda: _("Something about the concern is not needed any more"),
}


@transaction.atomic
def add_reply(escalation, *, by, **said):
    """Keep what came after: ``said`` are the columns of ``Reply``. Also late, when the concern is closed.

    Raises ``NotForThem``.
    """
    nation, concern = escalation.concern.subject.centre.nation, lock(escalation.concern)
    refuse_unless(powers.has_part(by, concern, concern.actions.all()), concern, by=by)
    same = {"kind": said["kind"], "words": said.get("words", "")}
    if first := written_a_moment_ago(escalation.replies, by=by, **same):
        return first
    reply = escalation.replies.create(by=by, **said)
    record("reply.recorded", concern, by=by, escalation=escalation.pk, reply=reply.pk, kind=reply.kind)
    words = {"whom": name_of(escalation.route, nation), "kind": ReplyKind(reply.kind).label}
    tell(concern, _("%(whom)s: %(kind)s") % words, by=by)
    return reply


@transaction.atomic
def record_telling(concern, *, by, **said):
    """Keep whether the young person was told, and if not, why: ``said`` are the columns of ``YoungPersonTold``.

    In every state, also when the concern is closed: some are told when it has become safe to.
    Raises ``NotForThem``.
    """
    concern = lock(concern)
    refuse_unless(powers.may_say_who_was_told(by, concern, concern.actions.all()), concern, by=by)
    same = {name: said[name] for name in ("was_told", "not_told_because", "told_on") if name in said}
    return written_a_moment_ago(concern.tellings, by=by, **same) or keep_telling(concern, by=by, **said)
