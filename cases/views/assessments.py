"""Assessments: the versions of one case, the parts of a draft, signing it, and what is said of it afterwards."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases import assessing, assessment_words, assessments_visible, operations, rules
from cases.enums import AssessmentKind
from cases.forms.assessment_acts import AddendumForm, CommentForm, SeparateWorkerForm, SignForm, StartAssessmentForm
from cases.forms.assessments import FORMS
from cases.models import Assessment
from cases.views.base import PAGE_AND_ACT, act, act_page, allowed, case_page, get_case
from referrals.views.saving import is_autosave
from ui.forms import Include
from ui.rows import entry_named, with_another, without
from ui.times import time_of_day


def _get_case(request, reference):
    case = get_case(request, reference)
    allowed(rules.may_read_assessments(request.user, case))
    return case


def _get(request, reference, version):
    """The case and one version, with everything that its page shows."""
    case = _get_case(request, reference)
    assessment = assessments_visible.version(case, version)
    if assessment is None:
        raise Http404
    return case, assessment


@require_GET
def assessments(request, reference):
    """Every version; the parts of a draft; results of other people's tools."""
    case = _get_case(request, reference)
    found = list(case.assessments.for_list())
    for one in found:
        one.case = case
    draft = next((_again(one) for one in found if not one.is_signed), None)
    may_write = rules.may_write_assessment(request.user, case)
    context = {
        "versions": [assessment_words.version_row(one) for one in found],
        "draft": draft,
        "tasks": assessment_words.tasks(draft) if draft and may_write else [],
        "measures": [assessment_words.measure(row) for row in case.external_measures.prefetch_related("scores")],
        "may_write": may_write,
        "may_begin": may_write and draft is None,
    }
    return case_page(request, case, "cases/assessments.html", **context)


@require_http_methods(PAGE_AND_ACT)
def start_assessment(request, reference):
    case = _get_case(request, reference)
    allowed(rules.writes_assessments(request.user, case))
    kinds = assessing.kinds_for(case, earlier=list(case.assessments.signed()))
    form, title = StartAssessmentForm(request.POST or None, kinds=kinds), _("Begin an assessment")
    if not form.is_valid():
        return act_page(request, case, form, title)
    try:
        draft = operations.start_assessment(case, by=request.user, **form.cleaned_data)
    except (operations.MoveNotAllowed, operations.NotForThisCase):
        messages.error(request, _("Nothing was saved: this case cannot have this assessment now."))
        return act_page(request, case, form, title, status=409)
    return redirect("cases:assessment_part", case.reference, draft.version, assessing.PARTS[0].slug)


@require_GET
def assessment(request, reference, version):
    """One version as it is read: what matters first, then what is strong."""
    case, assessment = _get(request, reference, version)
    may_write = rules.may_write_assessment(request.user, case)
    context = {
        "assessment": assessment,
        "told": assessment_words.told(assessment),
        "parts": assessment_words.parts(assessment),
        "marks": assessment_words.marks(assessment),
        "may_change": may_write and not assessment.is_signed,
        "may_add": may_write and assessment.is_signed,
        "may_comment": rules.may_comment_on_assessment(request.user, case, assessment),
        "may_compare": assessment.kind == AssessmentKind.UPDATE,
    }
    return case_page(request, case, "cases/assessment.html", **context)


@require_GET
def compare_assessment(request, reference, version):
    """An update beside the version before it."""
    case, assessment = _get(request, reference, version)
    before = Assessment.objects.before(assessment)
    if before is None:
        raise Http404
    before.case = case
    compared = assessment_words.compared(assessment, before)
    return case_page(request, case, "cases/assessment_compare.html", assessment=assessment, before=before, **compared)


# A part of a draft


def _get_to_write(request, reference, version):
    case, assessment = _get(request, reference, version)
    allowed(rules.writes_assessments(request.user, case))
    return case, assessment


