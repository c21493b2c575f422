from functools import lru_cache

from django.apps import AppConfig
from django.conf import settings

from ui import labels, said_once

SENTENCES = 8192  # more than there are


class UiConfig(AppConfig):
    """The look of forms and pages. Knows no domain word and imports nothing of ours."""

    name = "ui"
    verbose_name = "look of the pages"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels.install()  # before any model is made

    def ready(self):
        look_up_once()
        said_once.install()


def look_up_once():
    """Each sentence is looked up once in a process, for each language.

    Ours are English in the source, so that in English each is missing from the
    catalogue of every app, and Django asks them all: 250 times for a page.
    """
    from django.utils.translation import trans_real  # noqa: PLC0415 -- catalogues need the apps

    for language, _name in settings.LANGUAGES:
        catalogue = trans_real.translation(language)
        catalogue.gettext = lru_cache(SENTENCES)(catalogue.gettext)
