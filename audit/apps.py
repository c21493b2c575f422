from django.apps import AppConfig

from audit import quick_migrations


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self):
        quick_migrations.install()