@require_http_methods(PAGE_AND_ACT)
def assessment_part(request, reference, version, part):
    """Every word is kept, right or wrong, also while it is typed; nothing is overwritten unseen."""
    case, assessment = _get_to_write(request, reference, version)
    if part not in assessing.BY_SLUG:
        raise Http404
    part = assessing.BY_SLUG[part]
    held = assessing.held(assessment, part)
    if request.method != "POST":
        if assessment.is_signed or not case.is_open:
            return redirect(assessment)
        return _part_page(request, case, assessment, part, _stored_form(request, assessment, part, held))
    form = _form(assessment, part, request.POST)
    values = _without_the_entry(request, assessment, part, form, held)
    if is_autosave(request):
        return _autosave(request, assessment, part, form, values)
    try:
        _save(request, assessment, part, values)
    except operations.PartChanged:
        return _changed_elsewhere(request, case, assessment, part, form)
    except operations.MoveNotAllowed:
        words = _("Nothing was saved: the assessment is signed, or the case has ended. Copy what you typed.")
        messages.error(request, words)
        return _part_page(request, case, assessment, part, form, status=409)
    return _go_on(request, case, assessment, part, form)


def _form(assessment, part, data):
    before = Assessment.objects.before(assessment) if assessment.kind == AssessmentKind.UPDATE else None
    return FORMS[part.slug](data, assessment=assessment, before=before)


def _stored_form(request, assessment, part, held):
    """What is stored, and one entry more where that was asked for."""
    stored = FORMS[part.slug].stored(held)
    form = _form(assessment, part, stored)
    if (name := request.GET.get("add")) in form.rows:
        typed = dict(stored.lists())
        for key, answers in with_another(typed, form.rows[name]).items():
            stored.setlist(key, answers)
        form = _form(assessment, part, stored)
    return form.without_errors()


def _without_the_entry(request, assessment, part, form, held):
    """What was typed, without an entry that is to be taken out."""
    entry = entry_named(request.POST.get("remove"), form.rows)
    if entry is None:
        return form.storable(held)
    left = request.POST.copy()
    for key in list(left):
        if key.startswith(f"{entry[0]}-"):
            del left[key]
    for key, answers in without(form.typed(request.POST), *entry).items():
        left.setlist(key, answers)
    return _form(assessment, part, left).storable(held)


def _save(request, assessment, part, values):
    shown = request.POST.get("seen", "")
    return operations.save_part(assessment, by=request.user, part=part.slug, values=values, seen=shown)


def _seen(assessment, part):
    return assessing.seen(assessing.held(assessment, part))


def _again(assessment):
    """The same version, as it is now."""
    return assessments_visible.version(assessment.case, assessment.version)


def _autosave(request, assessment, part, form, values):
    """Kept as left in the middle, with a sentence for the page; nothing is complained of."""
    try:
        _save(request, assessment, part, values)
    except operations.PartChanged:
        words = _("This part was saved in another window, so it is not saved from here. Save it to see both.")
        return JsonResponse({"words": words}, status=409)
    except operations.MoveNotAllowed:
        words = _("The assessment is signed, or the case has ended: this is not saved. Copy what you typed.")
        return JsonResponse({"words": words}, status=410)
    now = {"time": time_of_day(timezone.now())}
    words = _("Draft saved at %(time)s.") % now
    if form.leaves_out:
        words = _("Draft saved at %(time)s, but not everything. Choose Save and continue to see why.") % now
    return JsonResponse({"words": words, "seen": _seen(_again(assessment), part)})


def _go_on(request, case, assessment, part, form):
    """To the list that grew or shrank, to the next part, or back to the page where something is wrong."""
    here = reverse("cases:assessment_part", args=[case.reference, assessment.version, part.slug])
    if (name := request.POST.get("add")) in form.rows:
        return redirect(f"{here}?add={name}#div_id_{name}")
    if entry := entry_named(request.POST.get("remove"), form.rows):
        return redirect(f"{here}#div_id_{entry[0]}")
    overview = reverse("cases:assessments", args=[case.reference])
    if "later" in request.POST:
        messages.success(request, _("Saved. You can come back to it at any time."))
        return redirect(overview)
    if not form.is_valid():
        return _part_page(request, case, _again(assessment), part, form)
    following = assessing.after(part.slug)
    if following is None:
        return redirect(overview)
    return redirect("cases:assessment_part", case.reference, assessment.version, following)


