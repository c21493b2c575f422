"""An assessment in words: what each part says, marks side by side, how an update differs. Nothing is summed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases import assessing
from cases.comparing import CARRIED_ON, changes
from cases.enums import AssessmentDomain, Scale, Voice
from ui.times import long_date

LISTS = {
    "strengths": gettext_lazy("Strengths"),
    "worries": gettext_lazy("Worries"),
    "hopes": gettext_lazy("Hopes"),
    "needs": gettext_lazy("What needs to happen"),
    "family_views": gettext_lazy("What the family says"),
}
THINGS = (*Scale, *AssessmentDomain)


def version_row(assessment):
    """One line of the list of versions."""
    return {
        "title": _("Version %(version)d") % {"version": assessment.version},
        "kind": assessment.get_kind_display(),
        "told": told(assessment),
        "url": assessment.get_absolute_url(),
        "status": _("Signed") if assessment.is_signed else _("Draft"),
        "status_kind": "done" if assessment.is_signed else "doing",
    }


def told(assessment):
    """Who wrote it, and since when it stands."""
    if assessment.is_signed:
        words = {"name": assessment.signed_by, "day": long_date(assessment.signed_at)}
        return _("Signed by %(name)s on %(day)s") % words
    words = {"name": assessment.started_by, "day": long_date(assessment.started_at)}
    return _("Begun by %(name)s on %(day)s") % words


def tasks(assessment):
    """The parts of a draft, as a task list shows them."""
    missing = {slug for slug, _sentence in assessing.missing(assessment)}
    return [_task(assessment, part, part.slug in missing) for part in assessing.PARTS]


def _task(assessment, part, is_missing):
    words, kind = _("Something is written"), "done"
    if not assessing.is_touched(assessment, part):
        words, kind = _("Empty"), "neutral"
    if is_missing:
        words, kind = _("Needed to sign"), "waiting"
    return {
        "label": part.title,
        "hint": part.hint,
        "url": part_url(assessment, part.slug),
        "status": words,
        "kind": kind,
    }


def part_url(assessment, slug):
    return reverse("cases:assessment_part", args=[assessment.case.reference, assessment.version, slug])


def still_missing(assessment):
    """What is missing to sign it, each with where to say it."""
    return [{"sentence": sentence, "url": _where(assessment, slug)} for slug, sentence in assessing.missing(assessment)]


def _where(assessment, slug):
    if slug == assessing.SEPARATE_WORKER:
        return reverse("cases:separate_worker", args=[assessment.case.reference, assessment.version])
    return part_url(assessment, slug)


def parts(assessment):
    """Every part as it is read: its questions with what was said, in the order of the page."""
    return [
        {"title": part.title, "slug": part.slug, "rows": rows(assessment, part)}
        for part in assessing.PARTS
        if not part.has_marks
    ]


def rows(assessment, part):
    """What one part holds, as a summary list shows it; a list that is empty stands there as such."""
    listed = [{"label": LISTS[name], "lines": lines(getattr(assessment, name).all())} for name in part.lists]
    return listed + [
        {"label": assessment._meta.get_field(name).verbose_name, "value": _answer(assessment, name)}
        for name in part.texts
        if name != "parents_needs" or assessment.parents_needs
    ]


def _answer(assessment, name):
    display = getattr(assessment, f"get_{name}_display", None)
    return display() if display else getattr(assessment, name)


def lines(entries):
    """Each entry in its words, and after them whose view it is and what it is about."""
    return [line(entry) for entry in entries]


def line(entry):
    marks = [
        getattr(entry, "whose", ""),
        *(getattr(entry, f"get_{name}_display")() for name in ("voice", "kind", "domain") if hasattr(entry, name)),
    ]
    about = " · ".join(str(mark) for mark in marks if mark)
    return f"{entry.words} ({about})" if about else entry.words


def marks(assessment):
    """Each thing with both marks, and how far apart they are in words."""
    held = {mark.key: mark.value for mark in assessment.marks.all()}
    found = []
    for thing in THINGS:
        theirs, ours = (held.get(f"{thing}.{voice}") for voice in (Voice.YOUNG_PERSON, Voice.PRACTITIONER))
        if theirs is not None or ours is not None:
            found.append({"about": thing.label, "theirs": mark(theirs), "ours": mark(ours), "gap": gap(theirs, ours)})
    return found


def mark(value):
    return _("no mark") if value is None else str(value)


def gap(theirs, ours):
    """How far two marks are apart, said so that people talk about it: no colour, no judgement."""
    if theirs is None or ours is None:
        return _("Only one of the two has given a mark.")
    if theirs == ours:
        return _("Both give the same mark.")
    return _theirs_is_higher(theirs - ours) if theirs > ours else _ours_is_higher(ours - theirs)


def _theirs_is_higher(steps):
    return ngettext(
        "The young person’s mark is %(count)d step higher. What do they see?",
        "The young person’s mark is %(count)d steps higher. What do they see?",
        steps,
    ) % {"count": steps}


def _ours_is_higher(steps):
    return ngettext(
        "The practitioner’s mark is %(count)d step higher. What does the young person see?",
        "The practitioner’s mark is %(count)d steps higher. What does the young person see?",
        steps,
    ) % {"count": steps}


def compared(now, before):
    """An update beside the version before it: list by list, and the marks then and now by voice."""
    lists = []
    for name in CARRIED_ON:
        found = changes(now, before, name)
        told = {"new": lines(found.new), "kept": lines(found.kept), "gone": lines(found.gone)}
        if any(told.values()):
            lists.append({"title": LISTS[name], **told})
    return {"lists": lists, "marks": [_then_and_now(one) for one in now.marks.model.objects.then_and_now(before, now)]}


def _then_and_now(one):
    return {
        "about": one.about.label,
        "theirs": {"then": mark(one.young_person.then), "now": mark(one.young_person.now)},
        "ours": {"then": mark(one.practitioner.then), "now": mark(one.practitioner.now)},
    }


def measure(row):
    """A result of somebody else's tool, with its scores as they were typed in."""
    return {
        "name": row.name,
        "edition": row.edition,
        "told": _("%(who)s answered; completed by %(by)s on %(day)s")
        % {"who": row.respondent, "by": row.completed_by, "day": long_date(row.completed_on)},
        "result": row.result,
        "scores": [{"label": score.label, "value": score.value} for score in row.scores.all()],
        "interpretation": row.interpretation,
        "interpreted_by": row.interpreted_by,
        "repeat_on": row.repeat_on,
        "licence_note": row.licence_note,
    }
