"""Who may look after a team, and who hears of what we owe those whose data we hold."""

from accounts.enums import MANAGERS, Role
from accounts.permissions import centres_with_role


def manages(user):
    return bool(centres_with_role(user, *MANAGERS))


def protects_data(user):
    return bool(centres_with_role(user, Role.DATA_PROTECTION))
