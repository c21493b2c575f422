"""A contact with a parent or carer on one short page, by somebody tired, on a phone."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import SafetyNow
from referrals.forms.base import line, one_of
from referrals.forms.triage import RaiseConcernForm
from sessions.carer_enums import CARER_ASKS_WHY, CARER_CAME_OF_IT, CarerAttendance, CarerContactKind
from sessions.enums import SessionMode, SessionStatus, Wish
from sessions.forms.saving import SavesItself
from sessions.operations.carer_drafts import OF_DRAFTS
from sessions.recording_words import REFUSED
from ui.dates import PastDay
from ui.forms import DatePartsField, Details, PrForm, Reveal, Section, form_helper, words
from ui.hours import TimeOfDayField, moments
from ui.times import long_date

A, K = CarerAttendance, CarerContactKind
LONG, USUAL_MINUTES, STEP = 6000, 60, 5
AHEAD = 183  # days
CANCELLED = [answer for answer in A if answer.value.startswith("cancelled_by")]
INSTEAD, LATER = "not_held", "later"
CAME = [
    (A.ATTENDED, _("It took place")),
    (A.ATTENDED_PART, _("It took place in part")),
    (INSTEAD, _("It did not take place")),
]
INSTEADS = [(answer.value, answer.label) for answer in A if answer not in (A.ATTENDED, A.ATTENDED_PART)]
TOOK_PLACE_AS = {A.ATTENDED: SessionStatus.HELD, A.ATTENDED_PART: SessionStatus.PARTLY_HELD}
ALONE = [(kind.value, kind.label) for kind in K if kind != K.JOINT_SESSION]  # together is planned with the other side
WRITTEN = ("kind", "mode", "why_not", "what_we_did", "own_words", "strengths", "worries", "next_step", "present")
WRITTEN += ("safety_change",)
HELD = f"came={A.ATTENDED}|{A.ATTENDED_PART}"
SAFER = [
    (SafetyNow.SAME, _("No, it is the same")),
    *((change.value, change.label) for change in SafetyNow if change != SafetyNow.SAME),
]
WHO_READS_IT = _(
    "These words leave the parent’s own record: whoever works with the young person and whoever follows concerns "
    "read them, with your name. Facts, and who told you."
)
TOLD_ALREADY = _(
    "A concern was raised already with what you wrote before. Write here only what is new, or choose a sooner answer "
    "below: either is another concern, which whoever works with the young person and whoever follows concerns read."
)
SAY_WHAT, SAY_HOW_SOON = REFUSED["safety_words"], REFUSED["severity"]
NOT_WITHOUT_A_BUTTON = _(
    "Draft saved at %(time)s, but not what has changed in safety: it is kept, and read, once you press a button."
)
GONE_OVER = _("The clocks go forward at this time: there is no such time on this day. Write another.")


def minutes():
    return forms.IntegerField(
        label=_("How long, in minutes?"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4", "autocomplete": "off"}),
        min_value=5,
        max_value=12 * 60,
        error_messages={
            "invalid": _("Write a number of minutes, for example 45."),
            "min_value": _("Write five minutes or more."),
            "max_value": _("A session lasts twelve hours at most. Write how many minutes it took."),
        },
    )


def text(label, *, rows=2):
    return words(label, rows=rows, limit=LONG, required=False)


class WithMoment(PrForm):
    """A day and a time of day that make a moment. Of an hour that comes twice the first is meant."""

    def clean(self):
        cleaned = super().clean()
        day, at = cleaned.get("on"), cleaned.get("at_time")
        self.moment = None
        if day and at is not None:
            self.moment = next(iter(moments(day, at)), None)
            if self.moment is None:
                self.add_error("at_time", GONE_OVER)
        return cleaned


class LogContactForm(SavesItself, WithMoment):
    """``session``: what was planned, or written down and not signed; else a contact that nobody had planned."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    kind = one_of(_("What was it?"), ALONE)
    mode = forms.ChoiceField(label=_("Where, or how?"), choices=SessionMode.choices)
    came = one_of(_("What came of it?"), CAME)
    instead = one_of(_("What happened?"), INSTEADS)
    why_not = words(_("Why?"), rows=2, limit=2000)
    on = PastDay(label=_("Which day?"))
    at_time = TimeOfDayField(label=_("From what time?"))
    minutes = minutes()
    what_we_did = text(_("What did we do?"), rows=5)
    own_words = text(_("What did they say? In their words"))
    strengths = text(_("What strengths did you notice?"))
    worries = text(_("What worries you?"))
    next_step = text(_("What comes next?"))
    present = line(_("Who else was there, or could hear?"), limit=200, required=False)
    safety_change = one_of(_("Has the young person’s safety changed?"), SAFER)
    safety_words = words(_("What has changed?"), limit=LONG, help_text=WHO_READS_IT)
    severity = one_of(_("How soon must somebody see this?"), RaiseConcernForm.SEVERITIES)
    safety_words.error_messages["required"], severity.error_messages["required"] = SAY_WHAT, SAY_HOW_SOON
    done_now = words(_("What was done right now?"), rows=2, required=False)

    def __init__(self, data=None, *args, strand, session=None, **kwargs):
        self.later, self.strand, self.session = LATER in (data or {}), strand, session
        super().__init__(data, *args, initial=_likely(session), **kwargs)
        if session is not None and session.kind == K.JOINT_SESSION:
            del self.fields["kind"]
        if session is not None and session.concern_id is not None:
            self.fields["safety_words"].help_text = TOLD_ALREADY
            self.fields["safety_words"].required = self.fields["severity"].required = False
        self.helper = form_helper(
            *self._layout(), submit=_("Save and sign"), extra_buttons=[(LATER, _("Save it, sign later"))]
        )
        self.helper.attrs |= {"autocomplete": "off"}
        self.helper.hide_optional = True

    def _layout(self):
        asks_why = "|".join(answer.value for answer in CARER_ASKS_WHY)
        yield from ("token", "seen")
        yield Section(
            _("What happened"),
            *(["kind"] if "kind" in self.fields else []),
            "mode",
            "came",
            Reveal("instead", Reveal("why_not", when=f"instead={asks_why}"), when=f"came={INSTEAD}"),
            "on",
            "at_time",
            Reveal("minutes", when=HELD),
        )
        worse = Reveal("safety_words", "severity", "done_now", when=f"safety_change={SafetyNow.WORSE}")
        more = Details(_("More about it"), "own_words", "strengths", "worries", "next_step", "present")
        yield Section(_("What we did"), Reveal("what_we_did", "safety_change", worse, when=HELD), more)

    def clean(self):
        cleaned = super().clean()
        self._refuse_early(cleaned.get("on"))
        if not self.took_place:
            return cleaned
        if not self.later and not cleaned.get("what_we_did") and "what_we_did" not in self.errors:
            self.add_error("what_we_did", _("Say what you did together, or save it and sign it later."))
        if self.moment and self.moment > timezone.now():
            self.add_error("at_time", _("This time has not come yet. Plan it instead."))
        elif self.moment and cleaned.get("minutes"):
            self._refuse_unended(cleaned["minutes"])
        return cleaned

    def _refuse_early(self, day):
        opened_at = self.strand.case.opened_at
        if day and day < timezone.localdate(opened_at):
            words = _("The case was opened on %(day)s. Choose that day or a later one.")
            self.add_error("on", words % {"day": long_date(opened_at)})

    def _refuse_unended(self, minutes):
        """Nobody signs what is still to come."""
        if self.moment + timedelta(minutes=minutes) > timezone.now():
            self.add_error("minutes", _("It would end later than now. Write how many minutes it has taken."))

    @property
    def took_place(self):
        return self.cleaned_data.get("came") in TOOK_PLACE_AS

    @property
    def said(self):
        """What ``log_and_sign`` and ``record_and_sign`` take, beside ``token``."""
        answers = self.cleaned_data
        status, attendance = self._came_to()
        length = timedelta(minutes=answers["minutes"] or USUAL_MINUTES)
        told = {name: answers[name] or "" for name in WRITTEN if name in self.fields}
        times = {"started_at": self.moment, "ended_at": self.moment + length}
        return (
            told
            | times
            | {
                "status": status,
                "attendance": attendance,
                "signs": not self.later,
                "edition": answers["seen"] or 0,
                "concern": self._concern(),
            }
        )

    # While it is typed

    @property
    def so_far(self):
        """What ``save_contact_draft`` takes: whatever can be kept. Words about safety go nowhere without a button."""
        words = self.kept_as_left(OF_DRAFTS)
        if self["safety_words"].data or self["done_now"].data:
            self.leaves_out, self.left_out_words = True, NOT_WITHOUT_A_BUTTON
        facts, typed = self._likely_facts(), self._typed_facts()
        seen = self.cleaned_data.get("seen") or 0
        return {"facts": facts | typed, "typed": [*typed], "words": words, "seen": seen}

    def _likely_facts(self):
        likely, at = self.initial, next(iter(moments(self.initial["on"], self.initial["at_time"])))
        facts = {"kind": likely["kind"], "mode": likely["mode"]}
        return facts | {"planned_at": at, "planned_minutes": likely["minutes"]}

    def _typed_facts(self):
        """What was typed and can be."""
        answers = self.cleaned_data
        is_past = self.moment and {"on", "at_time"} <= answers.keys() and self.moment <= timezone.now()
        typed = {"kind": answers.get("kind"), "mode": answers.get("mode"), "planned_minutes": answers.get("minutes")}
        typed |= {"planned_at": self.moment if is_past else None}
        return {name: value for name, value in typed.items() if value}

    def _came_to(self):
        answers = self.cleaned_data
        if self.took_place:
            return TOOK_PLACE_AS[answers["came"]], answers["came"]
        came_of_it = CARER_CAME_OF_IT.items()
        return next((status, answers["instead"]) for status, those in came_of_it if answers["instead"] in those)

    def _concern(self):
        answers = self.cleaned_data
        if answers["safety_change"] != SafetyNow.WORSE:
            return None
        what, done_now = answers["safety_words"] or "", answers["done_now"] or ""
        return {"severity": answers["severity"] or "", "what": what, "done_now": done_now}


