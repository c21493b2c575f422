"""What floors below ask of the referrals."""

from django.dispatch import receiver
from django.utils import timezone

from referrals import presenting
from referrals.models import Referral
from safeguarding.signals import person_asked_for, requests_asked_for


@receiver(requests_asked_for)
def tell_of_requests(sender, *, subjects, user, **kwargs):
    """The latest referral about each person, where ``user`` may open one."""
    found = Referral.objects.visible_to(user).filter(subject__in=subjects).for_mention()
    day = timezone.localdate()
    return {values["subject_id"]: presenting.mention(values, day) for values in found}


@receiver(person_asked_for)
def tell_whose(sender, *, subject, **kwargs):
    """As they are called in a list. Whoever reads a concern may know whose it is, and nothing of the referral."""
    latest = Referral.objects.filter(subject=subject).for_mention().last()
    return latest and presenting.mention(latest, timezone.localdate())["who"]
