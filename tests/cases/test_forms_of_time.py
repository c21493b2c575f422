"""Whatever is typed at a review or about more time: an answer or a sentence, never a fault."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import clock
from cases.enums import ReviewKind, outcomes_of
from cases.forms.reviews import CancelReviewForm, DecideExtensionForm, ExtensionForm, HoldReviewForm

STARTS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
ANYTHING = st.one_of(
    st.text(max_size=60), st.sampled_from(["approved_shorter", "agree", "continue", "31", "2", "2027"])
)
PARTS = ["held_on", "until_on", "approved_until_on"]
NAMES = [*HoldReviewForm.base_fields, *ExtensionForm.base_fields, *DecideExtensionForm.base_fields]
NAMES = sorted({*NAMES, *(f"{name}_{part}" for name in PARTS for part in ("day", "month", "year"))})


def a_case(start):
    return SimpleNamespace(planned_end_on=clock.months_after(start, 6), most_end_on=clock.latest_end(start))


def day_typed(name, day):
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@given(start=STARTS, typed=st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_nothing_that_is_typed_breaks_a_form(start, typed):
    case = a_case(start)
    asked = SimpleNamespace(until_on=case.most_end_on)
    forms = [HoldReviewForm(typed, kind=kind) for kind in ReviewKind]
    forms += [CancelReviewForm(typed), ExtensionForm(typed, case=case)]
    forms += [DecideExtensionForm(typed, request_for_time=asked, case=case)]
    for form in forms:
        form.is_valid()


@pytest.mark.requirement("R-nat-26")
@given(start=STARTS, more=st.integers(-30, 400))
def test_an_end_is_taken_from_the_day_after_the_planned_one_to_twelve_months_and_no_other(start, more):
    case = a_case(start)
    day = case.planned_end_on + timedelta(days=more)
    words = dict.fromkeys(["needs", "what_will_differ", "own_words", "safety", "alternatives"], "x")
    form = ExtensionForm(words | {"view": "no"} | day_typed("until_on", day), case=case)
    assert form.is_valid() == (case.planned_end_on < day <= case.most_end_on)


@given(start=STARTS, more=st.integers(-10, 100), decision=st.sampled_from(["approved", "approved_shorter"]))
def test_a_shorter_end_lies_between_and_is_asked_for_only_where_it_is_shorter(start, more, decision):
    case = a_case(start)
    asked = SimpleNamespace(until_on=case.planned_end_on + timedelta(days=60))
    day = case.planned_end_on + timedelta(days=more)
    typed = {"decision": decision, "reasons": "x"} | day_typed("approved_until_on", day)
    form = DecideExtensionForm(typed, request_for_time=asked, case=case)
    if decision == "approved":
        assert form.is_valid()
        assert form.cleaned_data["approved_until_on"] is None
    else:
        assert form.is_valid() == (case.planned_end_on < day < asked.until_on)


@pytest.mark.parametrize("kind", ReviewKind)
def test_each_kind_offers_what_it_may_decide(kind):
    offered = [value for value, _label in HoldReviewForm(kind=kind).fields["outcome"].choices]
    assert offered == list(outcomes_of(kind))
