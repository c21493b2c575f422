from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look of forms and pages. Knows no domain word and imports nothing of ours."""

    name = "ui"
    verbose_name = "look of the pages"