def _part_page(request, case, assessment, part, form, *, status=200, **context):
    slugs = list(assessing.BY_SLUG)
    form.helper.layout.append(Include("refer/_seen.html", seen=_seen(assessment, part)))
    if status != 409:  # where two texts stand side by side a person chooses: the page saves nothing by itself
        form.helper.attrs["data_autosave"] = "1"
        form.helper.layout.append(Include("refer/_autosave.html"))
    context |= {"form": form, "assessment": assessment, "part": part, "step": slugs.index(part.slug) + 1}
    all_parts = {"url": reverse("cases:assessments", args=[case.reference]), "label": _("All parts")}
    context |= {"of": len(slugs), "back": all_parts}
    return case_page(request, case, "cases/assessment_part.html", status=status, **context)


def _changed_elsewhere(request, case, assessment, part, form):
    """What is saved beside what was typed here: the person chooses."""
    form.is_valid()
    now = _again(assessment)
    saved = assessment_words.marks(now) if part.has_marks else assessment_words.rows(now, part)
    if part.has_marks:
        saved = [{"label": row["about"], "lines": [row["theirs"], row["ours"]]} for row in saved]
    return _part_page(request, case, now, part, form, status=409, saved_elsewhere=saved)


# Acts


@require_http_methods(PAGE_AND_ACT)
def separate_worker(request, reference, version):
    case, assessment = _get_to_write(request, reference, version)
    form, title = SeparateWorkerForm(request.POST or None), _("The family’s needs")
    answers = form.cleaned_data if form.is_valid() else {}
    words, page = _("The answer is kept."), reverse("cases:assessments", args=[case.reference])
    answer = operations.answer_separate_worker
    try:
        return act(request, case, form, title, words, answer, assessment, to_page=page, **answers)
    except operations.NobodyToAsk:
        sentence = _(
            "Nothing was saved: your centre has no other manager who may see this case. Ask yours to ring one."
        )
        messages.error(request, sentence)
        return act_page(request, case, form, title, status=409)


@require_http_methods(PAGE_AND_ACT)
def sign_assessment(request, reference, version):
    case, assessment = _get_to_write(request, reference, version)
    if assessment.is_signed or not case.is_open:
        return redirect(assessment)
    if request.method == "POST" and (form := SignForm(request.POST)).is_valid():
        try:
            operations.sign_assessment(assessment, by=request.user, **form.cleaned_data)
        except (operations.PartChanged, operations.NotComplete, operations.MoveNotAllowed):
            messages.error(request, _("It is not signed: it has changed since you read it. This is how it is now."))
            return _sign_page(request, case, _again(assessment), status=409)
        messages.success(request, _("The assessment is signed. From now on it stays as it is."))
        return redirect(assessment)
    return _sign_page(request, case, assessment)


def _sign_page(request, case, assessment, *, status=200):
    context = {
        "assessment": assessment,
        "missing": assessment_words.still_missing(assessment),
        "parts": assessment_words.parts(assessment),
        "marks": assessment_words.marks(assessment),
        "form": SignForm(initial={"edition": assessment.edition}),
    }
    return case_page(request, case, "cases/assessment_sign.html", status=status, **context)


@require_http_methods(PAGE_AND_ACT)
def add_addendum(request, reference, version):
    case, assessment = _get_to_write(request, reference, version)
    form, title = AddendumForm(request.POST or None), _("Add to the assessment")
    answers, words = form.cleaned_data if form.is_valid() else {}, _("It is added, and dated.")
    adds, page = operations.add_addendum, assessment.get_absolute_url()
    return act(request, case, form, title, words, adds, assessment, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def comment_on_assessment(request, reference, version):
    case, assessment = _get(request, reference, version)
    allowed(rules.oversees(request.user, case))
    form, title = CommentForm(request.POST or None), _("Comment on the assessment")
    answers, words = form.cleaned_data if form.is_valid() else {}, _("Your comment stands under the assessment.")
    comments, page = operations.comment_on_assessment, assessment.get_absolute_url()
    return act(request, case, form, title, words, comments, assessment, to_page=page, **answers)
