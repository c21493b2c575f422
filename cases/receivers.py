"""What is heard here of a concern, in the same transaction. Each hands on at once."""

from django.dispatch import receiver
from django.utils import timezone

from cases import missing_now, operations
from cases.steps import hold_cases_of
from cases.story import raised_of
from safeguarding.signals import about_to_act, acted_on, missing_asked_for, source_asked_for


@receiver(about_to_act)
def somebody_acts_on_a_concern(sender, *, subject, **told):
    hold_cases_of(subject)


@receiver(acted_on)
def something_is_done_about_a_concern(sender, *, concern, title, by, at, **told):
    operations.tell_of_concern(concern.subject_id, title, by=by, at=at, path=concern.get_absolute_url())


@receiver(source_asked_for)
def what_a_concern_was_raised_of(sender, *, concern, user, **told):
    return raised_of(concern, user)


@receiver(missing_asked_for)
def who_is_missing_now(sender, *, user, **told):
    return missing_now.rows(user, today=timezone.localdate())
