"""The public pages are in plain English: somebody of twelve reads them, and of eleven the young people's own."""

import pytest
from django.urls import reverse

from tests.reading import main_text, reading_age, sentences, syllables

TWELVE = 12
YOUNGEST = 11
LONGEST_SENTENCE = 30
pytestmark = pytest.mark.usefixtures("reference")
PAGES = [
    "refer:start_page",
    "refer:check",
    "refer:not_right",
    "centres:young_people",
    "centres:contact",
    "centres:privacy",
    "centres:accessibility",
    "centres:cookies",
]


@pytest.mark.requirement("R-nat-05")
@pytest.mark.parametrize("name", PAGES)
def test_somebody_of_twelve_reads_a_public_page(client, name):
    text = main_text(client.get(reverse(name)).text)
    assert sentences(text)
    assert reading_age(text) <= (YOUNGEST if name == "centres:young_people" else TWELVE)


@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_of_a_public_page_is_long(client, name):
    text = main_text(client.get(reverse(name)).text)
    assert [" ".join(words) for words in sentences(text) if len(words) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("The cat sat on the mat.", 3.6),
        ("You can stop at any time. We will not ask why you want to.", 4.8),
        ("Practitioners facilitate multidisciplinary interventions addressing vulnerability.", 46.8),
    ],
)
def test_the_measure_is_that_of_flesch_and_kincaid(text, age):
    assert reading_age(text) == pytest.approx(age, abs=0.1)


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        *(("safe", 1), ("asked", 1), ("needed", 2), ("people", 2), ("table", 2), ("times", 1), ("being", 2)),
        *(("police", 2), ("social", 2), ("referral", 3), ("video", 3), ("exploitation", 4), ("person’s", 2)),
    ],
)
def test_syllables_are_counted_as_heard(word, heard):
    assert syllables(word) == heard


def test_menus_headings_and_addresses_are_not_sentences():
    page = "<h1>No</h1><main><nav><a>To the very start of it</a></nav><p>Write to us at a@b.example today.</p></main>"
    assert sentences(main_text(page)) == [["Write", "to", "us", "at", "today"]]
