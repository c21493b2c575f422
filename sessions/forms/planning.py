"""What is asked when a session is planned, moved or cancelled. Kind, how, day and time; the rest is folded."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from centres import working_days
from sessions import planning
from sessions.enums import ASKS_WHY, CANCELLED, DIRECT_WORK, Attendance, SessionKind, SessionMode, Wish
from sessions.planning_words import REFUSED
from ui.forms import DatePartsField, Details, PrForm, Reveal, Section, form_helper, words
from ui.hours import TimeOfDayField, moments
from ui.times import day_and_date

LATER = _("Choose a later day: %(limit)s or after it.")
CHECK_THE_YEAR = _("This is a year ahead or more. Check the year: a session is planned within a year.")


class ComingTime(PrForm):
    """A day and a time that are one moment: ``planned_at``, once the form is valid."""

    planned_on = DatePartsField(
        label=_("Which day?"),
        earliest=timezone.localdate,
        latest=lambda: timezone.localdate() + planning.AHEAD,
        error_messages={"too_early": LATER, "too_late": CHECK_THE_YEAR},
    )
    planned_time = TimeOfDayField(label=_("What time?"))
    mode = forms.ChoiceField(
        label=_("Where, or how?"), choices=[("", _("Choose one")), *SessionMode.choices], widget=forms.Select
    )
    planned_minutes = forms.IntegerField(
        label=_("How long, in minutes?"),
        required=False,
        min_value=5,
        max_value=720,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
        error_messages={
            "invalid": _("Write a number of minutes, for example 45."),
            "min_value": _("A session lasts between five minutes and twelve hours."),
            "max_value": _("A session lasts between five minutes and twelve hours."),
        },
    )
    place = forms.CharField(
        label=_("Where exactly?"),
        required=False,
        max_length=200,
        help_text=_("Where they are safe to meet you. It is in no calendar and in no message."),
    )

    def __init__(self, *args, case, usual_minutes=planning.USUAL_MINUTES, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.usual_minutes = case, usual_minutes
        self.fields["planned_minutes"].help_text = _("Where you write nothing: %(minutes)s.") % {
            "minutes": usual_minutes
        }

    def clean_planned_minutes(self):
        return self.cleaned_data["planned_minutes"] or self.usual_minutes

    def clean(self):
        told = super().clean()
        if told.get("planned_on") and told.get("planned_time") is not None:
            at = moments(told["planned_on"], told["planned_time"])
            if len(at) != 1:
                self.add_error("planned_time", REFUSED["twice" if at else "jump"])
            else:
                self._refuse(at[0], told.get("planned_minutes") or self.usual_minutes)
        return self.cleaned_data

    def _refuse(self, planned_at, minutes):
        self.cleaned_data["planned_at"] = planned_at
        why = planning.why_not_then(planned_at, minutes, opened_at=self.case.opened_at)
        if why:
            self.add_error("planned_time" if why == "passed" else "planned_on", REFUSED[why])

    @property
    def chosen(self):
        """What the operation takes; what was left empty stays as it usually is."""
        asked = ("planned_at", "mode", "place", "planned_minutes", "kind", "practitioner", "moved_by_wish_of")
        return {name: self.cleaned_data[name] for name in asked if name in self.cleaned_data}


class WithWhom(ComingTime):
    """Asked only where there is a choice; else it is whoever works with them."""

    practitioner = ColleagueField(queryset=User.objects.none(), label=_("With whom?"), required=False)

    def offer(self, people, usual):
        """``people``: who works on the case now, its lead first; of them ``usual`` where they are one of them."""
        field = self.fields["practitioner"]
        self.usual_practitioner = next((person for person in people if person == usual), next(iter(people), None))
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        field.choices = [
            ("", str(self.usual_practitioner or "")),
            *((person.pk, str(person)) for person in people if person != self.usual_practitioner),
        ]

    def clean_practitioner(self):
        return self.cleaned_data["practitioner"] or self.usual_practitioner

    def clean(self):
        told = super().clean()
        if self.usual_practitioner is None:
            self.add_error(None, REFUSED["nobody"])
        return told


class PlanForm(WithWhom):
    kind = forms.ChoiceField(label=_("What for?"))
    weeks = forms.TypedChoiceField(
        label=_("How often?"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        choices=[
            ("", _("Once")),
            ("1", _("Every week")),
            ("2", _("Every two weeks")),
            ("3", _("Every three weeks")),
            ("4", _("Every four weeks")),
        ],
    )
    times = forms.IntegerField(
        label=_("How many times in all?"),
        min_value=2,
        max_value=planning.MOST_AT_ONCE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w2"}),
        error_messages={
            "required": _("Write how many times in all, from 2 to 26."),
            "invalid": _("Write how many times in all, from 2 to 26."),
            "min_value": _("Write how many times in all, from 2 to 26."),
            "max_value": _("Write how many times in all, from 2 to 26."),
        },
    )

    def __init__(self, *args, case, user, people, kinds, before=None, **kwargs):
        """``people``: who works on the case now; ``before``: the session whose like is planned, the latest one."""
        super().__init__(*args, case=case, initial=_as_before(before), **kwargs)
        self.fields["kind"].choices = [("", _("Choose one")), *((kind, SessionKind(kind).label) for kind in kinds)]
        offered = {"day": day_and_date(self.initial["planned_on"])}
        self.fields["planned_on"].help_text = _("Offered here: %(day)s.") % offered
        self.offer(people, user)
        folded, told = ["planned_minutes", "place"], _("How long and where exactly")
        if len(people) > 1:
            folded, told = [*folded, "practitioner"], _("How long, where and with whom")
        self.helper = form_helper(
            Section(
                _("Session"),
                "kind",
                "mode",
                "planned_on",
                "planned_time",
                Details(told, *folded),
                Details(_("Plan several at once"), "weeks", Reveal("times", when="weeks=1|2|3|4")),
            ),
            submit=_("Plan it"),
        )
        self.helper.hide_optional = True  # what is left empty is as usual, and says so

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if kind in DIRECT_WORK and self.case.is_stopped:
            raise forms.ValidationError(REFUSED["stopped"])
        return kind

    @property
    def series(self):
        """How often and how many times; nothing where it is one."""
        weeks = self.cleaned_data.get("weeks")
        return {"weeks": weeks, "times": self.cleaned_data["times"]} if weeks else {}


def _as_before(before):
    """A week after the last one, at its time and place; the first is asked for from the next working day on."""
    if before is None:
        return {"planned_on": working_days.after(timezone.localdate(), 1)}
    at = timezone.localtime(before.planned_at)
    day = at.date() + timedelta(weeks=1)
    while day <= timezone.localdate():
        day += timedelta(weeks=1)
    return {"kind": before.kind, "mode": before.mode, "planned_on": day, "planned_time": at.time()}


class MoveForm(WithWhom):
    moved_by_wish_of = forms.ChoiceField(label=_("Whose wish was it?"), choices=Wish.choices, widget=forms.RadioSelect)

    def __init__(self, *args, session, people, **kwargs):
        """``people``: who works on the case now; with the same as before where they still do, else with its lead."""
        at = timezone.localtime(session.planned_at)
        initial = {"planned_on": at.date(), "planned_time": at.time(), "mode": session.mode}
        super().__init__(*args, case=session.case, usual_minutes=session.planned_minutes, initial=initial, **kwargs)
        self.session = session
        self.fields["place"].help_text = _("Where you write nothing, it stays as it is.")
        self.offer(people, session.practitioner)
        shown, folded, told = [], ["planned_minutes", "place"], _("How long and where")
        if self.usual_practitioner != session.practitioner:
            shown = ["practitioner"]
            self.fields["practitioner"].help_text = _("Whoever it was planned with does not work with them any more.")
        elif len(people) > 1:
            folded, told = [*folded, "practitioner"], _("How long, where and with whom")
        self.helper = form_helper(
            Section(
                _("The new time"),
                "planned_on",
                "planned_time",
                "moved_by_wish_of",
                "mode",
                *shown,
                Details(told, *folded),
            ),
            submit=_("Move it"),
        )
        self.helper.hide_optional = True

    def clean_place(self):
        return self.cleaned_data["place"] or self.session.place


class CancelForm(PrForm):
    attendance = forms.ChoiceField(
        label=_("Who cancelled?"),
        choices=[(answer, Attendance(answer).label) for answer in CANCELLED],
        widget=forms.RadioSelect,
    )
    why_not = words(_("Why?"), rows=2, limit=1000, required=False)
    what_we_change = words(_("What will we do differently?"), rows=2, limit=1000, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why_not"].help_text = _("The young person owes no reason. Everybody else gives one, we too.")
        self.helper = form_helper(
            Section(
                _("It will not be"),
                "attendance",
                "why_not",
                Reveal("what_we_change", when=f"attendance={Attendance.CANCELLED_BY_PRACTITIONER}"),
            ),
            submit=_("Cancel the session"),
        )
        self.helper.hide_optional = True  # for some it is, and the hint says for whom

    def clean(self):
        told = super().clean()
        if told.get("attendance") in ASKS_WHY and not told.get("why_not"):
            self.add_error("why_not", _("Say why."))
        return told
