"""Drafts: sealed at rest, seen by their owner only, saved without overwriting, purged."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.encryption import CannotDecrypt, decrypt
from audit.models import AuditEvent
from referrals import operations
from referrals.models import ReferralDraft
from tests.factories.referrals import ReferralDraftFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

REFERRER = "alex@school.example"
ANSWERS = {"young-person": {"first_name": ["Canary"], "note": ["ŵ ŷ O'Brien Null"]}}


def test_a_draft_begins_with_what_was_answered_and_leaves_no_other_row():
    with writes(ReferralDraft=1):
        draft = operations.start_draft("Alex@School.example", by=REFERRER, language="cy", answers=ANSWERS)

    draft.refresh_from_db()
    assert (draft.email, draft.language, draft.answers, draft.version) == (REFERRER, "cy", ANSWERS, 1)
    assert draft.kept_until == draft.touched_at + timedelta(days=30)


def test_the_answers_lie_sealed_in_the_table():
    draft = operations.start_draft(REFERRER, by=REFERRER, language="en-gb", answers=ANSWERS)

    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM referrals_referraldraft d WHERE id = %s", [draft.pk])
        [[row]] = cursor.fetchall()
    assert "Canary" not in row
    assert b"Canary".hex() not in row
    with pytest.raises(CannotDecrypt):
        decrypt(bytes(draft.sealed_answers), purpose="factors")


def test_two_drafts_with_the_same_words_look_different():
    one, other = (operations.start_draft(REFERRER, by=REFERRER, language="en-gb", answers=ANSWERS) for _ in range(2))
    assert bytes(one.sealed_answers) != bytes(other.sealed_answers)


def test_answers_moved_to_another_draft_do_not_open():
    one, other = (operations.start_draft(REFERRER, by=REFERRER, language="en-gb", answers=ANSWERS) for _ in range(2))
    ReferralDraft.objects.filter(pk=one.pk).update(sealed_answers=other.sealed_answers)

    one.refresh_from_db()
    with pytest.raises(CannotDecrypt):
        one.answers  # noqa: B018


def test_saving_a_section_keeps_the_others_and_counts_up():
    draft = ReferralDraftFactory(answers=ANSWERS, touched_at=timezone.now() - timedelta(days=3))

    with writes():
        saved = operations.save_section(draft, by=REFERRER, section="safety", values={"safe": ["no"]}, version=1)

    draft.refresh_from_db()
    assert draft.answers == saved.answers == ANSWERS | {"safety": {"safe": ["no"]}}
    assert draft.version == 2
    assert timezone.now() - draft.touched_at < timedelta(minutes=1)


def test_a_page_opened_before_the_last_save_overwrites_nothing():
    draft = ReferralDraftFactory(answers=ANSWERS)
    operations.save_section(draft, by=REFERRER, section="safety", values={"safe": ["no"]}, version=1)

    with leaves_no_trace(), pytest.raises(operations.DraftChanged):
        operations.save_section(draft, by=REFERRER, section="safety", values={"safe": ["yes"]}, version=1)


def test_a_section_of_a_draft_that_is_gone_is_not_saved():
    draft = ReferralDraftFactory()
    operations.discard_draft(draft, by=draft.email)

    with leaves_no_trace(), pytest.raises(operations.DraftGone):
        operations.save_section(draft, by=draft.email, section="safety", values={}, version=1)


def test_discarding_forgets_it_and_no_other():
    draft, other = ReferralDraftFactory(), ReferralDraftFactory()

    with writes(ReferralDraft=-1):
        operations.discard_draft(draft, by=draft.email)

    assert list(ReferralDraft.objects.all()) == [other]


def test_the_purge_forgets_what_nobody_touched_for_thirty_days():
    """It is kept to the end of the day that its page names."""
    now = timezone.now()
    first_moment = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    kept = ReferralDraftFactory(touched_at=first_moment - timedelta(days=30))
    ReferralDraftFactory(touched_at=first_moment - timedelta(days=30, seconds=1))

    with writes(ReferralDraft=-1, AuditEvent=1):
        assert operations.purge_stale_drafts(by="purge_drafts", now=now) == 1

    assert list(ReferralDraft.objects.all()) == [kept]
    [event] = AuditEvent.objects.all()
    assert (event.verb, event.subject_type, event.system_actor, event.facts) == (
        "drafts.purged",
        "referral_drafts",
        "purge_drafts",
        {"count": 1},
    )


def test_the_purge_counts_without_forgetting_when_asked_to():
    ReferralDraftFactory(stale=True)

    with leaves_no_trace():
        assert operations.purge_stale_drafts(by="purge_drafts", dry_run=True) == 1


def test_a_purge_with_nothing_to_forget_writes_nothing():
    ReferralDraftFactory()

    with leaves_no_trace():
        assert operations.purge_stale_drafts(by="purge_drafts") == 0


@pytest.mark.parametrize("referrer", [None, "", "other@school.example"])
def test_only_the_proven_address_sees_its_drafts(referrer):
    draft = ReferralDraftFactory(email=REFERRER)

    assert list(ReferralDraft.objects.visible_to(referrer)) == []
    assert list(ReferralDraft.objects.visible_to(REFERRER)) == [draft]
