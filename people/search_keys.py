"""Keys by which a person is found: computed here, stored on the subject, indexed by the database."""

import unicodedata
from dataclasses import dataclass

import jellyfish

LONGEST = 120


@dataclass(frozen=True)
class SearchKeys:
    surname_key: str = ""
    given_name_key: str = ""
    surname_sound: str = ""


def normalised(name: str) -> str:
    """Letters only, without accents or case: "O'Brien", "o brien" and "OBRIEN" are one; ŵ is w."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in decomposed if letter.isalpha())[:LONGEST]


def sound(name: str) -> str:
    """How a surname sounds, for spellings heard over the telephone. Empty where no Latin letter is left."""
    letters = "".join(letter for letter in normalised(name) if letter.isascii())
    return jellyfish.metaphone(letters)[:LONGEST] if letters else ""


def keys_for(*, given_name: str, surname: str) -> SearchKeys:
    return SearchKeys(
        surname_key=normalised(surname), given_name_key=normalised(given_name), surname_sound=sound(surname)
    )
