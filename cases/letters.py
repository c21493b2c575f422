"""A letter to the young person at the end of the work, as paper: neutral, in their language.

Somebody may find it, so its title says nothing, and neither does it name the service.
"""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from people.enums import PreferredLanguage
from ui.pdf import on_paper as set_on_paper

LAYOUT = Path(__file__).with_name("letter.typ")


def on_paper(ending, *, language):
    """The bytes of the PDF. ``language``: the one that the young person prefers."""
    language = "cy" if language == PreferredLanguage.WELSH else "en-gb"
    with override(language):
        return set_on_paper(LAYOUT, sheet(ending), language=language)


def sheet(ending):
    """What stands on the page, in the language that is active."""
    return {
        "title": _("A letter for you"),
        "paragraphs": [part.strip() for part in ending.letter.split("\n\n") if part.strip()],
        "help": _("If you want to talk to somebody: Childline, 0800 1111, free and private, day and night."),
    }
