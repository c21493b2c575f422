"""What is asked of a time of being missing: a few answers at once, the rest in parts and later."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import MissingType, ReturnTalk
from cases.forms.plans import SeenForm
from cases.forms.reviews import radio
from people.enums import YesNoNotKnown
from referrals.forms.base import line
from ui.dates import PastDay
from ui.forms import Button, Include, PrForm, Reveal, Section, form_helper, words
from ui.hours import TimeOfDayField, moments
from ui.times import long_date

NOT_YET = _("This time has not come yet.")
JUMP = _("The clocks went forward over this time. Check it.")
THEY_KNOW = f"police_told={YesNoNotKnown.YES}"
THEY_DO_NOT = f"police_told={YesNoNotKnown.NO}|{YesNoNotKnown.NOT_KNOWN}"
ROLE_IS_ENOUGH = _("Their role is enough: “residential worker”.")
OFFERED = "|".join([ReturnTalk.OFFERED, ReturnTalk.ACCEPTED, ReturnTalk.HELD, ReturnTalk.SAID_NO])


def told(label, *, rows=3, **options):
    return words(label, rows=rows, limit=4000, required=False, **options)


class WithMoments(PrForm):
    """A day and a time that are one moment: ``from_on`` and ``from_time`` become ``from_at``."""

    MOMENTS = ()

    def clean(self):
        super().clean()
        for name in self.MOMENTS:
            self._join(name)
        return self.cleaned_data

    def _join(self, name):
        answers, day, clock = self.cleaned_data, f"{name}_on", f"{name}_time"
        if {day, clock} <= answers.keys() and answers[day] and answers[clock] is not None:
            self._keep(name, clock, moments(answers[day], answers[clock]))
        elif not {day, clock} & self.errors.keys():
            answers[f"{name}_at"] = None
            if answers.get(day) or answers.get(clock) is not None:
                self.add_error(clock if answers.get(day) else day, _("Say the day and the time, or leave out both."))

    def _keep(self, name, clock, found):
        if not found:
            self.add_error(clock, JUMP)
        elif found[0] > self.latest(name):
            self.add_error(clock, NOT_YET)
        else:
            self.cleaned_data[f"{name}_at"] = found[0]

    def latest(self, name):
        return timezone.now()

    def columns(self, *names):
        """What the operation takes, of a valid form: empty words are empty, and a day that was not said is nothing."""
        empty = {name: None if name.endswith(("_at", "_on")) else "" for name in names}
        return {name: self.cleaned_data.get(name) or empty[name] for name in names}


class ReportMissingForm(WithMoments):
    """Under a minute, on a phone, by somebody who is worried."""

    MOMENTS = ("from",)
    from_on = PastDay(label=_("Since which day?"))
    from_time = TimeOfDayField(label=_("Since what time?"), help_text=_("As near as you know."))
    kind = radio(MissingType.choices, _("What is it?"))
    told_us_by = line(_("Who told us?"), limit=120, help_text=ROLE_IS_ENOUGH)
    police_told = radio(YesNoNotKnown.choices, _("Do the police know?"))
    police_reference = line(_("What is their reference?"), limit=60, required=False)
    raises_concern = forms.BooleanField(
        label=_("Raise a safeguarding concern now"),
        required=False,
        help_text=_("Whoever is on duty and the safeguarding leads hear at once. Untick it if they know already."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"from_on": timezone.localdate(), "raises_concern": True}, **kwargs)
        self.helper = form_helper(
            Section(
                _("Missing"),
                *("from_on", "from_time", "kind", "told_us_by", "police_told"),
                Reveal("police_reference", when=THEY_KNOW),
                Reveal(Include("cases/_police_not_told.html"), when=THEY_DO_NOT),
                "raises_concern",
                intro=_("This is all that is needed now. You can add the rest afterwards."),
            ),
            submit=_("Save it"),
        )
        self.helper.hide_optional = True

    @property
    def told(self):
        columns = self.columns("from_at", "kind", "told_us_by", "police_told", "police_reference")
        return columns | {"raises_concern": self.cleaned_data["raises_concern"]}


class PartForm(SeenForm, WithMoments):
    """One part of an episode, as it was when the page was made. ``COLUMNS``: what it writes."""

    COLUMNS = ()

    def __init__(self, *args, episode, **kwargs):
        self.episode = episode
        initial = {"seen": episode.edition} | {name: getattr(episode, name) for name in self.COLUMNS}
        for name in self.MOMENTS:
            at = getattr(episode, f"{name}_at")
            local = timezone.localtime(at) if at else None
            initial |= {f"{name}_on": local and local.date(), f"{name}_time": local and local.time()}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = form_helper("seen", *self.layout(), submit=_("Save it"))
        self.helper.hide_optional = True

    def latest(self, name):
        """It had begun, and we had been told, when somebody wrote it down."""
        return self.episode.at if name in ("from", "told_us") else super().latest(name)

    def _keep(self, name, clock, found):
        """What nobody changed stays as it was, to the second."""
        was = getattr(self.episode, f"{name}_at")
        if was and found and was.replace(second=0, microsecond=0) == found[0]:
            self.cleaned_data[f"{name}_at"] = was
        else:
            super()._keep(name, clock, found)

    @property
    def told(self):
        at = [f"{name}_at" for name in self.MOMENTS]
        return {"seen": self.cleaned_data["seen"], **self.columns(*self.COLUMNS, *at)}


class ReportedForm(PartForm):
    TITLE = _("Who was told, and when")
    MOMENTS = ("from", "told_us", "police_told")
    COLUMNS = ("kind", "agency_term", "told_us_by", "police_told", "police_reference", "reported_by")

    kind = radio(MissingType.choices, _("What is it?"))
    agency_term = line(
        _("What do the police or others call it?"),
        limit=120,
        required=False,
        help_text=_("Their own word: what it means differs from one service to another, and over the years."),
    )
    from_on = PastDay(label=_("Since which day?"))
    from_time = TimeOfDayField(label=_("Since what time?"))
    told_us_by = line(_("Who told us?"), limit=120, help_text=ROLE_IS_ENOUGH)
    told_us_on = PastDay(label=_("Which day were we told?"))
    told_us_time = TimeOfDayField(label=_("What time were we told?"))
    police_told = radio(YesNoNotKnown.choices, _("Do the police know?"))
    police_reference = line(_("What is their reference?"), limit=60, required=False)
    reported_by = line(_("Who told the police?"), limit=120, required=False, help_text=ROLE_IS_ENOUGH)
    police_told_on = PastDay(label=_("Which day were the police told?"), required=False)
    police_told_time = TimeOfDayField(label=_("What time were the police told?"), required=False)

    def layout(self):
        known = ("police_reference", "reported_by", "police_told_on", "police_told_time")
        yield Section(_("Missing"), "kind", "agency_term", "from_on", "from_time")
        yield Section(_("Us"), "told_us_by", "told_us_on", "told_us_time")
        yield Section(
            _("The police"),
            "police_told",
            Reveal(*known, when=THEY_KNOW),
            Reveal(Include("cases/_police_not_told.html"), when=THEY_DO_NOT),
        )

    def clean(self):
        super().clean()
        from_at, until_at = self.cleaned_data.get("from_at"), self.episode.until_at
        if from_at and until_at and from_at >= until_at:
            self.add_error("from_time", _("They came back after they went missing. Check both times."))
        return self.cleaned_data


class KnownForm(PartForm):
    TITLE = _("What we know, and what we do")
    COLUMNS = ("last_seen", "possible_place", "with_whom", "circumstances", "fears", "our_actions", "shared_with")

    last_seen = told(_("Where and when were they seen last?"), help_text=_("What they wore, and how they seemed."))
    possible_place = told(_("Where may they be?"), rows=2)
    with_whom = told(
        _("With whom may they be?"),
        rows=2,
        help_text=_("This and the question before it are read only by who works with them, and by managers."),
    )
    circumstances = told(_("How did it come about?"))
    fears = told(_("What do we fear?"), rows=2, help_text=_("From whom, and why. They are at risk from others."))
    our_actions = told(_("What have we done?"), help_text=_("Whom you rang, when, and what they said."))
    shared_with = told(_("With whom did we share it?"), rows=2)

    def layout(self):
        yield Section(_("What we know"), "last_seen", "possible_place", "with_whom", "circumstances", "fears")
        yield Section(_("What we do"), "our_actions", "shared_with")


class BackForm(PartForm):
    """That they are back; afterwards what is known of it."""

    TITLE = _("How they came back")
    MOMENTS = ("until",)
    COLUMNS = ("found_how", "harm")

    until_on = PastDay(label=_("Which day did they come back?"))
    until_time = TimeOfDayField(label=_("What time did they come back?"), help_text=_("As near as you know."))
    found_how = told(_("How did they come back?"), rows=2)
    harm = told(
        _("What harm came to them?"),
        help_text=_("Only what you know already. Nobody is made to tell it. Who works with them reads this."),
    )

    def __init__(self, *args, episode, **kwargs):
        super().__init__(*args, episode=episode, **kwargs)
        if not episode.is_over:
            self.initial["until_on"] = timezone.localdate()
            self.helper.buttons = [Button(_("They are back"))]

    def layout(self):
        yield Section(_("Back"), "until_on", "until_time", "found_how", "harm")

    def clean(self):
        super().clean()
        until_at = self.cleaned_data.get("until_at")
        if until_at and until_at <= self.episode.from_at:
            self.add_error("until_time", _("They came back after they went missing. Check both times."))
        offered = self.episode.talk_offered_on
        if until_at and offered and timezone.localdate(until_at) > offered:
            words = _("Somebody offered them the return conversation on %(day)s. Check both days.")
            self.add_error("until_on", words % {"day": long_date(offered)})
        return self.cleaned_data


class LearntForm(PartForm):
    TITLE = _("What they say of it, and what we learn")
    COLUMNS = ("own_words", "learning")

    own_words = told(
        _("What do they say of it? In their words"), rows=4, help_text=_("Only what they want to be written down.")
    )
    learning = told(_("What do we learn from it for the safety plan?"))

    def layout(self):
        yield Section(_("Looking back"), "own_words", "learning")


class TalkForm(PartForm):
    TITLE = _("Return conversation")
    COLUMNS = ("talk", "talk_by", "talk_offered_on", "talk_on", "talk_outcome")

    talk = radio(ReturnTalk.choices, _("How far has it come?"))
    talk_by = line(
        _("Who offers it?"), limit=120, help_text=_("Best somebody who does not look after them. A role is enough.")
    )
    talk_offered_on = PastDay(label=_("When was it offered?"))
    talk_on = PastDay(label=_("When did it take place?"))
    talk_outcome = told(_("What came of it, or why was it not offered?"))

    def layout(self):
        yield Section(
            _("Return conversation"),
            "talk",
            Reveal("talk_by", "talk_offered_on", when=f"talk={OFFERED}"),
            Reveal("talk_on", when=f"talk={ReturnTalk.HELD}"),
            "talk_outcome",
            intro=_("Offered within 72 hours. They may say no, and owe no reason."),
        )

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        if answers.get("talk") == ReturnTalk.NOT_OFFERED and not answers.get("talk_outcome"):
            self.add_error("talk_outcome", _("Say why it was not offered."))
        offered, held = answers.get("talk_offered_on"), answers.get("talk_on")
        if offered and offered < timezone.localdate(self.episode.until_at):
            self.add_error("talk_offered_on", _("It was offered on the day on which they came back, or later."))
        if offered and held and held < offered:
            self.add_error("talk_on", _("It took place on the day on which it was offered, or later."))
        return answers


PARTS = {"reported": ReportedForm, "known": KnownForm, "back": BackForm, "learnt": LearntForm}
ONLY_AFTERWARDS = {"back", "learnt"}
