"""A young person is missing, as the floor of sessions sees it: on their own side everywhere, on the other nowhere."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEvent
from cases.operations import report_missing
from sessions.models import SupportSession
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerStrandFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.sessions.writing import a_case, ago, record

pytestmark = pytest.mark.django_db


def test_whoever_works_with_a_parent_reads_nothing_of_it(client, case):
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=mine)
    client.force_login(mine)
    names = ["strand", "carer_sessions", "carer_consent", "carer_shared", "carer_contacts", "log_contact", "carer_note"]
    urls = [reverse(f"sessions:{name}", kwargs={"key": strand.key}) for name in names]
    urls += [reverse("home"), reverse("sessions:strands"), reverse("cases:caseload"), reverse("sessions:diary")]
    MissingEpisodeFactory(case=case, told_us_by="Her aunt", last_seen="At the bus stop.")
    pages = [client.get(url) for url in urls]
    assert {page.status_code for page in pages} == {200}
    assert [page for page in pages for words in ("Missing since", "issing/", "bus stop") if words in page.text] == []


def test_whoever_works_with_them_reads_it_on_every_page_of_their_sessions(client, practitioner, case, at):
    MissingEpisodeFactory(case=case)
    names = ["sessions", "log", "plan", "signposts", "feedback", "parents"]
    assert [name for name in names if "Missing since" not in client.get(at(name, case)).text] == []


# A session at which they were missing

MISSED = {"attendance": "missing_at_time", "follow_up": "welfare_check", "safety_change": "same"}


def report(case, by, **since):
    told = {"kind": "missing", "told_us_by": "Her aunt", "police_told": "yes"}
    return report_missing(case, by=by, from_at=ago(**since), **told)


@pytest.mark.parametrize("is_over", [False, True], ids=["missing still", "back by now"])
def test_it_is_joined_at_once_to_the_time_in_which_they_were_missing(is_over):
    case = a_case()
    over = {"back": True, "until_at": ago(hours=1), "back_at": ago(minutes=50)} if is_over else {}
    episode = MissingEpisodeFactory(case=case, **over)
    assert record(case, **MISSED).missing_episode == episode
    assert record(case).missing_episode is None


def test_a_time_that_was_over_before_has_nothing_to_do_with_it():
    case = a_case()
    MissingEpisodeFactory(case=case, back=True, from_at=ago(days=9), until_at=ago(days=8), back_at=ago(days=8))
    assert record(case, **MISSED).missing_episode is None


def test_put_right_it_is_joined_to_none():
    case = a_case()
    MissingEpisodeFactory(case=case)
    session = record(case, **MISSED)
    record(case, session=session, seen=session.edition, attendance="attended")
    assert SupportSession.objects.get().missing_episode is None


def test_what_is_reported_afterwards_is_joined_to_what_was_signed_and_nothing_else_of_it_changes():
    case, by = a_case(), UserFactory()
    signed = record(case, and_sign=True, **MISSED)
    long_ago = record(case, at=ago(days=5), **MISSED)
    other = record(a_case(), **MISSED)
    assert signed.is_signed
    episode = report(case, by, hours=3)
    joined = {row.pk: row.missing_episode for row in SupportSession.objects.all()}
    assert joined == {signed.pk: episode, long_ago.pk: None, other.pk: None}
    event = AuditEvent.objects.get(verb="session.joined")
    assert event.facts == {"session": signed.pk, "episode": episode.pk}
    with pytest.raises(IntegrityError, match="signed_session_stays_as_it_was"), transaction.atomic():
        SupportSession.objects.filter(pk=signed.pk).update(missing_episode=None)


def test_nobody_joins_it_to_another_young_persons_time():
    session, episode = record(a_case(), **MISSED), MissingEpisodeFactory()
    with pytest.raises(IntegrityError, match="session_is_joined_to_a_time_of_its_own_case"), transaction.atomic():
        SupportSession.objects.filter(pk=session.pk).update(missing_episode=episode)


def test_its_page_asks_since_when_they_were_missing_and_then_leads_there(client, practitioner, case, at):
    session = record(case, by=practitioner, **MISSED)
    report_it = reverse("cases:report_missing", args=[case.reference])
    banner = "They were missing. Write down since when"
    page = client.get(session.get_absolute_url()).text
    assert banner in page
    assert report_it in page
    episode = report(case, practitioner, hours=3)
    page = client.get(session.get_absolute_url()).text
    assert banner not in page
    assert f'<p><a href="{episode.get_absolute_url()}">' in page
