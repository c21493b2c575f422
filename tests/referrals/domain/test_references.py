"""References that survive a bad telephone line."""

import re

from referrals.references import LETTERS, ReferenceConverter, new_reference


def test_a_reference_has_no_letter_that_is_heard_or_read_as_another():
    assert sorted(set("0O1IL") & set(LETTERS)) == []
    assert (len(LETTERS), len(set(LETTERS))) == (31, 31)


def test_a_thousand_references_differ_and_match_what_addresses_accept():
    drawn = {new_reference() for _ in range(1_000)}

    assert len(drawn) >= 999  # two equal ones among 890 million: once in 1,800 runs
    assert all(re.fullmatch(ReferenceConverter.regex, reference) for reference in drawn)
    assert {reference[place] for reference in drawn for place in (3, 4, 5, 6, 8, 9)} == set(LETTERS)


def test_an_address_takes_a_reference_as_it_is():
    converter = ReferenceConverter()
    assert converter.to_url(converter.to_python("PR-7K4M-2Q")) == "PR-7K4M-2Q"
