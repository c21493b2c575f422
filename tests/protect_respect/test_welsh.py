"""The Welsh that the public reads: whole, in the words of the glossary (domain.md 9), and never the English again.

It is a draft until a qualified translator has reviewed it; these tests keep
what can be kept without one.
"""

import re
from collections import Counter
from io import StringIO

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command

from protect_respect import welsh

PUBLIC = [message for message in welsh.messages() if welsh.is_public(message)]
WELSH_OF = {welsh.english_of(message): welsh.forms_of(message) for message in welsh.messages()}

# English words of the glossary, and the Welsh that must stand where they do, in each of its mutations.
GLOSSARY = {
    r"referrals?\b|\brefer\b": r"atgyfeir",
    r"referrer\b": r"atgyfeiriwr",
    r"young pe(rson|ople)": r"(p|b|ph|mh)(erson|obl) ifanc",
    r"child\b": r"(p|b|ph|mh)lentyn|(p|b|ph|mh)lant",
    r"parents?\b": r"(rh|r)ian[ti]|(rh|r)ieni",
    r"carers?\b": r"(g|ng|)ofal(wr|wyr)",
    r"practitioners?\b": r"ymarfer(ydd|wyr)",
    r"duty workers?\b": r"weith(iwr|wyr) ar ddyletswydd",
    r"managers?\b": r"(rh|r)eolw(r|yr)",
    r"social workers?\b": r"weith(iwr|wyr) cymdeithasol",
    r"children’s social care": r"(g|ng|)ofal cymdeithasol",
    r"police\b": r"heddlu",
    r"helpline\b": r"(ll|l)inell gymorth",
    r"safeguarding\b": r"(dd|d|n)iogelu",
    r"parental responsibility": r"(c|g|ch|ngh)yfrifoldeb rhiant",
    r"consent\b": r"(c|g|ch|ngh)ydsyni",
    r"sexual exploitation|sexually exploited": r"(c|g|ch|ngh)amfanteisio(’n rhywiol| rhywiol)",
    r"exploitation\b": r"(c|g|ch|ngh)amfanteis",
    r"trauma\b": r"(t|d|th|nh)rawma",
    r"safety plan\b": r"(c|g|ch|ngh)ynllun diogelwch",
    r"strengths?\b": r"(c|g|ch|ngh)ryfder",
    r"interpreter\b": r"(c|g|ch|ngh)yfieithydd",
    r"pronouns?\b": r"(rh|r)agenw",
    r"date of birth\b": r"(d|dd|n)yddiad(au)? geni",
    r"ethnic group\b": r"grŵp ethnig",
    r"disabilit(y|ies)\b": r"anabl",
    r"missing\b(?! school)": r"ar goll",
    r"online\b": r"ar-lein",
    r"schools?\b": r"ysgol",
    r"waiting list": r"(rh|r)estr aros",
    r"drafts?\b": r"(d|dd|n)rafft",
}
SAME_EVERYWHERE = {
    "Back": "Yn ôl",
    "Check your answers": "Gwirio eich atebion",
    "Continue": "Parhau",
    "Date of birth": "Dyddiad geni",
    "Exit this page": "Gadael y dudalen hon",
    "No": "Na",
    "Not known": "Anhysbys",
    "Pronouns": "Rhagenwau",
    "Safe contact": "Cysylltu’n ddiogel",
    "Save and continue": "Cadw a pharhau",
    "Strengths": "Cryfderau",
    "There is a problem": "Mae problem",
    "Yes": "Ie",
    "Young person": "Person ifanc",
}
TAG = re.compile(r"<[^>]+>")


def pairs(messages):
    """Each English sentence with each form of its Welsh."""
    return [(welsh.english_of(message), form) for message in messages for form in welsh.forms_of(message)]


@pytest.mark.requirement("R-nat-05")
def test_every_public_sentence_is_in_welsh_and_is_not_the_english_again():
    out = StringIO()
    call_command("lint_welsh", stdout=out)
    assert f"{len(PUBLIC)} public sentences" in out.getvalue()


def test_our_catalogue_has_the_six_plurals_of_welsh():
    with welsh.CATALOGUE.open("rb") as source:
        assert read_po(source, locale="cy").num_plurals == 6
    counted = [message for message in PUBLIC if not isinstance(message.id, str)]
    assert counted
    assert [message.id for message in counted if len(message.string) != 6 or not all(message.string)] == []


@pytest.mark.parametrize(("english", "cymraeg"), GLOSSARY.items(), ids=lambda words: re.sub(r"\W+", " ", words))
def test_a_word_of_the_glossary_is_the_same_word_everywhere(english, cymraeg):
    said = [pair for pair in pairs(PUBLIC) if re.search(rf"\b({english})", TAG.sub("", pair[0]), re.IGNORECASE)]
    assert said
    assert [pair for pair in said if not re.search(cymraeg, pair[1], re.IGNORECASE)] == []


@pytest.mark.parametrize(("english", "cymraeg"), SAME_EVERYWHERE.items())
def test_what_is_said_on_many_pages_is_said_as_the_glossary_has_it(english, cymraeg):
    assert WELSH_OF[english] == [cymraeg]


def test_links_and_other_tags_are_those_of_the_english():
    differing = [pair for pair in pairs(PUBLIC) if Counter(TAG.findall(pair[0])) != Counter(TAG.findall(pair[1]))]
    assert differing == []


def test_an_apostrophe_is_the_curly_one():
    assert [form for _english, form in pairs(PUBLIC) if "'" in TAG.sub("", form)] == []


def test_no_sentence_is_a_guess_of_the_tool():
    assert [message.id for message in welsh.messages() if message.fuzzy] == []
