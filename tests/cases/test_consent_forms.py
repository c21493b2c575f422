"""Whatever a form of consent lets through, the database takes; whatever was not asked leaves nothing behind."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import consenting, operations
from cases.enums import ALWAYS_EXPLAINED
from cases.forms.consent import ConsentForm, ExtraForm, ParentalViewForm
from cases.forms.sharing import PrivacyForm, SharingForm
from cases.models import Case
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import born
from tests.figures import figure
from tests.traces import counts, undone

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(["", " ", "Yeah.", "Ŵyn said: “no”", "x" * 2000, "x" * 2001, "\x00", "<b>"])
ONE_LINE = st.sampled_from(["", "Mother", "\u202eMother", "x" * 161])
AGES = st.integers(11, 19)


@st.composite
def day(draw, name, earliest=-3, latest=3):
    found = timezone.localdate() + timedelta(days=draw(st.integers(earliest, latest)))
    parts = {f"{name}_{part}": str(getattr(found, part)) for part in ("day", "month", "year")}
    return draw(st.sampled_from([parts, parts, parts, parts | {f"{name}_day": "32"}, {}]))


def answers_to(form, draw):
    """One answer for each question: often one that is offered, sometimes none, rarely one that is not."""
    sent = {}
    for name, field in form.fields.items():
        offered = [key for key, _label in getattr(field, "choices", []) if key]
        if name.endswith("_on"):
            sent |= draw(day(name))
        elif hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected:
            everything = st.just([*map(str, offered)])
            sent[name] = draw(st.one_of(everything, everything, st.lists(st.sampled_from([*map(str, offered), "x"]))))
        elif offered:
            sent[name] = draw(st.sampled_from([*map(str, offered), *map(str, offered), "", "x"]))
        else:
            sent[name] = draw(WORDS if "rows" in field.widget.attrs else ONE_LINE)
    return sent


def a_case(age):
    case = CaseFactory(young_person__date_of_birth=born(years=age, days=5))
    return case, MembershipFactory(centre=case.centre, role="practitioner").user


@settings(max_examples=figure(30, 1000))
@given(age=AGES, data=st.data(), is_lavish=st.booleans())
@undone()
def test_a_conversation_that_the_form_takes_is_kept(age, data, is_lavish):
    case, by = a_case(age)
    asked = {"case": case, "age": age, "standing": None, "state": "not_asked", "view": None}
    sent = answers_to(ConsentForm(**asked), data.draw)
    if is_lavish:  # nearly all of what a yes needs, so that many get through
        today = timezone.localdate()
        said = {"understanding": "He said it back.", "competence_note": "He weighed it.", "parental_why": "Not safe."}
        said |= {"pressure_action": "Talked alone.", "limits": "No letters.", "explained": [*ALWAYS_EXPLAINED]}
        said |= {"happened_on_day": today.day, "happened_on_month": today.month, "happened_on_year": today.year}
        again = today + timedelta(days=20)
        said |= {"review_on_day": again.day, "review_on_month": again.month, "review_on_year": again.year}
        sent |= said | {"decision_basis": consenting.bases_at(age)[0], "pressure": "none", "own_words": "Yeah."}
    form = ConsentForm(sent, **asked)
    if form.is_valid():
        event = operations.record_consent(case, by=by, **form.said)
        assert event.event == sent["event"]
        assert Case.objects.for_page().get(pk=case.pk).consent_state in (
            "not_asked",
            "given",
            "given_in_part",
            "refused",
            "cannot_decide",
        )


@settings(max_examples=figure(30, 1000))
@given(age=AGES, data=st.data())
@undone()
def test_what_the_forms_beside_it_take_is_kept(age, data):
    case, by = a_case(age)
    for kind, options, act in [
        (ExtraForm, {}, operations.record_consent),
        (ParentalViewForm, {"age": age}, operations.record_parental_view),
        (SharingForm, {"case": case}, operations.record_sharing),
        (PrivacyForm, {"case": case}, operations.record_privacy_information),
    ]:
        form = kind(answers_to(kind(**options), data.draw), **options)
        if form.is_valid():
            before = counts()
            act(case, by=by, **form.said)
            assert counts() > before
