"""Finding a referral by what somebody was told over the telephone: equality on keys first, what is similar second.

Each part of a search asks one table by one index and gives ids; a condition
over several tables at once would read all of them from end to end. A second
statement asks which of these the user may see, and what their rows show.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q, Value

from accounts.prepared import IsAmong
from people.models import DataSubject
from people.search_keys import normalised, sound
from referrals import visible
from referrals.models import Referral
from referrals.querysets import Reasons
from referrals.references import LETTERS

ALL_LETTERS = re.compile(f"(?:PR)?([{LETTERS}]{{4}})-?([{LETTERS}]{{2}})", re.IGNORECASE)
INDEXED = re.compile(r"\w{3}")  # of less there is no trigram, and the index would be read whole
MANY = 500  # of one part of a search: who is told that more match than a page holds looks again with more to go by
MOST_WORDS = 6  # a name of more is looked for as it stands


@dataclass(frozen=True)
class Sought:
    """What was typed, taken apart. All that is there has to hold."""

    reference: str = ""
    email: str = ""
    date_of_birth: date | None = None
    postcode: str = ""
    words: str = ""

    @property
    def kinds(self):
        """The kinds of keys that were used: what the trail says of a search."""
        return [name for name in self.__dataclass_fields__ if getattr(self, name)]

    @property
    def keys(self):
        keys = [key for word in self.words.split() if (key := normalised(word))]
        return keys if len(keys) <= MOST_WORDS else []


def found(user, sought):
    """The values of one page's rows and one more, of what ``user`` may see: those that match exactly come first."""
    matching = _matching(user, sought)
    ids, exact = [pk for pk, _is_exact in matching], [pk for pk, is_exact in matching if is_exact]
    return visible.found(user, ids, exact) if ids else []


def _matching(user, sought):
    """Pairs of an id and whether it matches exactly, of what this user might see; each part gives no more than MANY."""
    rows = Referral.objects.filter(_near(user)).filter(**_equal(sought)).order_by()
    exact = [rows.filter(part).annotate(is_exact=Value(True)) for part in _exact(sought)]
    similar = [rows.filter(part).annotate(is_exact=Value(False)) for part in _similar(sought)]
    parts = [part.values_list("pk", "is_exact")[:MANY] for part in [*exact, *similar]]
    return list(parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0] if parts else [])


def _near(user):
    """Where the user's roles and grants reach. What they may see of it is asked of the few that match."""
    reached = [centre for reason in Reasons.of(user, None) for centre in reason]
    return Q(IsAmong("centre", reached)) | DataSubject.objects.is_granted(user, subject="subject")


def _equal(sought):
    columns = {
        "reference": sought.reference,
        "subject__date_of_birth": sought.date_of_birth,
        "young_person__postcode": sought.postcode,
    }
    return {column: value for column, value in columns.items() if value}


def _exact(sought):
    """Conditions, each by an index of its own; one that always holds where ``_equal`` alone is asked."""
    if not (sought.email or sought.words):
        return [Q()]
    parts = [Q(referrer_email=sought.email)] if sought.email else []
    return [*parts, *_named(sought.keys), *(Q(reference=read) for read in _as_reference(sought.words))]


def _named(keys):
    """Each way in which the words may be given name and surname; together they are one of the two."""
    if not keys:
        return []
    whole = "".join(keys)
    ways = [Q(subject__surname_key=whole), Q(subject__given_name_key=whole)]
    pairs = [pair for given, surname in _splits(keys) for pair in ((given, surname), (surname, given))]
    both = [Q(subject__given_name_key=given, subject__surname_key=surname) for given, surname in pairs]
    return [*ways, reduce(or_, both)] if both else ways


def _splits(keys):
    return [("".join(keys[:place]), "".join(keys[place:])) for place in range(1, len(keys))]


def _as_reference(words):
    """A reference that is all letters reads as a name."""
    read = ALL_LETTERS.fullmatch(words)
    return [f"PR-{read[1]}-{read[2]}".upper()] if read else []


def _similar(sought):
    parts = [Q(referrer_email__icontains=sought.email)] if INDEXED.search(sought.email) else []
    parts += [*_sounding(sought.keys), *_holding(sought.keys)]
    if INDEXED.search(words := sought.words):
        parts += [Q(referrer_name__icontains=words), Q(referrer_agency__icontains=words)]
        parts += [Q(young_person__preferred_name__icontains=words), Q(young_person__other_names__icontains=words)]
    return parts


def _sounding(keys):
    """A surname as it was heard, of one word or of all; beside it the first letter of a given name has to be right."""
    pairs = [pair for given, surname in _splits(keys) for pair in ((given, surname), (surname, given))]
    ways = [Q(subject__surname_sound=heard)] if (heard := sound("".join(keys))) else []
    return ways + [
        Q(subject__surname_sound=heard, subject__given_name_key__startswith=given[0])
        for given, surname in pairs
        if (heard := sound(surname))
    ]


def _holding(keys):
    """Each word somewhere in the two names."""
    if not any(INDEXED.search(key) for key in keys):
        return []
    either = [Q(subject__surname_key__contains=key) | Q(subject__given_name_key__contains=key) for key in keys]
    return [reduce(and_, either)]
