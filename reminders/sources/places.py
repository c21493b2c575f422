"""Where something is, and whose."""

from reminders.steps import Place


def of_case(case, *, owner=None):
    return Place(centre=case.centre_id, subject=case.subject_id, case=case.pk, owner=owner)


def of_referral(referral):
    """Once it has ended it is with nobody any more: what still waits is for who is on duty."""
    owner = referral.owner_id if referral.is_open else None
    return Place(centre=referral.centre_id, subject=referral.subject_id, owner=owner)
