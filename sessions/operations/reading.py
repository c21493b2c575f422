"""Why somebody reads what was said. It is written on the trail, and nowhere else."""

from django.db import transaction

from audit.recording import record
from sessions.enums import ReadingReason


@transaction.atomic
def say_why_read(session, *, by, reason):
    """One line of the trail, which stands or falls alone. Raises ``ValueError`` for another reason."""
    record("session.read", session.case, by=by, session=session.pk, reason=ReadingReason(reason).value)
