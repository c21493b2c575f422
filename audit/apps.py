from django.apps import AppConfig

from audit import quick_migrations, quick_triggers


class AuditConfig(AppConfig):
    name = "audit"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        quick_triggers.install()  # before any model brings its triggers

    def ready(self):
        quick_migrations.install()
