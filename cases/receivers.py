"""What is heard here of a concern, in the same transaction. Each hands on at once."""

from django.dispatch import receiver

from cases import operations
from cases.steps import hold_cases_of
from safeguarding.signals import about_to_act, acted_on


@receiver(about_to_act)
def somebody_acts_on_a_concern(sender, *, subject, **told):
    hold_cases_of(subject)


@receiver(acted_on)
def something_is_done_about_a_concern(sender, *, concern, title, by, at, **told):
    operations.tell_of_concern(concern.subject_id, title, by=by, at=at, path=concern.get_absolute_url())
