"""What a referral is held against, in words (domain.md 4.2). Pure over loaded rows; it prompts and decides nothing."""

from django.utils.translation import gettext as _

from referrals.enums import IF_NOT_MET, ONLY_ON_ROUTE_B, Category, Criterion, CriterionAnswer

KINDS = {CriterionAnswer.MET: "done", CriterionAnswer.NOT_MET: "new", CriterionAnswer.NOT_KNOWN: "waiting"}


def criteria_for(referral):
    """Those that can be asked of this referral: readiness on route B only."""
    is_route_b = referral.category == Category.WAL_B_TRAUMA
    return [criterion for criterion in Criterion if is_route_b or criterion not in ONLY_ON_ROUTE_B]


def version(checks):
    """Changes with each save, so that a page can say which state it showed."""
    return max((check.at.isoformat() for check in checks), default="")


def rows(referral, checks):
    """One for each criterion, also for those that nobody has looked at yet; a prompt where one is not met."""
    held = {check.criterion: check for check in checks}
    return [_row(criterion, held.get(criterion)) for criterion in criteria_for(referral)]


def summary(referral, checks):
    """What has been looked at, and how much has not: what nobody has said yet takes no room on a page."""
    every = rows(referral, checks)
    return {"rows": [row for row in every if row["is_answered"]], "left": sum(not row["is_answered"] for row in every)}


def _row(criterion, check):
    answer = CriterionAnswer(check.answer) if check else None
    return {
        "label": criterion.label,
        "is_answered": answer is not None,
        "words": answer.label if answer else _("Not looked at yet"),
        "kind": KINDS[answer] if answer else "neutral",
        "note": check.note if check else "",
        "prompt": IF_NOT_MET[criterion] if answer == CriterionAnswer.NOT_MET else "",
    }


def in_a_sentence(check):
    """One check as the history tells it."""
    words = {"criterion": Criterion(check.criterion).label, "answer": CriterionAnswer(check.answer).label}
    if check.note:
        return _("%(criterion)s: %(answer)s. %(note)s") % (words | {"note": check.note})
    return _("%(criterion)s: %(answer)s") % words
