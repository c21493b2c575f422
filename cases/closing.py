"""What an ending still requires, computed from what was delivered. The floors above are asked too."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.enums import NEEDLESS, CheckIn, ClosureReason, Need, SafeToSend, ScaleQuestion
from cases.findings import Finding
from cases.signals import ending_requirements, looking_back

# With a carer alone nothing was done with the young person that could be looked back on, given back or asked again.
OF_A_YOUNG_PERSON = set(Need) - {Need.TASKS, Need.NETWORK, Need.REFERRER}
# What the product sees for itself; the rest somebody says.
SEEN = {Need.MISSING, Need.TASKS, Need.RATINGS, Need.LETTER, Need.CHECK_IN}


def requirements(case, ending):
    """Every finding on this ending, each with the answer that somebody gave to it, where one did."""
    told = _from_above(ending_requirements, case, ending=ending)
    answers = {item.key: item for item in ending.items.select_related("by")}
    return [(finding, answers.get(finding.key)) for finding in [*_ours(case, ending), *told]]


def unanswered(case, ending):
    """The findings that neither what was delivered nor anybody has answered."""
    return [finding for finding, answer in requirements(case, ending) if not finding.is_settled_by(answer)]


def finding_of(case, ending, key):
    """The finding of this name, or nothing."""
    return next((finding for finding, _answer in requirements(case, ending) if finding.key == key), None)


def delivered(case):
    """What the floors above have done, as rows of a summary."""
    return _from_above(looking_back, case)


def _from_above(signal, case, **more):
    return [row for _receiver, rows in signal.send(sender=type(case), case=case, **more) for row in rows]


def _ours(case, ending):
    needless = NEEDLESS.get(ClosureReason(ending.reason), set()) if case.asks_for_consent else OF_A_YOUNG_PERSON
    found = {need: words for need, words in _found(case, ending, needless).items() if words}
    done = SEEN - set(found)
    if Need.MISSING in done:
        needless = needless | {Need.MISSING}  # nobody is asked about what is not so
    paths = {
        Need.MISSING: reverse("cases:safety", args=[case.reference]),
        Need.TASKS: reverse("cases:tasks", args=[case.reference]),
        Need.RATINGS: reverse("cases:scales", args=[case.reference]),
        Need.NETWORK: reverse("cases:network", args=[case.reference]),
        Need.FEEDBACK: reverse("sessions:feedback", args=[case.reference]),
        Need.LETTER: reverse("cases:write_ending", args=[case.reference]),
        Need.CHECK_IN: reverse("cases:write_ending", args=[case.reference]),
    }
    return [
        Finding(need.value, str(need.label), is_done=need in done, path=paths.get(need, ""), found=found.get(need, ""))
        for need in Need
        if need not in needless
    ]


def _found(case, ending, needless):
    """What we see to be undone, in words; nothing where it is done."""
    letter = "" if _letter_is_done(ending) else _("No letter is written and safe, and nobody has said why not.")
    asked = ending.check_in != CheckIn.NOT_ASKED
    found = {Need.LETTER: letter, Need.CHECK_IN: "" if asked else _("Nobody has written down what they said.")}
    if Need.MISSING not in needless and case.missing_episodes.going_on().exists():
        found[Need.MISSING] = _("They are missing still.")
    if Need.TASKS not in needless and (count := case.tasks.open().count()):
        found[Need.TASKS] = ngettext("%(count)d task is open.", "%(count)d tasks are open.", count) % {"count": count}
    if Need.RATINGS not in needless and (lacking := case.scale_ratings.all().outcomes_lacking()):
        questions = ", ".join(str(ScaleQuestion(name).label) for name in lacking)
        found[Need.RATINGS] = _("Not rated twice yet: %(questions)s") % {"questions": questions}
    return found


def _letter_is_done(ending):
    """Written and safe to have; or not safe, and it says how we know."""
    return ending.letter_is_printable or (ending.letter_is_safe == SafeToSend.NO and bool(ending.letter_safety))
