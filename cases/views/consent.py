"""What the young person agreed to: the page of a case that says it, and what is added to it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases import consent_words, consenting, operations, rules
from cases.enums import EXTRAS, ConsentState
from cases.forms.consent import ConsentForm, ExtraForm, ParentalViewForm, WithdrawForm
from cases.forms.sharing import AddContactForm, ConfirmContactForm, PrivacyForm, SharingForm
from cases.views.base import PAGE_AND_ACT, act, allowed, case_page, get_case
from cases.visible import consent_ledger


@require_GET
def consent(request, reference):
    """Where it stands, what is asked apart, whom we may talk to, who was told; and everything said before."""
    case, today = get_case(request, reference), timezone.localdate()
    ledger = consenting.in_order(case.consent_events.select_related("recorded_by"))
    views = list(case.parental_views.select_related("recorded_by").order_by("-at", "-pk"))
    context = {
        "agreed": consent_words.agreed(consenting.standing(ledger)),
        "extras": [consent_words.of_an_extra(ledger, purpose, today) for purpose in EXTRAS],
        "views": views,
        "in_conflict": bool(views) and consenting.disagree(case.consent_state, views[0].view),
        "sharing": consent_words.sharing(case.sharing_preferences.select_related("authorised_by")),
        "told": list(case.privacy_information.select_related("recorded_by").order_by("-at", "-pk")),
        "history": [consent_words.line(event) for event in reversed(ledger)],
        "waits": case.consent_state == ConsentState.CANNOT_DECIDE,
        "may_write": rules.may_record_consent(request.user, case),
    }
    return case_page(request, case, "cases/consent.html", **context)


def _for_who_works(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    return case


def _page(case):
    return reverse("cases:consent", args=[case.reference])


@require_http_methods(PAGE_AND_ACT)
def record(request, reference):
    """One conversation about taking part."""
    case = _for_who_works(request, reference)
    ledger = consent_ledger(case)
    form = ConsentForm(
        request.POST or None,
        case=case,
        age=case.age,
        standing=consenting.standing(ledger),
        state=case.consent_state,
        view=case.parental_views.order_by("-at", "-pk").first(),
        initial={"event": request.GET.get("event", "")},
    )
    said = form.said if form.is_valid() else {}
    words = _("What they said is kept.")
    return act(
        request, case, form, _("Talk about taking part"), words, operations.record_consent, to_page=_page(case), **said
    )


@require_http_methods(PAGE_AND_ACT)
def withdraw(request, reference):
    """Two clicks from every page of a case: a link, and this button. Nobody has to agree, and no reason is asked."""
    case = _for_who_works(request, reference)
    is_sent = request.method == "POST"
    form = WithdrawForm(request.POST if is_sent else None)
    if not (is_sent and form.is_valid()):
        takes_it = case.is_open and case.asks_for_consent
        return case_page(request, case, "cases/consent_withdraw.html", form=form, takes_it=takes_it)
    said, title = form.cleaned_data, _("They say no")
    words = _("It is kept. The work stops; what comes next is on the list of tasks.")
    return act(request, case, form, title, words, operations.withdraw_consent, to_page=_page(case), **said)


@require_http_methods(PAGE_AND_ACT)
def extra(request, reference):
    case = _for_who_works(request, reference)
    form = ExtraForm(request.POST or None, initial={"purpose": request.GET.get("purpose", "")})
    said = form.said if form.is_valid() else {}
    words, records = _("What they said is kept."), operations.record_consent
    return act(request, case, form, _("Ask for something apart"), words, records, to_page=_page(case), **said)


@require_http_methods(PAGE_AND_ACT)
def parental_view(request, reference):
    case = _for_who_works(request, reference)
    form = ParentalViewForm(request.POST or None, age=case.age)
    said = form.said if form.is_valid() else {}
    words, records = _("It is kept."), operations.record_parental_view
    return act(request, case, form, _("What a parent or carer says"), words, records, to_page=_page(case), **said)


@require_http_methods(PAGE_AND_ACT)
def sharing(request, reference):
    case = _for_who_works(request, reference)
    form = SharingForm(request.POST or None, case=case)
    said = form.said if form.is_valid() else {}
    words, records = _("It is kept."), operations.record_sharing
    return act(request, case, form, _("Whom we may talk to"), words, records, to_page=_page(case), **said)


@require_http_methods(PAGE_AND_ACT)
def privacy(request, reference):
    case = _for_who_works(request, reference)
    form = PrivacyForm(request.POST or None, case=case)
    said = form.said if form.is_valid() else {}
    words, records = _("It is kept."), operations.record_privacy_information
    return act(request, case, form, _("Privacy information"), words, records, to_page=_page(case), **said)


@require_http_methods(PAGE_AND_ACT)
def confirm_contact(request, reference, pk):
    case = _for_who_works(request, reference)
    contact = get_object_or_404(case.subject.safe_contacts, pk=pk)
    form = ConfirmContactForm(request.POST or None, contact=contact)
    said = form.cleaned_data if form.is_valid() else {}
    page, words = reverse("cases:people", args=[case.reference]), _("It is confirmed.")
    title, confirms = _("Is this safe?"), operations.confirm_contact
    return act(request, case, form, title, words, confirms, contact, to_page=page, of=case, **said)


@require_http_methods(PAGE_AND_ACT)
def add_contact(request, reference):
    case = _for_who_works(request, reference)
    form = AddContactForm(request.POST or None)
    said = form.said if form.is_valid() else {}
    page, words = reverse("cases:people", args=[case.reference]), _("It is kept and confirmed.")
    return act(request, case, form, _("Add a way to reach them"), words, operations.add_contact, to_page=page, **said)
