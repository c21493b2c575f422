"""When is a database error "the service is away", rather than a mistake of ours?"""

from django.db import DatabaseError, InterfaceError, OperationalError

# The server runs, but will not store: read only, or a right that was taken away.
WILL_NOT_STORE = {"25006", "42501"}


def is_outage(exception):
    if isinstance(exception, (OperationalError, InterfaceError)):
        return True
    cause = exception.__cause__ if isinstance(exception, DatabaseError) else None
    return getattr(cause, "sqlstate", None) in WILL_NOT_STORE
