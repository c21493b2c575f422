from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Django owns the label ``sessions`` already: the tables of this floor are ``support_sessions_…``."""

    name = "sessions"
    label = "support_sessions"

    def ready(self):
        from cases.querysets import CaseQuerySet
        from sessions import receivers  # noqa: F401
        from sessions.querysets import next_session

        CaseQuerySet.told_above = {**CaseQuerySet.told_above, "next_session_at": next_session()}
