"""Times of being missing: a short page at first, then what becomes known, and that they are back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases import missing_words, operations, rules
from cases.forms.missing import ONLY_AFTERWARDS, PARTS, BackForm, ReportMissingForm, TalkForm
from cases.views.base import PAGE_AND_ACT, act_page, allowed, case_page, get_case
from ui.times import moment

IS_KEPT = gettext_lazy("It is kept. Who works on this case and who manages it are written to now.")
OF_A_PAGE = ["reported", "known", "back", "talk", "learnt"]


def get_episode(request, case, pk):
    rows = case.missing_episodes.for_page(reads_restricted=rules.reads_work(request.user, case))
    return get_object_or_404(rows, pk=pk)


def _for_who_writes(request, reference, pk):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    episode = get_episode(request, case, pk)
    episode.case = case
    return case, episode


@require_http_methods(PAGE_AND_ACT)
def report_missing(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case) and case.asks_for_consent)
    form, title = ReportMissingForm(request.POST or None), _("They are missing")
    if not form.is_valid():
        return act_page(request, case, form, title)
    try:
        episode = operations.report_missing(case, by=request.user, **form.told)
    except operations.MissingAlready as first:
        words = _("Nothing was saved: %(name)s wrote it down already, %(when)s. Add there what you know.")
        messages.error(request, words % {"name": first.episode.by, "when": moment(first.episode.at)})
        return act_page(request, get_case(request, reference), form, title, status=409)
    except operations.KeptAlready:
        messages.success(request, _("It was kept already."))
        return redirect("cases:safety", case.reference)
    except operations.MoveNotAllowed:
        return _closed(request, case, form, title)
    messages.success(request, IS_KEPT)
    return redirect(episode)


def _closed(request, case, form, title):
    messages.error(request, _("Nothing was saved: the case has changed. Read it again before you write."))
    return act_page(request, case, form, title, status=409, stays_open=True)


@require_GET
def missing_episode(request, reference, pk):
    case = get_case(request, reference)
    episode = get_episode(request, case, pk)
    episode.case = case
    reads = rules.reads_work(request.user, case)
    context = {
        "episode": episode,
        "told": missing_words.title(episode),
        "stands": (missing_words.status(episode), missing_words.status_kind(episode)),
        "parts": {part: missing_words.rows(episode, part, reads_restricted=reads) for part in OF_A_PAGE},
        "talk_due": missing_words.talk_due(episode) if missing_words.waits_for_talk(episode) else "",
        "reads_restricted": reads,
        "may_write": rules.may_write(request.user, case),
        "may_raise_concern": rules.may_raise_concern(request.user, case),
    }
    return case_page(request, case, "cases/missing.html", **context)


@require_http_methods(PAGE_AND_ACT)
def write_missing(request, reference, pk, part):
    """Add to one part of it, or put it right."""
    case, episode = _for_who_writes(request, reference, pk)
    if part not in PARTS or (part in ONLY_AFTERWARDS and not episode.is_over):
        raise Http404
    form = PARTS[part](request.POST or None, episode=episode)
    return _write(request, case, episode, form, part, operations.write_missing, _("It is kept."))


@require_http_methods(PAGE_AND_ACT)
def come_back(request, reference, pk):
    case, episode = _for_who_writes(request, reference, pk)
    if episode.is_over:
        return _back_already(request, case, episode)
    form, title = BackForm(request.POST or None, episode=episode), _("They are back")
    if not form.is_valid():
        return act_page(request, case, form, title, back=_to(episode))
    told = {name: value for name, value in form.told.items() if name != "seen"}
    try:
        operations.come_back(episode, by=request.user, **told)
    except operations.MoveNotAllowed:
        case, episode = _for_who_writes(request, reference, pk)
        return _back_already(request, case, episode) if episode.is_over else _closed(request, case, form, title)
    messages.success(request, _("It is kept. Offer them somebody to talk to, and see what is owed now."))
    return redirect(episode)


def _back_already(request, case, episode):
    """A colleague was first. What was typed is not lost: it may be saved beside what they wrote."""
    if request.method != "POST":
        messages.info(request, _("It is written down already that they are back."))
        return redirect(episode)
    form = BackForm(request.POST, episode=episode)
    form.helper.form_action = reverse("cases:write_missing", args=[case.reference, episode.pk, "back"])
    form.is_valid()
    return _changed_elsewhere(request, case, form, "back", episode)


@require_http_methods(PAGE_AND_ACT)
def return_conversation(request, reference, pk):
    case, episode = _for_who_writes(request, reference, pk)
    if not episode.is_over:
        messages.info(request, _("They are missing still. First write down that they are back."))
        return redirect(episode)
    form = TalkForm(request.POST or None, episode=episode)
    words = _("The return conversation is kept.")
    return _write(request, case, episode, form, "talk", operations.talk_about_return, words)


def _write(request, case, episode, form, part, operation, words):
    """Do what a valid form asks; a page that had gone stale shows what is saved beside what was typed."""
    title = form.TITLE
    if not form.is_valid():
        return act_page(request, case, form, title, back=_to(episode))
    try:
        operation(episode, by=request.user, **form.told)
    except operations.EpisodeChanged as changed:
        return _changed_elsewhere(request, case, form, part, changed.episode)
    except operations.MoveNotAllowed:
        return _closed(request, get_case(request, case.reference), form, title)
    messages.success(request, words)
    return redirect(episode)


def _changed_elsewhere(request, case, form, part, now):
    """What is saved beside what was typed here: sent again, it has been seen."""
    form.data = form.data.copy()
    form.data["seen"] = str(now.edition)
    who = {"name": now.changed_by, "when": moment(now.changed_at)}
    messages.error(request, _("Nothing was saved: %(name)s wrote on it, %(when)s. Both texts are below.") % who)
    saved = missing_words.rows(now, part, reads_restricted=True)
    template = "cases/missing_act.html"
    told = {"form": form, "title": form.TITLE, "saved": saved, "back": _to(now)}
    return case_page(request, case, template, status=409, **told)


def _to(episode):
    return {"url": episode.get_absolute_url(), "label": missing_words.title(episode)}
