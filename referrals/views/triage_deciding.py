"""Deciding a referral, alone or with a second person, and withdrawing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission
from audit.recording import record
from referrals import answers, history, operations, presenting, rules, second_person, visible
from referrals.eligibility import worst
from referrals.enums import ACCEPTS, DOES_NOT_ACCEPT, Outcome, SecondPersonReason
from referrals.forms.triage import DecisionForm, SecondPersonForm, WithdrawForm
from referrals.models import Referral
from referrals.reading import findings_of
from referrals.views.triage import act_page, findings_for_staff, get_referral
from safeguarding import presenting as concerns_in_words
from safeguarding.visible import about, has_open
from ui.views import conflict

PAGE_AND_ACT = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_AND_ACT)
def decide(request, reference):
    referral = visible.with_decisions(get_referral(request, reference))
    if not rules.holds(request.user, Permission.DECIDE_REFERRALS, referral):
        raise PermissionDenied
    form = DecisionForm(
        request.POST or None,
        outcomes=rules.outcomes_offered(request.user, referral),
        referral=referral,
        others=Referral.objects.visible_to(request.user),
    )
    is_open = rules.may_decide(request.user, referral, history.waiting_decision(referral))
    if form.is_valid():
        if is_open and form.asks_to_compare:
            return _compare(request, referral, form.cleaned_data["joined_to"])
        return _save_decision(request, referral, form)
    return _decision_page(request, referral, form) if is_open else _too_late(request, referral, form)


def _compare(request, referral, reference):
    """This referral and the one it would be joined to, side by side, before anything is saved."""
    both = Referral.objects.visible_to(request.user)
    found = list(both.filter(reference__in=[referral.reference, reference]).for_queue())
    rows = presenting.Rows(user=request.user, may_take=False, now=timezone.now()).of(found)
    by_reference = {row["reference"]: row for row in rows}
    record("queue.listed", "referral_queue", by=request.user, shown=[row["pk"] for row in rows])
    sides = {"here": by_reference[referral.reference], "there": by_reference[reference]}
    return act_page(request, referral, "triage/join.html", **sides)


def _save_decision(request, referral, form):
    try:
        decision = operations.decide(referral, by=request.user, **form.decision)
    except operations.MoveNotAllowed:
        return _too_late(request, get_referral(request, referral.reference), form)
    if form.note:
        operations.add_note(referral, by=request.user, text=form.note)
    words = _("Decided. The referrer is told that there is an outcome to read.")
    if decision.needs_second_person:
        words = _("Saved. A second person is asked to agree; until then nothing changes and nobody is told.")
    messages.success(request, words)
    return redirect(referral)


def _decision_page(request, referral, form):
    record("referral.viewed", referral, by=request.user, page="decide")
    context = {
        "referral": referral,
        "form": form,
        "by_two": _by_two(request.user, referral),
        "priority_url": _priority_url(request.user, referral),
        "findings": [found for found in findings_for_staff(referral) if found.fit],
        "against_route_a": answers.against_route_a(referral),
    }
    return render(request, "triage/decide.html", context)


def _priority_url(user, referral):
    """Where the priority is set, for who may set it: the prompt stands before a decision and never stops one."""
    return reverse("triage:priority", args=[referral.reference]) if rules.may_set_priority(user, referral) else ""


def _by_two(user, referral):
    """Before anything is chosen: which choices will need a second person, and why."""
    facts = {
        "is_current_exploitation": referral.is_current_exploitation,
        "fit": worst(findings_of(referral)),
        "has_open_concern": has_open(referral.subject_id),
    }
    offered = rules.outcomes_offered(user, referral)
    always = [outcome for outcome in offered if SecondPersonReason.OUTCOME_NEEDS_TWO in _reasons(outcome, facts)]
    sentences = {
        SecondPersonReason.CURRENT_EXPLOITATION: _("To accept: exploitation is happening now."),
        SecondPersonReason.AGAINST_A_FINDING: _("To accept: something does not fit what the service offers."),
        SecondPersonReason.OPEN_CONCERN: _("Not to accept, or to join: a safeguarding concern is open."),
    }
    found = {*_reasons(ACCEPTS[0], facts), *_reasons(DOES_NOT_ACCEPT[0], facts)}
    named = [_("“%(outcome)s”: always.") % {"outcome": outcome.label} for outcome in always]
    return [words for reason, words in sentences.items() if reason in found] + named


def _reasons(outcome, facts):
    return second_person.reasons(outcome, **facts)


def _too_late(request, referral, form):
    """Somebody else decided first, or it is not being screened: who, what, and every word that was typed."""
    decision = history.decision_that_counts(referral)
    if decision is not None and decision.decided_by == request.user and not decision.overtaken_at:
        words = _("You have already decided this referral.")
        if form.is_bound:
            words = _("You have already decided this referral. Nothing was changed by sending it again.")
        messages.info(request, words)
        return redirect(referral)
    record("referral.viewed", referral, by=request.user, page="decide")
    context = {
        "referral": referral,
        "sentence": history.who_was_first(referral, request.user),
        "decision": decision,
        "kept": _typed(form),
    }
    if form.is_bound:
        return conflict(request, template="triage/too_late.html", **context)
    return render(request, "triage/too_late.html", context)


def _typed(form):
    """The words of a form that cannot be saved any more, to be read and copied."""
    if not form.is_bound:
        return []
    names = ["explanation", "suggestion", "ready_for_support", "safety_note"]
    typed = [{"label": form[name].label, "value": form[name].value()} for name in names if name in form.fields]
    outcome = dict(form.fields["outcome"].choices).get(form["outcome"].value())
    typed.insert(0, {"label": form["outcome"].label, "value": outcome})
    return [row for row in typed if row["value"]]


@require_http_methods(PAGE_AND_ACT)
def second_person_answers(request, reference):
    """Agree, or send back. Whoever decided first is refused here by the rules, and by the database."""
    referral = get_referral(request, reference)
    waiting = history.waiting_decision(referral)
    if not rules.holds(request.user, Permission.COUNTERSIGN_DECISIONS, referral):
        raise PermissionDenied
    if waiting is None:
        messages.error(request, history.who_was_first(referral, request.user))
        return redirect(referral)
    if not rules.may_countersign(request.user, waiting):
        raise PermissionDenied
    form = SecondPersonForm(request.POST or None, initial={"decision": waiting.pk})
    if form.is_valid():
        return _answer(request, referral, waiting, form)
    concerns = [concern for concern in about(referral.subject, request.user) if concern.is_open]
    record("referral.viewed", referral, by=request.user, page="second_person", concerns=[each.pk for each in concerns])
    context = {
        "referral": referral,
        "decision": waiting,
        "reasons": history.second_person_words(waiting.needs_second_person),
        "key_facts": answers.key_facts(referral),
        "findings": findings_for_staff(referral),
        "concerns": [concerns_in_words.card(concern, request.user) for concern in concerns],
        "priority_url": _priority_url(request.user, referral),
        "form": form,
    }
    return render(request, "triage/second_person.html", context)


def _answer(request, referral, waiting, form):
    answer = form.cleaned_data
    try:
        if answer["decision"] != waiting.pk:
            raise operations.MoveNotAllowed
        if answer["answer"] == "agree":
            operations.countersign(waiting, by=request.user)
            words = _("Agreed. The decision holds now, and the referrer is told that there is an outcome to read.")
        else:
            operations.send_back(waiting, by=request.user, reason=answer["reason"])
            words = _("Sent back. The referral goes on being screened.")
    except operations.MoveNotAllowed:
        messages.error(request, history.who_was_first(get_referral(request, referral.reference), request.user))
    else:
        messages.success(request, words)
    return redirect(referral)


@require_http_methods(PAGE_AND_ACT)
def withdraw(request, reference):
    referral = get_referral(request, reference)
    if not rules.holds(request.user, Permission.DECIDE_REFERRALS, referral):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            operations.withdraw(
                referral,
                by=request.user,
                outcome=Outcome(form.cleaned_data["outcome"]),
                note=form.cleaned_data["note"],
            )
        except operations.MoveNotAllowed:
            messages.error(request, history.who_was_first(get_referral(request, referral.reference), request.user))
        else:
            messages.success(request, _("The referral is withdrawn. The referrer is told."))
        return redirect(referral)
    return act_page(request, referral, form=form, title=_("Withdraw the referral"))