def _likely(session):
    """What is likely, filled in: an hour that has just ended; what was planned, or was written down before."""
    if session is None:
        now = timezone.localtime() - timedelta(minutes=USUAL_MINUTES)
        local = now - timedelta(minutes=now.minute % STEP, seconds=now.second, microseconds=now.microsecond)
        told = {"kind": K.DIRECT_SESSION, "mode": SessionMode.CENTRE, "minutes": USUAL_MINUTES}
        told |= {"token": uuid.uuid4(), "seen": 0}
        return told | {"on": local.date(), "at_time": local.time(), "safety_change": SafetyNow.SAME}
    local = timezone.localtime(session.happened_at)
    told = {name: getattr(session, name) for name in WRITTEN}
    told |= {"safety_change": session.safety_change or SafetyNow.SAME, "seen": session.edition}
    told |= {"severity": session.concern.severity} if session.concern else {}
    return told | {"on": local.date(), "at_time": local.time(), "minutes": session.minutes, **_came(session)}


def _came(session):
    if not session.attendance:
        return {}
    held = session.attendance in TOOK_PLACE_AS
    return {"came": session.attendance if held else INSTEAD, "instead": "" if held else session.attendance}


class WithComingMoment(WithMoment):
    """Today too, where the time is still to come."""

    on = DatePartsField(
        label=_("Which day?"),
        earliest=timezone.localdate,
        latest=lambda: timezone.localdate() + timedelta(days=AHEAD),
        error_messages={
            "too_early": _("Choose today, or a later day."),
            "too_late": _("Choose an earlier day: %(limit)s at the latest."),
        },
    )
    at_time = TimeOfDayField(label=_("At what time?"))

    def clean(self):
        cleaned = super().clean()
        if self.moment and self.moment <= timezone.now():
            self.add_error("at_time", _("This time has passed. Choose a later one."))
        return cleaned


