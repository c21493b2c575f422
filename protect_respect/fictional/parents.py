"""Parents and carers of the demonstration: one who has had four of ten direct sessions, and one who said no."""

from datetime import time, timedelta

from django.utils import timezone

from centres import working_days
from referrals.enums import CarerResponse
from sessions.carer_enums import CarerConsentStep, CarerContactKind, CarerExplained, SharedKind
from sessions.enums import (
    FeedbackAnswer,
    FeedbackHow,
    FeedbackOccasion,
    GivenHow,
    SafeToReceive,
    SessionMode,
)
from sessions.operations import (
    carer_consent,
    carer_contacts,
    carer_feedback,
    carer_records,
    carer_sharing,
    carer_signposting,
    carer_strands,
)
from ui.hours import moments

MORNING, AFTERNOON = time(10), time(16)
MOTHER = {"first_name": "Alex", "last_name": "Example", "relationship": "Mother", "preferred_language": "en"}
FATHER = {"first_name": "Emyr", "last_name": "Example", "relationship": "Father", "preferred_language": "cy"}
SAID = [
    "Example: what to expect from each other, and what stays between us.",
    "Example: what exploitation is and is not; she asked what she had missed, and it was not hers to see.",
    "Example: why young people may not tell; how to listen without asking.",
    "Example: the evenings at home; the two of them cook on Fridays now.",
]
YES = {
    "event": CarerConsentStep.GIVEN,
    "method": "verbal_in_person",
    "explained": CarerExplained.values,
    "modes": ["in_person", "phone"],
    "own_words": "“Example: I would like somebody to talk to.”",
}
SETTLED_IN = {
    "occasion": FeedbackOccasion.SETTLING_IN,
    "answered": FeedbackAnswer.GIVEN,
    "how": FeedbackHow.TOLD_US,
    "feels_heard": 9,
    "it_helps": 8,
}


def are_told_of(work, practitioner):
    """The mother wants it and has somebody of her own for five weeks; the father does not, and nothing changes."""
    mother, father = (carer_strands.add_carer(work.case, by=work.lead, **who) for who in (MOTHER, FATHER))
    for strand, response in ((mother, CarerResponse.WANTS_SUPPORT), (father, CarerResponse.DECLINED)):
        carer_strands.offer(strand, by=work.lead)
        carer_strands.answer(strand, by=work.lead, response=response)
    carer_strands.allocate(mother, to=practitioner, by=work.by)
    carer_consent.record_carer_consent(mother, by=practitioner, **YES)
    return mother


def has_met(strand, practitioner):
    """Four direct sessions a week apart, a call between them, a note, a task, a choir, and something shared."""
    for weeks, words in zip((4, 3, 2, 1), SAID, strict=True):
        _log(strand, practitioner, timedelta(weeks=weeks), what_we_did=words)
    calls = {"kind": CarerContactKind.ONGOING_SUPPORT, "mode": SessionMode.PHONE, "at": AFTERNOON}
    calls |= {"lasted": timedelta(minutes=15)}
    _log(strand, practitioner, timedelta(days=3), what_we_did="Example: she rang; it was a hard evening.", **calls)
    carer_records.add_carer_note(strand, by=practitioner, text="Example: she prefers mornings.")
    due_on = timezone.localdate() + timedelta(days=4)
    carer_records.set_carer_task(strand, by=practitioner, what="Example: ask how Friday was.", due_on=due_on)
    told = {"how": GivenHow.SAID, "was_safe": SafeToReceive.YES, "given_on": timezone.localdate() - timedelta(days=7)}
    carer_signposting.signpost_carer(strand, by=practitioner, other="Example: a choir on Tuesdays", **told)
    carer_feedback.record_carer_feedback(strand, by=practitioner, asked_on=told["given_on"], **SETTLED_IN)
    words = {
        "text": "Example: they cook together on Fridays.",
        "reason": "Example: so that no session is planned then.",
    }
    carer_sharing.share(strand, by=practitioner, from_side="carer", kind=SharedKind.SPOKEN, **words)


def _log(strand, by, ago, *, kind=CarerContactKind.DIRECT_SESSION, mode=SessionMode.CENTRE, at=MORNING, **said):
    """One contact at a working hour of the working day that was so long ago, or of the last before it."""
    lasted = said.pop("lasted", timedelta(hours=1))
    day = timezone.localdate() - ago
    while not working_days.is_working_day(day):
        day -= timedelta(days=1)
    started_at = moments(day, at)[0]
    times = {"started_at": started_at, "ended_at": started_at + lasted}
    session = carer_contacts.log_contact(strand, by=by, kind=kind, mode=mode, **times, **said)
    carer_contacts.sign_contact(session, by=by, edition=session.edition)
