"""Steps that every act on a concern shares: the row held, and moved. No acts of their own."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from people.models import DataSubject
from safeguarding.enums import ALLOWED_MOVES, ConcernStatus
from safeguarding.models import Concern
from safeguarding.owners import who_may_be_asked
from safeguarding.signals import about_to_act, acted_on

A_MOMENT = timedelta(minutes=1)  # nobody means the same words twice within it


class MoveNotAllowed(Exception):
    """The concern is no longer in a state this act starts from."""


class StillToDo(Exception):
    """Something that a colleague took on is not done yet."""


class NotSaid(Exception):
    """Nobody has said whether the young person was told."""


class ClosedToThem(Exception):
    """Somebody the act is for may not see this person, or has no part in the concern."""


class NotForThem(PermissionDenied):
    """Whoever does it may not do this with this concern."""


def hold_person(subject_id, *, tells=True):
    """The person, held until the act ends: after what the floors above write on, where they are told of the act."""
    if tells:
        about_to_act.send(sender=Concern, subject=subject_id)
    return DataSubject.objects.select_for_update(of=["self"]).get(pk=subject_id)


def lock(concern, *, for_people=()):
    """The concern as it is now, held until the act ends; first the person, where others are given it to see to."""
    if for_people:
        hold_person(concern.subject_id)
        asked = {person.pk for person in for_people}
        if who_may_be_asked(concern).filter(pk__in=asked).count() < len(asked):
            raise ClosedToThem(f"{concern} is not for one of them")
    else:
        about_to_act.send(sender=Concern, subject=concern.subject_id)
    return Concern.objects.select_for_update(of=["self"]).get(pk=concern.pk)


def refuse_unless(may, concern, *, by):
    """``may``: a rule's answer. Who does not see the concern does nothing with it, whatever their role.

    Raises ``NotForThem``.
    """
    if not may or not Concern.objects.visible_to(by).filter(pk=concern.pk).exists():
        raise NotForThem(f"{concern} is not for {by.pk}")


def refuse_move(concern, to_status):
    """Raises ``MoveNotAllowed`` where the table of states says no."""
    if to_status not in ALLOWED_MOVES[concern.status]:
        raise MoveNotAllowed(f"{concern} cannot go from {concern.status} to {to_status}")


def move_locked(concern, to_status, *, by, verb="", **changes):
    """Move a concern that this act holds. Raises ``MoveNotAllowed``."""
    refuse_move(concern, to_status)
    for field, value in {"status": to_status, **changes}.items():
        setattr(concern, field, value)
    concern.save(update_fields=["status", *changes])
    record(verb or f"concern.{to_status}", concern, by=by)
    return concern


def tell(concern, title, *, by, at=None):
    """Let the floors above write it in the story of the person, in this same act; never what is about a colleague."""
    if not concern.about_colleague:
        acted_on.send(sender=Concern, concern=concern, title=title, by=by, at=at or timezone.now())


def take_up_locked(concern, *, by):
    """The first thing that is done about a concern says that it is acted on. Raises ``MoveNotAllowed``."""
    if concern.status != ConcernStatus.ACTING:
        move_locked(concern, ConcernStatus.ACTING, by=by, verb="concern.taken_up")


def written_a_moment_ago(rows, *, at="at", **same):
    """Of a form that is sent twice the second finds the first: the row is held by then."""
    return rows.filter(**{f"{at}__gt": timezone.now() - A_MOMENT}, **same).order_by("pk").first()


def keep_telling(concern, *, by, **said):
    """Write down whether the young person was told."""
    telling = concern.tellings.create(by=by, **said)
    record("telling.recorded", concern, by=by, telling=telling.pk, told=telling.was_told)
    told, not_told = _("The young person was told of the concern"), _("The young person was not told of the concern")
    tell(concern, told if telling.was_told else not_told, by=by)
    return telling
