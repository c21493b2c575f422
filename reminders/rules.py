"""Who may look after a team."""

from accounts.enums import MANAGERS
from accounts.permissions import centres_with_role


def manages(user):
    return bool(centres_with_role(user, *MANAGERS))
