"""What an ending still requires, computed from what was delivered. The floors above are asked too."""

from django.urls import reverse

from cases.enums import NEEDLESS, CheckIn, ClosureReason, Need, SafeToSend
from cases.findings import Finding
from cases.signals import ending_requirements


def requirements(case, ending):
    """Every finding on this ending, each with the answer that somebody gave to it, where one did."""
    told = [finding for _receiver, found in ending_requirements.send(sender=type(case), case=case) for finding in found]
    answers = {item.key: item for item in ending.items.select_related("by")}
    return [(finding, answers.get(finding.key)) for finding in [*_ours(case, ending), *told]]


def unanswered(case, ending):
    """The findings that neither what was delivered nor anybody has answered."""
    return [finding for finding, answer in requirements(case, ending) if not finding.is_done and answer is None]


def _ours(case, ending):
    needless = NEEDLESS.get(ClosureReason(ending.reason), set())
    done = {Need.LETTER: _letter_is_done(ending), Need.CHECK_IN: ending.check_in != CheckIn.NOT_ASKED}
    if Need.TASKS not in needless:
        done[Need.TASKS] = not case.tasks.open().exists()
    if Need.RATINGS not in needless:
        done[Need.RATINGS] = not case.scale_ratings.all().outcomes_lacking()
    paths = {
        Need.TASKS: reverse("cases:tasks", args=[case.reference]),
        Need.RATINGS: reverse("cases:scales", args=[case.reference]),
        Need.NETWORK: reverse("cases:network", args=[case.reference]),
        Need.LETTER: reverse("cases:write_ending", args=[case.reference]),
        Need.CHECK_IN: reverse("cases:write_ending", args=[case.reference]),
    }
    return [
        Finding(need.value, str(need.label), is_done=done.get(need, False), path=paths.get(need, ""))
        for need in Need
        if need not in needless
    ]


def _letter_is_done(ending):
    """Written and safe to have; or not safe, and it says how we know."""
    return ending.letter_is_printable or (ending.letter_is_safe == SafeToSend.NO and bool(ending.letter_safety))
