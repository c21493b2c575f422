"""The caseload, the story of a case, its people and tasks, through their pages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from cases.enums import TaskKind
from cases.models import Case, CaseNote, ContactAttempt, Pause, Task, TimelineEntry
from cases.presenting import head
from cases.querysets import PAGE
from safeguarding.models import Concern
from tests.cases import ladder
from tests.cases.typed import day_typed
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import (
    AssignmentFactory,
    CaseFactory,
    PauseFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.factories.people import ExclusionFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db


# The caseload


def test_a_practitioner_sees_the_cases_they_work_on_and_no_others(client, practitioner, case):
    CaseFactory(referral__centre=case.centre)
    over = CaseFactory(referral__centre=case.centre)
    AssignmentFactory(case=over, user=practitioner, ended=True)
    rows = client.get(reverse("cases:caseload")).context["rows"]
    assert [row["reference"] for row in rows] == [case.reference]


def test_a_manager_may_look_at_all_of_the_centre(client, manager, case):
    CaseFactory()
    assert client.get(reverse("cases:caseload")).context["rows"] == []
    rows = client.get(reverse("cases:caseload"), {"show": "all"}).context["rows"]
    assert [row["reference"] for row in rows] == [case.reference]


def test_show_all_shows_a_practitioner_no_more(client, practitioner, case):
    CaseFactory(referral__centre=case.centre)
    rows = client.get(reverse("cases:caseload"), {"show": "all"}).context["rows"]
    assert [row["reference"] for row in rows] == [case.reference]


@pytest.mark.parametrize("count", [1, 3])
def test_the_caseload_asks_as_often_for_three_as_for_one(client, practitioner, case, count, django_assert_num_queries):
    for _more in range(count - 1):
        AssignmentFactory(case=CaseFactory(referral__centre=case.centre), user=practitioner)
    # session and user, standing, factor, cases, trail, unread, concerns, contacts, saves of the session apart
    with django_assert_num_queries(CASELOAD):
        assert len(client.get(reverse("cases:caseload")).context["rows"]) == count


CASELOAD = 9


# The head


@time_machine.travel("2026-11-20 12:00", tick=False)
def test_the_head_says_the_day_of_how_many_and_until_when(case):
    Case.objects.filter(pk=case.pk).update(support_started_on=date(2026, 8, 31), planned_end_on=date(2027, 2, 28))
    told = head(Case.objects.for_page().get(pk=case.pk), user=case.opened_by)
    assert told["clock"] == "Day 82 of 181, planned to 28 February 2027"
    assert (told["day"], told["days"], told["late"]) == (82, 181, "")


@pytest.mark.requirement("R-nat-27")
@pytest.mark.parametrize(
    ("today", "late"),
    [
        ("2027-02-28", ""),
        ("2027-03-01", "Past its planned end, 28 February 2027"),
        ("2027-08-31", "Past its planned end, 28 February 2027"),
        ("2027-09-01", "Past twelve months: a service manager says how it ends"),
    ],
)
def test_a_case_past_its_end_says_so_and_stays_open(case, today, late):
    Case.objects.filter(pk=case.pk).update(support_started_on=date(2026, 8, 31), planned_end_on=date(2027, 2, 28))
    with time_machine.travel(f"{today} 12:00", tick=False):
        found = Case.objects.for_page().get(pk=case.pk)
        assert head(found, user=case.opened_by)["late"] == late
        assert found.is_open


def test_the_name_they_use_comes_first_and_no_name_is_in_the_title(client, practitioner, case):
    case.young_person.preferred_name, case.young_person.pronouns = "Alis", "she_her"
    case.young_person.save()
    page = client.get(case.get_absolute_url())
    assert (page.context["head"]["name"], page.context["head"]["pronouns"]) == ("Alis", "she/her")
    assert page.context["head"]["who"].startswith("A.E.")
    assert "Alis" not in page.text.partition("</title>")[0]


# The story


def test_the_story_is_told_newest_first_twenty_at_a_time(client, practitioner, case):
    now = timezone.now()
    for hours in range(PAGE + 3):
        TimelineEntryFactory(case=case, title=f"Number {hours}", at=now - timedelta(hours=hours))
    first = client.get(case.get_absolute_url())
    titles = [entry["title"] for entry in first.context["entries"]]
    second = client.get(first.context["next_url"])
    titles += [entry["title"] for entry in second.context["entries"]]
    assert titles == [f"Number {hours}" for hours in range(PAGE + 3)]
    assert second.context["next_url"] == ""


def test_what_happened_at_one_moment_is_told_once_each(client, practitioner, case):
    now = timezone.now()
    for number in range(PAGE + 2):
        TimelineEntryFactory(case=case, title=f"Number {number}", at=now)
    first = client.get(case.get_absolute_url())
    second = client.get(first.context["next_url"])
    titles = [entry["title"] for page in (first, second) for entry in page.context["entries"]]
    assert len(titles) == len(set(titles)) == PAGE + 2


@pytest.mark.parametrize("cursor", ["x", "eyJ4Ijp:1abc:zzz"])
def test_a_cursor_that_was_tampered_with_begins_the_story_again(client, practitioner, case, cursor):
    TimelineEntryFactory(case=case)
    assert len(client.get(case.get_absolute_url(), {"before": cursor}).context["entries"]) == 1


def test_the_story_is_filtered_by_kind(client, practitioner, case):
    TimelineEntryFactory(case=case, kind="note")
    contact = TimelineEntryFactory(case=case, kind="contact", title="Call")
    entries = client.get(case.get_absolute_url(), {"kind": "contact"}).context["entries"]
    assert [entry["title"] for entry in entries] == [contact.title]
    assert len(client.get(case.get_absolute_url(), {"kind": "nonsense"}).context["entries"]) == 2


def test_what_has_no_page_of_its_own_has_no_link_to_the_page_it_stands_on(client, practitioner, case, at):
    client.post(at("note", case), {"text": "Rang the school."})
    TimelineEntryFactory(case=case, title="Looked back", path=at("reviews", case))
    page = client.get(case.get_absolute_url())
    assert {entry["title"]: entry["url"] for entry in page.context["entries"]} == {
        "Note": "",
        "Looked back": at("reviews", case),
    }
    assert "<h3>Note</h3>" in page.text


def test_marks_of_html_in_a_title_and_a_name_are_shown_as_they_were_typed(client, practitioner, case):
    by = MembershipFactory(user__full_name="<i>Sam</i> & Co").user
    TimelineEntryFactory(case=case, title="<b>Note</b> & more", by=by)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Note&lt;/b&gt; &amp; more</a></h3>" in page
    assert "&lt;i&gt;Sam&lt;/i&gt; &amp; Co" in page
    assert page.count("– &lt;b&gt;Note&lt;/b&gt; &amp; more, ") == 2  # beside its buttons, for who hears the page
    for mark in ("<b>Note", "<i>Sam", "&amp;lt;"):
        assert mark not in page


def test_what_is_pinned_stands_above(client, practitioner, case, at):
    entry = TimelineEntryFactory(case=case)
    client.post(at("pin", case, entry.pk))
    assert [row["title"] for row in client.get(case.get_absolute_url()).context["pinned"]] == [entry.title]
    client.post(at("pin", case, entry.pk))
    assert client.get(case.get_absolute_url()).context["pinned"] == []


def test_what_is_pinned_of_long_ago_stands_above_and_not_among_the_newest(client, practitioner, case, at):
    oldest, *_others = TimelineEntryFactory.create_batch(PAGE + 2, case=case)
    client.post(at("pin", case, oldest.pk))
    shown = client.get(case.get_absolute_url()).context
    assert [row["title"] for row in shown["pinned"]] == [oldest.title]
    assert len(shown["entries"]) == PAGE
    assert not any(row["is_pinned"] for row in shown["entries"])
    assert shown["next_url"]


def test_one_form_carries_the_buttons_that_pin(client, practitioner, case, at):
    pinned, other = TimelineEntryFactory.create_batch(2, case=case)
    client.post(at("pin", case, pinned.pk))
    page = client.get(case.get_absolute_url()).text
    assert page.count('<form id="pins" method="post" hidden>') == 1
    for entry in (pinned, other):
        way = f'form="pins" formaction="{at("pin", case, entry.pk)}"'
        assert f'<button class="btn btn--quiet" type="submit" {way}>' in page


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_story_asks_as_often_however_long_it_is(client, practitioner, case, count, django_assert_num_queries):
    TimelineEntryFactory.create_batch(count, case=case)
    with django_assert_num_queries(CASE_PAGE):
        client.get(case.get_absolute_url())


CASE_PAGE = 11


def test_to_look_at_a_case_is_on_the_trail(client, practitioner, case, at):
    for name in ("case", "people", "tasks"):
        client.get(at(name, case))
    seen = AuditEvent.objects.filter(verb="case.viewed", subject_id=str(case.pk)).order_by("pk")
    assert [event.facts["page"] for event in seen] == ["case", "people", "tasks"]


def test_an_open_concern_stands_on_the_page_and_a_closed_one_does_not(client, practitioner, case):
    concern = ConcernFactory(subject=case.subject)
    ConcernFactory(subject=case.subject, closed=True)
    page = client.get(case.get_absolute_url())
    assert [card["what"] for card in page.context["concerns"]] == [concern.what]
    assert f'href="{concern.get_absolute_url()}"' in page.text
    assert client.get(concern.get_absolute_url()).status_code == 200


# Writing


def test_a_note_is_kept_and_told(client, practitioner, case, at):
    response = client.post(at("note", case), {"text": "Rang the school."})
    assert response.url == case.get_absolute_url()
    assert (CaseNote.objects.get().by, TimelineEntry.objects.get().words) == (practitioner, "Rang the school.")


def test_a_contact_is_kept_with_the_next_try(client, practitioner, case, at):
    answers = {"is_young_person": "no", "with_whom": "Form tutor", "channel": "call", "outcome": "reached"}
    answers |= {"what": "She is in school."} | day_typed("happened_on", -1) | day_typed("next_try_on", 3)
    assert client.post(at("contact", case), answers).status_code == 302
    attempt = ContactAttempt.objects.get()
    assert (attempt.is_young_person, attempt.with_whom, attempt.by) == (False, "Form tutor", practitioner)
    assert timezone.localdate(attempt.happened_at) == timezone.localdate() - timedelta(days=1)
    assert attempt.next_try_on == timezone.localdate() + timedelta(days=3)


def test_a_contact_that_has_not_happened_yet_is_refused_with_every_word_kept(client, practitioner, case, at):
    answers = {"is_young_person": "yes", "channel": "call", "outcome": "reached", "what": "She is in school."}
    page = client.post(at("contact", case), answers | day_typed("happened_on", 2))
    assert list(page.context["form"].errors) == ["happened_on"]
    assert "She is in school." in page.text


def test_a_note_in_which_nobody_sees_anything_is_no_note(client, practitioner, case, at):
    page = client.post(at("note", case), {"text": "\u200b\u00a0\u2060 \u3164"})
    assert list(page.context["form"].errors) == ["text"]
    assert not CaseNote.objects.exists()


def test_a_concern_is_raised_about_the_young_person(client, practitioner, case, at):
    client.post(at("raise_concern", case), {"severity": "high", "what": "Not seen since Friday."})
    concern = Concern.objects.get()
    assert (concern.subject, concern.raised_by) == (case.subject, practitioner)


def test_a_form_that_is_sent_twice_is_kept_once_and_says_so(client, practitioner, case, at):
    contact = {"is_young_person": "yes", "channel": "call", "outcome": "reached", "what": "She is well."}
    forms = {
        "note": {"text": "Rang the school."},
        "contact": contact | day_typed("happened_on", 0),
        "raise_concern": {"severity": "high", "what": "Not seen since Friday."},
    }
    pages = [client.post(at(name, case), form, follow=True).text for name, form in forms.items() for _twice in (1, 2)]
    assert ["It was kept already." in page for page in pages] == [False, True, False, True, False, False]
    assert [kept.objects.count() for kept in (CaseNote, ContactAttempt, Concern)] == [1, 1, 1]


def test_safety_that_is_worse_and_sent_twice_is_one_change_and_one_concern(client, practitioner, case, at):
    worse = {"change": "worse", "what": "He is back.", "severity": "high", "done_now": ""} | day_typed("noticed_on", 0)
    worse |= {"was_told": "yes"}
    pages = [client.post(at("safety_change", case), worse, follow=True).text for _twice in (1, 2)]
    assert ["It was kept already." in page for page in pages] == [False, True]
    assert (case.safety_changes.count(), Concern.objects.count(), case.tasks.count()) == (1, 1, 2)


def test_the_work_rests_and_goes_on(client, practitioner, case, at):
    client.post(at("pause", case), {"reason": "In hospital."} | day_typed("review_on", 7))
    assert client.get(case.get_absolute_url()).context["paused"].reason == "In hospital."
    client.post(at("resume", case))
    assert client.get(case.get_absolute_url()).context["paused"] is None


def test_the_work_rests_for_fourteen_days_at_most(client, practitioner, case, at):
    page = client.post(at("pause", case), {"reason": "In hospital."} | day_typed("review_on", 15))
    assert list(page.context["form"].errors) == ["review_on"]
    assert not Pause.objects.exists()


def test_a_stale_page_loses_no_word(client, practitioner, case, at):
    PauseFactory(case=case)
    page = client.post(at("pause", case), {"reason": "In hospital."} | day_typed("review_on", 7))
    assert (page.status_code, Pause.objects.count()) == (409, 1)
    assert "In hospital." in page.text


# Tasks


def test_a_task_is_added_and_done(client, practitioner, case, at):
    client.post(at("tasks", case), {"what": "Ring.", "owner": practitioner.pk} | day_typed("due_on", 3))
    task = Task.objects.get()
    client.post(at("finish_task", case, task.pk))
    page = client.get(at("tasks", case))
    assert (page.context["open_tasks"], page.context["done_tasks"]) == ([], [task])


@pytest.mark.parametrize("kind", [TaskKind.GENERAL, TaskKind.CONSENT_WITHDRAWN])
def test_who_does_not_owe_it_is_offered_no_button_and_refused(client, practitioner, case, at, kind):
    theirs = TaskFactory(case=case, kind=kind)
    address = at("finish_task", case, theirs.pk)
    page = client.get(at("tasks", case))
    assert (page.context["open_tasks"], address in page.text) == ([theirs], False)
    ladder.is_refused(client, [("finish_task", "post", address)])


def test_what_is_for_a_manager_is_not_ticked_off_by_the_practitioner_who_holds_it(client, practitioner, case, at):
    task = TaskFactory(case=case, kind=TaskKind.CONSENT_WITHDRAWN, owner=practitioner)
    assert client.post(at("finish_task", case, task.pk)).status_code == 403


def test_a_manager_ticks_off_what_a_colleague_owes(client, manager, case, at):
    task = TaskFactory(case=case)
    address = at("finish_task", case, task.pk)
    assert address in client.get(at("tasks", case)).text
    client.post(address)
    task.refresh_from_db()
    assert task.done_by == manager


def test_a_task_is_given_to_nobody_who_may_not_see_the_young_person(client, practitioner, case, at):
    stranger = AssignmentFactory().user
    page = client.post(at("tasks", case), {"what": "Ring.", "owner": stranger.pk} | day_typed("due_on", 3))
    assert list(page.context["form"].errors) == ["owner"]


def test_a_task_is_offered_to_who_works_on_it_and_to_its_managers(client, practitioner, case, at):
    beside = AssignmentFactory(case=case, kind="co_worker").user
    manager = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user
    MembershipFactory(centre=case.centre, role=Role.PRACTITIONER)
    excluded = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user
    ExclusionFactory(subject=case.subject, user=excluded)
    offered = client.get(at("tasks", case)).context["form"].fields["owner"].queryset
    assert {*offered} == {practitioner, beside, manager}


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_ask_as_often_for_three_as_for_one(client, practitioner, case, at, count, django_assert_num_queries):
    TaskFactory.create_batch(count, case=case)
    with django_assert_num_queries(TASKS_PAGE):
        client.get(at("tasks", case))


TASKS_PAGE = 12


# People


def test_people_shows_who_works_with_them_and_who_did(client, manager, case, at):
    now, before = AssignmentFactory(case=case), AssignmentFactory(case=case, ended=True, handover="Ask before ringing.")
    page = client.get(at("people", case))
    assert (page.context["now"], page.context["before"]) == ([now], [before])
    assert "Ask before ringing." in page.text


def test_a_manager_changes_the_practitioner_and_the_old_page_is_gone(client, sign_in, stand_before, case, at):
    old = Client()
    was = sign_in(Role.PRACTITIONER, at=case.centre, client=old)
    AssignmentFactory(case=case, user=was)
    assert old.get(case.get_absolute_url()).status_code == 200
    successor = AssignmentFactory(case__referral__centre=case.centre).user
    MembershipFactory(user=successor, centre=case.centre, role=Role.PRACTITIONER)
    stand_before(Role.TEAM_MANAGER, case)
    answers = {"to": successor.pk, "because": "Moves on.", "handover": "Ask before ringing."}
    assert client.post(at("reassign", case), answers).status_code == 302
    assert old.post(at("note", case), {"text": "Half typed."}).status_code == 404


def test_to_choose_nobody_is_said_before_and_after(client, manager, case, at):
    AssignmentFactory(case=case)
    page = client.get(at("reassign", case))
    nobody = page.context["form"].fields["to"].choices[0]
    assert (nobody[0], str(nobody[1])) == ("", "Nobody yet: the case stands on the list of who waits")
    assert "(optional)" not in page.text
    page = client.post(at("reassign", case), {"to": "", "because": "Moves on.", "handover": "Ask."}, follow=True)
    assert "The case waits for a practitioner." in page.text
