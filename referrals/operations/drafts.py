"""Drafts: begun, saved section by section, discarded, purged.

A draft is not on the trail: nobody of staff sees it, and it is gone when sent.
"""

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from referrals.models import ReferralDraft
from referrals.models.drafts import KEEP_DRAFTS


class DraftChanged(Exception):
    """The draft was saved elsewhere since this page was opened."""


class DraftGone(Exception):
    """The draft was sent, deleted or purged since its page was read; nothing was stored."""


@transaction.atomic
def start_draft(email, *, by, language, answers):
    """Begin a draft for a proven address. ``answers`` maps section to field to the raw values typed."""
    draft = ReferralDraft(email=email.lower(), language=language)
    draft.answers = answers
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def save_section(draft, *, by, section, values, version):
    """Keep what was typed in one section, valid or not.

    Raises ``DraftChanged`` when ``version`` is not current, ``DraftGone`` when
    another window sent or deleted the draft while this one waited for it.
    """
    pk = draft.pk
    draft = ReferralDraft.objects.select_for_update(of=["self"]).filter(pk=pk).first()
    if draft is None:
        raise DraftGone(pk)
    if version != draft.version:
        raise DraftChanged
    draft.answers = draft.answers | {section: values}
    draft.version += 1
    draft.touched_at = timezone.now()
    draft.save(update_fields=["sealed_answers", "version", "touched_at"])
    return draft


@transaction.atomic
def discard_draft(draft, *, by):
    """Forget a draft, at its owner's wish."""
    ReferralDraft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def purge_stale_drafts(*, by, now=None, dry_run=False):
    """Forget drafts nobody touched for 30 days. Returns how many.

    Their page names the last day, so they are there until it is over.
    """
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    stale = ReferralDraft.objects.stale(before=today - KEEP_DRAFTS)
    if dry_run:
        return stale.count()
    count, _models = stale.delete()
    if count:
        record("drafts.purged", "referral_drafts", by=by, count=count)
    return count
