"""What has become of the other side of a session together, in words; pure over rows of ``with_other_side``."""

from django.utils.translation import gettext as _

from sessions.enums import SessionStatus
from ui.times import moment


def other_side(row):
    """Nothing where both stand as they were planned, or where this side is over."""
    status = getattr(row, "other_status", None)
    if status is None or not row.is_planned:
        return ""
    if status == SessionStatus.CANCELLED:
        return _("The other side has cancelled this.")
    if row.other_at != row.planned_at:
        return _("The other side has moved this to %(when)s.") % {"when": moment(row.other_at)}
    return ""
