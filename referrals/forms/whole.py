"""The whole form of one draft: its sections, how far each is, its answers to read, and what sending stores."""

import re
from contextlib import suppress
from functools import cached_property

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from people.ages import age_on
from referrals.eligibility import Fit, findings
from referrals.enums import YesNoNotKnown
from referrals.forms.about_you import AboutYouForm
from referrals.forms.base import Given
from referrals.forms.concerns import ConcernsForm
from referrals.forms.family import FamilyForm
from referrals.forms.practical import PracticalForm
from referrals.forms.professionals import ProfessionalsForm
from referrals.forms.safe_contact import SafeContactForm
from referrals.forms.safety import SafetyForm
from referrals.forms.strengths import StrengthsForm
from referrals.forms.who_knows import WhoKnowsForm
from referrals.forms.young_person import BirthKnown, YoungPersonForm
from referrals.reading import age_rule
from referrals.sections import BY_SLUG, CHECK, LEFT, SECTIONS, WORDS, Progress
from ui.dates import PARTS, DatePartsField
from ui.times import long_date

FORMS = {
    "about-you": AboutYouForm,
    "who-knows": WhoKnowsForm,
    "young-person": YoungPersonForm,
    "safe-contact": SafeContactForm,
    "family": FamilyForm,
    "professionals": ProfessionalsForm,
    "concerns": ConcernsForm,
    "safety": SafetyForm,
    "strengths": StrengthsForm,
    "practical": PracticalForm,
}
FROM_THE_CHECK = {
    "about-you": ("talked_with_duty_worker",),
    "who-knows": ("young_person_knows",),
    "young-person": ("local_authority",),
    "concerns": ("category", "route_c_follow_up"),
    "safety": ("danger", "emergency_called", "social_care_told", "social_care_contact"),
}


AGE = re.compile("[0-9]{1,3}")
ONLY_LEADS_ON = ("birth_known",)  # questions whose answer another answer shows


class WholeForm:
    """A draft read section by section. It asks the database for the area and its offer, and for nothing else."""

    def __init__(self, draft):
        self.draft = draft
        self.answers = draft.answers
        self._filled = {}

    @cached_property
    def given(self):
        category = self._last("concerns", "category")
        return Given.of(
            area_code=self.area_code,
            category=category,
            age=self._age,
            age_is_estimated=self._last("young-person", "birth_known") == BirthKnown.NO,
            email=self.draft.email,
        )

    @property
    def _age(self):
        """In whole years today, as far as it was said. It decides what is asked, so it is read before any form is."""
        if self._last("young-person", "birth_known") == BirthKnown.YES:
            parts = [self._last("young-person", f"date_of_birth_{part}") for part in PARTS]
            with suppress(ValidationError):
                born = DatePartsField().clean(parts)
                return age_on(born, timezone.localdate())
            return None
        age = self._last("young-person", "estimated_age")
        return int(age) if AGE.fullmatch(age) else None

    @property
    def area_code(self):
        return self._last("young-person", "local_authority")

    @property
    def is_missing_now(self):
        """Whether the referrer said so: whom to tell now is said wherever they read it."""
        return self._last("safety", "missing_now") == YesNoNotKnown.YES

    def _last(self, slug, name):
        values = self.typed_in(slug).get(name) or [""]
        return values[-1]

    def typed_in(self, slug):
        """What was typed in a section or, until it is saved once, what the check before the form was told."""
        return self.answers[slug] if slug in self.answers else self._from_the_check(slug)

    def _from_the_check(self, slug):
        told = self.answers.get(CHECK, {})
        typed = {name: [_as_typed(told[name])] for name in FROM_THE_CHECK.get(slug, ()) if told.get(name)}
        if slug == "young-person" and "age" in told:
            typed["estimated_age"] = [str(told["age"])]
        return typed

    def blank(self, slug, data):
        """The form of a section, over what a browser sent."""
        return FORMS[slug](data, given=self.given)

    def filled(self, slug):
        """The form of a section over what was saved, checked once."""
        if slug not in self._filled:
            self._filled[slug] = self.blank(slug, MultiValueDict(self.typed_in(slug)))
        return self._filled[slug]

    def shown(self, slug):
        """The form of a section as its page opens: what is wrong is said only where it was sent as complete."""
        form = self.filled(slug)
        return form if self.progress(slug) == Progress.NOT_COMPLETE else form.without_errors()

    def progress(self, slug):
        if slug not in self.answers:
            return Progress.NOT_STARTED
        if self.filled(slug).is_valid():
            return Progress.DONE
        return Progress.IN_PROGRESS if LEFT in self.answers[slug] else Progress.NOT_COMPLETE

    @property
    def incomplete(self):
        """What must be answered before it can be sent. A section that asks for nothing may stay unopened."""
        return [section for section in SECTIONS if not self.filled(section.slug).is_valid()]

    @property
    def unopened(self):
        """Sections that could still tell us something, without which it can be sent."""
        return [
            section
            for section in SECTIONS
            if self.progress(section.slug) == Progress.NOT_STARTED and self.filled(section.slug).is_valid()
        ]

    def tasks(self, sections=SECTIONS):
        """The task list, as its template shows it."""
        rows = []
        for section in sections:
            words, kind = WORDS[self.progress(section.slug)]
            url = reverse("refer:section", args=[self.draft.pk, section.slug])
            rows.append({"label": section.title, "hint": section.hint, "url": url, "status": words, "kind": kind})
        return rows

    def summaries(self):
        """Every section with its questions and answers, to be read before sending."""
        return [
            {"title": BY_SLUG[slug].title, "slug": slug, "rows": self._rows(slug), "url": self._from_check(slug)}
            for slug in FORMS
        ]

    def _from_check(self, slug):
        return f"{reverse('refer:section', args=[self.draft.pk, slug])}?from=check"

    def _rows(self, slug):
        form = self.filled(slug)
        form.is_valid()
        address = self._from_check(slug)
        asked = [name for name in form.asked() if name not in ONLY_LEADS_ON]
        return [
            {**answer, "change_url": f"{address}#div_id_{name}"}
            for name in asked
            for answer in answers_shown(form, name)
            if is_worth_reading(form, name)
        ]

    def findings(self):
        """What does not plainly fit the service, now that the date of birth is known; nothing before that."""
        if self.incomplete:
            return []
        about, young_person = self.filled("concerns").cleaned_data, self.filled("young-person").cleaned_data
        found = findings(
            rule=age_rule(self.given.offer),
            day=timezone.localdate(),
            category=about["category"],
            born=young_person["date_of_birth"],
            age=young_person["estimated_age"],
            is_served=self.given.area.centre_id is not None,
            danger=self.filled("safety").cleaned_data["danger"],
        )
        return [finding for finding in found if finding.fit != Fit.FITS]

    def parts(self):
        """What ``operations.submit`` stores, by row. Only of a form whose every section is done."""
        parts = {
            part: {name: value for slug in FORMS for name, value in self.filled(slug).values_for(part).items()}
            for part in ("referral", "young_person", "safety")
        }
        parts["referral"]["local_authority"] = self.given.area  # the same area, read with its centre
        lists = {name: rows for slug in FORMS for name, rows in self.filled(slug).lists_for_storing().items()}
        return parts | {"lists": lists}


