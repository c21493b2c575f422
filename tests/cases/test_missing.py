"""A young person is missing: written down in a moment, added to in parts, over when they are back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from cases import operations
from cases.enums import CaseKind, EntryKind, TaskKind
from cases.models import MissingEpisode, Task, TimelineEntry
from outbox.models import Message
from safeguarding.models import Concern
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.people import ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

OPEN = ["awaiting_allocation", "engaging", "assessing", "planning", "active", "ending"]
TOLD = {"TimelineEntry": 1, "TimelineEntryEvent": 1}
TASK = {"Task": 1, "TaskEvent": 1}
TALKED = {"talk": "held", "talk_by": "The council"}


def ago(**time):
    return timezone.now() - timedelta(**time)


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def a_case(state="engaging", **more):
    return CaseFactory(**({} if state == "engaging" else {state: True}), **more)


def report(case, by, **more):
    told = {"kind": "missing", "from_at": ago(hours=5), "told_us_by": "Her aunt", "police_told": "yes"}
    told["raises_concern"] = False
    return operations.report_missing(case, by=by, **told | more)


def talk(episode, by, **more):
    told = {"talk_offered_on": in_days(0), "talk_on": in_days(0), "seen": episode.edition}
    return operations.talk_about_return(episode, by=by, **TALKED | told | more)


@pytest.mark.parametrize("state", OPEN)
def test_it_is_written_down_in_every_open_state_and_the_safety_plan_is_looked_at(state):
    case, by = a_case(state), UserFactory()
    with writes(MissingEpisode=1, MissingEpisodeEvent=1, AuditEvent=2, **TOLD, **TASK):
        report(case, by, police_reference="MP 12")
    episode, task = MissingEpisode.objects.get(), Task.objects.get()
    assert (episode.by, episode.changed_by, episode.police_reference, episode.edition) == (by, by, "MP 12", 1)
    assert (task.kind, task.owner, task.due_on) == (TaskKind.SAFETY_PLAN, by, in_days(1))
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.title, entry.at) == (EntryKind.MISSING, "Missing", episode.from_at)
    assert (entry.path, entry.words) == (episode.get_absolute_url(), "")


def letters(template):
    return set(Message.objects.filter(template=template).values_list("to", flat=True))


@pytest.fixture
def centre_at_work():
    """A case with its practitioner and cover, a manager, a lead, a duty worker, and a manager kept from them."""
    case = CaseFactory(led_by=UserFactory())
    people = {"lead": case.assignments.get().user, "cover": AssignmentFactory(case=case, kind="cover").user}
    roles = {"manager": Role.TEAM_MANAGER, "safeguarding": Role.SAFEGUARDING_LEAD, "duty": Role.DUTY_WORKER}
    for name, role in (roles | {"kept out": Role.TEAM_MANAGER}).items():
        people[name] = MembershipFactory(centre=case.centre, role=role).user
    ExclusionFactory(subject=case.subject, user=people["kept out"])
    return case, {name: person.email for name, person in people.items()}, people["lead"]


def test_who_works_with_them_manages_or_is_on_duty_hears_at_once_and_it_is_a_concern(centre_at_work):
    case, emails, lead = centre_at_work
    report(case, lead, police_told="no", raises_concern=True)
    concern = Concern.objects.get()
    assert letters("missing") == {emails["cover"], emails["manager"]}
    assert letters("concern") == {emails["safeguarding"], emails["duty"]}
    assert (concern.severity, concern.raised_by) == ("immediate", lead)
    assert concern.what.endswith("The police do not know.")


def test_without_a_concern_who_may_open_the_case_hears_of_it_all_the_same(centre_at_work):
    case, emails, lead = centre_at_work
    report(case, lead)
    assert letters("missing") == {emails["cover"], emails["manager"]}
    assert not Concern.objects.exists()


@pytest.mark.parametrize(
    ("kind", "police_told", "severity"),
    [
        ("missing", "yes", "high"),
        ("away_without_agreement", "not_known", "immediate"),
        ("school_absence", "no", "standard"),
    ],
)
def test_how_soon_it_must_be_seen_is_by_what_it_is_and_whether_the_police_know(kind, police_told, severity):
    report(a_case(), UserFactory(), kind=kind, police_told=police_told, raises_concern=True)
    assert Concern.objects.get().severity == severity


def test_the_trail_holds_ids_and_codes_and_no_word():
    report(a_case(), UserFactory(), circumstances="They went out of the window.")
    event = AuditEvent.objects.get(verb="missing_episode.opened")
    assert set(event.facts) == {"episode", "kind", "police_told"}


def test_sent_twice_it_is_one_and_a_second_colleague_is_told_who_was_first():
    case, by, second = a_case(), UserFactory(), UserFactory()
    first = report(case, by)
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        report(case, by, from_at=first.from_at)
    with leaves_no_trace(), pytest.raises(operations.MissingAlready) as refused:
        report(case, second, from_at=first.from_at)
    assert refused.value.episode == first


@pytest.mark.parametrize("case", [{"closed": True}, {"kind": CaseKind.CARER_ONLY}], ids=["closed", "carer alone"])
def test_it_is_not_written_down_where_nobody_could_be_missed(case):
    case, by = CaseFactory(**case), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        report(case, by)


# More is known


def test_more_is_added_and_only_that_the_police_know_is_told_in_the_story():
    episode, by = MissingEpisodeFactory(police_told="no", police_reference=""), UserFactory()
    with writes(MissingEpisodeEvent=1, AuditEvent=1):
        episode = operations.write_missing(episode, by=by, seen=1, last_seen="At the bus stop.", fears="A man we know.")
    assert (episode.edition, episode.changed_by, episode.last_seen) == (2, by, "At the bus stop.")
    with writes(MissingEpisodeEvent=1, AuditEvent=1, **TOLD):
        operations.write_missing(episode, by=by, seen=2, police_told="yes", police_reference="MP 9")


def test_the_same_words_write_nothing_and_nobody_is_overwritten_unseen():
    episode, by, second = MissingEpisodeFactory(), UserFactory(), UserFactory()
    operations.write_missing(episode, by=by, seen=1, last_seen="At the bus stop.")
    with leaves_no_trace():
        operations.write_missing(episode, by=by, seen=1, last_seen="At the bus stop.")
    with leaves_no_trace(), pytest.raises(operations.EpisodeChanged) as refused:
        operations.write_missing(episode, by=second, seen=1, last_seen="At home.")
    assert refused.value.episode.last_seen == "At the bus stop."


@pytest.mark.parametrize("name", ["until_at", "found_how", "harm", "own_words"])
def test_what_is_known_only_afterwards_is_not_written_before_they_are_back(name):
    episode, by, told = MissingEpisodeFactory(), UserFactory(), {"until_at": ago(hours=1)}.get(name, "Words.")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.write_missing(episode, by=by, seen=1, **{name: told})


def test_when_they_came_back_is_put_right_by_whoever_knows_better():
    episode, by = MissingEpisodeFactory(back=True), UserFactory()
    later = ago(minutes=5)
    episode = operations.write_missing(episode, by=by, seen=1, until_at=later)
    assert (episode.until_at, episode.back_by) == (later, by)


# They are back


def test_when_they_are_back_three_things_are_owed_until_tomorrow():
    lead = UserFactory()
    episode, by = MissingEpisodeFactory(case=a_case(led_by=lead)), UserFactory()
    with writes(MissingEpisodeEvent=1, AuditEvent=4, Task=3, TaskEvent=3, **TOLD):
        operations.come_back(episode, by=by, until_at=ago(hours=1), found_how="Rang the bell.")
    owed = {task.kind: (task.owner, task.due_on) for task in Task.objects.all()}
    kinds = [TaskKind.SAFE_CONTACT, TaskKind.SAFETY_PLAN, TaskKind.STRATEGY_DISCUSSION]
    assert owed == dict.fromkeys(kinds, (lead, in_days(1)))


def test_after_an_absence_from_school_nobody_meets_as_a_matter_of_course():
    episode = MissingEpisodeFactory(kind="school_absence")
    operations.come_back(episode, by=UserFactory(), until_at=ago(hours=1))
    assert set(Task.objects.values_list("kind", flat=True)) == {TaskKind.SAFE_CONTACT, TaskKind.SAFETY_PLAN}


def test_however_often_it_happens_one_task_of_a_kind_is_open_and_may_be_due_sooner():
    case, by = a_case(), UserFactory()
    TaskFactory(case=case, kind=TaskKind.SAFETY_PLAN, due_on=in_days(9))
    operations.come_back(report(case, by), by=by, until_at=ago(minutes=1))
    operations.come_back(report(case, by, from_at=ago(seconds=30)), by=by, until_at=timezone.now())
    worse = {"change": "worse", "what": "He waits.", "severity": "high"}
    operations.note_safety_change(case, by=by, **worse)
    assert sorted(case.tasks.values_list("kind", flat=True)) == ["safe_contact", "safety_plan", "strategy_discussion"]
    assert set(case.tasks.values_list("due_on", flat=True)) == {in_days(1)}


def test_a_new_safety_plan_is_the_look_that_was_owed():
    case, by = a_case(), UserFactory()
    report(case, by)
    again = {"look_again_on": in_days(14), "copy_kept": "none"}
    operations.write_safety_plan(case, by=by, seen=0, adults_do="The school rings us.", **again)
    assert not case.tasks.open().exists()


def test_they_come_back_once():
    episode, by = MissingEpisodeFactory(back=True), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.come_back(episode, by=by, until_at=ago(minutes=1))


# Somebody talks with them


def test_what_came_of_a_return_conversation_is_kept_and_told_when_it_goes_on():
    episode, by = MissingEpisodeFactory(back=True), UserFactory()
    with writes(MissingEpisodeEvent=1, AuditEvent=1, **TOLD):
        episode = talk(episode, by, talk="offered", talk_on=None)
    with writes(MissingEpisodeEvent=1, AuditEvent=1):
        episode = talk(episode, by, talk="offered", talk_on=None, talk_by="Her teacher")
    with leaves_no_trace(), pytest.raises(operations.EpisodeChanged):
        talk(episode, by, seen=1)
    assert talk(episode, by).talk == "held"


def test_nobody_talks_about_their_return_while_they_are_missing():
    episode, by = MissingEpisodeFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        talk(episode, by)


ACTS = {
    "write": lambda episode, by: operations.write_missing(episode, by=by, seen=1, fears="A car."),
    "back": lambda episode, by: operations.come_back(episode, by=by, until_at=ago(hours=1)),
    "talk": talk,
}


@pytest.mark.parametrize("name", ACTS)
def test_on_a_closed_case_nothing_is_written(name):
    episode, by = MissingEpisodeFactory(case=CaseFactory(closed=True), back=name == "talk"), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        ACTS[name](episode, by)


# What the database keeps


def test_nothing_of_it_is_taken_away_not_even_that_they_are_back():
    episode = MissingEpisodeFactory(back=True, found_how="")
    rows = MissingEpisode.objects.filter(pk=episode.pk)
    still = {"until_at": None, "back_by": None, "back_at": None}
    for change in ({"by": UserFactory()}, {"case": CaseFactory()}, {"at": ago(days=2)}, still):
        with pytest.raises(IntegrityError, match="missing_is_added_to_and_never_taken_away"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="missing_is_added_to_and_never_taken_away"), transaction.atomic():
        rows.delete()
    rows.update(fears="A car.")


def test_where_the_work_is_with_a_carer_alone_the_database_refuses_it_too():
    case = CaseFactory(kind=CaseKind.CARER_ONLY)
    with pytest.raises(IntegrityError, match="missing_is_not_of_a_carer_alone"), transaction.atomic():
        MissingEpisodeFactory(case=case)


# What reminders ask (domain.md 7, rows 34 and 35)


def test_those_still_missing_on_open_cases_the_longest_first():
    days = [MissingEpisodeFactory(), MissingEpisodeFactory(from_at=ago(days=3))]
    MissingEpisodeFactory(back=True)
    MissingEpisodeFactory(case=CaseFactory(closed=True))
    assert list(MissingEpisode.objects.still_missing()) == days[::-1]


def test_a_return_conversation_is_waited_for_until_it_is_settled():
    waits = [MissingEpisodeFactory(back=True, until_at=ago(hours=hours)) for hours in (20, 2)]
    offered = {"talk": "offered", "talk_by": "The council", "talk_offered_on": timezone.localdate(ago(hours=1))}
    waits.append(MissingEpisodeFactory(back=True, until_at=ago(minutes=90), **offered))
    settled = [{"talked": True}, {"back": True, **offered, "talk": "said_no"}, {"back": True, "kind": "school_absence"}]
    settled += [{"back": True, "talk": "not_offered", "talk_outcome": "The council says no."}, {}]
    for told in settled:
        MissingEpisodeFactory(**told)
    MissingEpisodeFactory(back=True, case=CaseFactory(closed=True))
    found = list(MissingEpisode.objects.awaiting_return_conversation())
    assert found == waits
    assert found[0].due_at == found[0].talk_due_at == waits[0].until_at + timedelta(hours=72)


def test_only_of_young_people_whom_one_may_see(sign_in):
    mine = MissingEpisodeFactory()
    MissingEpisodeFactory()
    worker = AssignmentFactory(case=mine.case).user
    assert list(MissingEpisode.objects.on_visible_to(worker)) == [mine]
