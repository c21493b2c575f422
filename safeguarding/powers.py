"""Who has which part in a concern, by role or by what they took on, whatever its state.

Who sees it is ``Concern.visible_to``'s business; an act asks both (``steps.refuse_unless``).
"""

from accounts.permissions import Permission, centres_on_duty, centres_with_permission, has_permission
from centres.models import ServiceCentre
from centres.querysets import NATIONAL
from people.models import AccessGrant


def finishes(user, concern, action):
    return action.owner_id == user.pk or follows(user, concern)


def has_part(user, concern, actions):
    """Who sees to it, and who was given one of its ``actions``: they write what they heard, and who was told."""
    return any(action.owner_id == user.pk for action in actions) or sees_to(user, concern)


def may_say_who_was_told(user, concern, actions):
    """Who has a part in it, and who raised it: they were there, and say so as they raise it."""
    return concern.raised_by_id == user.pk or has_part(user, concern, actions)


def sees_to(user, concern):
    """Who said that they will, and who follows concerns: they write whom they rang, and whether they told the child."""
    return concern.acknowledged_by_id == user.pk or follows(user, concern)


def hears(user, concern):
    """To say that they have it: who follows it, and who is on duty there now, of what somebody else raised.

    What happens then is for who follows it (docs/decisions/0100). Of a worry
    about a colleague a second person has heard, whoever raised it.
    """
    raised_it = concern.raised_by_id == user.pk
    if concern.about_colleague and raised_it:
        return False
    is_on_duty = not raised_it and concern.subject.centre_id in centres_on_duty(user)
    return is_on_duty or follows(user, concern) or _is_called_in(user, concern, centres_on_duty(user))


def follows(user, concern):
    """The power alone, whatever the state: a page that has gone stale is told who was first, not refused.

    Where nobody of the centre was left to hear of it, those of the national centre who follow concerns there.
    """
    if has_permission(user, Permission.FOLLOW_CONCERNS, centre=concern.subject.centre):
        return True
    return _is_called_in(user, concern, centres_with_permission(user, Permission.FOLLOW_CONCERNS))


def _is_called_in(user, concern, centres):
    """Whether they were called in (docs/decisions/0043), and the national centre is one of ``centres``."""
    if not centres:
        return False
    if not hasattr(user, "_called_in_to"):  # asked once for all concerns of a list
        given = AccessGrant.objects.called_in().current().filter(user=user)
        national = ServiceCentre.objects.filter(code=NATIONAL)
        user._called_in_to = {*given.values_list("subject", flat=True)}, {*national.values_list("pk", flat=True)}
    subjects, national = user._called_in_to
    return concern.subject_id in subjects and not national.isdisjoint(centres)


def may_raise(user, concern):
    return has_permission(user, Permission.RAISE_CONCERNS, centre=concern.subject.centre)
