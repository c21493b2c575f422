"""Who hears of a concern: by the rota, or their role at its centre. Never somebody to whom the person is closed."""

from accounts.enums import Role
from accounts.models import Absence, DutyShift, Membership
from accounts.permissions import to_call_in
from accounts.querysets import Wall, is_on_duty
from centres.querysets import NATIONAL
from people.models import AccessGrant, DataSubject
from safeguarding.escalation import Whom
from safeguarding.querysets import APART

HEARS = {
    Role.SAFEGUARDING_LEAD: Whom.LEADS,
    Role.TEAM_MANAGER: Whom.TEAM_MANAGERS,
    Role.SERVICE_MANAGER: Whom.SERVICE_MANAGERS,
}
OTHERWISE = ({Whom.TEAM_MANAGERS, Whom.SERVICE_MANAGERS}, {Whom.LEADS}, {Whom.ON_SHIFT})

FOLLOW_APART = {HEARS[role] for role in APART}


def at_the_centre(concern, whom, *, knows=None, at):
    """Addresses by ids of those whom it concerns; where there is nobody, of who comes next, or works with the person.

    ``knows`` has it already, and hears of it only where nobody else would.
    What is about a colleague is heard, at each step, by who may see it and did
    not raise it: a second person has to.
    """
    there = list(_standing(concern, at))
    if concern.about_colleague:
        return {pk: email for pk, email, held in there if held in FOLLOW_APART and pk != concern.raised_by_id}
    there += _covering(there, at)
    for but in (knows, None):
        for each in (whom, *OTHERWISE):
            if found := {pk: email for pk, email, held in there if held in each and pk != but}:
                return found
    given = AccessGrant.objects.current(at=at).filter(subject=concern.subject_id)
    return _addresses(_open_to(concern, at).filter(pk__in=given.values("user")).exclude(pk=knows))


def whoever_has_it(concern, *, at):
    """Whoever said that they will see to it, unless they have left or it is closed to them by now."""
    return _addresses(_open_to(concern, at).filter(pk=concern.acknowledged_by_id))


def at_the_national_centre(concern, *, at):
    """Where nobody is left: those who would be called in for danger (docs/decisions/0043)."""
    if not concern.about_colleague:
        return _open_to(concern, at).filter(pk__in=to_call_in(at=at))
    led = Membership.objects.current(at=at).filter(centre__code=NATIONAL, role__in=APART)
    return _open_to(concern, at).filter(pk__in=led.values("user")).exclude(pk=concern.raised_by_id)


def _standing(concern, at):
    """Id, address and part of each who has one at the centre, in one statement. One colleague may have several."""
    wall = Wall.at(at)
    there = Membership.objects.held_on(wall.day).filter(
        centre=concern.subject.centre_id, user__in=_open_to(concern, at).values("pk")
    )
    rows = there.annotate(on_shift=is_on_duty(DutyShift.objects.all(), wall))
    for pk, email, role, on_shift in rows.values_list("user", "user__email", "role", "on_shift"):
        if on_shift or role in HEARS:
            yield pk, email, Whom.ON_SHIFT if on_shift else HEARS[role]


def _covering(there, at):
    """Who covers for one of those while they are away, with their part: of those who may open a concern there."""
    emails = {pk: email for pk, email, _held in there}
    away = Absence.objects.going_on(on=Wall.at(at).day).filter(user__in=emails, cover__in=emails)
    covers = dict(away.values_list("user", "cover"))
    return [(covers[pk], emails[covers[pk]], held) for pk, _email, held in there if pk in covers]


def _open_to(concern, at):
    return DataSubject.objects.staff_open_to(concern.subject, at=at).exclude(pk=concern.colleague_id)


def _addresses(people):
    return dict(people.values_list("pk", "email"))
