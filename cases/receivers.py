"""What is heard here of a concern, in the same transaction. Each hands on at once."""

from django.dispatch import receiver
from django.utils import timezone

from cases import missing_now, operations
from cases.models import Case
from cases.steps import hold_cases_of
from cases.story import raised_of
from safeguarding.signals import about_to_act, acted_on, case_asked_for, missing_asked_for, source_asked_for


@receiver(about_to_act)
def somebody_acts_on_a_concern(sender, *, subject, **told):
    hold_cases_of(subject)


@receiver(acted_on)
def something_is_done_about_a_concern(sender, *, concern, title, by, at, **told):
    operations.tell_of_concern(concern.subject_id, title, by=by, at=at, path=concern.get_absolute_url())


@receiver(source_asked_for)
def what_a_concern_was_raised_of(sender, *, concern, user, **told):
    return raised_of(concern, user)


@receiver(case_asked_for)
def the_case_about_a_person(sender, *, subject, user, **told):
    """The one that is open, else the last."""
    case = (
        Case.objects.visible_to(user)
        .filter(subject=subject)
        .select_related("referral")
        .order_by("closed_at", "pk")
        .last()
    )
    return case and {"reference": case.reference, "url": case.get_absolute_url()}


@receiver(missing_asked_for)
def who_is_missing_now(sender, *, user, **told):
    return missing_now.rows(user, today=timezone.localdate())
