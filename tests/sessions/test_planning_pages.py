"""Planning, moving and cancelling a session, through their pages."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.enums import Role
from cases.models import Case
from sessions import clashes
from sessions.models import SupportSession
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.sessions import SupportSessionFactory
from tests.figures import figure
from tests.referrals.public.corpus import ODD, REFUSED
from ui.times import moment

pytestmark = pytest.mark.django_db

ASKED = {"kind": "review", "mode": "phone"}


def on(day, at="14:30"):
    return {**{f"planned_on_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}, "planned_time": at}


def tomorrow(hours=24):
    return timezone.localdate(timezone.now() + timedelta(hours=hours))


# Planned


def test_a_session_is_planned_with_kind_how_day_and_time(client, practitioner, case, at):
    page = client.post(at("plan", case), ASKED | on(tomorrow()), follow=True)
    session = SupportSession.objects.get()
    assert (session.practitioner, session.planned_minutes, session.place) == (practitioner, 60, "")
    assert timezone.localtime(session.planned_at).time() == time(14, 30)
    assert [row["pk"] for row in page.context["coming"]] == [session.pk]
    assert "Planned: " in page.text


def test_the_next_one_is_offered_a_week_after_the_last_at_its_time_and_place(client, practitioner, case, at):
    last = SupportSessionFactory(case=case, kind="review", mode="video", planned_at=timezone.now() + timedelta(days=2))
    SupportSessionFactory(case=case, status="rescheduled", planned_at=timezone.now() + timedelta(days=9))
    offered = client.get(at("plan", case)).context["form"].initial
    last_at = timezone.localtime(last.planned_at)
    assert offered == {
        "kind": "review",
        "mode": "video",
        "planned_on": last_at.date() + timedelta(days=7),
        "planned_time": last_at.time(),
    }


def test_the_next_one_needs_no_answer_but_yes(client, practitioner, case, at):
    """On a phone, after a session: one tap on what the page offers."""
    before = SupportSessionFactory(case=case, practitioner=practitioner, planned_at=timezone.now() + timedelta(days=2))
    offered = client.get(at("plan", case)).context["form"].initial
    local = timezone.localtime(before.planned_at)
    typed = {"kind": offered["kind"], "mode": offered["mode"]} | on(offered["planned_on"], f"{local:%H:%M}")
    assert client.post(at("plan", case), typed).status_code == 302
    assert SupportSession.objects.planned().count() == 2


def test_what_was_long_ago_offers_a_day_to_come(client, practitioner, case, at):
    SupportSessionFactory(case=case, held=True, planned_at=timezone.now() - timedelta(days=6, hours=20))
    assert client.get(at("plan", case)).context["form"].initial["planned_on"] > timezone.localdate()


def test_a_series_is_planned_in_one_go(client, practitioner, case, at):
    page = client.post(at("plan", case), ASKED | on(tomorrow()) | {"weeks": "2", "times": "6"}, follow=True)
    assert SupportSession.objects.count() == 6
    assert "Planned 6 times" in page.text


def test_how_many_times_is_asked_only_of_a_series(client, practitioner, case, at):
    page = client.post(at("plan", case), ASKED | on(tomorrow()) | {"weeks": "2", "times": ""})
    assert page.context["form"].errors == {"times": ["Write how many times in all, from 2 to 26."]}
    client.post(at("plan", case), ASKED | on(tomorrow()) | {"weeks": "", "times": "x"})
    assert SupportSession.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        (on(date(2026, 11, 20)), "planned_on", "Choose a later day: 23 November 2026 or after it."),
        (on(date(2026, 11, 23), "7:45"), "planned_time", "This time has passed."),
        (on(date(2027, 11, 24)), "planned_on", "This is a year ahead or more. Check the year"),
        (on(date(2027, 11, 23), "11:00"), "planned_on", "This is a year ahead or more. Check the year"),
        (on(date(2027, 3, 28), "1:30"), "planned_time", "The clocks go forward over this time."),
        (on(date(2027, 10, 31), "1:30"), "planned_time", "The clocks go back in this night"),
        (on(date(2026, 11, 24), "25:00"), "planned_time", "Enter a time, for example 14:30 or 2:30pm."),
        (on(date(2026, 11, 24)) | {"planned_minutes": "3000"}, "planned_minutes", "between five minutes and twelve"),
        (on(date(2026, 11, 24)) | {"planned_minutes": "an hour"}, "planned_minutes", "Write a number of minutes"),
    ],
)
def test_a_time_that_cannot_be_meant_gets_a_sentence(client, practitioner, case, at, typed, field, says):
    Case.objects.filter(pk=case.pk).update(opened_at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False):
        client.force_login(practitioner)
        page = client.post(at("plan", case), ASKED | typed)
    assert says in page.context["form"].errors[field][0]
    assert not SupportSession.objects.exists()


def test_against_their_no_direct_work_is_refused_with_the_way_to_consent(client, practitioner, case, at):
    ConsentEventFactory(case=case, event="declined")
    page = client.post(at("plan", case), ASKED | on(tomorrow()))
    assert "said no" in page.context["form"].errors["kind"][0]
    assert f"/cases/{case.reference}/consent/" in page.text
    client.post(at("plan", case), ASKED | on(tomorrow()) | {"kind": "consent_conversation"})
    assert SupportSession.objects.get().kind == "consent_conversation"


def test_what_they_have_not_agreed_to_yet_is_said_and_forbids_nothing(client, practitioner, case, at):
    page = client.post(at("plan", case), ASKED | on(tomorrow()), follow=True)
    session = SupportSession.objects.get()
    assert "does not cover this yet" in page.text
    assert page.context["not_agreed"] == [moment(session.planned_at)]
    ConsentEventFactory(case=case, modes=["phone"])
    assert client.get(at("sessions", case)).context["not_agreed"] == []
    page = client.post(at("plan", case), ASKED | on(tomorrow(48)), follow=True)
    assert "does not cover this yet" not in page.text


def test_a_first_contact_asks_for_no_yes(client, practitioner, case, at):
    page = client.post(at("plan", case), ASKED | on(tomorrow()) | {"kind": "first_contact"}, follow=True)
    assert page.context["not_agreed"] == []
    assert "does not cover this yet" not in page.text


def test_therapeutic_work_is_offered_once_it_is_decided_on(client, practitioner, case, at):
    offered = dict(client.get(at("plan", case)).context["form"].fields["kind"].choices)
    assert "therapeutic" not in offered
    assert "emotional_support" in offered


def test_a_colleague_who_works_with_them_too_may_be_chosen(client, practitioner, case, at):
    assert 'name="practitioner"' not in client.get(at("plan", case)).text
    other = AssignmentFactory(case=case, kind="co_worker").user
    assert 'name="practitioner"' in client.get(at("plan", case)).text
    client.post(at("plan", case), ASKED | on(tomorrow()) | {"practitioner": other.pk})
    assert SupportSession.objects.get().practitioner == other


def test_a_manager_plans_for_the_practitioner(client, stand_before, at):
    lead = AssignmentFactory(case=CaseFactory(active=True)).user
    case = Case.objects.get()
    stand_before(Role.TEAM_MANAGER, case)
    client.post(at("plan", case), ASKED | on(tomorrow()))
    assert SupportSession.objects.get().practitioner == lead


def test_where_nobody_works_with_them_nobody_meets_them(client, manager, case, at):
    page = client.post(at("plan", case), ASKED | on(tomorrow()))
    assert "works with this young person now" in page.context["form"].non_field_errors()[0]


def test_what_is_at_the_same_time_is_said_and_forbids_nothing(client, practitioner, case, at):
    elsewhere = SupportSessionFactory(practitioner=practitioner)
    local = timezone.localtime(elsewhere.planned_at + timedelta(minutes=30))
    page = client.post(at("plan", case), ASKED | on(local.date(), f"{local:%H:%M}"), follow=True)
    assert f"{practitioner.full_name} has another session at that time" in page.text
    assert elsewhere.case.reference not in page.text
    later = client.post(at("plan", case), ASKED | on(tomorrow(24 * 9)), follow=True)
    assert "another session at that time" not in later.text


def test_what_they_have_at_the_same_time_is_said_of_a_series_in_one_statement(client, practitioner, case, at):
    first = timezone.localtime(timezone.now() + timedelta(days=1))
    typed = ASKED | on(first.date(), f"{first:%H:%M}") | {"weeks": "1", "times": "3"}
    client.post(at("plan", case), typed)
    page = client.post(at("plan", case), typed | {"kind": "bespoke_intervention"}, follow=True)
    assert page.text.count("The young person has another session at that time") == 1
    assert "has another session at that time: " in page.text
    assert f"{practitioner.full_name} has another" not in page.text


def test_what_is_at_the_same_time_is_looked_for_once_for_all(practitioner, case, django_assert_num_queries):
    week = timedelta(weeks=1)
    planned = [
        SupportSessionFactory(case=case, practitioner=practitioner, planned_at=timezone.now() + week * number)
        for number in range(1, 4)
    ]
    for number in (1, 3):
        with django_assert_num_queries(1):
            assert clashes.words(planned[:number]) == []


# Moved and cancelled


def test_a_session_is_moved_and_both_times_are_told(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, practitioner=practitioner, place="School.")
    assert client.get(at("move", case, session.pk)).context["form"].initial["mode"] == session.mode
    typed = on(tomorrow(72)) | {"mode": "video", "moved_by_wish_of": "young_person"}
    page = client.post(at("move", case, session.pk), typed, follow=True)
    (coming,), (before,) = page.context["coming"], page.context["not_held"]
    assert coming["moved"].endswith("Whose wish it was: The young person’s.")
    assert before["came_of_it"] == "Moved to another time"
    assert SupportSession.objects.planned().get().place == "School."


def test_after_a_hand_over_a_session_is_moved_to_whoever_works_with_them_now(client, practitioner, case, at):
    before = AssignmentFactory(case=case, ended=True).user
    session = SupportSessionFactory(case=case, practitioner=before)
    page = client.get(at("move", case, session.pk)).text
    assert "does not work with them any more" in page
    local = timezone.localtime(session.planned_at)
    typed = on(local.date(), f"{local:%H:%M}") | {"mode": session.mode, "moved_by_wish_of": "practitioner"}
    client.post(at("move", case, session.pk), typed)
    assert SupportSession.objects.planned().get().practitioner == practitioner


def test_moved_it_stays_with_whom_it_was_where_nobody_else_is_chosen(client, practitioner, case, at):
    other = AssignmentFactory(case=case, kind="co_worker").user
    session = SupportSessionFactory(case=case, practitioner=other)
    client.post(at("move", case, session.pk), on(tomorrow(72)) | {"mode": "video", "moved_by_wish_of": "carer"})
    moved = SupportSession.objects.planned().get()
    assert moved.practitioner == other
    typed = on(tomorrow(96)) | {"mode": "video", "moved_by_wish_of": "carer", "practitioner": practitioner.pk}
    client.post(at("move", case, moved.pk), typed)
    assert SupportSession.objects.planned().get().practitioner == practitioner


def test_whose_wish_it_was_is_always_said(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, practitioner=practitioner)
    page = client.post(at("move", case, session.pk), on(tomorrow(72)) | {"mode": "video"})
    assert list(page.context["form"].errors) == ["moved_by_wish_of"]


def test_what_was_missed_is_written_down_first(client, practitioner, case, at):
    late = SupportSessionFactory(case=case, practitioner=practitioner, planned_at=timezone.now() - timedelta(hours=2))
    (row,) = client.get(at("sessions", case)).context["needs_a_record"]
    assert (row["move_url"], row["cancel_url"] != "") == ("", True)
    page = client.get(at("move", case, late.pk), follow=True)
    assert page.redirect_chain == [(at("record", case, late.pk), 302)]
    assert "Say first what came of it" in page.text
    typed = on(tomorrow(72)) | {"mode": "video", "moved_by_wish_of": "young_person"}
    page = client.post(at("move", case, late.pk), typed)
    assert (page.status_code, at("record", case, late.pk) in page.text) == (409, True)


def test_a_session_is_cancelled_and_ours_says_why(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, practitioner=practitioner)
    url = at("cancel", case, session.pk)
    page = client.post(url, {"attendance": "cancelled_by_practitioner", "what_we_change": "Ring first."})
    assert page.context["form"].errors == {"why_not": ["Say why."]}
    assert "Ring first." in page.text
    page = client.post(url, {"attendance": "cancelled_by_practitioner", "why_not": "I am ill."}, follow=True)
    assert [row["came_of_it"] for row in page.context["not_held"]] == ["We cancelled"]


def test_what_changed_meanwhile_is_told_and_no_word_is_lost(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, not_held=True)
    page = client.post(at("cancel", case, session.pk), {"attendance": "cancelled_by_carer", "why_not": "She is ill."})
    assert page.status_code == 409
    assert "She is ill." in page.text
    assert "somebody has said what came of it" in page.text


def test_for_what_is_not_planned_any_more_there_is_no_form(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, not_held=True)
    for name in ("move", "cancel"):
        assert client.get(at(name, case, session.pk)).url == at("sessions", case)


def test_on_a_closed_case_nothing_is_planned(client, stand_before, at):
    case = CaseFactory(closed=True)
    stand_before(Role.TEAM_MANAGER, case)
    assert client.get(at("plan", case)).url == at("sessions", case)
    AssignmentFactory(case=case)
    assert client.post(at("plan", case), ASKED | on(tomorrow())).status_code == 409


def test_a_form_that_is_sent_twice_says_that_it_was_kept(client, practitioner, case, at):
    for _time in range(2):
        page = client.post(at("plan", case), ASKED | on(tomorrow()), follow=True)
    assert "It was kept already." in page.text
    assert SupportSession.objects.count() == 1


# Whatever is typed

DAY = [f"planned_on_{part}" for part in ("day", "month", "year")]
FORMS = {
    "plan": ["kind", "mode", *DAY, "planned_time", "planned_minutes", "place", "practitioner", "weeks", "times"],
    "move": [*DAY, "planned_time", "mode", "moved_by_wish_of", "planned_minutes", "place", "practitioner"],
    "cancel": ["attendance", "why_not", "what_we_change"],
}
KNOWN = ["", "0", "1", "6", "review", "phone", "carer", "cancelled_by_carer", "11", "2027", "14:30", "45"]


@pytest.fixture
def send(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, practitioner=practitioner)

    def sent(name, typed):
        """In a world of its own: somebody's form may have been valid."""
        with transaction.atomic():
            status = client.post(at(name, case, *([] if name == "plan" else [session.pk])), typed).status_code
            transaction.set_rollback(True)
        return status

    return sent


@pytest.mark.parametrize("name", FORMS)
def test_no_text_breaks_a_form(send, name):
    texts = [text.encode(errors="replace").decode() for text in ODD + REFUSED]
    answered = {text[:20]: send(name, dict.fromkeys(FORMS[name], text)) for text in texts}
    assert {text: status for text, status in answered.items() if status not in (200, 302, 400, 409)} == {}


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@hypothesis(max_examples=figure(8, 200))
def test_no_combination_of_answers_breaks_a_form(send, name, data):
    value = st.sampled_from(KNOWN) | st.text(max_size=40)
    typed = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(FORMS[name], st.lists(value, max_size=2))))
    typed = {field: [text.encode(errors="replace").decode() for text in texts] for field, texts in typed.items()}
    assert send(name, typed) in (200, 302, 400, 409)
