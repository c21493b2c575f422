"""THE page: a session in one short form, with what is likely filled in already. On a phone, by somebody tired."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from cases.enums import InterventionFocus, SafetyNow
from referrals.forms.base import OneOf, line, one_of, several_of
from referrals.forms.triage import RaiseConcernForm
from safeguarding.enums import Severity
from sessions.enums import (
    ASKS_WHAT_NEXT,
    ASKS_WHY,
    Approach,
    Attendance,
    FollowUp,
    SessionKind,
    SessionMode,
)
from sessions.forms.layout import LONG, FilledIn, Several, Whole, facts_in_words, text
from sessions.forms.saving import KEEP, SavesItself
from sessions.planning import AHEAD
from sessions.planning_words import REFUSED as PLANNING
from sessions.recording_words import LACKS, REFUSED
from sessions.writing import BESIDE, NARRATIVE, OF_DRAFTS, attended
from ui.dates import PastDay
from ui.forms import DatePartsField, Details, Include, PrForm, Reveal, Section, form_helper, words
from ui.hours import TimeOfDayField, moments
from ui.kept import Kept

A = Attendance
MOST_MINUTES = 12 * 60
INSTEAD = "not_held"
CAME = [
    (A.ATTENDED, _("They took part")),
    (A.ATTENDED_PART, _("They took part for part of the time")),
    (INSTEAD, _("It did not take place")),
]
NOT_NOW, IN_A_WEEK, ANOTHER_DAY = "not_now", "in_a_week", "another_day"
NEXT = [(NOT_NOW, _("Not now")), (IN_A_WEEK, _("In a week, at the same time")), (ANOTHER_DAY, _("On another day"))]
SAFER = [
    (SafetyNow.SAME, _("No, it is the same")),
    *((change.value, change.label) for change in SafetyNow if change != SafetyNow.SAME),
]
CHANGED = (SafetyNow.IMPROVED, SafetyNow.WORSE, SafetyNow.NEW_INFORMATION)
LATER = ("later", _("Save it, sign later"))
JUMP = _("The clocks went forward over this time. Check when it began.")
NOT_OVER = _("It would end later than now. Write how many minutes it has taken.")
FOR_WHAT = REFUSED["purpose"]
FACTS = ("kind", "mode", "place", "at", "minutes")
TWO = Section(_("Two at one time?"), "both")
ALONE = [kind for kind in SessionKind.values if kind != SessionKind.JOINT_YP_CARER]
HELD = f"came={A.ATTENDED}|{A.ATTENDED_PART}"
ANSWERED = f"{HELD}|{INSTEAD}"


def when(name, answers):
    return f"{name}={'|'.join(answers)}"


class SessionForm(SavesItself, PrForm):
    """``session``: the one that is written in, or nothing where this form begins it. ``offers``: topics, goals, needs.

    ``people``: who may have met them, the likeliest first, where that is not known.
    ``missed``: how many could not be before this one, in a row. ``may_be_therapeutic``: somebody has decided on it.
    Saved for *later*, it is not signed and may say less.
    """

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    came = one_of(_("What came of it?"), CAME)
    instead = one_of(_("What happened?"), [(a.value, a.label) for a in Attendance if not attended(a)])
    why_not = words(_("Why?"), rows=2, limit=2000)
    follow_up = one_of(_("What do we do today, to know that they are safe?"), FollowUp)
    what_we_change = words(
        _("What will we do differently, so that it works better for them?"), rows=2, limit=2000, required=False
    )
    practitioner = ColleagueField(queryset=User.objects.none(), label=_("Who met them?"), required=False)
    both = forms.BooleanField(label=_("There were two sessions at that time: save this one too"), required=False)
    kind = OneOf(label=_("What was it for?"), choices=SessionKind.choices)
    mode = OneOf(label=_("Where, or how?"), choices=SessionMode.choices)
    place = line(_("Where exactly?"), limit=200, required=False)
    on = PastDay(label=_("Which day?"))
    at_time = TimeOfDayField(label=_("From what time?"))
    minutes = forms.IntegerField(
        label=_("How long, in minutes?"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4", "autocomplete": "off"}),
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={
            "invalid": _("Write a number of minutes, for example 45."),
            "min_value": _("A session ends after it began: write how many minutes it took."),
            "max_value": _("A session lasts twelve hours at most. Write how many minutes it took."),
        },
    )
    what_we_did = text(_("What did we do, or what happened?"), rows=5)
    own_words = text(_("What did they say? In their words"))
    strengths = text(_("What strengths did you notice?"), rows=2)
    worries = text(_("What worries you?"), rows=2)
    topics = Several(_("Which topics did you talk about?"), "")
    goals = Several(_("Which goals did it go towards?"), "own_words")
    needs = Several(_("Which needs was it for?"), "words")
    safety_change = one_of(_("Has safety changed?"), SAFER)
    safety_words = words(_("What has changed?"), limit=LONG, help_text=_("Facts, who told you, and what was done now."))
    severity = one_of(_("How soon must somebody see this?"), RaiseConcernForm.SEVERITIES)
    towards_goals = text(_("How near did it bring the goals?"), rows=2)
    how_they_seemed = text(_("How did they seem to you? In plain words, as you saw it"), rows=2)
    present = line(_("Who else was there, or could hear?"), limit=200, required=False)
    next_step = text(_("What comes next?"), rows=2)
    approaches = several_of(_("How did you work?"), Approach)
    focus = several_of(_("What was the work about?"), InterventionFocus)
    wider_issues = line(_("Which wider issues?"), limit=200)
    following = one_of(_("When do you meet next?"), NEXT)
    next_on = DatePartsField(
        label=_("Which day do you meet next?"),
        earliest=timezone.localdate,
        latest=lambda: timezone.localdate() + AHEAD,
    )
    next_time = TimeOfDayField(label=_("What time do you meet next?"))

    def __init__(
        self, data=None, *args, case, offers, initial, session=None, people=(), missed=0, may_be_therapeutic=False,
        **kwargs,
    ):  # fmt: skip
        self.case, self.session = case, session
        self.later = "later" in (data or {})
        self.was_planned = session is not None and session.was_planned
        self.comes_twice = False  # the time that was typed, on a night on which clocks go back
        super().__init__(data, *args, initial=initial, **kwargs)
        for name, rows in offers.items():
            self.fields[name].offer(rows)
            if not self.fields[name].rows:
                del self.fields[name]
        if self.was_planned:
            self.fields["on"].error_messages["too_late"] = REFUSED["cancel"]
        is_recorded = session is not None and session.recorded_at is not None
        self.fields["following"].required = not self.later and not is_recorded
        self._ask_who(people)
        self.asks_both = "both" in (data or {})
        self.fields["what_we_change"].required = missed > 0
        if session is not None and session.joint_key:
            self.fields["kind"].choices = [(SessionKind.JOINT_YP_CARER, SessionKind.JOINT_YP_CARER.label)]
        elif not may_be_therapeutic:
            self._leave_out_therapeutic_work()
        self.helper = form_helper(*self._layout(), submit=_("Save and sign"), extra_buttons=[LATER])
        self.helper.attrs |= {"autocomplete": "off"}
        self.helper.hide_optional = True

    def _leave_out_therapeutic_work(self):
        kind = self.fields["kind"]
        kind.choices = [(value, label) for value, label in kind.choices if value != SessionKind.THERAPEUTIC]
        kind.help_text = _("Therapeutic work is offered here once somebody has decided on it for this young person.")

    def _ask_who(self, people):
        if not people:
            del self.fields["practitioner"]
            return
        field, (self.likeliest, *others) = self.fields["practitioner"], people
        field.queryset = User.objects.filter(pk__in=[person.pk for person in others])
        field.choices = [("", str(self.likeliest)), *((person.pk, str(person)) for person in others)]

    def ask_both(self):
        """Shown again, it asks whether there were two at that time."""
        self.helper.layout.insert(2, TWO)

    def _layout(self):
        yield from ("token", "seen")
        if self.asks_both:
            yield TWO
        yield Section(
            _("The session"),
            Kept(
                "came",
                Reveal("instead", when=f"came={INSTEAD}"),
                Reveal("why_not", when=when("instead", ASKS_WHY)),
                Reveal("follow_up", "what_we_change", when=when("instead", ASKS_WHAT_NEXT)),
            ),
            *([Reveal("practitioner", when=HELD)] if "practitioner" in self.fields else []),
            FilledIn(facts_in_words(self.initial), "kind", "mode", "place", *self._when()),
        )
        yield Kept(Whole(Section(_("What happened"), "what_we_did"), when=ANSWERED))
        yield Whole(self._what_was_done(), when=HELD)
        yield Kept(Whole(self._safety(), when=ANSWERED), Whole(self._more(), when=HELD))
        yield from self._next_time()

    def _next_time(self):
        """Planned here as this one was; one together with a parent or carer on the page that plans both sides."""
        another = Reveal("next_on", "next_time", when=f"following={ANOTHER_DAY}")
        yield Kept(Whole(Section(_("The next time"), "following", another), when=when("kind", ALONE)))
        together = Section(_("The next time together"), Include("sessions/_next_together.html"))
        yield Whole(together, when=f"kind={SessionKind.JOINT_YP_CARER}")

    def _when(self):
        """One that was planned and not held was at no other time than it was planned for."""
        asked = ("on", "at_time", "minutes")
        return [Reveal(*asked, when=HELD)] if self.was_planned else asked

    def _what_was_done(self):
        return Section(
            _("What you did together"),
            Kept("own_words", "strengths", "worries"),
            *self._topics(),
            *self._where("needs", when=f"kind={SessionKind.BESPOKE_INTERVENTION}"),
            *(["goals"] if "goals" in self.fields else []),
        )

    def _topics(self):
        """The same for everybody at a centre."""
        asked = self._where("topics", when=f"kind={SessionKind.AWARENESS_RAISING}")
        return [Kept(*asked, depends_on=self.fields["topics"].choices)] if asked else []

    def _safety(self):
        worse = f"safety_change={SafetyNow.WORSE}"
        return Section(
            _("Safety"),
            "safety_change",
            Reveal("safety_words", when=when("safety_change", CHANGED)),
            Reveal(Include("cases/_less_safe.html"), "severity", when=worse),
            Reveal(Include("ui/_panel_danger.html"), when=f"severity={Severity.IMMEDIATE}"),
        )

    def _more(self):
        return Details(
            _("More: who was there, how it went, how you worked"),
            *("present", "how_they_seemed", "towards_goals", "next_step", "approaches", "focus"),
            Reveal("wider_issues", when=f"focus={InterventionFocus.WIDER_ISSUES}"),
        )

    def _where(self, name, *, when):
        return [Reveal(name, when=when)] if name in self.fields else []

    def clean_practitioner(self):
        return self.cleaned_data["practitioner"] or self.likeliest

    def clean_seen(self):
        return self.cleaned_data.get("seen") or 0

    def clean(self):
        super().clean()
        told = self.cleaned_data
        if self.was_planned and not self.is_held:
            self._take_its_time()
        elif {"on", "at_time", "minutes"} <= told.keys():
            self._check_time(told["on"], told["at_time"], told["minutes"])
        if self.is_held:
            self._check_words()
        elif not self["safety_change"].data:
            self.errors.pop("safety_change", None)  # who was not seen: nobody need say that it is the same
        if told.get("following") and "at" in told:
            self._check_next()
        return self.cleaned_data

    def _take_its_time(self):
        self.cleaned_data |= {"at": self.session.planned_at, "minutes": self.session.planned_minutes}
        if self.session.planned_at > timezone.now() and self.cleaned_data.get("instead"):
            self.add_error("instead", REFUSED["cancel"])

    def _check_time(self, on, at_time, minutes):
        found = moments(on, at_time)
        if not found:
            return self.add_error("at_time", JUMP)
        now, at = timezone.now(), found[0]
        self.comes_twice = len(found) > 1
        if on < timezone.localdate(self.case.opened_at):
            return self.add_error("on", REFUSED["early"])
        if at > now:
            return self.add_error("at_time", REFUSED["cancel" if self.was_planned else "to_come"])
        self.cleaned_data["at"] = at  # also what a draft keeps of it
        if self.is_held and at + timedelta(minutes=minutes) > now:
            return self.add_error("minutes", NOT_OVER)
        return None

    def _check_words(self):
        told = self.cleaned_data
        if not self.later and not told.get("what_we_did") and "what_we_did" not in self.errors:
            self.add_error("what_we_did", LACKS["what"])
        is_bespoke = told.get("kind") == SessionKind.BESPOKE_INTERVENTION
        if is_bespoke and not any(told.get(name) for name in ("goals", "needs")):
            self.add_error(next((name for name in ("needs", "goals") if name in self.fields), "kind"), FOR_WHAT)

    def _check_next(self):
        told = self.cleaned_data
        if told["following"] == IN_A_WEEK:
            local = timezone.localtime(told["at"])
            on, at_time, field = local.date() + timedelta(weeks=1), local.time(), "following"
        elif told["following"] == ANOTHER_DAY and {"next_on", "next_time"} <= told.keys():
            on, at_time, field = told["next_on"], told["next_time"], "next_time"
        else:
            return
        found = moments(on, at_time)
        if len(found) != 1:
            self.add_error(field, PLANNING["twice" if found else "jump"])
        elif found[0] <= timezone.now():
            self.add_error(field, REFUSED["next"])
        else:
            self.cleaned_data["next_at"] = found[0]

    @property
    def is_held(self):
        return self.cleaned_data.get("came") in (A.ATTENDED, A.ATTENDED_PART)

    @property
    def told(self):
        """What ``operations.record_session`` takes, of a valid form."""
        answers = self.cleaned_data
        return {
            "attendance": answers["came"] if self.is_held else answers["instead"],
            "facts": {name: answers[name] for name in FACTS},
            "words": {name: answers.get(name) or self._not_asked_any_more(name) for name in OF_DRAFTS},
            "beside": {name: list(answers[name]) for name in BESIDE if name in self.fields},
            "seen": answers["seen"],
            "follow_up": answers.get("follow_up") or "",
            "severity": answers.get("severity") or "",
            "practitioner": answers.get("practitioner") if self.is_held else None,
            "both": bool(answers.get("both")),
            "and_sign": not self.later and not self.hides_words,
        }

    @property
    def hides_words(self):
        """Whether something was typed where its question is not asked any more: it is read again, then signed."""
        return any(self._not_asked_any_more(name) for name in NARRATIVE if not self.cleaned_data.get(name))

    def _not_asked_any_more(self, name):
        """What was typed before they said that it did not take place: kept. What cannot be stored is not."""
        kept = self.as_left(name) if name in NARRATIVE else KEEP
        return self.nothing(name) if kept is KEEP else kept

    # While it is typed

    @property
    def so_far(self):
        """What ``operations.save_draft`` takes: whatever can be kept, also of questions that are not asked now."""
        kept = self.kept_as_left((*OF_DRAFTS, *BESIDE))
        return {
            "facts": self._facts_so_far(),
            "typed": [name for name in FACTS if name in self.cleaned_data],
            "words": {name: value for name, value in kept.items() if name in OF_DRAFTS},
            "beside": {name: list(value) for name, value in kept.items() if name in BESIDE},
            "seen": self.cleaned_data.get("seen") or 0,
        }

    def _facts_so_far(self):
        told = self.initial | {name: self.cleaned_data[name] for name in FACTS if self.cleaned_data.get(name)}
        at = told.get("at") or moments(told["on"], told["at_time"])[0]
        return {
            "kind": told["kind"],
            "mode": told["mode"],
            "place": told["place"],
            "at": at,
            "minutes": told["minutes"],
        }
