"""Who may look after a team, and who hears of what we owe those whose data we hold."""

from accounts.enums import MANAGERS, Role
from accounts.permissions import centres_with_role, memberships_of
from safeguarding.querysets import APART


def manages(user):
    return bool(centres_with_role(user, *MANAGERS))


def protects_data(user):
    return bool(centres_with_role(user, Role.DATA_PROTECTION))


def may_list_letters_of(user, person):
    """A manager of theirs; of safeguarding leads and service managers, a service manager of theirs alone.

    When these are written to may tell of a concern about the one who reads.
    """
    held = memberships_of(person)
    by = (Role.SERVICE_MANAGER,) if any(role in APART for _centre, role in held) else MANAGERS
    return not {centre for centre, _role in held}.isdisjoint(centres_with_role(user, *by))
