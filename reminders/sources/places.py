"""Where something is, and whose."""

from reminders.steps import Place


def of_case(case, *, owner=None):
    return Place(centre=case.centre_id, subject=case.subject_id, case=case.pk, owner=owner)


def of_referral(referral):
    """Once it has ended it is with nobody any more: what still waits is for who is on duty."""
    owner = referral.owner_id if referral.is_open else None
    return Place(centre=referral.centre_id, subject=referral.subject_id, owner=owner)


def of_strand(strand, *, owner):
    """Not where the young person's case is: whoever works with them hears nothing of their parent or carer."""
    case = strand.case
    return Place(centre=case.centre_id, subject=strand.subject_id, beside=case.subject_id, owner=owner)


def of_concern(concern, *, owner):
    """What is about a colleague stays with whom it is for (``Concern.objects.visible_to``)."""
    apart = {"apart": concern.about_colleague, "colleague": concern.colleague_id}
    return Place(centre=concern.subject.centre_id, subject=concern.subject_id, owner=owner, **apart)
