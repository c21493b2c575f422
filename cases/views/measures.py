"""Results of other people's tools: typed in, never worked out."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases import operations, rules
from cases.forms.assessment_acts import MeasureForm
from cases.views.base import PAGE_AND_ACT, act, act_page, allowed, get_case
from ui.rows import entry_named, with_another, without


@require_http_methods(PAGE_AND_ACT)
def record_measure(request, reference):
    case = get_case(request, reference)
    allowed(rules.writes_assessments(request.user, case))
    title, page = _("Type in a result"), reverse("cases:assessments", args=[case.reference])
    if (grown := _with_more_or_fewer(request)) is not None:
        return act_page(request, case, grown, title)
    form = MeasureForm(request.POST or None)
    told = form.told if form.is_valid() else {}
    keeps, words = operations.record_measure, _("The result is kept as you typed it.")
    return act(request, case, form, title, words, keeps, to_page=page, **told)


def _with_more_or_fewer(request):
    """The same page with one entry more or fewer, and nothing said about what is not complete."""
    form = MeasureForm(request.POST or None)
    typed = form.typed(request.POST)
    if (name := request.POST.get("add")) in form.rows:
        typed = with_another(typed, form.rows[name])
    elif entry := entry_named(request.POST.get("remove"), form.rows):
        typed = without(typed, *entry)
    else:
        return None
    data = request.POST.copy()
    data.clear()
    for key, answers in typed.items():
        data.setlist(key, answers)
    return MeasureForm(data).without_errors()
