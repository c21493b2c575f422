"""The parts of an assessment as pages: strengths before worries, each word with its voice."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.assessing import BY_SLUG, MARKS, ROWS
from cases.enums import (
    MARKS_GIVEN_BY,
    WORK_TYPES_OF,
    AssessmentDomain,
    AssessmentKind,
    PathwayStage,
    Scale,
    Voice,
    YoungPersonAgrees,
)
from cases.forms.assessment_rows import FamilyViewRow, HopeRow, NeedRow, StrengthRow, WorryRow
from cases.models.assessments import MOST
from people.enums import YesNoNotKnown
from referrals.forms.base import one_of, pick_one
from ui.forms import Include, Reveal, Section, Together, form_helper, words
from ui.rows import FormWithRows, RowsOf

LONG = 6000
KEEP = object()  # what was typed cannot be stored: what is stored stays
NOT_AGREED = "|".join([YoungPersonAgrees.PARTLY, YoungPersonAgrees.DISAGREE, YoungPersonAgrees.NOT_SHARED_YET])
LATER = ("later", _("Save and come back later"))


def text(label, *, rows=5, **options):
    return words(label, rows=rows, limit=LONG, required=False, **options)


class PartForm(FormWithRows):
    """One part. Everything may stay empty: what a signed assessment needs is asked for when it is signed."""

    slug = ""
    leaves_out = False  # something that was typed cannot be stored

    def __init__(self, data=None, *args, assessment, before=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.assessment, self.before, self.part = assessment, before, BY_SLUG[self.slug]
        self.arrange()
        self.helper = form_helper(*self.layout(), extra_buttons=[LATER])
        self.helper.attrs["autocomplete"] = "off"
        self.helper.hide_optional = True

    def arrange(self):
        """What depends on the assessment."""

    def layout(self):
        raise NotImplementedError

    @classmethod
    def stored(cls, held):
        """What is stored, as a browser would send it."""
        data = MultiValueDict()
        for name, value in held.items():
            if name in ROWS:
                for number, row in enumerate(value):
                    data.update({f"{name}-{number}-{column}": answer for column, answer in row.items()})
            elif name == MARKS:
                data.update({html_name(*key.split(".")): str(mark) for key, mark in value.items()})
            else:
                data[name] = value
        return data

    def storable(self, held):
        """What was typed, whole or not, as ``operations.save_part`` takes it; what cannot be stored stays as it was."""
        self.is_valid()
        texts = {name: as_left(self, name) for name in self.part.texts if name in self.fields}
        lists = {name: self._entries(name) for name in self.part.lists}
        self.leaves_out = KEEP in [*texts.values(), *lists.values()]
        return {name: value for name, value in (texts | lists).items() if value is not KEEP}

    def _entries(self, name):
        entries = [{column: as_left(row, column) for column in ROWS[name]} for row in self.rows[name].filled]
        if any(value is KEEP for entry in entries for value in entry.values()):
            return KEEP
        return [entry for entry in entries if entry["words"]]


def as_left(form, name):
    """An answer as far as it goes: also one that is too long, or without another that belongs to it."""
    if name not in form.errors:
        return form.cleaned_data.get(name, "")
    field, typed = form.fields[name], form[name].data or ""
    if not typed:
        return ""
    if not isinstance(field.widget, forms.Textarea) or "\x00" in typed:
        return KEEP
    try:
        return field.to_python(typed)
    except ValidationError:
        return KEEP


class WhatMattersForm(PartForm):
    slug = "what-matters"

    what_matters = text(
        _("What is important to you right now?"),
        help_text=_("In the young person’s own words. If they would rather not say yet, write that."),
    )
    how_done = text(
        _("How did you do this?"),
        help_text=_("Where, who was there, how they took part, what you used, in which language."),
    )

    def layout(self):
        yield Section(_("What matters to me"), "what_matters", *self._last_time())
        yield Section(_("How we did this"), "how_done")

    def _last_time(self):
        if self.before:
            yield Include("cases/_last_time.html", words=self.before.what_matters)


class StrengthsForm(PartForm):
    slug, lists = "strengths", {"strengths": StrengthRow}

    def layout(self):
        yield Section(
            _("What is strong"),
            RowsOf("strengths"),
            intro=_("What is going well? Who is on your side? One is enough to go on."),
        )


class WorriesForm(PartForm):
    slug, lists = "worries", {"worries": WorryRow}

    def layout(self):
        yield Section(
            _("Worries"),
            RowsOf("worries"),
            intro=_("What worries you? What worries others? Say whose worry it is. They need not tell it twice."),
        )


class HopesForm(PartForm):
    slug, lists = "hopes", {"hopes": HopeRow}

    def layout(self):
        yield Section(_("Hopes"), RowsOf("hopes"), intro=_("What would you like to be different?"))


class MarkField(forms.IntegerField):
    """A whole number in a small box, which a phone offers its digits for. A page has many: each says which it is."""

    def __init__(self, *, about, voice, **options):
        sentence = format_lazy(
            _("“{about}” – {voice}: give a whole number from 0 to 10, or leave it empty."), about=about, voice=voice
        )
        codes = dict.fromkeys(["invalid", "min_value", "max_value"], sentence)
        box = forms.TextInput(attrs={"class": "w2", "inputmode": "numeric", "autocomplete": "off"})
        told = {"label": voice, "widget": box, "error_messages": codes}
        super().__init__(min_value=0, max_value=MOST, required=False, **told, **options)


MARK_LABELS = {Voice.YOUNG_PERSON: _("The young person"), Voice.PRACTITIONER: _("You")}


def html_name(about, voice):
    return f"{about}__{voice}"


class MarksForm(PartForm):
    slug = "marks"

    def arrange(self):
        last = {mark.key: mark.value for mark in self.before.marks.all()} if self.before else {}
        for about in (*Scale, *AssessmentDomain):
            for voice in MARKS_GIVEN_BY:
                value = last.get(f"{about}.{voice}")
                hint = "" if value is None else format_lazy(_("Last time: {value}"), value=value)
                field = MarkField(about=about.label, voice=MARK_LABELS[voice], help_text=hint)
                self.fields[html_name(about, voice)] = field

    def layout(self):
        intro = _("0: not at all. 10: as good as it can be. Leave empty what nobody gave a mark for.")
        yield Section(_("How things feel"), *self._asked(Scale), intro=intro)
        yield Section(_("Parts of life"), *self._asked(AssessmentDomain), intro=intro)

    def _asked(self, things):
        for about in things:
            yield Together(about.label, *(html_name(about, voice) for voice in MARKS_GIVEN_BY))

    def storable(self, held):
        """A mark that cannot be read stays as it was."""
        self.leaves_out = not self.is_valid()
        marks = dict(held[MARKS])
        for name in self.fields:
            key = name.replace("__", ".")
            if name not in self.errors:
                marks.pop(key, None)
                if self.cleaned_data[name] is not None:
                    marks[key] = self.cleaned_data[name]
        return {MARKS: marks}


class SafetyAndWellbeingForm(PartForm):
    slug = "safety-and-wellbeing"

    safe_people_and_places = text(
        _("What feels safe, and what helps?"), help_text=_("People, places, life online, what they do already.")
    )
    understanding = text(
        _("How do they understand what is happening?"),
        help_text=_("Their own understanding, and no test. Many do not see it as exploitation; that is no fault."),
    )
    wellbeing = text(
        _("How are they?"), help_text=_("Sleep, mood, body, people close to them, what helps them through a day.")
    )

    def layout(self):
        yield Section(_("Safety and wellbeing"), "safe_people_and_places", "understanding", "wellbeing")


class AroundThemForm(PartForm):
    slug, lists = "around-them", {"family_views": FamilyViewRow}

    network = text(
        _("Who and what is around them?"),
        help_text=_("Friends, places, groups, online. People you worry about are recorded as concerns, not here."),
    )
    identity = text(
        _("Who are they?"),
        help_text=_("Culture, language, faith, disability; any experience of racism or discrimination."),
    )
    parents_needs = text(
        _("What do the parents or carers need?"),
        help_text=_("Only as far as it helps the young person. Their own support has a worker of its own."),
    )

    def arrange(self):
        is_combined = self.assessment.kind == AssessmentKind.CHILD_AND_PARENT_NEEDS
        if not is_combined and not self.assessment.parents_needs:
            del self.fields["parents_needs"]

    def layout(self):
        yield Section(
            _("What the family says"),
            RowsOf("family_views"),
            intro=_("Each view with the name of who holds it. It stands beside the young person’s own."),
        )
        yield Section(_("People and places around them"), "network", "identity")
        if "parents_needs" in self.fields:
            yield Section(_("What the parents need"), "parents_needs")


class AnalysisForm(PartForm):
    slug = "analysis"

    analysis = text(_("What does all this mean?"))
    likelihood = text(
        _("What could happen, how likely is it, and from whom?"),
        rows=4,
        help_text=_("In words: who might do what, and what makes it more or less likely. No number, no colour."),
    )
    not_known = text(_("What do we not know?"), rows=3)

    def layout(self):
        yield Section(_("What this means"), "analysis", "likelihood", "not_known")


class NeedsForm(PartForm):
    slug, lists = "needs", {"needs": NeedRow}

    recommendation = text(
        _("What do you recommend?"),
        help_text=_("Support, how and where to meet, support for the parents, or that no more is needed from us."),
    )
    recommended_work_type = forms.ChoiceField(label=_("Kind of work"), required=False)
    recommended_stage = pick_one(_("Where to begin"), PathwayStage)
    more_time_to_build_trust = pick_one(_("Would more time to build trust help first?"), YesNoNotKnown)

    def arrange(self):
        kinds = WORK_TYPES_OF[self.assessment.case.offer.scheme]
        choices = [("", _("Choose one")), *((kind.value, kind.label) for kind in kinds)]
        self.fields["recommended_work_type"].choices = choices

    def layout(self):
        intro = _("What needs to happen, one by one. The plan is made from this.")
        yield Section(_("What needs to happen"), RowsOf("needs"), intro=intro)
        more = ("recommended_work_type", "recommended_stage", "more_time_to_build_trust")
        yield Section(_("What we recommend"), "recommendation", *more)


class AgreementForm(PartForm):
    slug = "agreement"

    comments = text(_("What do you say to it?"), help_text=_("The young person’s own words."))
    agreement = one_of(_("Does the young person agree?"), YoungPersonAgrees, required=False)
    agreement_because = words(
        _("What do they see differently, or why is it not shared yet?"),
        rows=3,
        limit=2000,
        error_messages={"required": _("Say what they see differently, or why it is not shared yet.")},
    )

    def layout(self):
        yield Section(
            _("What the young person says to it"),
            "comments",
            "agreement",
            Reveal("agreement_because", when=f"agreement={NOT_AGREED}"),
        )


FORMS = {
    form.slug: form
    for form in (
        WhatMattersForm,
        StrengthsForm,
        WorriesForm,
        HopesForm,
        MarksForm,
        SafetyAndWellbeingForm,
        AroundThemForm,
        AnalysisForm,
        NeedsForm,
        AgreementForm,
    )
}