def _as_typed(value):
    return "on" if value is True else str(value)


def is_worth_reading(form, name):
    """What was answered, and what still must be; a question that may stay empty is left out where it is."""
    if name in form.rows or name in form.errors or form.fields[name].required:
        return True
    value = form.cleaned_data.get(name)
    return value is not False and value not in (None, "", [])  # none is a number, and an answer


def answers_shown(form, name):
    """A question with its answer; of a list, each entry with its answers."""
    if name not in form.rows:
        return [{"label": form[name].label, **answer_shown(form, name)}]
    rows = form.rows[name]
    return [
        {"label": rows.kind.number_label % {"number": number}, "lines": _entry(row)}
        for number, row in enumerate(rows.filled, start=1)
    ]


def _entry(row):
    """What was answered in one entry of a list; what was not asked is left out."""
    shown = [(row[name].label, answer_shown(row, name)) for name in row.asked() if row.cleaned_data.get(name)]
    return [_in_one_line(str(question), answer) for question, answer in shown]


def _in_one_line(question, answer):
    words = answer.get("value") or ", ".join(answer["lines"])
    return f"{question} {words}" if question.endswith("?") else f"{question}: {words}"


def answer_shown(form, name):
    """An answer in words: the labels of what was chosen, a date as people say it, else what was typed."""
    field, value = form.fields[name], form.cleaned_data.get(name)
    if name in form.errors:
        return {"value": ""}
    if isinstance(value, bool):
        return {"value": _("Yes") if value else _("No")}
    if hasattr(field, "lines_of"):
        return {"lines": field.lines_of(value)}
    if isinstance(value, list):
        labels = dict(flatten_choices(field.choices))
        return {"lines": [labels[chosen] for chosen in value]} if value else {"value": _("None")}
    if hasattr(value, "isoformat"):
        return {"value": long_date(value)}
    if hasattr(field, "queryset") or not hasattr(field, "choices"):
        return {"value": "" if value is None else str(value)}
    return {"value": dict(flatten_choices(field.choices)).get(value, "") if value else ""}
