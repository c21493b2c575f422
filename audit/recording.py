"""The only way to write to the trail."""

from audit.context import current
from audit.models import AuditEvent


def record(verb, subject, *, by, **facts):
    """Write one audit event, in the caller's transaction.

    ``by`` is the user acting or, for work nobody asked for, the name of the
    command or task. ``facts`` holds codes, ids and field names; never free
    text about a child, which would then be stored twice and redacted once.
    ``subject`` is a row, or a plain name for what has no row (a search).
    """
    return AuditEvent.objects.create(**_event(verb, subject, by, facts))


def _event(verb, subject, by, facts):
    named = isinstance(subject, str)
    return {
        "verb": verb,
        "subject_type": subject if named else subject._meta.label_lower,
        "subject_id": "" if named else str(subject.pk),
        "facts": facts,
        "route": current.get().route,
        "request_id": current.get().request_id,
        **({"system_actor": by} if isinstance(by, str) else {"actor_id": by.pk}),
    }
