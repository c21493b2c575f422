"""What waits for one colleague, for the page they begin their day on. Pure over loaded rows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.presenting import who_words
from ui.times import day_and_date


def line(about, *, what, url, due_on, today, **more):
    """One thing to do on a case, or on a referral: what, until when, and where."""
    who = who_words(about.young_person, today)
    return told(about.reference, who, what=what, url=url, due_on=due_on, today=today, **more)


def told(reference, who, *, what, url, due_on, today, **more):
    """The same of anything that has a name of its own for its link."""
    day, is_late = {"day": day_and_date(due_on)}, due_on < today
    return {
        "reference": reference,
        "url": url,
        "who": who,
        "what": what,
        "on": due_on,
        "due": _("was due on %(day)s") % day if is_late else _("due on %(day)s") % day,
        "is_late": is_late,
        **more,
    }


def tasks(rows, *, today):
    return [
        line(
            row.case,
            what=row.what,
            url=reverse("cases:tasks", args=[row.case.reference]),
            due_on=row.due_on,
            today=today,
            pk=row.pk,
        )
        for row in rows
    ]


def looks(cases, *, today):
    """A line for the work that rests and one for whom to try again, of each case of ``to_look_at``."""
    return [
        line(case, what=what, url=case.get_absolute_url(), due_on=day, today=today, case_pk=case.pk)
        for case in cases
        for day, what in (
            (case.look_at_rest_on, _("The work rests: look whether it goes on")),
            (case.try_again_on, _("Try again to reach them")),
        )
        if day is not None
    ]
