"""What the pages of a strand read beside it. The caller may read the strand already."""

from django.utils import timezone

from sessions import carer_consenting, carer_visible


def consent_of(strand):
    """What they say about taking part themselves, today."""
    return carer_consenting.state(carer_visible.consents(strand), timezone.localdate())
