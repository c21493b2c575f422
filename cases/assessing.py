"""An assessment in parts: what each part holds, what it held when a page was made, what is missing to sign it.

It asks the database for nothing but the rows of the assessment it is given.

The order is the young person's: what matters to them, then what is strong,
then what worries (R-nat-20, 24; domain.md 5.2).
"""

import hashlib
import json
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.enums import AssessmentKind, YoungPersonAgrees

ROWS = {
    "strengths": ("words", "domain", "voice"),
    "worries": ("words", "kind", "domain", "voice"),
    "hopes": ("words", "voice"),
    "needs": ("words", "domain"),
    "family_views": ("words", "whose"),
}  # what is typed in one entry of each list
VOICED = {"strengths": ("voice",), "worries": ("kind", "voice"), "hopes": ("voice",), "family_views": ("whose",)}
MARKS = "marks"


@dataclass(frozen=True)
class Part:
    """A page of its own. ``lists`` and ``texts`` are named as the model has them."""

    slug: str
    title: str | Promise
    hint: str | Promise
    texts: tuple = ()
    lists: tuple = ()
    has_marks: bool = False


PARTS = (
    Part(
        "what-matters",
        _("What matters to me"),
        _("In the young person’s own words, and how we did this together."),
        texts=("what_matters", "how_done"),
    ),
    Part("strengths", _("What is strong"), _("What goes well, and who is on their side."), lists=("strengths",)),
    Part(
        "worries",
        _("Worries"),
        _("Harm that has happened, worries now, what makes it harder."),
        lists=("worries",),
    ),
    Part("hopes", _("Hopes"), _("What they would like to be different."), lists=("hopes",)),
    Part(
        "marks",
        _("0 to 10"),
        _("How things feel, by the young person and by you. Talk about it; it is never added up."),
        has_marks=True,
    ),
    Part(
        "safety-and-wellbeing",
        _("Safety and wellbeing"),
        _("What feels safe, what helps, and how they are."),
        texts=("safe_people_and_places", "understanding", "wellbeing"),
    ),
    Part(
        "around-them",
        _("Family, people and places"),
        _("What the family says, and who and what is around them."),
        texts=("network", "identity", "parents_needs"),
        lists=("family_views",),
    ),
    Part(
        "analysis",
        _("What this means"),
        _("In words: what could happen, how likely, and what we do not know."),
        texts=("analysis", "likelihood", "not_known"),
    ),
    Part(
        "needs",
        _("What needs to happen"),
        _("The plan is made from this."),
        texts=("recommendation", "recommended_work_type", "recommended_stage", "more_time_to_build_trust"),
        lists=("needs",),
    ),
    Part(
        "agreement",
        _("What the young person says to it"),
        _("Their comments, and whether they agree."),
        texts=("comments", "agreement", "agreement_because"),
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}


def after(slug):
    """The part that follows, or nothing after the last."""
    slugs = list(BY_SLUG)
    following = slugs[slugs.index(slug) + 1 :]
    return following[0] if following else None


def held(assessment, part):
    """What one part holds now, as plain values: texts, entries of lists, marks."""
    values = {name: getattr(assessment, name) for name in part.texts}
    for name in part.lists:
        values[name] = [{key: getattr(row, key) for key in ROWS[name]} for row in getattr(assessment, name).all()]
    if part.has_marks:
        values[MARKS] = {mark.key: mark.value for mark in assessment.marks.all()}
    return values


def seen(values):
    """A short sign of what a page showed of a part, to see later whether somebody saved it in between."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def is_touched(assessment, part):
    return any(value not in ("", [], {}) for value in held(assessment, part).values())


def missing(assessment):
    """What still has to be said before it can be signed: the part, and a sentence."""
    found = [(slug, sentence) for slug, name, sentence in NEEDED if not getattr(assessment, name)]
    if assessment.agreement not in ("", YoungPersonAgrees.AGREE) and not assessment.agreement_because:
        found.append(("agreement", _("Say why the young person does not agree, or why it is not shared yet.")))
    if not assessment.strengths.all():
        found.append(("strengths", _("Name one strength at least.")))
    for part in PARTS:
        if any(_lacks_a_voice(assessment, name) for name in part.lists):
            found.append((part.slug, _("Say of each entry whose view it is, and of a worry what kind it is.")))
    if _separate_worker_is_open(assessment):
        found.append((SEPARATE_WORKER, _("Answer whether the family’s needs call for a separate worker.")))
    order = [*BY_SLUG, SEPARATE_WORKER]
    return sorted(found, key=lambda row: order.index(row[0]))


SEPARATE_WORKER = "separate-worker"
NEEDED = (
    ("what-matters", "what_matters", _("Write what matters to the young person, in their words.")),
    ("what-matters", "how_done", _("Say how you did this, and how they took part.")),
    ("analysis", "analysis", _("Say what this means.")),
    ("needs", "recommendation", _("Say what you recommend.")),
    ("agreement", "agreement", _("Say whether the young person agrees.")),
)


def _lacks_a_voice(assessment, name):
    columns = VOICED.get(name, ())
    return bool(columns) and any(not getattr(row, key) for row in getattr(assessment, name).all() for key in columns)


def _separate_worker_is_open(assessment):
    is_combined = assessment.kind == AssessmentKind.CHILD_AND_PARENT_NEEDS
    return is_combined and assessment.needs_separate_worker is None


def kinds_for(case, *, earlier):
    """Which assessments may be begun, after the signed ones in ``earlier``.

    With the parents only where the offer has it, and not once the family's
    needs were found to call for a separate worker (R-wal-20).
    """
    kinds = [AssessmentKind.UPDATE] if earlier else []
    kinds.append(AssessmentKind.CHILD_NEEDS)
    is_closed_off = any(one.needs_separate_worker for one in earlier)
    if case.offer.combined_parent_assessment and not is_closed_off:
        kinds.append(AssessmentKind.CHILD_AND_PARENT_NEEDS)
    return kinds
