"""Whatever is typed or sent, nobody meets a 500 (C1, C6, C7); each wrong answer is said beside its question."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.forms.base import Given
from referrals.forms.whole import FORMS as EVERY_FORM
from referrals.models import Referral
from tests.factories.referrals import ReferralDraftFactory
from tests.figures import DEEP
from tests.referrals.public import answers, steps
from tests.referrals.public.corpus import ODD, REFUSED

FORMS = {slug: (form, answers.WHOLE[slug]) for slug, form in EVERY_FORM.items()}
text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
typed = st.one_of(st.sampled_from(ODD), text, st.integers().map(str), st.dates().map(str))


def choices_of(form):
    found = {value for field in form.fields.values() for value, _label in getattr(field, "choices", ())}
    return sorted(str(value) for value in found if not isinstance(value, tuple))


def names_of(form):
    """Every name under which an answer may come: also those of the first entry of each list."""
    return [*form.input_names(), *(name for rows in form.rows.values() for row in rows for name in row.input_names())]


def raw(form, plain):
    """What a browser may send for this form: right answers, answers of other questions, and anything."""
    names = [*names_of(form), "later", "seen", "nobody_asks_this"]
    value = st.one_of(typed, st.sampled_from(choices_of(form) or [""]), st.sampled_from(sorted(plain.values())))
    changes = st.dictionaries(st.sampled_from(names), st.one_of(value, st.lists(value, max_size=3)), max_size=12)
    return changes.map(lambda changed: plain | changed)


def wrong_in(form):
    """The names of what is wrong: of a list the list itself where it is, else the questions of its entries."""
    lists = {name: rows for name, rows in form.rows.items() if name in form.errors}
    entries = [row.add_prefix(name) for rows in lists.values() for row in rows for name in row.errors]
    return [name for name in form.errors if name not in lists or lists[name].errors] + entries


EXAMPLES = settings(max_examples=200 if DEEP else 10)


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


@pytest.mark.parametrize("slug", FORMS)
@EXAMPLES
@given(data=st.data())
def test_whatever_is_answered_is_kept_or_said(client, welsh_area, slug, data):
    if "referrer" not in client.session:
        steps.prove_at_once(client)
    form, plain = FORMS[slug]
    given_here = Given.of(area_code=welsh_area.code, category="wal_c_high_or_current")
    draft = ReferralDraftFactory(email=steps.EMAIL)
    page = steps.save(client, draft, slug, data.draw(raw(form(given=given_here), plain)))
    assert page.status_code in (200, 302)
    for name in wrong_in(page.context["form"]) if page.status_code == 200 else ():
        assert f'id="id_{name}_error"' in page.text
    assert client.get(reverse("refer:check_answers", args=[draft.pk])).status_code == 200


@EXAMPLES
@given(changes=st.dictionaries(st.sampled_from([*answers.GATE, "local_authority", "emergency_called"]), typed))
def test_whatever_the_check_is_told_is_a_page(client, english_area, changes):
    page = client.post(reverse("refer:check"), answers.GATE | {"local_authority": english_area.code} | changes)
    assert page.status_code in (200, 302)
    for name in ("refer:situation", "refer:result"):
        assert client.get(reverse(name)).status_code in (200, 302)
        assert client.post(reverse(name), {"category": changes.get("who", "")}).status_code in (200, 302)


@EXAMPLES
@given(text=typed)
def test_whatever_is_typed_as_e_mail_or_code_is_a_page(client, text):
    assert client.post(reverse("refer:email"), {"email": text}).status_code in (200, 302, 429)
    assert client.post(reverse("refer:code"), {"code": text}).status_code in (200, 302, 429)


POSTS = ["refer:check", "refer:situation", "refer:result", "refer:email", "refer:code", "refer:leave"]


@pytest.mark.parametrize("shift", range(0, len(ODD), 1 if DEEP else 4))
def test_odd_text_in_every_question_is_a_page(client, draft, english_area, shift):
    for slug, (form, _plain) in FORMS.items():
        names = names_of(form(given=Given.of(area_code=english_area.code)))
        odd = {name: ODD[(shift + place) % len(ODD)] for place, name in enumerate(names)}
        page = steps.save(client, draft, slug, odd)
        assert page.status_code in (200, 302)
        assert "<script>alert(1)</script>" not in page.text
    assert client.get(reverse("refer:check_answers", args=[draft.pk])).status_code == 200


@pytest.mark.parametrize("text", REFUSED)
def test_what_no_keyboard_types_is_refused_on_a_page_for_people(client, draft, text):
    address = reverse("refer:section", args=[draft.pk, "young-person"])
    body = f"first_name={_quoted(text)}"
    page = client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code in (200, 400)
    assert "<h1>" in page.text


def _quoted(text):
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", ["ŵŷŴŶ Llŷr", "O'Brien", "Null", "D’Arcy"])
def test_names_are_stored_exactly(client, draft, english_area, text):
    steps.fill_in_by_hand(client, draft, english_area, first_name=text, last_name=text, referrer_name=text)
    steps.send(client, draft)
    referral = Referral.objects.get()
    assert referral.young_person.first_name == referral.young_person.last_name == referral.referrer_name == text


def test_a_very_long_text_is_kept_and_said(client, draft):
    page = steps.save(client, draft, "concerns", answers.CONCERNS | {"reason": "a" * 100_000})
    assert "Use 3,000 characters or fewer." in page.text or "Use 3000 characters or fewer." in page.text
    assert "a" * 100_000 in page.text


def test_too_many_fields_and_too_much_text_are_refused_in_words(client, draft):
    page = reverse("refer:section", args=[draft.pk, "concerns"])
    many = client.post(page, {f"field{number}": "" for number in range(1_001)})
    much = client.post(page, {"reason": "a" * 3_000_000})
    assert (many.status_code, much.status_code) == (400, 413)
    assert "<h1>" in many.text
    assert "<h1>" in much.text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"who": "professional"}', "application/json"),
        ("<who>professional</who>", "text/xml"),
        ("who=professional", "text/plain"),
        ("--x", "multipart/form-data; boundary=x"),
        ("--x", "multipart/form-data"),
        ("who", "multipart/form-data; boundary=" + "x" * 300),
        ("", ""),
    ],
)
@pytest.mark.parametrize("name", POSTS)
def test_another_kind_of_body_is_no_answer(client, name, body, content_type):
    assert client.post(reverse(name), body, content_type=content_type).status_code in (200, 302, 400)


@pytest.mark.parametrize("sent", [["no", "yes"], ["yes", "no"], ["no", "no"]])
def test_of_two_answers_the_last_counts(client, english_area, sent):
    page = client.post(reverse("refer:check"), answers.GATE | {"local_authority": english_area.code, "danger": sent})
    is_danger = sent[-1] == "yes"
    assert page.status_code == (200 if is_danger else 302)


@pytest.mark.parametrize("query", ["?next=" + "a" * 5_000, "?next=%00", "?next[]=x", "?from=check&from=x", "?%ff=%fe"])
def test_odd_addresses_are_pages(client, draft, query):
    for name in ("refer:start_page", "refer:check", "refer:email", "refer:mine"):
        assert client.get(reverse(name) + query).status_code in (200, 302, 400)
    assert client.get(reverse("refer:section", args=[draft.pk, "safety"]) + query).status_code in (200, 400)


@pytest.mark.parametrize("address", ["/refer/not-a-uuid/", "/refer/00000000-0000-0000-0000-000000000000/nothing/"])
def test_what_is_no_address_is_not_there(client, draft, address):
    assert client.get(address).status_code == 404
