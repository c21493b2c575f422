"""The queue of referrals, and the page of one."""

from django.core import signing
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, has_permission_somewhere
from audit.recording import record
from referrals import answers, checklist, history, presenting, rules, said, visible
from referrals.eligibility import Fit
from referrals.enums import ENDED, ReferralStatus
from referrals.forms.triage import NoteForm, QueueFilterForm
from referrals.models import Referral
from referrals.querysets import PAGE
from referrals.reading import findings_of
from referrals.saved import views_of
from safeguarding import presenting as concerns_in_words
from safeguarding.visible import about

CURSOR = "triage.queue"


@require_GET
def queue(request):
    filters = QueueFilterForm(request.GET, user=request.user)
    chosen = filters.understood()
    rows, next_url = _page_of_rows(request, chosen)
    request.waiting_counts = visible.counts(request.user)
    record("queue.listed", "referral_queue", by=request.user, shown=[row["pk"] for row in rows])
    works = rules.works_with_queue(request.user)
    context = {
        "filters": filters,
        "chips": _chips(filters, chosen),
        **_views(request, chosen),
        "clear_url": reverse("triage:queue"),
        "tiles": _tiles(request.waiting_counts, chosen) if works else [],
        "works": works,
        "rows": rows,
        "may_choose": any(row["take_url"] for row in rows),
        "back": request.get_full_path(),
        "next_url": next_url,
        "first_url": _address(chosen) if request.GET.get("after") else "",
        "is_latest": chosen.get("status") in ENDED,
        "is_filtered": bool(chosen),
    }
    template = "triage/queue.html#results" if request.htmx else "triage/queue.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _filtered(chosen, user):
    shown = Referral.objects.visible_to(user)
    if chosen.get("status") not in ENDED:
        shown = shown.open()
    if status := chosen.get("status"):
        shown = shown.filter(status=status)
    if priority := chosen.get("priority"):
        shown = shown.filter(priority="" if priority == "none" else priority)
    if area := chosen.get("area"):
        shown = shown.filter(local_authority__code=area)
    if centre := chosen.get("centre"):
        shown = shown.filter(centre__code=centre)
    if owner := chosen.get("owner"):
        shown = shown.owned_by(user) if owner == "me" else shown.filter(owner__isnull=True)
    return _needing(shown, chosen.get("show"), user)


def _needing(shown, what, user):
    narrowed = {
        "danger": shown.in_danger,
        "overdue": shown.overdue,
        "today": shown.due_today,
        "unread": shown.unread,
        "second_person": shown.waiting_for_second_person,
        "answered": shown.answered,
        "hold_over": shown.hold_is_over,
        "sent_back": lambda: shown.sent_back_to(user),
    }
    return narrowed[what]() if what else shown


def _page_of_rows(request, chosen):
    """The rows of one page as ready strings, and the address of the next page."""
    is_latest = chosen.get("status") in ENDED
    key = _key_from(request.GET.get("after"), is_latest)
    found = _found(request.user, chosen, key, is_latest) if chosen or key else visible.first_of_queue(request.user)
    may_take = has_permission_somewhere(request.user, Permission.SCREEN_REFERRALS)
    rows = presenting.Rows(user=request.user, may_take=may_take, now=timezone.now()).of(found[:PAGE])
    more = len(found) > PAGE
    return rows, _address(chosen, after=_cursor(found[PAGE - 1], is_latest)) if more else ""


def _found(user, chosen, key, is_latest):
    """The values of one page's rows and one more. Keyset paging: no count, no offset."""
    shown = _filtered(chosen, user)
    shown = shown.latest_first() if is_latest else shown.in_order()
    if key:
        shown = shown.after_latest(*key) if is_latest else shown.after_key(*key)
    return list(shown.for_queue()[: PAGE + 1])


def _cursor(values, is_latest):
    """Where a page ends: signed and opaque, and holding nothing about a person."""
    moment = values["submitted_at"] if is_latest else values["decide_by"]
    key = [moment.isoformat(), values["pk"]] if is_latest else [values["urgency"], moment.isoformat(), values["pk"]]
    return signing.dumps(key, salt=CURSOR)


def _key_from(cursor, is_latest):
    """The key in a cursor; one that was tampered with, or belongs to another order, begins the list again."""
    try:
        key = signing.loads(cursor or "", salt=CURSOR)
    except signing.BadSignature:
        return None
    if len(key) != (2 if is_latest else 3):
        return None
    return [*key[:-2], parse_datetime(key[-2]), key[-1]]


def _address(chosen, **more):
    query = QueryDict(mutable=True)
    query.update(chosen | more)
    return f"{reverse('triage:queue')}?{query.urlencode()}" if query else reverse("triage:queue")


def _chips(filters, chosen):
    return [
        {
            "label": filters.label_of(name, value),
            "remove_url": _address({other: kept for other, kept in chosen.items() if other != name}),
        }
        for name, value in chosen.items()
    ]


def _views(request, chosen):
    """What they have saved stands above the list; and these filters can be saved, where they are not yet."""
    query = _address(chosen).partition("?")[2]
    views = [] if request.htmx else views_of(request.user, current=query)
    return {"views": views, "save_url": f"{reverse('triage:save_view')}?{query}" if query else ""}


