"""Who is missing now, above everything else on the pages that staff begin their day on."""

from accounts.permissions import Permission, has_permission_somewhere
from cases import missing_words
from cases.models import MissingEpisode
from cases.presenting import who_words


def rows(user, *, today):
    """Each on an open case that ``user`` may see, in words, the longest first: none is ever left out."""
    if not has_permission_somewhere(user, Permission.RAISE_CONCERNS):
        return []
    seen = MissingEpisode.objects.still_missing().on_visible_to(user).defer(*MissingEpisode.RESTRICTED)
    shown = seen.select_related("case__referral", "case__young_person")
    return [missing_words.now(episode) | {"who": who_words(episode.case.young_person, today)} for episode in shown]
