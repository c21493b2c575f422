"""``Case.objects.visible_to`` as every page of a case asks it, prepared once for each set of reasons.

Nothing is remembered of a person or a case (``accounts.prepared``).
"""

from functools import cache

from django.utils import timezone

from accounts.prepared import ASKER, Place, Prepared, asker
from cases.models import Case
from cases.querysets import Reasons


def for_page(user, reference):
    """The case with everything its head shows, or nothing: ``user`` has no reason to see it."""
    centres = Reasons.of(user, None)
    held = tuple(name for name, ids in centres._asdict().items() if ids)
    return _for_page(held).first(user=asker(user), reference=reference, at=timezone.now(), **centres._asdict())


@cache
def _for_page(held):
    centres = Reasons(*(Place(name) if name in held else () for name in Reasons._fields))
    seen = Case.objects.visible_for(ASKER, centres, at=Place("at"))
    return Prepared(lambda: seen.for_page().filter(referral__reference=Place("reference")))