def _tiles(counts, chosen):
    """Counts of open referrals; each leads to the rows it counts."""
    tiles = [
        (_("Danger now"), "danger", {"show": "danger"}),
        (_("Overdue"), "overdue", {"show": "overdue"}),
        (_("Due today"), "today", {"show": "today"}),
        (_("Unread"), "unread", {"show": "unread"}),
        (_("Being screened"), "screening", {"status": ReferralStatus.SCREENING.value}),
        (_("Waiting for a second person"), "second_person", {"show": "second_person"}),
        (_("Waiting for the referrer"), "awaiting", {"status": ReferralStatus.AWAITING_INFORMATION.value}),
        (_("The referrer has answered"), "answered", {"show": "answered"}),
    ]
    return [
        {
            "label": label,
            "count": counts[name],
            "url": _address(query),
            "late": name in ("danger", "overdue"),
            "current": chosen == query,
        }
        for label, name, query in tiles
    ]


@require_GET
def referral(request, reference):
    referral = get_referral(request, reference, for_page=True)
    concerns = about(referral.subject, request.user)
    record("referral.viewed", referral, by=request.user, concerns=[concern.pk for concern in concerns])
    return render(request, "triage/referral.html", page_of(request, referral, concerns))


def get_referral(request, reference, *, for_page=False):
    """The referral, or 404 where the user has no reason to see it: we do not confirm that it exists."""
    found = (visible.for_page if for_page else visible.for_act)(request.user, reference)
    if found is None:
        raise Http404
    return found


def act_page(request, referral, template="triage/act.html", **context):
    """The page of one act, also shown again. It names the referral, so to open it is to look at the referral."""
    record("referral.viewed", referral, by=request.user, page=request.resolver_match.url_name)
    return render(request, template, {"referral": referral, **context})


def page_of(request, referral, concerns):
    waiting = history.waiting_decision(referral)
    with_restricted = rules.may_read_restricted(request.user, referral)
    said.with_lists(referral, with_restricted=with_restricted)
    return {
        "head": presenting.head(referral, waiting, user=request.user, now=timezone.now()),
        "waiting": waiting,
        "waiting_reasons": history.second_person_words(waiting.needs_second_person) if waiting else [],
        "sent_back": history.sent_back_decision(referral),
        "danger": _danger(referral),
        "said_by": answers.said_by(referral),
        **_said(referral, with_restricted),
        "with_restricted": with_restricted,
        "findings": [_finding(found) for found in findings_for_staff(referral)],
        "against_route_a": answers.against_route_a(referral),
        "concerns": _cards(concerns, request.user),
        "history": history.entries(referral),
        **screening_of(referral),
        "may": may(request.user, referral, waiting),
        "note_form": NoteForm(action=reverse("triage:note", args=[referral.reference])),
        "owner_id": referral.owner_id or "",
    }


def _said(referral, with_restricted):
    """What was answered, card by card; the parts of which nothing was said stand together at the end."""
    parts = answers.sections(referral, with_restricted=with_restricted)
    return {
        "sections": [part for part in parts if part["rows"]],
        "unanswered": [{"label": part["title"], "value": part["not_asked"]} for part in parts if not part["rows"]],
    }


def screening_of(referral):
    """How the screening stands: what we wait for, what it was held against, what was asked before."""
    question = history.open_question(referral)
    return {
        "question": question,
        "hold": history.hold_reason(referral),
        "criteria": checklist.summary(referral, referral.criteria.all()),
        "earlier": [row for row in referral.questions.all() if row is not question],
    }


def _cards(concerns, user):
    """What is overdue first, then what is open, then what has ended."""
    cards = [concerns_in_words.card(concern, user) for concern in concerns]
    return sorted(cards, key=lambda card: (not card["is_overdue"], not card["is_open"]))


def may(user, referral, waiting):
    """What the rules allow this person here: what the page offers, and the address of each."""
    allowed = {
        "start_screening": rules.may_start_screening(user, referral),
        "resume": rules.may_resume(user, referral),
        "stop_waiting": rules.may_stop_waiting(user, referral),
        "reopen": rules.may_reopen(user, referral, history.last_decision(referral)),
        "decide": rules.may_decide(user, referral, waiting),
        "second_person": rules.may_countersign(user, waiting),
        "ask": rules.may_ask(user, referral, waiting),
        "hold": rules.may_hold(user, referral, waiting),
        "criteria": rules.may_check_criteria(user, referral),
        "take": rules.may_assign(user, referral) and referral.owner_id != user.pk,
        "assign": rules.may_assign(user, referral),
        "priority": rules.may_set_priority(user, referral),
        "note": rules.may_add_note(user, referral),
        "raise_concern": rules.may_raise_concern(user, referral),
        "withdraw": rules.may_withdraw(user, referral),
        "step_back": rules.may_step_back(user, referral),
        "keep_out": rules.may_keep_out(user, referral),
        "kept_out": rules.may_lift_exclusions(user, referral),
    }
    return {
        name: reverse(f"triage:{name}", args=[referral.reference]) for name, is_allowed in allowed.items() if is_allowed
    }


def _danger(referral):
    if not referral.is_danger:
        return None
    said = {"details": referral.safety.danger_details, "emergency_called": referral.safety.emergency_called}
    return said | {"referrer": referral.referrer_name, "phone": referral.referrer_phone}


def findings_for_staff(referral):
    """Without the word to the referrer about their route: ``answers.against_route_a`` says it to us, and more."""
    return [found for found in findings_of(referral) if found.about != "route"]


def _finding(found):
    words = {
        Fit.FITS: (_("Fits"), "done"),
        Fit.CHECK: (_("Check"), "waiting"),
        Fit.DOES_NOT_FIT: (_("Does not fit"), "new"),
    }
    text, kind = words[found.fit]
    return {"words": text, "kind": kind, "reason": found.reason}
