"""What somebody's own program reads in our paper."""

import io

import pytest
from pypdf import PdfReader

from referrals.references import LETTERS
from ui.pdf import answers_on_paper

WORDS = {
    "service": "S",
    "lead": [],
    "parts": [],
    "confidential": "C",
    "question": "Q",
    "answer": "A",
    "page": "{number}",
}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_reference_is_copied_as_it_is_written_and_on_one_line(letter):
    """Kerned as other words are, "PJ" is drawn so tight that a program reads "P J"."""
    title = " ".join(f"PR-{letter}{other}{other}{letter}-{letter}{other}" for other in LETTERS)
    paper = PdfReader(io.BytesIO(answers_on_paper({**WORDS, "title": title}, language="en")))
    assert title in " ".join(paper.pages[0].extract_text().split())
