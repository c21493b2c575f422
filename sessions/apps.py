from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Django owns the label ``sessions`` already: the tables of this floor are ``support_sessions_…``."""

    name = "sessions"
    label = "support_sessions"

    def ready(self):
        from sessions import receivers  # noqa: F401
