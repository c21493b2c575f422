"""A form that is refused gives the words in it back to whoever typed them, and tells nobody anything else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.visitors import a_client, masked
from ui.typed import MOST_CHARACTERS, MOST_TEXTS, words_of

pytestmark = pytest.mark.django_db

WORDS = "She told me that <b>Tuesdays</b> are hard.\nWe agreed on Thursdays & her aunt knows."
ESCAPED = "She told me that &lt;b&gt;Tuesdays&lt;/b&gt; are hard.\nWe agreed on Thursdays &amp; her aunt knows."


@pytest.fixture
def case():
    return CaseFactory()


def note(case):
    return reverse("cases:note", args=[case.reference])


NOWHERE = reverse("cases:note", args=["PR-2222-22"])


def test_a_note_on_a_case_that_was_taken_from_me_meanwhile_comes_back_to_be_copied(client, sign_in, case):
    user = sign_in(Role.PRACTITIONER, at=case.centre)
    AssignmentFactory(case=case, user=user, ended=True)
    answer = client.post(note(case), {"text": WORDS})
    assert answer.status_code == 404
    assert f"readonly>\n{ESCAPED}</textarea>" in answer.text
    assert not case.timeline.exists()


def test_it_is_the_same_page_whether_the_case_is_there_or_not(client, sign_in, case):
    sign_in(Role.PRACTITIONER, at=case.centre)
    there, nowhere = (client.post(address, {"text": WORDS}) for address in (note(case), NOWHERE))
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert ESCAPED in there.text


def test_the_page_of_somebody_who_may_only_read_gives_them_back_as_well(client, sign_in, case):
    sign_in(Role.PRACTITIONER, at=case.centre)
    answer = client.post(reverse("triage:assign_many"), {"reason": WORDS})
    assert (answer.status_code, ESCAPED in answer.text) == (403, True)


def test_without_a_form_the_page_is_as_it_was(client, sign_in, case):
    sign_in(Role.PRACTITIONER, at=case.centre)
    asked, sent = client.get(note(case) + "?text=" + "One two"), client.post(note(case), {})
    assert "typed-1" not in asked.text
    assert masked(asked.content) == masked(sent.content)


def test_what_was_chosen_and_what_is_secret_is_not_repeated(client, sign_in, case):
    sign_in(Role.PRACTITIONER, at=case.centre)
    sent = {
        "kind": "home_phone", "owner": "17", "password": "a pass phrase", "code_word_help": "hot biscuit",
        "csrfmiddlewaretoken": "a token", "reset_key": "a key", "text": "Kept words.",
    }  # fmt: skip
    page = client.post(note(case), sent).text
    assert "Kept words." in page
    assert page.count("<textarea") == 1
    assert not [word for word in ("pass phrase", "hot biscuit", "a token", "a key", "home_phone") if word in page]


def test_a_visitor_and_a_page_that_is_not_ours_give_nothing_back(client, sign_in):
    for address in ("/refer/nowhere/", NOWHERE, "/no/such/page/"):
        assert "Tuesdays" not in client.post(address, {"text": WORDS}).text
    sign_in(Role.PRACTITIONER)
    assert "Tuesdays" not in client.post("/no/such/page/", {"text": WORDS}).text


def test_a_form_without_its_proof_gives_nothing_back(sign_in, case):
    """Another site could have written the words, to have them read under our name."""
    client = a_client(enforce_csrf_checks=True)
    sign_in(Role.PRACTITIONER, at=case.centre, client=client)
    for address in (note(case), NOWHERE):
        answer = client.post(address, {"text": WORDS})
        assert (answer.status_code, "Tuesdays" in answer.text) == (403, False)


class Match:
    namespace = "cases"

    def func(self):
        """A view that asks for a sign-in, as all do that say nothing else."""


def sent(rf, data, user=None, match=Match):
    request = rf.post("/", data)
    request.user = user or UserFactory.build()
    request.resolver_match = match() if match else None
    return words_of(request)


def test_it_is_bounded_however_much_was_sent(rf):
    assert len(sent(rf, {"text": ["some words"] * (MOST_TEXTS + 9)})) == MOST_TEXTS
    long = "word " * (MOST_CHARACTERS // 6)
    assert sent(rf, {"a": long, "b": long, "c": "Short words."}) == [long, "Short words."]


def test_nobody_and_no_address_of_ours_is_given_nothing(rf):
    assert sent(rf, {"text": WORDS}) == [WORDS]
    assert sent(rf, {"text": WORDS}, user=AnonymousUser()) == []
    assert sent(rf, {"text": WORDS}, match=None) == []
    for namespace in ("", "admin"):
        assert sent(rf, {"text": WORDS}, match=type("M", (Match,), {"namespace": namespace})) == []
