"""The queue: what stands in it, in which order, how it is filtered and paged."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.enums import Role
from referrals.enums import Priority
from referrals.models import Referral
from referrals.views import triage
from tests.factories.accounts import MembershipFactory
from tests.factories.centres import LocalAuthorityFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.screening import QuestionFactory

pytestmark = pytest.mark.django_db
QUEUE = "/triage/"
NASTY = [
    "", " ", "null", "-1", "1e308", "9" * 40, "0", "true", "[]", "{}", "' OR 1=1 --", "<script>", "../../etc/passwd",
    "\u202e", "\u200b", "ŵŷ", "O'Brien", "Null", "👩‍👩‍👧", "a" * 4000, "%00", "9999-12-31", "e\u0301" * 50,
]  # fmt: skip
FIELDS = ["show", "status", "priority", "area", "owner", "centre", "after", "unheard_of"]


@pytest.fixture
def duty_worker(sign_in, centre):
    return sign_in(Role.DUTY_WORKER, at=centre)


def references(response):
    return [row["reference"] for row in response.context["rows"]]


def test_urgency_comes_first_and_then_what_is_due_first(client, duty_worker, centre):
    now = timezone.now()
    order = [
        {"in_danger": True, "decide_by": now + timedelta(days=9)},
        {"priority": Priority.IMMEDIATE, "decide_by": now + timedelta(days=8)},
        {"priority": Priority.SOON, "decide_by": now + timedelta(days=7)},
        {"decide_by": now - timedelta(days=3)},
        {"decide_by": now + timedelta(days=3)},
        {"priority": Priority.STANDARD, "decide_by": now + timedelta(days=1)},
        {"priority": Priority.AWARENESS, "decide_by": now},
    ]
    expected = [ReferralFactory(centre=centre, **facts).reference for facts in reversed(order)][::-1]
    assert references(client.get(QUEUE)) == expected


def test_the_tiles_count_what_they_lead_to(client, duty_worker, centre):
    today = timezone.localtime().replace(hour=23, minute=59)
    ReferralFactory(centre=centre, in_danger=True)
    ReferralFactory(centre=centre, overdue=True, owner=duty_worker)
    ReferralFactory(centre=centre, decide_by=today, screening=True)
    ReferralFactory(centre=centre, waiting=True)
    ReferralFactory(centre=centre, accepted=True)
    ReferralFactory(in_danger=True)
    ReferralFactory.create_batch(2, centre=centre, awaiting_information=True, overdue=True)
    QuestionFactory(referral=ReferralFactory(centre=centre, screening=True), answered=True)

    tiles = client.get(QUEUE).context["tiles"]

    expected = [1, 1, 1, 1, 3, 1, 2, 1]
    assert [tile["count"] for tile in tiles] == expected
    assert [len(references(client.get(tile["url"]))) for tile in tiles] == expected
    assert client.get(tiles[1]["url"]).context["tiles"][1]["current"]


def test_nothing_of_an_excluded_colleague_is_listed_or_counted(client, duty_worker, centre):
    referral = ReferralFactory(centre=centre, in_danger=True)
    ExclusionFactory(subject=referral.subject, user=duty_worker)
    response = client.get(QUEUE)
    assert references(response) == []
    assert {tile["count"] for tile in response.context["tiles"]} == {0}


def test_a_row_says_who_by_initials_and_age_only(client, duty_worker, centre):
    referral = ReferralFactory(centre=centre)
    page = client.get(QUEUE).content.decode()
    assert "S.E., 14 years" in page
    assert referral.young_person.first_name not in page.replace("Example School", "").replace("Alex Example", "")


def test_filters_narrow_and_can_be_taken_off_one_by_one(client, duty_worker, centre):
    area = LocalAuthorityFactory(centre=centre)
    found = ReferralFactory(centre=centre, local_authority=area, owner=duty_worker, priority=Priority.SOON)
    ReferralFactory(centre=centre, local_authority=area)

    response = client.get(QUEUE, {"area": area.code, "owner": "me", "priority": "soon"})

    assert references(response) == [found.reference]
    chips = {chip["label"]: chip["remove_url"] for chip in response.context["chips"]}
    assert chips == {
        "Within days": f"{QUEUE}?area={area.code}&owner=me",
        area.name_en: f"{QUEUE}?priority=soon&owner=me",
        "Me": f"{QUEUE}?priority=soon&area={area.code}",
    }


def test_who_works_at_two_centres_may_look_at_one(client, duty_worker, centre):
    other = MembershipFactory(user=duty_worker).centre
    here, there = ReferralFactory(centre=centre), ReferralFactory(centre=other)
    assert set(references(client.get(QUEUE))) == {here.reference, there.reference}
    assert references(client.get(QUEUE, {"centre": other.code})) == [there.reference]


def test_a_centre_of_others_is_no_filter(client, duty_worker, centre):
    ReferralFactory(centre=centre)
    elsewhere = ReferralFactory().centre
    assert len(references(client.get(QUEUE, {"centre": elsewhere.code}))) == 1


def test_a_filter_that_is_not_understood_is_said_and_left_out(client, duty_worker, centre):
    ReferralFactory(centre=centre)
    response = client.get(QUEUE, {"status": "everything", "owner": "nobody"})
    assert "We did not understand one of the filters" in response.content.decode()
    assert len(references(response)) == 1


def test_empty_and_no_match_say_different_things(client, duty_worker, centre):
    assert "All caught up" in client.get(QUEUE).content.decode()
    assert "No referral matches" in client.get(QUEUE, {"show": "danger"}).content.decode()


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.DATA_PROTECTION, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN])
def test_who_does_not_work_with_the_queue_is_told_so_and_counts_nothing(client, sign_in, centre, role):
    sign_in(role, at=centre)
    ReferralFactory(centre=centre)
    response = client.get(QUEUE)
    assert "Your role does not work with the queue" in response.content.decode()
    assert response.context["tiles"] == []


def test_what_ended_is_listed_newest_first(client, duty_worker, centre):
    now = timezone.now()
    ages = [3, 1, 2]
    made = {days: ReferralFactory(centre=centre, accepted=True, submitted_at=now - timedelta(days)) for days in ages}
    assert references(client.get(QUEUE, {"status": "accepted"})) == [made[days].reference for days in (1, 2, 3)]


@pytest.mark.parametrize("query", [{}, {"owner": "nobody"}, {"status": "accepted"}])
def test_pages_follow_each_other_without_gap_or_repetition(client, duty_worker, centre, monkeypatch, query):
    monkeypatch.setattr(triage, "PAGE", 2)
    due = timezone.now() + timedelta(days=1)
    traits = {"accepted": True} if "status" in query else {}
    for priority in ["", "", "", "soon", "soon"]:
        ReferralFactory(centre=centre, priority=priority, decide_by=due, submitted_at=due, **traits)

    address, seen = f"{QUEUE}?{urlencode(query)}", []
    while address:
        response = client.get(address)
        seen.append(references(response))
        address = response.context["next_url"]

    assert [len(page) for page in seen] == [2, 2, 1]
    assert {reference for page in seen for reference in page} == {row.reference for row in Referral.objects.all()}


CURSORS = {"word": "x", "list": "W10:x", "another": signing.dumps([1], salt="other"), "long": "a" * 3000}


@pytest.mark.parametrize("cursor", CURSORS.values(), ids=CURSORS)
def test_a_cursor_that_was_tampered_with_begins_the_list_again(client, duty_worker, centre, cursor):
    ReferralFactory(centre=centre)
    assert len(references(client.get(QUEUE, {"after": cursor}))) == 1


def test_a_cursor_of_another_order_begins_the_list_again(client, duty_worker, centre):
    ReferralFactory(centre=centre)
    cursor = signing.dumps([timezone.now().isoformat(), 1], salt=triage.CURSOR)
    assert len(references(client.get(QUEUE, {"after": cursor}))) == 1


def test_a_cursor_holds_a_place_and_no_person(client, duty_worker, centre, monkeypatch):
    monkeypatch.setattr(triage, "PAGE", 1)
    first, _second = ReferralFactory.create_batch(2, centre=centre)
    cursor = client.get(QUEUE).context["next_url"].partition("after=")[2].replace("%3A", ":")
    assert signing.loads(cursor, salt=triage.CURSOR) == [first.urgency, first.decide_by.isoformat(), first.pk]


def test_one_address_serves_the_page_and_its_fragment(client, duty_worker, centre):
    ReferralFactory(centre=centre)
    page, part = client.get(QUEUE), client.get(QUEUE, headers={"HX-Request": "true"})
    assert ("HX-Request" in page["Vary"], "HX-Request" in part["Vary"]) == (True, True)
    assert ("<html" in page.content.decode(), "<html" in part.content.decode()) == (True, False)
    assert "1 referral is shown." in part.content.decode()


def test_a_manager_is_offered_to_take_and_a_safeguarding_lead_is_not(client, sign_in, centre):
    ReferralFactory(centre=centre, waiting=True)
    sign_in(Role.TEAM_MANAGER, at=centre)
    assert "Assign to me" in client.get(QUEUE).content.decode()
    sign_in(Role.SAFEGUARDING_LEAD, at=centre)
    page = client.get(QUEUE)
    assert (len(references(page)), "Assign to me" in page.content.decode()) == (1, False)


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("field", FIELDS)
def test_no_filter_breaks_the_page(client, duty_worker, field, nasty):
    assert client.get(f"{QUEUE}?{urlencode({field: nasty})}").status_code in (200, 400)


@given(query=st.lists(st.tuples(st.sampled_from(FIELDS), st.text(max_size=60)), max_size=12))
@hypothesis(max_examples=60)
def test_no_combination_of_filters_breaks_the_page(client, sign_in, query):
    if "_auth_user_id" not in client.session:
        sign_in(Role.DUTY_WORKER)
    encoded = urlencode(query, errors="surrogatepass")
    assert client.get(f"{QUEUE}?{encoded}").status_code in (200, 400)


def test_the_address_is_the_one_that_letters_name():
    assert (reverse("triage:queue"), reverse("home")) == (QUEUE, "/home/")


def test_a_row_leads_to_the_referral_and_its_acts(client, duty_worker, centre):
    referral = ReferralFactory(centre=centre)
    [row] = client.get(QUEUE).context["rows"]
    take = reverse("triage:take", args=[referral.reference])
    assert (row["url"], row["take_url"]) == (referral.get_absolute_url(), take)
