"""A plan in words: ready strings for its pages. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import CopyKept, SafetyTrigger, ScaleQuestion, StepStatus, Voice
from ui.times import long_date

LACKS = {
    "no": gettext_lazy("The young person said no to taking part. While that stands, no plan is put to use."),
    "yes": gettext_lazy(
        "The young person has not said yes to taking part, or it is not recorded. Until then no plan is put to use."
    ),
    "goals": gettext_lazy("The plan has no goal yet. Add one in the young person’s own words, then agree it."),
    "assessment": gettext_lazy("A plan is made from the assessment. Sign that first, then agree the plan."),
    "agreement": gettext_lazy("Say how the young person took part, and what they say to the plan."),
}
LATELY = 3  # shown at once; what was done before stands folded below
STEP_KINDS = {StepStatus.DONE: "done", StepStatus.IN_PROGRESS: "doing", StepStatus.STOPPED: "stopped"}


def version(plan, case):
    """A version in the list of others."""
    words = {"version": plan.version}
    day = plan.agreed_on or timezone.localdate(plan.begun_at)
    return {
        "title": _("Version %(version)d") % words,
        "status": plan.get_status_display(),
        "day": long_date(day),
        "url": reverse("cases:plan_version", args=[case.reference, plan.pk]),
    }


def who_was_first(plan):
    """For who came second: who agreed or ended the plan, when, and what it is now. Nothing while it is written."""
    if plan.is_being_written:
        return ""
    stands = {"status": plan.get_status_display()}
    if plan.ended_on:
        stands |= {"name": plan.ended_by, "day": long_date(plan.ended_on)}
        return _("Nothing was saved: %(name)s ended this plan on %(day)s. It is “%(status)s” now.") % stands
    stands |= {"name": plan.agreed_by, "day": long_date(plan.agreed_on)}
    return _("Nothing was saved: %(name)s agreed this plan on %(day)s. It is “%(status)s” now.") % stands


def as_saved(plan):
    """What is in a plan now, beside what somebody typed on a page that had gone stale."""
    parts = {
        "what_matters": _("What matters to me"),
        "working_together": _("How we work together"),
        "information_sharing": _("Who is told what"),
        "good_ending": _("What a good ending looks like"),
    }
    rows = [{"label": label, "value": getattr(plan, name)} for name, label in parts.items() if getattr(plan, name)]
    goals = [row.own_words for row in plan.goals.all()]
    return [*rows, {"label": _("Goals"), "lines": goals}]


def goal(row):
    """A goal of the page of a plan, with its steps and how near it is."""
    return {
        "pk": row.pk,
        "own_words": row.own_words,
        "why_it_matters": row.why_it_matters,
        "practitioner_wording": row.practitioner_wording,
        "need": row.need.words if row.need else "",
        "domain": row.get_domain_display(),
        "near": how_near(row.first_value, row.first_on, row.latest_value, row.latest_on),
        "practitioner_near": how_near(
            row.practitioner_first_value,
            row.practitioner_first_on,
            row.practitioner_latest_value,
            row.practitioner_latest_on,
        ),
        "target": _("%(number)d would be good enough") % {"number": row.target} if row.target is not None else "",
        "steps": [step(one) for one in row.steps.all()],
    }


def how_near(first, first_on, latest, latest_on):
    """Their number first and latest, in words: never coloured, added up or turned into a verdict."""
    if first is None:
        return ""
    words = {"first": first, "first_day": long_date(first_on), "latest": latest, "latest_day": long_date(latest_on)}
    if first_on == latest_on and first == latest:
        return _("%(first)d of 10 on %(first_day)s") % words
    return _("%(first)d of 10 on %(first_day)s, %(latest)d of 10 on %(latest_day)s") % words


def step(row):
    return {
        "pk": row.pk,
        "what": row.what,
        "who": row.whose_name or row.get_who_display(),
        "by_when": _("by %(day)s") % {"day": long_date(row.due_on)} if row.due_on else "",
        "status": row.get_status_display(),
        "kind": STEP_KINDS.get(row.status, "neutral"),
        "note": row.note,
    }


def thread(row, done):
    """One goal from end to end. What is missing is said as what comes next, and blames nobody.

    ``done``: what was done towards it, the latest first; ``None`` where the reader has no need of it.
    """
    told = goal(row) | {"chart_id": f"chart-{row.pk}"}
    shown = [evidence(one) for one in done or []]
    told["done"], told["done_earlier"] = shown[:LATELY], shown[LATELY:]
    told["missing"] = [
        words
        for holds, words in (
            (row.need is None, _("No need of the assessment stands behind it.")),
            (not row.steps_count, _("No step is agreed yet.")),
            (done == [], _("No session has gone towards this goal yet.")),
            (not told["near"] and not told["practitioner_near"], _("Nobody has said yet how near it is.")),
        )
        if holds
    ]
    return told


def evidence(one):
    """One thing that was done towards a goal, with the words that were written of it."""
    return {
        "when": long_date(timezone.localdate(one.at)),
        "what": one.what,
        "words": one.words,
        "own_words": one.own_words,
        "waits": one.waits,
        "path": one.path,
    }


def scale(row):
    """A question with its first and latest answer, in one voice."""
    return {
        "question": question(row["question"]),
        "voice": Voice(row["voice"]).label,
        "first": row["first"],
        "first_on": long_date(row["first_on"]),
        "latest": row["latest"] if row["count"] > 1 else "",
        "latest_on": long_date(row["latest_on"]) if row["count"] > 1 else "",
    }


def question(name):
    return ScaleQuestion(name).label


def safety_rows(plan):
    """The parts of a safety plan that were written; what adults do stands first."""
    return [{"label": _("What adults will do"), "value": plan.adults_do, "is_strong": True}, *_written(plan)]


def _written(plan):
    labels = {
        "why_changed": _("What has changed"),
        "warning_signs": _("How we notice that things get worse"),
        "safe_people": _("Who is safe, and how they are reached safely"),
        "safe_places": _("Where it is safe"),
        "i_can_do": _("What I can do, if I want to"),
        "online": _("What helps online"),
        "travel": _("What helps on the way"),
        "code_word": _("Code word"),
        "when_upset": _("What helps when I am upset"),
        "numbers": _("Numbers for an emergency"),
        "who_has_a_copy": _("Who has a copy"),
    }
    for name, label in labels.items():
        if getattr(plan, name):
            yield {"label": label, "value": getattr(plan, name)}
    yield {"label": _("Where they can keep a copy"), "value": CopyKept(plan.copy_kept).label}
    again = [SafetyTrigger(name).label for name in plan.triggers_for_review]
    if again:
        yield {"label": _("We look at it at once when"), "lines": again}


def is_due(plan):
    return plan.look_again_on <= timezone.localdate()
