"""The check before anybody's name is asked. It never refuses; nothing of it is stored with us."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from centres.models import ContactPointOfCentre
from referrals import check as kept
from referrals import operations
from referrals.eligibility import Fit, findings, worst
from referrals.enums import Danger
from referrals.forms.base import Given
from referrals.forms.gate import AgeKnown, FirstCheckForm, SituationForm, Who
from referrals.reading import age_rule
from referrals.sections import CHECK

PAGE = ["GET", "HEAD", "POST"]
ELSEWHERE = {Who.YOUNG_PERSON: "centres:young_people", Who.PARENT: "refer:not_right", Who.PUBLIC: "refer:not_right"}


@login_not_required
@require_http_methods(PAGE)
def first(request):
    form = FirstCheckForm(request.POST or None, initial=kept.read(request))
    if form.is_valid():
        who = form.cleaned_data["who"]
        if who != Who.PROFESSIONAL:
            return kept.forget(redirect(ELSEWHERE[who]))
        return kept.keep(redirect("refer:situation"), form.to_keep())
    return render(request, "refer/check.html", {"form": form, "step": 1, "of": 3})


@login_not_required
@require_http_methods(PAGE)
def situation(request):
    answers = kept.read(request)
    given = Given.of(area_code=answers.get("local_authority"))
    if given.offer is None:
        return redirect("refer:check")
    form = SituationForm(request.POST or None, initial=answers, offer=given.offer)
    if form.is_valid():
        return kept.keep(redirect("refer:result"), answers | form.cleaned_data)
    return render(request, "refer/situation.html", {"form": form, "step": 2, "of": 3, "area": given.area})


@login_not_required
@require_http_methods(PAGE)
def result(request):
    """What fits and what does not, each explained; going on is always possible."""
    answers = kept.read(request)
    given = Given.of(area_code=answers.get("local_authority"))
    if given.offer is None or "category" not in answers:
        return redirect("refer:check")
    if request.method == "POST":
        return _go_on(request, answers | {"talked_with_duty_worker": "talked" in request.POST, "done": True})
    found = _findings(answers, given)
    context = {
        "findings": found,
        "does_not_fit": worst(found) == Fit.DOES_NOT_FIT,
        "fits": worst(found) == Fit.FITS,
        "is_danger": answers["danger"] == Danger.YES,
        "centre": given.offer.centre,
        "number": ContactPointOfCentre.objects.number_of(given.offer.centre),
        "step": 3,
        "of": 3,
    }
    return render(request, "refer/result.html", context)


def _go_on(request, answers):
    """Begin the draft of somebody whose address is proven; ask the others for it."""
    if not request.referrer:
        return kept.keep(redirect("refer:email"), answers)
    return begin_draft(request, request.referrer, answers)


def begin_draft(request, email, answers):
    draft = operations.start_draft(email, by=email, language=get_language(), answers={CHECK: answers})
    return kept.forget(redirect("refer:tasks", draft.pk))


def _findings(answers, given):
    return findings(
        rule=age_rule(given.offer),
        day=timezone.localdate(),
        category=answers["category"],
        age=answers.get("age"),
        age_is_sure=answers["age_known"] == AgeKnown.SURE,
        is_served=given.area.centre_id is not None,
        danger=answers["danger"],
    )
