"""Finding a referral by what was said over the telephone; only what one may see, and nothing of it in an address."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.enums import Role
from audit.models import AuditEvent
from people.search_keys import keys_for
from referrals.forms.searching import SearchForm
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.referrals.public.corpus import ODD, REFUSED
from tests.referrals.staff.test_queue import NASTY

pytestmark = pytest.mark.django_db
SEARCH = "/triage/search/"
BORN = date(2011, 3, 14)


@pytest.fixture
def duty_worker(sign_in, centre):
    return sign_in(Role.DUTY_WORKER, at=centre)


def about(first, last, centre, *, born=BORN, **facts):
    """A referral about somebody, with the keys by which they are found."""
    keys = {f"subject__{name}": key for name, key in vars(keys_for(given_name=first, surname=last)).items()}
    return ReferralFactory(
        centre=centre,
        subject__date_of_birth=born,
        young_person__first_name=first,
        young_person__last_name=last,
        **keys,
        **facts,
    )


@pytest.fixture
def sian(centre):
    return about(
        "Siân",
        "O’Brien-Evans",
        centre,
        young_person__postcode="CF10 3AT",
        young_person__preferred_name="Shadow",
        young_person__other_names="Sunny Jones",
        referrer_name="Rhiannon Pugh",
        referrer_agency="Ysgol Glan Ely",
        referrer_email="r.pugh@ysgol.example",
    )


def search(client, text):
    return client.post(SEARCH, {"text": text})


def found(client, text):
    response = search(client, text)
    assert response.status_code == 200
    assert not response.context["form"].errors, response.context["form"].errors
    return [row["reference"] for row in response.context.get("rows", [])]


FINDS_HER = [
    "Siân O’Brien-Evans", "sian obrien evans", "OBRIEN-EVANS Sian", "O'Brien Evans", "sian", "Evans", "brien",
    "S Obrien Evans", "Shan O'Brian Evanz", "obrian evans", "Shadow", "sunny", "Sunny Jones",
    "14/03/2011", "14.3.2011", "14 March 2011", "14th mar 2011", "14 Mawrth 2011", "2011-03-14",
    "CF10 3AT", "cf103at", "Rhiannon Pugh", "pugh", "glan ely", "r.pugh@ysgol.example", "R.PUGH@YSGOL.EXAMPLE",
    "@ysgol.example", "Evans 14/3/2011", "14/3/2011 sian evans", "sian CF10 3AT", "pugh cf10 3at",
]  # fmt: skip


@pytest.mark.parametrize("text", FINDS_HER)
def test_she_is_found_by(client, duty_worker, sian, centre, text):
    about("Gwen", "Price", centre, born=date(2010, 1, 1))
    assert found(client, text) == [sian.reference]


FINDS_NOBODY = [
    "Davies",
    "15/03/2011",
    "CF10 3AU",
    "Evans 15/03/2011",
    "Gwen CF10 3AT",
    "q.pugh@ysgol.example",
    "PR-2222-22",
]


@pytest.mark.parametrize("text", FINDS_NOBODY)
def test_she_is_not_found_by(client, duty_worker, sian, text):
    assert found(client, text) == []
    assert "No referral that you may see matches" in search(client, text).text


@pytest.mark.parametrize("reference", ["PR-7K4M-2Q", "PR-PARK-ER"])
def test_a_reference_is_read_as_people_type_it(client, duty_worker, centre, reference):
    ReferralFactory(centre=centre)
    referral = ReferralFactory(centre=centre, reference=reference)
    _pr, four, two = reference.split("-")
    for typed in [reference, reference.lower(), f"PR {four} {two}", f"{four}-{two}", f"{four}{two}", f"pr{four}{two}"]:
        assert found(client, typed) == [referral.reference], typed


def test_what_ended_is_found_too(client, duty_worker, centre):
    ended = about("Gwen", "Price", centre, accepted=True)
    assert found(client, "price") == [ended.reference]


def test_the_same_name_comes_before_one_that_sounds_like_it(client, duty_worker, centre):
    now = timezone.now()
    same = about("Gwen", "Price", centre, submitted_at=now - timedelta(days=9))
    heard = about("Gwen", "Pryce", centre, submitted_at=now)
    holds = about("Gwen", "Price-Jones", centre, submitted_at=now - timedelta(days=1))
    assert found(client, "Price") == [same.reference, heard.reference, holds.reference]


def test_at_most_fifty_are_shown_and_that_is_said(client, duty_worker, centre):
    for _number in range(51):
        about("Gwen", "Price", centre)
    response = search(client, "gwen")
    assert len(response.context["rows"]) == 50
    assert "More than 50 referrals match; the closest 50 are shown" in response.text


# What one may see


@pytest.mark.parametrize("closed", ["other centre", "restricted", "excluded"])
@pytest.mark.parametrize(
    "text", ["Gwen Price", "price", "pryce", "14/03/2011", "CF10 3AT", "Rhiannon Pugh", "reference"]
)
def test_what_is_closed_to_somebody_reads_as_if_it_were_not_there(client, duty_worker, centre, closed, text):
    at = ServiceCentreFactory() if closed == "other centre" else centre
    referral = about(
        "Gwen", "Price", at, reference="PR-7K4M-2Q", young_person__postcode="CF10 3AT", referrer_name="Rhiannon Pugh",
        subject__is_restricted=closed == "restricted",
    )  # fmt: skip
    if closed == "restricted":
        AccessGrantFactory(subject=referral.subject)
    if closed == "excluded":
        ExclusionFactory(subject=referral.subject, user=duty_worker)
    typed = referral.reference if text == "reference" else text

    page, trail = search(client, typed), AuditEvent.objects.get(verb="queue.searched")

    assert trail.facts["shown"] == []
    assert referral.reference not in page.text.replace(f'value="{typed}"', "")
    referral.young_person.delete()
    assert masked_search(client, typed) == masked_text(page.text)


def masked_search(client, text):
    return masked_text(search(client, text).text)


def masked_text(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.CENTRE_ADMIN, Role.DATA_PROTECTION, Role.SYSTEM_ADMIN])
def test_who_does_not_work_with_the_queue_finds_nothing(client, sign_in, centre, sian, role):
    sign_in(role, at=centre)
    assert found(client, "Evans") == []


# What is left behind


def test_the_trail_says_what_kind_of_key_was_used_and_never_what_was_typed(client, duty_worker, sian):
    search(client, "Evans 14/03/2011")
    event = AuditEvent.objects.get(verb="queue.searched")
    assert (event.actor_id, event.subject_type) == (duty_worker.pk, "referral_queue")
    assert event.facts == {"kinds": ["date_of_birth", "words"], "shown": [sian.pk]}
    assert "Evans" not in str(vars(event))


def test_nothing_that_was_typed_stands_in_an_address_or_a_title(client, duty_worker, sian):
    page = search(client, "Evans").text
    assert page.count("Evans") == 1  # in the box where it was typed
    assert 'method="post" action="/triage/search/" autocomplete="off"' in page
    assert client.get(f"{SEARCH}?text=Evans").context["form"].is_bound is False


def test_only_the_body_is_read(client, duty_worker, sian):
    assert client.post(f"{SEARCH}?text=Evans").context["form"].errors


# What people and machines type

SENTENCES = {
    "": "Type a reference, a name, a date of birth, a postcode, or who referred.",
    " ": "Type a reference, a name, a date of birth, a postcode, or who referred.",
    "E": "Type at least two letters of a name.",
    "?!": "Type at least two letters of a name.",
    "29 February 2011": "There is no such day in that month. Check the day, the month and the year.",
    "31/2/2011": "There is no such day in that month. Check the day, the month and the year.",
    "14/13/2011": "The month must be a number from 1 to 12, or a name such as March.",
    "14/3/11": "The year must have 4 numbers, for example 2012.",
    "14/3/2999": "The date must be today or earlier.",
    "a" * 101: "Use 100 characters or fewer. There are 101 now.",
}


@pytest.mark.parametrize(("text", "sentence"), SENTENCES.items(), ids=range(len(SENTENCES)))
def test_what_cannot_be_sought_gets_a_sentence(client, duty_worker, text, sentence):
    response = search(client, text)
    assert response.status_code == 200
    assert response.context["form"].errors["text"] == [sentence]
    assert not AuditEvent.objects.filter(verb="queue.searched").exists()


@pytest.mark.parametrize("nasty", [*NASTY, *ODD, *REFUSED[:4]], ids=lambda text: ascii(text[:20]))
def test_no_text_breaks_the_search(client, duty_worker, nasty):
    assert search(client, nasty).status_code in (200, 400, 413)


def test_a_million_letters_get_an_answer(client, duty_worker):
    assert search(client, "a" * 1_000_000).status_code in (200, 413)


PIECES = st.sampled_from(
    ["PR-7K4M-2Q", "14/3/2011", "29 2 2011", "CF10 3AT", "a@b.cy", "%", "_", "\\", "'", "Ng", "١٢"]
)


@given(text=st.lists(PIECES | st.text(max_size=12), max_size=6).map(" ".join))
@hypothesis(max_examples=60)
def test_no_combination_breaks_it(client, sign_in, text):
    if "_auth_user_id" not in client.session:
        sign_in(Role.DUTY_WORKER)
    assert search(client, text.encode(errors="replace").decode()).status_code in (200, 400)


@given(words=st.text(alphabet="abcdefghijklmnopqrstuvwxyz '-", min_size=2, max_size=40))
def test_letters_alone_are_names_and_nothing_else(words):
    form = SearchForm({"text": words})
    if form.is_valid():
        assert form.cleaned_data["text"].kinds in (["words"], ["reference"])


@pytest.mark.parametrize("name", ["Ng", "Li", "Wu"])
def test_a_name_of_two_letters_is_found_and_does_not_find_the_world(client, duty_worker, centre, name):
    short = about("Anna", name, centre)
    about("Nghia", "Lingard-Wulf", centre, born=date(2009, 1, 1))
    assert found(client, name) == [short.reference]


@pytest.mark.parametrize("name", ["O'Brien", "Null", "Ŵyn", "d’Arc", "Þórsdóttir", "李"])
def test_names_as_they_are(client, duty_worker, centre, name):
    referral = about("Anna", name, centre)
    assert found(client, f"Anna {name}")[0] == referral.reference


# What it costs

# Session, user with factors, memberships with duty, what matches, what of it is shown, trail, contacts; for the
# navigation concerns and what is unread; and what opens the transaction of the page. Where nothing matches, one less.
ASKED = {"PR-7K4M-2Q": 10, "14/03/2011": 11, "price": 11, "Gwen Price 14/3/2011": 11}


@pytest.mark.parametrize(("text", "number"), ASKED.items())
@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_for_one_row_and_for_three(client, duty_worker, centre, text, number, count):
    for _number in range(count):
        about("Gwen", "Price", centre)
    with CaptureQueriesContext(connection) as captured:
        search(client, text)
    sent = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sent) == number


# By hand


def test_a_row_that_was_found_has_the_acts_of_the_queue(client, duty_worker, sian):
    page = search(client, "Evans").text
    assert reverse("triage:take", args=[sian.reference]) in page
    assert 'name="ticked"' in page