class PlanContactForm(WithComingMoment):
    kind = one_of(_("What for?"), ALONE)
    mode = forms.ChoiceField(label=_("Where, or how?"), choices=SessionMode.choices)
    place = line(_("Where exactly?"), limit=200, required=False)
    minutes = minutes()

    def __init__(self, *args, **kwargs):
        likely = {"kind": K.DIRECT_SESSION, "mode": SessionMode.CENTRE, "minutes": USUAL_MINUTES}
        super().__init__(*args, initial=likely, **kwargs)
        self.helper = form_helper(
            Section(_("Plan a contact"), "kind", "mode", "place", "on", "at_time", "minutes"), submit=_("Plan it")
        )

    @property
    def said(self):
        answers = self.cleaned_data
        told = {name: answers[name] for name in ("kind", "mode", "place")}
        return told | {"planned_at": self.moment, "planned_minutes": answers["minutes"]}


class CancelContactForm(PrForm):
    attendance = one_of(_("Who cancelled?"), [(answer.value, answer.label) for answer in CANCELLED])
    why_not = words(_("Why?"), rows=2, limit=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asks_why = "|".join(answer.value for answer in CARER_ASKS_WHY)
        self.helper = form_helper(
            Section(_("It will not take place"), "attendance", Reveal("why_not", when=f"attendance={asks_why}")),
            submit=_("Cancel it"),
        )

    @property
    def said(self):
        return {name: value or "" for name, value in self.cleaned_data.items()}


class MoveContactForm(WithComingMoment):
    """Another time for what was planned, and whose wish it was."""

    moved_by_wish_of = one_of(_("Whose wish was it?"), Wish)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Another time"), "on", "at_time", "moved_by_wish_of"), submit=_("Move it"))

    @property
    def said(self):
        return {"planned_at": self.moment, "moved_by_wish_of": self.cleaned_data["moved_by_wish_of"]}


class CarerAddendumForm(PrForm):
    words = words(_("What is to be added or put right?"), rows=3, limit=4000)

    def __init__(self, *args, action="", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("words", submit=_("Add it"), action=action)
