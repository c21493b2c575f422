"""What floors below ask of the referrals."""

from django.dispatch import receiver
from django.utils import timezone

from referrals import presenting
from referrals.models import Referral
from safeguarding.signals import requests_asked_for


@receiver(requests_asked_for)
def tell_of_requests(sender, *, subjects, user, **kwargs):
    """The latest referral about each person, where ``user`` may open one."""
    found = Referral.objects.visible_to(user).filter(subject__in=subjects).for_mention()
    day = timezone.localdate()
    return {values["subject_id"]: presenting.mention(values, day) for values in found}
