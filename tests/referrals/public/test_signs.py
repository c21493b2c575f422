"""Signs and circumstances: optional, never added up, and each word of them stored as it was said."""

import gzip
from itertools import product

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from referrals.enums import SEEN, SIGNS_OF, Sign, SignGroup, SignSource, SignTiming
from referrals.forms.signs import SignForm, SignsField, SignsWidget
from referrals.models import Referral, ReferralDraft, SignSeen
from tests.referrals.public import answers, steps

LARGEST_PAGE = 30_000  # bytes as they travel: performance.md, step 2
LANGUAGES = ["en-gb", "cy"]
MONEY = "signs_money_or_items"


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def address(draft):
    return reverse("refer:section", args=[draft.pk, "concerns"])


def said_of(**typed):
    return SignsField(required=False).clean(SignsWidget().value_from_datadict(typed, {}, "signs"))


def test_what_was_seen_is_stored_with_how_it_is_known_and_a_note(client, draft, english_area):
    steps.fill_in(client, draft, english_area)
    steps.send(client, draft)
    stored = SignSeen.objects.filter(referral=Referral.objects.get()).order_by("sign")
    assert [(row.sign, row.timing, row.source, row.note) for row in stored] == [
        ("missing", "not_known", "", ""),
        ("money_or_items", "present_now", "seen_directly", "Two new phones since the summer."),
        ("trusted_adult", "present_now", "", ""),
    ]


def test_every_sign_can_be_answered_in_every_way_and_reaches_its_row():
    for sign, timing, source in product(Sign, SEEN, SignSource):
        typed = {f"signs_{sign}": timing, f"signs_{sign}_source": source, f"signs_{sign}_note": "A note"}
        assert said_of(**typed) == [{"sign": sign, "timing": timing, "source": source, "note": "A note"}]


@pytest.mark.requirement("R-nat-18", part="signs and circumstances")
def test_every_sign_offers_not_known(client, draft):
    page = client.get(address(draft)).text
    for sign in Sign:
        assert f'name="signs_{sign}" value="not_known"' in page


@given(
    st.dictionaries(
        st.sampled_from(Sign),
        st.tuples(
            st.sampled_from(["", *SignTiming.values]),
            st.sampled_from(["", *SignSource.values]),
            st.text(st.characters(exclude_categories=["C"]), max_size=20),
        ),
        max_size=5,
    )
)
def test_how_it_is_known_and_a_note_are_kept_only_of_what_was_seen(said):
    typed = {}
    for sign, (timing, source, note) in said.items():
        typed |= {f"signs_{sign}": timing, f"signs_{sign}_source": source, f"signs_{sign}_note": note}
    rows = {row["sign"]: row for row in said_of(**typed)}
    assert set(rows) == {sign for sign, (timing, _source, _note) in said.items() if timing}
    for sign, row in rows.items():
        timing, source, note = said[sign]
        kept = (source, note.strip()) if timing in SEEN else ("", "")
        assert (row["timing"], row["source"], row["note"]) == (timing, *kept)


def test_no_sign_has_to_be_answered(client, draft, english_area):
    bare = {name: value for name, value in answers.CONCERNS.items() if not name.startswith("signs_")}
    assert steps.save(client, draft, "concerns", bare).status_code == 302
    assert not any(name.startswith("signs_") for name in ReferralDraft.objects.get().answers["concerns"])


def test_of_what_a_browser_sends_empty_nothing_is_kept(client, draft):
    empty = {f"signs{name}": "" for name in SignsWidget.widgets_names}
    steps.save(client, draft, "concerns", answers.CONCERNS | empty | {MONEY: "earlier"})
    kept = [name for name in ReferralDraft.objects.get().answers["concerns"] if name.startswith("signs_")]
    assert kept == [MONEY]


def test_a_group_is_open_where_something_in_it_was_answered(client, draft):
    steps.save(client, draft, "concerns", {MONEY: "earlier"})
    form = client.get(address(draft)).context["form"]
    page = str(form["signs"])
    assert page.count("<details") == len(SignGroup)
    assert page.count(" open>") == 1
    opened = page[page.index(" open>") :]
    assert opened.index(str(SignGroup.POSSIBLE_SIGN.label)) < opened.index(f'name="{MONEY}"')


def test_what_cannot_be_kept_is_said_and_leads_to_its_box(client, draft):
    typed = {MONEY: "earlier", f"{MONEY}_note": "a" * 301, "signs_fear": "always"}
    page = steps.save(client, draft, "concerns", answers.CONCERNS | typed)
    assert page.status_code == 200
    assert "Money or things that are not explained: Use 300 characters or fewer." in page.text
    assert "Fear: Choose one of the answers that are offered." in page.text
    place = SignsWidget.widgets_names.index("_money_or_items_note")
    assert f'href="#id_signs_{place}"' in page.text
    assert f'id="id_signs_{place}"' in page.text
    assert "a" * 301 in page.text


def test_every_answered_sign_is_read_before_sending(client, draft, english_area):
    steps.fill_in(client, draft, english_area)
    page = client.get(reverse("refer:check_answers", args=[draft.pk])).text
    line = "Money or things that are not explained: In the last 6 months – I saw it – Two new phones since the summer."
    assert line in page
    assert "Times of being missing: Not known" in page


def test_signs_of_harm_are_never_called_a_risk_and_nothing_is_counted(client, draft):
    steps.save(client, draft, "concerns", answers.CONCERNS)
    for language in LANGUAGES:
        with translation.override(language):
            drawn = SignsWidget().render("signs", {Sign.SAID_SO: {"timing": "earlier", "source": "", "note": ""}})
            assert "risk" not in drawn.lower()
            assert "score" not in drawn.lower()
    assert sum(len(signs) for signs in SIGNS_OF.values()) == len(Sign) == len({s for g in SIGNS_OF.values() for s in g})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_light(client, draft, language):
    with translation.override(language):
        page = client.get(address(draft))
    assert len(gzip.compress(page.content)) <= LARGEST_PAGE


def test_a_name_that_is_not_a_sign_is_no_answer():
    assert said_of(signs_streetwise="present_now", signs_="earlier", signs__note="a") == []


def test_a_note_alone_is_no_answer():
    form = SignForm({"timing": "", "source": "records", "note": "a" * 400})
    assert form.is_valid()
    assert form.cleaned_data == {"timing": "", "source": "", "note": ""}
