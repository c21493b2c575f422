"""What stands of parents and carers on the page a day begins on: what comes, what is owed, who waits for a manager."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission, centres_with_permission
from sessions.carer_diary import who
from sessions.carer_enums import StrandStatus
from sessions.carer_words import STATUS_KINDS
from sessions.models.carers import CarerSession, CarerStrand, CarerTask
from ui.times import day_and_date, moment

SHOWN = ("pk", "key", "status", "waits_since", "case__referral__reference", "carer__relationship")
MOST_WAITING = 50
TOLD_FOR = 7  # days


def sessions(user, *, until, most):
    """As ``session_words.home_lines``; and how many in all."""
    found = list(CarerSession.objects.visible_to(user).for_home(user, until=until)[:most])
    return [_session(row) for row in found], found[0].in_all if found else 0


def _session(row):
    name = "record_contact" if row.is_draft or row.needs_a_record else "carer_session"
    return {
        "pk": row.pk,
        "of": "carer_sessions",
        "order": row.planned_at,
        "reference": row.strand.case.reference,
        "who": who(row.strand.carer),
        "url": reverse(f"sessions:{name}", args=[row.strand.key, row.pk]),
        "what": row.get_kind_display(),
        "how": row.get_mode_display(),
        "when": moment(row.planned_at),
        "needs_a_record": row.needs_a_record,
        "is_draft": row.is_draft,
    }


def tasks(user, *, most):
    """As ``due_in_words.tasks``; and how many in all."""
    found = list(CarerTask.objects.visible_to(user).for_home(user)[:most])
    return [_task(row, timezone.localdate()) for row in found], found[0].in_all if found else 0


def _task(row, today):
    day, is_late = {"day": day_and_date(row.due_on)}, row.due_on < today
    return {
        "pk": row.pk,
        "of": "carer_tasks",
        "reference": row.strand.case.reference,
        "url": reverse("sessions:strand", args=[row.strand.key]),
        "who": who(row.strand.carer),
        "what": row.what,
        "on": row.due_on,
        "due": _("was due on %(day)s") % day if is_late else _("due on %(day)s") % day,
        "is_late": is_late,
    }


def lost(user):
    """Whom they work with no more since last week, because somebody else does or a manager decides: no name, no link.

    Which of the two it is, and why, stands in no line of theirs: a worry about a parent is a manager's to tell.
    """
    rows = CarerStrand.objects.lost_by(user, days=TOLD_FOR)
    return [_lost(row) for row in rows.values("pk", "lost_at", "case__referral__reference")]


def _lost(row):
    since = _("You do not work with this parent or carer any more, since %(day)s. Ask your manager, if you need to.")
    told = since % {"day": day_and_date(row["lost_at"])}
    return {"pk": row["pk"], "reference": row["case__referral__reference"], "words": told}


def waiting(user):
    """Parents and carers of whom this manager decides, who has waited longest first; no name, as on every such list."""
    centres = centres_with_permission(user, Permission.ALLOCATE_CASES)
    seen = CarerStrand.objects.summary_visible_to(user).filter(case__centre__in=centres)
    return [_waits(row) for row in seen.awaiting_a_manager().values(*SHOWN)[:MOST_WAITING]]


def _waits(row):
    """It leads to where it is decided: who works with them, or what to do about a worry."""
    reference, status = row["case__referral__reference"], StrandStatus(row["status"])
    asked = reverse("sessions:allocate_carer", args=[reference, row["key"]])
    worry = reverse("sessions:parents", args=[reference])
    return {
        "pk": row["pk"],
        "url": worry if status == StrandStatus.BLOCKED else asked,
        "reference": reference,
        "relationship": row["carer__relationship"],
        "since": _("since %(day)s") % {"day": day_and_date(row["waits_since"])},
        "status": str(status.label),
        "status_kind": STATUS_KINDS[status],
    }
