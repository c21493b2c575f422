"""Where something is, and whose."""

from reminders.steps import Place


def of_case(case, *, owner=None):
    return Place(centre=case.centre_id, subject=case.subject_id, case=case.pk, owner=owner)
