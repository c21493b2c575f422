"""What we ask a referrer, and the referrer's answer: behind the code, never in an e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centres.models import ContactPointOfCentre
from referrals import operations
from referrals.forms.answering import AnswerForm
from referrals.models import Referral
from referrals.reading import asked_of_referrer
from referrals.views.drafts import PAGE, prove_first
from ui.views import conflict


@login_not_required
@require_http_methods(PAGE)
def questions(request, draft):
    """Whoever was signed out while they typed reads their own words again: they are stored nowhere."""
    if not request.referrer:
        typed = request.POST.get("text", "").strip()
        if typed:
            return render(request, "refer/answer_signed_out.html", {"typed": typed}, status=403)
        return prove_first(request)
    referral = get_object_or_404(Referral.objects.sent_by(request.referrer), form_token=draft)
    asked = asked_of_referrer(referral)
    if request.method == "POST":
        return _answer(request, referral, asked)
    return _page(request, referral, asked)


def _page(request, referral, asked, form=None):
    is_open = next((question for question in asked if question.is_open), None)
    if form is None and is_open:
        form = AnswerForm(initial={"number": is_open.number})
    context = {
        "referral": referral,
        "question": is_open,
        "earlier": [question for question in asked if not question.is_open],
        "form": form if is_open else None,
        "number": ContactPointOfCentre.objects.number_of(referral.centre_id),
    }
    return render(request, "refer/questions.html", context)


def _answer(request, referral, asked):
    form = AnswerForm(request.POST)
    is_valid = form.is_valid()
    question = _the_one_shown(form, asked)
    if question is None or question.closed_at:
        return _not_kept(request, referral, form)
    if question.answered_at:
        return _answered_before(request, referral, form, question)
    if not is_valid:
        return _page(request, referral, asked, form)
    try:
        operations.answer(question, by=request.referrer, text=form.cleaned_data["text"])
    except operations.AlreadyAnswered as before:
        return _answered_before(request, referral, form, before.question)
    except operations.NoAnswerNeeded:
        return _not_kept(request, Referral.objects.sent_by(request.referrer).get(pk=referral.pk), form)
    return _thanks(request, referral)


def _the_one_shown(form, asked):
    """The question that the page showed; one that names none means the one that is open."""
    number = form.cleaned_data.get("number")
    if number is None:
        return next((question for question in asked if question.is_open), None)
    return next((question for question in asked if question.number == number), None)


def _thanks(request, referral):
    messages.success(request, _("Thank you. We have your answer, and go on with the referral."))
    return redirect("refer:messages", referral.form_token)


def _answered_before(request, referral, form, question):
    """The same words twice are one answer: a double click, the back button. Other words are not kept."""
    if form.cleaned_data.get("text") == question.answer:
        return _thanks(request, referral)
    words = _("You have answered this question already. We keep your first answer, and not this one.")
    return _conflict(request, referral, form, words)


def _not_kept(request, referral, form):
    if referral.is_open:
        words = _("We do not need an answer any more, so this one is not kept.")
    else:
        words = _("The referral has ended since we asked, so your answer is not kept.")
    return _conflict(request, referral, form, words)


def _conflict(request, referral, form, sentence):
    context = {
        "referral": referral,
        "sentence": sentence,
        "typed": form["text"].value() or "",
        "number": ContactPointOfCentre.objects.number_of(referral.centre_id),
    }
    return conflict(request, template="refer/answer_not_kept.html", **context)
