"""The ending of a case: written with the young person, proposed, signed off by somebody else; and opening again."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.recording import record
from cases import closing, letters, operations, rules
from cases import ending_in_words as in_words
from cases.forms.ending import (
    BeginEndingForm,
    EndingForm,
    GoOnForm,
    NeedForm,
    ProposeForm,
    ReopenForm,
    SignOffForm,
    lacks,
)
from cases.views.base import PAGE_AND_ACT, act, act_page, allowed, case_page, get_case

PAGES = {
    "begin": "begin_ending",
    "write": "write_ending",
    "sign_off": "sign_off_ending",
    "go_on": "go_on_after_all",
    "reopen": "reopen_case",
}
WHO = ("proposed_by", "sent_back_by", "signed_off_by")


def _current(case):
    """The ending of this case that was not undone: neither opened again, nor did they go on after all."""
    return case.endings.current().select_related(*WHO).first()


def _page_of(case):
    return reverse("cases:ending", args=[case.reference])


def _for_who_works_on_it(request, reference):
    """The case and its ending; 404 where nobody has begun to end it."""
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    ending = _current(case)
    if ending is None:
        raise Http404
    return case, ending


@require_GET
def ending(request, reference):
    case = get_case(request, reference)
    ending, user = _current(case), request.user
    context = {"ending": ending, "may": _may(user, case, ending)}
    if ending is None:
        context["gone_on"] = list(case.endings.filter(gone_on_at__isnull=False).select_related("gone_on_by"))
    else:
        found = closing.requirements(case, ending)
        context |= {
            "rows": in_words.summary(ending),
            "needs": [in_words.need(case, *each, may_answer=bool(context["may"].get("write"))) for each in found],
            "lacks": lacks(ending) if ending.may_be_written else [],
            "delivered": closing.delivered(case) if rules.reads_work(user, case) else [],
            "ratings": in_words.ratings(case.scale_ratings.all().first_and_latest()),
            "open_tasks": list(case.tasks.open().select_related("owner")),
            "reads_letter": rules.works_on(user, case),
            "is_own_work": ending.is_proposed and rules.oversees(user, case) and ending.is_work_of(user),
        }
    return case_page(request, case, "cases/ending.html", **context)


def _may(user, case, ending):
    """What the rules allow here, and the address of each."""
    holds = {
        "begin": rules.may_begin_ending(user, case),
        "write": rules.may_write_ending(user, case, ending),
        "sign_off": rules.may_sign_off(user, case, ending),
        "go_on": rules.may_go_on(user, case, ending),
        "reopen": rules.may_reopen(user, case, ending),
    }
    return {name: reverse(f"cases:{PAGES[name]}", args=[case.reference]) for name, may in holds.items() if may}


@require_http_methods(PAGE_AND_ACT)
def begin(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = BeginEndingForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    words, page = _("The ending has begun. Write it together, bit by bit."), _page_of(case)
    return act(request, case, form, _("Begin to end"), words, operations.begin_ending, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def go_on(request, reference):
    case, ending = _for_who_works_on_it(request, reference)
    form = GoOnForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    words, goes_on, page = _("You go on. The case is where it was before."), operations.go_on_after_all, _page_of(case)
    return act(request, case, form, _("We go on after all"), words, goes_on, ending, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def write(request, reference):
    case, ending = _for_who_works_on_it(request, reference)
    form = EndingForm(request.POST or None, ending=ending)
    title = _("Write the ending")
    if not form.is_valid():
        return act_page(request, case, form, title)
    try:
        operations.write_ending(ending, by=request.user, **form.told)
    except operations.ChangedMeanwhile:
        messages.error(request, _("Nothing was saved: a colleague has written on it. Their words stand below yours."))
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the ending was proposed, and waits for a manager."))
    else:
        messages.success(request, _("The ending is saved."))
        return redirect("cases:ending", case.reference)
    theirs = in_words.summary(_current(case))
    return case_page(request, case, "cases/ending_conflict.html", status=409, form=form, title=title, theirs=theirs)


@require_http_methods(PAGE_AND_ACT)
def answer(request, reference, key):
    """One requirement: done, or why it does not apply."""
    case, ending = _for_who_works_on_it(request, reference)
    finding = closing.finding_of(case, ending, key)
    if finding is None:
        raise Http404
    form = NeedForm(request.POST or None, title=finding.words, found=finding.found)
    told = {"key": key, **form.told} if form.is_valid() else {}
    words, answers, page = _("The answer is kept."), operations.answer_requirement, _page_of(case)
    try:
        return act(request, case, form, _("What the ending needs"), words, answers, ending, to_page=page, **told)
    except operations.SeenToBeUndone:
        messages.error(request, _("Nothing was saved: it has come undone meanwhile. Say why it does not apply."))
    return redirect("cases:ending", case.reference)


@require_POST
def propose(request, reference):
    case, ending = _for_who_works_on_it(request, reference)
    form = ProposeForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    try:
        operations.propose_ending(ending, by=request.user, seen=seen)
    except operations.MoveNotAllowed:
        messages.info(request, _("It waits for a manager already, or the case is closed."))
    except operations.ChangedMeanwhile:
        messages.error(request, _("Not yet: the ending has changed since you opened the page. Read it as it stands."))
    except operations.NotFinished:
        messages.error(request, _("Not yet: answer what the ending still needs."))
    except IntegrityError as refusal:
        if "ending_proposed_says" not in str(refusal):
            raise
        messages.error(request, _("Not yet: write what the summary still lacks."))
    else:
        messages.success(request, _("A manager is asked to sign it off. It must be somebody else than you."))
    return redirect("cases:ending", case.reference)


@require_http_methods(PAGE_AND_ACT)
def sign_off(request, reference):
    case, ending = _for_who_works_on_it(request, reference)
    allowed(rules.oversees(request.user, case))
    form, status = SignOffForm(request.POST or None, ending=ending), 200
    if form.is_valid():
        if (words := _answered(request, ending, form.cleaned_data)) is None:
            return redirect("cases:ending", case.reference)
        messages.error(request, words)
        case, ending = _for_who_works_on_it(request, reference)
        form, status = SignOffForm(ending=ending, reason=form.cleaned_data["reason"] or ""), 409
    return _sign_off_page(request, case, ending, form, status)


def _sign_off_page(request, case, ending, form, status):
    """The ending as it stands now; a form only where this manager may answer."""
    context = {"rows": in_words.summary(ending), "title": _("Sign off the ending")}
    context["ends_on"] = ending.ends_on if ending.is_proposed and ending.ends_on > timezone.localdate() else None
    context["form"] = form if rules.may_sign_off(request.user, case, ending) else None
    context["open_tasks"] = list(case.tasks.open().select_related("owner"))
    context["delivered"] = closing.delivered(case)
    context["needs"] = [in_words.need(case, *each, may_answer=False) for each in closing.requirements(case, ending)]
    return case_page(request, case, "cases/ending_sign_off.html", status=status, **context)


def _answered(request, ending, said):
    """Do what the manager says; nothing where it was done, else why it was not."""
    what = {"by": request.user, "seen": said["version"]}
    try:
        if said["answer"] == "send_back":
            operations.send_back_ending(ending, reason=said["reason"], **what)
            messages.success(request, _("It went back, with your words."))
        else:
            operations.sign_off_ending(ending, **what)
            messages.success(request, _("The case is closed. Who worked on it can read it for 30 days more."))
    except operations.OwnProposal:
        return _("You have worked on this ending, so somebody else signs it off.")
    except operations.ConcernIsOpen:
        return _("Nothing was saved: a safeguarding concern is open. See to it first.")
    except operations.NotFinished:
        return _("Nothing was saved: something has come up that the ending still needs. Send it back.")
    except (operations.MoveNotAllowed, operations.ChangedMeanwhile):
        return in_words.what_happened(_current(ending.case) or ending)
    return None


@require_GET
def letter(request, reference):
    """The letter to the young person as a PDF, where it is safe for them to have it; else the page that says so."""
    case, ending = _for_who_works_on_it(request, reference)
    if not ending.letter_is_printable:
        messages.info(request, _("The letter is printed once it is written and somebody has said that it is safe."))
        return redirect("cases:ending", case.reference)
    content = letters.on_paper(ending, language=case.young_person.preferred_language)
    record("case.viewed", case, by=request.user, page=request.resolver_match.url_name)
    record("letter.printed", case, by=request.user, ending=ending.pk)
    headers = {"Content-Disposition": f'attachment; filename="letter-{case.reference}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(PAGE_AND_ACT)
def reopen(request, reference):
    case = get_case(request, reference)
    allowed(rules.oversees(request.user, case))
    form, title = ReopenForm(request.POST or None, case=case), _("Open the case again")
    answers = form.cleaned_data if form.is_valid() else {}
    words = _("The case is open again. It begins with getting to know each other.")
    try:
        return act(request, case, form, title, words, operations.reopen_case, stays_open=True, **answers)
    except operations.TooLate:
        messages.error(request, _("28 days are over. Somebody who comes back now is a new referral."))
    except IntegrityError as refusal:
        if "case_open_once_per_young_person" not in str(refusal):
            raise
        messages.error(request, _("There is an open case with this young person already."))
    return act_page(request, case, form, title, status=409)
