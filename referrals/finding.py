"""Finding a referral by what somebody was told over the telephone: equality on keys first, what is similar second.

Each part of a search asks one table by one index and gives ids; a condition
over several tables at once would read all of them from end to end. What the
user may see is asked of the ids that were found, in the same statement.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from people.search_keys import normalised, sound
from referrals.models import Referral, ReferredYoungPerson
from referrals.querysets import PAGE
from referrals.references import LETTERS

ALL_LETTERS = re.compile(f"(?:PR)?([{LETTERS}]{{4}})-?([{LETTERS}]{{2}})", re.IGNORECASE)
INDEXED = re.compile(r"\w{3}")  # of less there is no trigram, and the index would be read whole
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


def found(shown, sought):
    """The values of one page's rows and one more, of the ``shown``: those that match exactly before the others."""
    exact = _rows(shown, sought, _exact(sought))
    if len(exact) > PAGE or not (parts := _similar(sought)):
        return exact
    already = [values["pk"] for values in exact]
    return exact + _rows(shown.exclude(pk__in=already), sought, parts)[: PAGE + 1 - len(exact)]


def _rows(shown, sought, parts):
    if parts is not None:
        if not parts:
            return []
        ids = [part.order_by().values_list("pk") for part in parts]
        shown = shown.filter(pk__in=ids[0].union(*ids[1:]) if len(ids) > 1 else ids[0])
    shown = shown.filter(**_equal(sought))
    return list(shown.latest_first().for_queue()[: PAGE + 1])


def _equal(sought):
    columns = {
        "reference": sought.reference,
        "subject__date_of_birth": sought.date_of_birth,
        "young_person__postcode": sought.postcode,
    }
    return {column: value for column, value in columns.items() if value}


def _exact(sought):
    """None where nothing but ``_equal`` narrows."""
    rows, parts = Referral.objects.all(), []
    if sought.email:
        parts.append(rows.filter(referrer_email=sought.email))
    if sought.words:
        parts += [rows.filter(condition) for condition in _named(sought.keys)]
        parts += [rows.filter(reference=reference) for reference in _as_reference(sought.words)]
    return parts if sought.email or sought.words else None


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
    rows, parts = Referral.objects.all(), []
    if INDEXED.search(sought.email):
        parts.append(rows.filter(referrer_email__icontains=sought.email))
    if sought.words:
        parts += [rows.filter(condition) for condition in [*_sounding(sought.keys), *_holding(sought.keys)]]
    if INDEXED.search(sought.words):
        words = sought.words
        parts += [rows.filter(referrer_name__icontains=words), rows.filter(referrer_agency__icontains=words)]
        said = ReferredYoungPerson.objects.filter(Q(preferred_name__icontains=words) | Q(other_names__icontains=words))
        parts.append(rows.filter(pk__in=said.values("referral")))
    return parts


def _sounding(keys):
    """A surname as it was heard; beside a given name, its first letter has to be right."""
    if len(keys) == 1:
        return [Q(subject__surname_sound=heard)] if (heard := sound(keys[0])) else []
    pairs = [pair for given, surname in _splits(keys) for pair in ((given, surname), (surname, given))]
    return [
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
