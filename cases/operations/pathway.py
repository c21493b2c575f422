"""The way of the work: the menu, the focus, and the stage."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import STAGES_AFTER, EntryKind, PathwayStage
from cases.models import FocusChosen, OptionOffered, StageDecision
from cases.steps import MoveNotAllowed, lock_open, tell


class NotOfferedHere(MoveNotAllowed):
    """The offer under which the young person was accepted has no such work now."""


@transaction.atomic
def answer_menu(case, *, by, answers):
    """Keep what a young person says to what we can offer. ``answers``: pairs of option, answer and their words.

    Only what differs from the answer that holds becomes a row. Raises ``MoveNotAllowed``.
    """
    case = lock_open(case)
    held = {row.option_id: (row.answer, row.own_words) for row in case.options_offered.latest()}
    new = [
        OptionOffered.objects.create(case=case, option=option, answer=answer, own_words=own_words, by=by)
        for option, answer, own_words in answers
        if held.get(option.pk) != (answer, own_words)
    ]
    if new:
        record("option.answered", case, by=by, answers={str(row.option_id): row.answer for row in new})
        tell(case, EntryKind.PATHWAY, _("What we can do together was talked about"), by=by, path=_page(case))
    return new


@transaction.atomic
def choose_focus(case, *, by, focus, wider_issues=""):
    """Say what the work is about from now on. Raises ``MoveNotAllowed``."""
    case = lock_open(case)
    chosen = FocusChosen.objects.create(case=case, focus=focus, wider_issues=wider_issues, by=by)
    record("focus.chosen", case, by=by, focus=list(focus))
    tell(case, EntryKind.PATHWAY, _("What the work is about"), by=by, words=wider_issues, path=_page(case))
    return chosen


@transaction.atomic
def decide_stage(case, *, by, to_stage, **decision):
    """Go on to another stage, by a decision about this one young person (R-wal-27).

    ``decision``: the columns of ``StageDecision``. Raises ``MoveNotAllowed``
    where this stage does not follow, and ``NotOfferedHere``.
    """
    case = lock_open(case, beside=["offer"])
    from_stage = case.pathway_stage
    if to_stage not in STAGES_AFTER[from_stage]:
        raise MoveNotAllowed(f"{case} is at {from_stage}")
    if to_stage == PathwayStage.THERAPEUTIC and not case.offer.therapeutic_available:
        raise NotOfferedHere(f"{case.offer} has no therapeutic work")
    decided = StageDecision.objects.create(
        case=case, from_stage=from_stage, to_stage=to_stage, decided_by=by, **decision
    )
    case.pathway_stage = to_stage
    case.save(update_fields=["pathway_stage"])
    record("stage.decided", case, by=by, came_from=from_stage, to=to_stage, decision=decided.pk)
    words = {"stage": decided.get_to_stage_display()}
    tell(case, EntryKind.PATHWAY, _("Next stage: %(stage)s") % words, by=by, words=decided.reasons, path=_page(case))
    return decided


def _page(case):
    return reverse("cases:pathway", args=[case.reference])
