"""What safeguarding asks of the floors above, which it cannot know."""

from django.dispatch import Signal

# Sent with ``subjects`` (ids of people) and ``user``; a receiver returns, for those of them it has a request
# about that ``user`` may open, {id: {"reference", "url", "who"}}.
requests_asked_for = Signal()

# Sent with ``concern`` and ``user``; a receiver returns what it was raised of, where that ``user`` may read it:
# {"url", "words"}, or nothing.
source_asked_for = Signal()

# Sent with ``subject`` (an id) and ``user`` on the page of a concern; a receiver returns the case about that person
# that ``user`` may open, {"reference", "url"}, or nothing.
case_asked_for = Signal()

# Sent with ``subject`` (an id) on the page of a concern that leads its reader to nothing else: a receiver returns whose
# it is, initials and age, or nothing.
person_asked_for = Signal()

# Sent with ``user`` where concerns are listed; a receiver returns who is missing now of those whom that ``user`` may
# see: rows in words for ``cases/_missing_now.html``.
missing_asked_for = Signal()

# Sent with ``subject`` (an id) before an act on a concern holds anything: a receiver holds what it writes on when it is
# told. Cases are held before the people they are about, everywhere.
about_to_act = Signal()

# Sent with ``concern``, ``title`` (what was done, without a word of what was seen or said), ``by`` and ``at``, in the
# transaction of the act. Never sent of a concern about a colleague.
acted_on = Signal()


def missing_now(user):
    """Who is missing now, as far as a floor above knows it and ``user`` may."""
    return [row for _receiver, rows in missing_asked_for.send(sender=None, user=user) for row in rows]


def source_of(concern, *, user):
    """What it was raised of, as far as a floor above knows it and ``user`` may read it; else nothing."""
    return _first_answer(source_asked_for, concern=concern, user=user)


def case_about(subject, *, user):
    return _first_answer(case_asked_for, subject=subject, user=user)


def person_in_words(subject):
    return _first_answer(person_asked_for, subject=subject)


def _first_answer(signal, **told):
    return next(filter(None, (answer for _receiver, answer in signal.send(sender=None, **told))), None)


def requests_about(subjects, *, user):
    """What ``user`` may open of what was asked for these people: id to reference, address and initials with age."""
    subjects, told = set(subjects), {}
    if subjects:
        for _receiver, answer in requests_asked_for.send(sender=None, subjects=subjects, user=user):
            told |= answer
    return told
