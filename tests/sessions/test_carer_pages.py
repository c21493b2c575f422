"""The support of a parent or carer, through their own pages and those of the young person's side."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.enums import Role
from cases.enums import ConsentMethod
from safeguarding.models import Concern
from sessions import carer_paper
from sessions.carer_enums import CarerExplained
from sessions.models.carers import CarerAssessment, CarerConsent, CarerSession
from sessions.operations import carer_strands
from sessions.recording_words import REFUSED
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import (
    CarerAssessmentFactory,
    CarerConsentFactory,
    CarerNoteFactory,
    CarerSessionFactory,
    CarerStrandFactory,
    StrandEntryFactory,
)
from tests.factories.said import SafeContactFactory
from tests.sessions.carer_hands import at, held, post, told, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand(client, case):
    """Signed in as who works with this mother, who agreed to meet in person and by phone."""
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=mine)
    CarerConsentFactory(strand=strand)
    client.force_login(mine)
    return strand


# Writing down a contact


def test_a_direct_session_is_written_down_and_signed_on_one_page(client, strand):
    response = post(client, "log_contact", strand, held())
    assert response.status_code == 302, response.context["form"].errors
    session = CarerSession.objects.get()
    assert (session.direct_number, session.is_signed, session.what_we_did) == (1, True, "Talked.")
    page = client.get(at("strand", strand)).text
    assert "Direct sessions: 1 of 10" in page
    assert "Direct session: Took part" in page


@pytest.mark.requirement("R-nat-30", part="the meter, the warning at eight and the sentence at ten")
def test_the_meter_warns_at_eight_and_says_at_ten_what_goes_on(client, strand):
    for number in range(1, 8):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    assert "Talk about what comes after" not in client.get(at("strand", strand)).text
    CarerSessionFactory(strand=strand, held=True, direct_number=8)
    page = client.get(at("strand", strand)).text
    assert "Direct sessions: 8 of 10" in page
    assert "2 direct sessions are left. Talk about what comes after: ongoing support has no limit." in page
    for number in (9, 10):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    assert "All direct sessions have been held. Ongoing support goes on" in client.get(at("strand", strand)).text
    refused = post(client, "log_contact", strand, held(what_we_did="The eleventh."))
    assert refused.status_code == 409
    assert "all 10 direct sessions have been held. Choose ongoing support" in told(refused)
    assert "The eleventh." in refused.text
    assert CarerSession.objects.that_counted().count() == 10


@pytest.mark.requirement("R-nat-31", part="written down beside the ten")
def test_ongoing_support_is_written_down_as_often_as_it_is_given(client, strand):
    for minute in range(15):
        answers = held(kind="ongoing_support", mode="phone", minutes="5", at_time=f"9:{minute:02}")
        assert post(client, "log_contact", strand, answers).status_code == 302
    assert CarerSession.objects.filter(direct_number__isnull=True).count() == 15
    assert "Direct sessions: 0 of 10" in client.get(at("carer_sessions", strand)).text


def test_a_direct_session_needs_their_own_yes_and_the_refusal_leads_there(client, strand):
    CarerConsentFactory(strand=strand, no=True, at=timezone.now() - timedelta(days=2))
    refused = post(client, "log_contact", strand, held())
    assert refused.status_code == 409
    assert at("carer_consent", strand) in told(refused)
    by_video = post(client, "log_contact", strand, held(mode="video"))
    assert "not in this way" in told(by_video)
    assert not CarerSession.objects.exists()
    assert post(client, "log_contact", strand, held(kind="ongoing_support", mode="phone")).status_code == 302


def test_worse_is_a_concern_in_the_same_act(client, strand):
    worse = held(safety_change="worse")
    assert set(post(client, "log_contact", strand, worse).context["form"].errors) == {"safety_words", "severity"}
    post(client, "log_contact", strand, worse | {"safety_words": "He waits at the school.", "severity": "high"})
    concern = Concern.objects.get()
    assert (concern.subject, concern.what, concern.severity) == (strand.case.subject, "He waits at the school.", "high")


def test_a_concern_is_raised_once_and_again_only_with_what_is_new(client, strand):
    worse = held(safety_change="worse", safety_words="He waits.", severity="standard", later="1")
    assert "These words leave the parent" in client.get(at("log_contact", strand)).text
    post(client, "log_contact", strand, worse)
    session = CarerSession.objects.get()
    assert "A concern was raised with it" in client.get(at("carer_session", strand, session.pk)).text
    page = client.get(at("record_contact", strand, session.pk))
    assert "A concern was raised already" in page.text
    seen = page.context["form"].initial["seen"]
    again = held(safety_change="worse", seen=seen, later="1", what_we_did="Talked, and walked.")
    assert page.context["form"].initial["severity"] == "standard"
    assert post(client, "record_contact", strand, again | {"severity": "standard"}, session.pk).status_code == 302
    assert Concern.objects.get().what == "He waits."
    for number, new in enumerate(
        [{"severity": "high"}, {"safety_words": "He has a car."}, {"severity": "standard"}], 1
    ):
        assert post(client, "record_contact", strand, again | {"seen": seen + number} | new, session.pk).url
    raised = Concern.objects.order_by("pk").values_list("what", "severity")
    assert [*raised] == [("He waits.", "standard"), ("He waits.", "high"), ("He has a car.", "high")]


def test_less_safe_says_what_and_how_soon_in_a_sentence_each(client, strand):
    for given, lacks in (({"severity": "high"}, "safety_words"), ({"safety_words": "He waits."}, "severity")):
        errors = post(client, "log_contact", strand, held(safety_change="worse", **given)).context["form"].errors
        assert errors == {lacks: [REFUSED[lacks]]}


@pytest.mark.parametrize(("name", "status"), [("carer_not_safe", "not_safe_to_offer"), ("carer_worry", "blocked")])
def test_whoever_works_with_them_says_that_it_is_not_safe_or_that_there_is_a_worry(client, strand, name, status):
    assert at(name, strand) in client.get(at("strand", strand)).text
    assert "because" in post(client, name, strand, {"because": ""}).context["form"].errors
    assert post(client, name, strand, {"because": "Canary."}).url == reverse("sessions:strands")
    strand.refresh_from_db()
    assert strand.status == status
    assert "Canary" not in "".join(entry.title + entry.words for entry in strand.story.all())
    shown = {row["pk"] for row in client.get(reverse("sessions:strands")).context["ended"]}
    assert shown == ({strand.pk} if name == "carer_not_safe" else set())
    assert ("Not safe to offer" in client.get(reverse("home")).text) == (name == "carer_not_safe")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1500"}, "minutes"),
        ({"at_time": "25:00"}, "at_time"),
        (typed("on", 1), "on"),
        (typed("on", 366), "on"),
        ({"what_we_did": ""}, "what_we_did"),
        ({"came": "not_held"}, "instead"),
        ({"came": "not_held", "instead": "not_safe_to_go_ahead"}, "why_not"),
        ({"kind": "joint_session"}, "kind"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(client, strand, change, field):
    assert set(post(client, "log_contact", strand, held(**change)).context["form"].errors) == {field}


def test_what_was_planned_is_written_down_later_signed_and_added_to(client, strand):
    plan = {"kind": "direct_session", "mode": "phone", "at_time": "14:30", "minutes": "60"} | typed("on", 1)
    assert post(client, "plan_contact", strand, plan).status_code == 302
    session = CarerSession.objects.get()
    CarerSession.objects.filter(pk=session.pk).update(planned_at=timezone.now() - timedelta(hours=2))
    assert "Needs a record" in client.get(at("strand", strand)).text
    page = client.get(at("record_contact", strand, session.pk))
    seen = page.context["form"].initial["seen"]
    answers = held(seen=seen, later="1", what_we_did="", mode="phone")
    assert post(client, "record_contact", strand, answers, session.pk).status_code == 302
    stale = post(client, "record_contact", strand, answers, session.pk)
    assert (stale.status_code, "Somebody wrote in this session" in stale.text) == (409, True)
    first = post(client, "sign_contact", strand, {}, session.pk)
    assert first.url == at("record_contact", strand, session.pk)
    post(client, "record_contact", strand, held(seen=seen + 1, mode="phone"), session.pk)
    session.refresh_from_db()
    assert (session.is_signed, session.direct_number) == (True, 1)
    post(client, "add_to_contact", strand, {"words": "It was by her sister's phone."}, session.pk)
    assert "by her sister" in client.get(at("carer_session", strand, session.pk)).text


def test_what_was_planned_has_another_time_or_is_cancelled(client, strand):
    first, second = CarerSessionFactory(strand=strand), CarerSessionFactory(strand=strand)
    post(client, "move_contact", strand, typed("on", 3) | {"at_time": "10:00", "moved_by_wish_of": "carer"}, first.pk)
    post(client, "cancel_contact", strand, {"attendance": "cancelled_by_carer"}, second.pk)
    assert CarerSession.objects.get(moved_from=first).moved_by_wish_of == "carer"
    second.refresh_from_db()
    assert (second.status, second.attendance) == ("cancelled", "cancelled_by_carer")


# Their record


def test_their_own_yes_counts_once_everything_has_been_explained(client, strand):
    yes = {"event": "given", "modes": ["video"], "method": ConsentMethod.values[0], **typed("happened_on", 0)}
    yes |= {"explained": CarerExplained.values[:-1], **typed("review_on", 30)}
    page = post(client, "record_carer_consent", strand, yes)
    assert set(page.context["form"].errors) == {"explained"}
    post(client, "record_carer_consent", strand, yes | {"explained": CarerExplained.values})
    assert CarerConsent.objects.last().modes == ["video"]
    post(client, "record_carer_consent", strand, {"event": "declined", **typed("happened_on", 0)})
    assert "No longer agrees" in client.get(at("carer_consent", strand)).text


def test_how_it_is_safe_to_reach_them_is_asked_and_confirmed(client, strand):
    way = SafeContactFactory(subject=strand.subject, confirmed_by=None, confirmed_on=None)
    assert "No safe contact is confirmed yet" in client.get(at("strand", strand)).text
    form = client.get(at("confirm_carer_contact", strand, way.pk)).context["form"]
    post(
        client,
        "confirm_carer_contact",
        strand,
        {name: "yes" for name in form.fields if name.startswith("safe_to")},
        way.pk,
    )
    way.refresh_from_db()
    assert way.confirmed_by == strand.practitioner


def test_notes_and_tasks_stand_in_their_own_story(client, strand):
    post(client, "carer_note", strand, {"text": "She rang."})
    post(client, "carer_task", strand, {"what": "Ring her back.", **typed("due_on", 2)})
    page = client.get(at("strand", strand))
    assert ("She rang." in page.text, "Ring her back." in page.text) == (True, True)
    post(client, "finish_carer_task", strand, {}, page.context["open_tasks"][0].pk)
    assert "Ring her back." not in client.get(at("strand", strand)).text


def test_what_they_need_is_written_over_time_and_signed(client, strand):
    post(client, "start_carer_assessment", strand, {})
    words = {"what_matters": "To eat together.", "seen": 1}
    assert post(client, "write_carer_assessment", strand, words, 1).status_code == 302
    stale = post(client, "write_carer_assessment", strand, words | {"what_matters": "Peace."}, 1)
    assert (stale.status_code, "Peace." in stale.text) == (409, True)
    unfinished = post(client, "write_carer_assessment", strand, words | {"seen": 2, "sign": "1"}, 1)
    assert set(unfinished.context["form"].errors) == {"how_done", "strengths", "analysis", "recommendation"}
    whole = dict.fromkeys(("how_done", "strengths", "analysis", "recommendation"), "She knows him.")
    post(client, "write_carer_assessment", strand, words | whole | {"seen": 2, "sign": "1"}, 1)
    assert CarerAssessment.objects.get().is_signed
    assert "She knows him." in client.get(at("carer_assessment", strand)).text


def test_it_goes_on_as_ongoing_support_and_ends_with_a_reason(client, strand):
    post(client, "ongoing", strand, {})
    assert "Ongoing support" in client.get(at("strand", strand)).context["head"]["status"]
    assert "because" in post(client, "end_strand", strand, {"because": ""}).context["form"].errors
    post(client, "end_strand", strand, {"because": "They have what they need."})
    strand.refresh_from_db()
    assert strand.status == "ended"
    assert client.get(at("strand", strand)).status_code == 200  # for 30 days more
    assert post(client, "carer_note", strand, {"text": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "factory", "queries"), [("strand", CarerNoteFactory, 15), ("carer_sessions", CarerSessionFactory, 13)]
)
def test_a_page_asks_the_same_of_three_as_of_one(
    client, strand, name, factory, queries, count, django_assert_num_queries
):
    factory.create_batch(count, strand=strand)
    with django_assert_num_queries(queries):
        client.get(at(name, strand))


def test_what_was_before_the_first_fifty_lines_is_one_page_on(client, strand):
    StrandEntryFactory(strand=strand, title="The first of all", at=timezone.now() - timedelta(days=9))
    StrandEntryFactory.create_batch(50, strand=strand)
    page = client.get(at("strand", strand))
    assert "The first of all" not in page.text
    assert "The first of all" in client.get(page.context["next_url"]).text
    for odd in ("0", "-1", "x", "99999", "²"):
        assert client.get(at("strand", strand) + f"?page={odd}").status_code == 200


# On paper


def test_our_support_on_paper_names_nobody_and_is_of_this_side_alone(client, strand):
    CarerSessionFactory(strand=strand, place="12 Hill Street")
    paper = client.get(at("our_support", strand))
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"] == 'attachment; filename="our-support.pdf"'
    said = json.dumps(carer_paper.sheet(strand, strand.contacts.planned()))
    assert "Up to 10 meetings just for you. Used: 0. Left: 10" in said
    for name in ("Alex", "Example", "Sam", strand.case.reference, "12 Hill Street", "NSPCC", "xploit"):
        assert name not in said, name
    with override("cy"):
        assert carer_paper.sheet(strand, [])["title"]


def test_on_paper_none_left_is_said_as_it_is(strand):
    for number in range(1, 11):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    said = json.dumps(carer_paper.sheet(strand, []))
    assert "you have had all 10 of them" in said
    assert "Left" not in said


def test_where_nobody_works_with_them_nothing_is_printed(client, strand):
    assert at("our_support", strand) in client.get(at("strand", strand)).text
    carer_strands.end_strand(strand, by=strand.practitioner, because="They have what they need.")
    page = client.get(at("our_support", strand), follow=True)
    assert "there is nothing to print" in told(page)
    assert at("our_support", strand) not in page.text


def test_an_assessment_being_written_is_not_begun_twice(client, strand):
    CarerAssessmentFactory(strand=strand)
    assert post(client, "start_carer_assessment", strand, {}).url == at("write_carer_assessment", strand, 1)
    assert CarerAssessment.objects.count() == 1


def test_home_tells_whoever_works_with_a_parent_what_waits(client, strand):
    CarerSessionFactory(strand=strand, planned_at=timezone.now() - timedelta(days=1))
    home = client.get(reverse("home")).text
    assert at("strand", strand) in home
    assert "1 contact needs a record" in home
    assert "not signed yet" not in home
    assert reverse("sessions:strands") in client.get(reverse("cases:caseload")).text
    for came_of_it in ("held", "not_held"):
        CarerSessionFactory(strand=strand, **{came_of_it: True})
    home = client.get(reverse("home")).text
    assert "1 contact needs a record" in home
    assert "2 contacts are not signed yet" in home
