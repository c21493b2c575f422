"""The plan as the young person keeps it: what ``ui.pdf`` sets, in their language.

Somebody may find it, so it has a neutral title and names nobody and no
service. Who is told what, and how a practitioner puts things, stay off it.
"""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.enums import WhoActs
from people.enums import PreferredLanguage
from ui.pdf import on_paper
from ui.times import long_date

LAYOUT = Path(__file__).with_name("my_plan.typ")


def my_plan(case, plan):
    """The bytes of the PDF. ``plan`` as ``for_page`` reads it."""
    language = "cy" if case.young_person.preferred_language == PreferredLanguage.WELSH else "en-gb"
    with override(language):
        return on_paper(LAYOUT, sheet(plan), language=language)


def sheet(plan):
    """What stands on the page, in the language that is active."""
    return {
        "title": _("My plan"),
        "before": _parts((_("What matters to me"), plan.what_matters)),
        "goals_title": _("What I want"),
        "goals": [_goal(goal) for goal in plan.goals.all()],
        "after": _parts(
            (_("How we work together"), plan.working_together),
            (_("How I will know that it is time to stop"), plan.good_ending),
        ),
        "help": _("If I want to talk to somebody else: Childline, 0800 1111, free and private, day and night."),
    }


def _parts(*parts):
    return [{"title": title, "words": words} for title, words in parts if words.strip()]


def _goal(goal):
    near = ""
    if goal.latest_value is not None:
        near = _("On %(day)s I said: %(number)d of 10.") % {
            "day": long_date(goal.latest_on),
            "number": goal.latest_value,
        }
    return {"words": goal.own_words, "near": near, "steps": [_step(step) for step in goal.steps.all()]}


def _step(step):
    who = {
        WhoActs.YOUNG_PERSON: _("Me"),
        WhoActs.PRACTITIONER: _("My worker"),
        WhoActs.CARER: _("At home"),
        WhoActs.OTHER_AGENCY: _("Somebody else"),
    }[step.who]
    if step.due_on:
        who = _("%(who)s, by %(day)s") % {"who": who, "day": long_date(step.due_on)}
    return {"what": step.what, "who": who}
