"""A concern is raised of what somebody wrote down: its words begin it, and each leads to the other."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from cases import operations
from cases.models import TimelineEntry
from cases.querysets import PAGE
from safeguarding.models import Concern
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory, TimelineEntryFactory
from tests.factories.safeguarding import ConcernFactory
from tests.traces import leaves_no_trace, writes
from ui.forms import LONG

pytestmark = pytest.mark.django_db

SAID = {"severity": "high", "what": "He waits for her at the gate.", "done_now": "Rang the school."}


@pytest.fixture
def entry(case):
    return TimelineEntryFactory(case=case, words="He waits for her at the gate.")


def lines(client, case):
    return client.get(case.get_absolute_url()).context["entries"]


# From the story


def test_a_note_leads_to_a_concern_that_begins_with_its_words_and_tells_of_it_afterwards(
    client, practitioner, case, entry, at
):
    way = at("raise_of_entry", case, entry.pk)
    assert lines(client, case)[0]["raise_url"] == way
    assert client.get(way).context["form"].initial["what"] == entry.words

    page = client.post(way, SAID, follow=True)
    concern = Concern.objects.get()
    assert (concern.subject, concern.raised_by, concern.done_now) == (case.subject, practitioner, SAID["done_now"])
    [told] = [line for line in page.context["entries"] if line["title"] == "Note"]
    assert (told["raise_url"], told["concern_url"]) == ("", concern.get_absolute_url())
    assert "A concern was raised of this" in page.text


def test_and_the_concern_leads_to_the_note_wherever_it_stands_by_now(client, practitioner, case, entry):
    concern = operations.raise_of_entry(entry, by=practitioner, **SAID)
    TimelineEntryFactory.create_batch(PAGE, case=case)
    source = client.get(concern.get_absolute_url()).context["source"]
    assert source["words"].startswith("What was written down first: Note, ")
    first, *_others = client.get(source["url"]).context["entries"]
    assert (first["title"], first["text"]) == ("Note", entry.words)


def test_who_may_read_the_concern_and_not_the_case_is_shown_no_way_to_it(client, sign_in, case, entry, practitioner):
    concern = operations.raise_of_entry(entry, by=practitioner, **SAID)
    sign_in(Role.DUTY_WORKER, at=case.centre)
    page = client.get(concern.get_absolute_url())
    assert (page.status_code, page.context["source"]) == (200, None)


def test_a_second_concern_of_it_is_raised_too_and_the_page_says_that_there_is_one(
    client, practitioner, case, entry, at
):
    first = operations.raise_of_entry(entry, by=practitioner, **SAID)
    way = at("raise_of_entry", case, entry.pk)
    assert client.get(way).context["line"]["concern_url"] == first.get_absolute_url()
    client.post(way, SAID | {"what": "He has her address."})
    entry.refresh_from_db()
    assert (entry.concern, Concern.objects.count()) == (first, 2)


@pytest.mark.parametrize("line", [{"words": ""}, {"kind": "session"}, {"kind": "consent"}])
def test_it_is_of_what_somebody_saw_or_heard_in_their_own_words(client, practitioner, case, at, line):
    entry = TimelineEntryFactory(case=case, **line)
    assert lines(client, case)[0]["raise_url"] == ""
    for ask in (client.get, client.post):
        assert ask(at("raise_of_entry", case, entry.pk)).status_code == 404


def test_a_note_longer_than_a_concern_begins_it_and_says_that_there_is_more(client, practitioner, case, at):
    entry = TimelineEntryFactory(case=case, words="He waits. " * LONG)
    begun = client.get(at("raise_of_entry", case, entry.pk)).context["form"].initial["what"]
    assert (len(begun), begun[-1]) == (LONG, "…")


def test_one_about_a_colleague_begins_empty_and_leaves_no_mark_on_the_note(client, practitioner, case, entry, at):
    apart = at("raise_about_colleague", case)
    assert apart in client.get(at("raise_of_entry", case, entry.pk)).text
    client.post(apart, SAID)
    entry.refresh_from_db()
    assert (Concern.objects.get().about_colleague, entry.concern) == (True, None)


# As a note is written


def test_a_note_is_kept_and_leads_on_to_a_concern(client, practitioner, case, at):
    for _twice in range(2):
        answer = client.post(at("note", case), {"text": "He waits for her.", "raises": ""})
        line = TimelineEntry.objects.get()
        assert (answer.status_code, answer.url) == (302, at("raise_of_entry", case, line.pk))
    assert client.post(at("note", case), {"text": "", "raises": ""}).context["form"].errors


# The act and the row


def test_it_is_raised_told_and_marked_in_one_act(entry):
    by = UserFactory()
    with writes(
        Concern=1, ConcernEvent=1, ConcernAlert=1, TimelineEntry=1, TimelineEntryEvent=2, AuditEvent=2
    ):  # its own line, and the mark on the note
        concern = operations.raise_of_entry(entry, by=by, **SAID)
    entry.refresh_from_db()
    assert entry.concern == concern
    with leaves_no_trace():
        assert operations.raise_of_entry(entry, by=by, **SAID) == concern


def test_also_once_the_case_is_closed():
    entry = TimelineEntryFactory(case=CaseFactory(closed=True, closed_at=timezone.now()))
    assert operations.raise_of_entry(entry, by=UserFactory(), **SAID).is_open


def test_what_was_raised_of_a_line_stays_with_it(entry):
    first, second = ConcernFactory.create_batch(2)
    rows = TimelineEntry.objects.filter(pk=entry.pk)
    rows.update(concern=first)
    for other in (second, None):
        with pytest.raises(IntegrityError, match="entry_is_written_once"), transaction.atomic():
            rows.update(concern=other)
