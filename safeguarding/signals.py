"""What safeguarding asks of the floors above, which it cannot know."""

from django.dispatch import Signal

# Sent with ``subjects`` (ids of people) and ``user``; a receiver returns, for those of them it has a request
# about that ``user`` may open, {id: {"reference", "url", "who"}}.
requests_asked_for = Signal()


def requests_about(subjects, *, user):
    """What ``user`` may open of what was asked for these people: id to reference, address and initials with age."""
    subjects, told = set(subjects), {}
    if subjects:
        for _receiver, answer in requests_asked_for.send(sender=None, subjects=subjects, user=user):
            told |= answer
    return told
