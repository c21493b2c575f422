"""What was agreed, in words: ready strings for the page of consent. Pure over loaded rows; no query of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import addresses, consenting
from cases.enums import (
    ConsentPurpose,
    ConsentState,
    Explained,
    FormatUsed,
    SharingDecision,
    SharingScope,
    SharingTopic,
    WorkKind,
)
from referrals.enums import DeliveryMode
from ui.times import long_date

S = ConsentState
KINDS = {
    S.GIVEN: "done",
    S.GIVEN_IN_PART: "done",
    S.REVIEW_DUE: "waiting",
    S.CANNOT_DECIDE: "waiting",
    S.NOT_ASKED: "new",
}
DECISION_KINDS = {SharingDecision.AGREED: "done", SharingDecision.AGREED_LIMITED: "done"}
# Before anybody has asked: what domain.md 2.6 says of each.
SHARED_FROM_THE_START = {
    SharingScope.CSC: gettext_lazy("Shared where it is needed, unless they say otherwise"),
    SharingScope.REFERRER_OUTCOME: gettext_lazy("The outcome only"),
}


def labels(choices, values):
    return [str(choices(value).label) for value in values]


def head(case):
    """One line and the tag of the head."""
    if not case.asks_for_consent:
        return {}
    state = case.consent_state
    return {"words": state.label, "kind": KINDS.get(state, "neutral")}


def agreed(event):
    """What is agreed to now, as rows; nothing where nothing is."""
    if event is None:
        return []
    rows = [
        (_("What they said"), [event.get_event_display()]),
        (_("In their own words"), [event.own_words]),
        (_("What they agreed to"), labels(WorkKind, event.kinds)),
        (_("Limits"), [event.limits]),
        (_("Ways to meet"), labels(DeliveryMode, event.modes)),
        (_("How they understood"), [event.understanding]),
        (_("Why their answer counts"), [event.get_decision_basis_display(), event.competence_note]),
        (_("Explained"), labels(Explained, event.explained)),
        (_("In what way"), labels(FormatUsed, event.format_used)),
        (_("Wording"), [_("Version %(version)s") % {"version": event.wording_version}, event.get_language_display()]),
        (_("We talk about it again"), [long_date(event.review_on)]),
    ]
    rows = [(label, [value for value in values if value]) for label, values in rows]
    return [{"label": label, "lines": values} for label, values in rows if values]


def of_an_extra(ledger, purpose, today):
    """One thing that is asked apart: off until they agree."""
    state = consenting.state(ledger, today, purpose)
    words = {S.GIVEN: _("Yes"), S.REFUSED: _("No"), S.WITHDRAWN: _("No longer")}.get(state, _("Not asked: no"))
    is_on = state == S.GIVEN
    return {"purpose": purpose.value, "label": purpose.label, "words": words, "kind": "done" if is_on else "neutral"}


def sharing(rows):
    """Each scope with what they said last, where nothing was said with what holds until then; and what was shared
    without agreement."""
    rows = list(rows)
    said = consenting.preferences(rows)
    asked = {scope for scope, *_rest in said}
    told = [_preference(row) for row in said.values()]
    for scope in SharingScope:
        if scope not in asked and scope not in (SharingScope.OTHER, SharingScope.PARENT_CARER):
            words = SHARED_FROM_THE_START.get(scope, _("Ask first"))
            told.append({"label": scope.label, "words": words, "kind": "neutral", "text": ""})
    without = [row for row in rows if row.decision == SharingDecision.SHARED_WITHOUT_AGREEMENT]
    return {"said": told, "without": sorted(without, key=lambda row: (row.at, row.pk), reverse=True)}


def _preference(row):
    about = [row.recipient, SharingTopic(row.topic).label if row.topic else ""]
    return {
        "label": row.get_scope_display(),
        "about": ", ".join(str(part) for part in about if part),
        "words": row.get_decision_display(),
        "kind": DECISION_KINDS.get(row.decision, "neutral"),
        "text": row.limits or row.own_words,
        "on": row.at,
    }


def line(event):
    """One line of the history."""
    is_service = event.purpose == ConsentPurpose.SERVICE
    return {
        "title": event.get_event_display(),
        "about": "" if is_service else event.get_purpose_display(),
        "at": event.at,
        "by": event.recorded_by,
        "text": event.own_words,
        "limits": event.limits,
    }


def first_steps(case):
    """What a new case begins with, until all of it is done: a task list."""
    if not case.is_open or not case.asks_for_consent:
        return []
    steps = [
        _step(_("A safe way to reach them is confirmed"), case.has_safe_contact, _url(case, "people")),
        _step(_("We have talked about taking part"), case.consent_state != S.NOT_ASKED, _url(case, "record_consent")),
        _step(
            _("They were told what we hold and what their rights are"),
            case.privacy_given_on is not None,
            _url(case, "record_privacy"),
            hint=_("Not yet: the reason is on the page of consent") if case.privacy_not_yet else "",
        ),
    ]
    return [] if all(step["is_done"] for step in steps) else steps


def _url(case, name):
    return addresses.of(f"cases:{name}", case.reference)


def _step(label, is_done, url, hint=""):
    status, kind = (_("Done"), "done") if is_done else (_("To do"), "waiting")
    return {"label": label, "is_done": is_done, "url": url, "hint": hint, "status": status, "kind": kind}
