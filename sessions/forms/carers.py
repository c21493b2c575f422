"""What is written down of a parent or carer: that they are there, what they answer, agree to, and are told."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.consenting import REVIEW_AFTER
from cases.enums import ConsentMethod, WordingLanguage
from cases.forms.allocating import PractitionerField, leads
from cases.forms.consent import MOST_DAYS_UNTIL_REVIEW, when
from cases.forms.told import MOST_DAYS_AHEAD
from people.enums import PreferredLanguage, YesNoNotKnown
from referrals.enums import CarerResponse, DeliveryMode
from referrals.forms.base import line, one_of, several_of
from sessions.carer_enums import CARER_AGREES, SAID, CarerConsentStep, CarerExplained, SharedKind
from sessions.carer_people import same_person
from ui.dates import ComingDay, PastDay
from ui.forms import PrForm, Reveal, Section, form_helper, words
from ui.hours import TimeOfDayField, at_noon_or_now, moments
from ui.kept import Kept
from ui.times import long_date

C = CarerConsentStep
WHEN = ("happened_on", "at_time")
NEW = "new"
HERE = _("Is this the same person? “%(who)s” is here already: then there is nothing to add.")
EARLIER = _("Is this the same person? We know “%(who)s” from an earlier time: then choose them above.")


class AddCarerForm(PrForm):
    """Somebody of their own, with a record of their own: no more is asked than that needs.

    ``known``: whom we know already (``carer_people.known_carers``). Nobody is there twice by mistake.
    """

    same_as = one_of(_("Is it somebody whom we know from an earlier time?"), [])
    is_another = forms.BooleanField(label=_("No, it is somebody else of the same name."))
    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = line(_("Last name"), limit=80, required=False)
    preferred_name = line(_("Name they use"), limit=80, required=False)
    relationship = line(
        _("Who are they to the young person?"), limit=120, help_text=_("For example: mother, foster carer, aunt.")
    )
    preferred_language = one_of(_("Which language do they prefer?"), PreferredLanguage)
    other_language = line(_("Which language?"), limit=60)
    interpreter_needed = one_of(_("Do they need an interpreter?"), YesNoNotKnown)
    interpreter_details = line(_("Which interpreter?"), limit=200, required=False)

    def __init__(self, data=None, *args, known=(), initial=None, **kwargs):
        unknown = {"preferred_language": PreferredLanguage.NOT_KNOWN, "interpreter_needed": YesNoNotKnown.NOT_KNOWN}
        super().__init__(data, *args, initial=unknown | (initial or {}), **kwargs)
        self.earlier = {str(carer.pk): carer for carer in known if not carer.is_here}
        self._offer_whom_we_know(known, data or {})
        asked = [
            *(["is_another"] if "is_another" in self.fields else []),
            "first_name",
            "last_name",
            "preferred_name",
            "relationship",
            "preferred_language",
            Reveal("other_language", when=when("preferred_language", PreferredLanguage.OTHER)),
            "interpreter_needed",
            Reveal("interpreter_details", when=when("interpreter_needed", YesNoNotKnown.YES)),
        ]
        self.helper = form_helper(
            Section(
                _("A parent or carer"),
                *(["same_as", Reveal(*asked, when=when("same_as", NEW))] if self.earlier else asked),
                intro=_("They have a record of their own. Whatever they answer, the young person’s support stays."),
            ),
            submit=_("Add them"),
        )

    def _offer_whom_we_know(self, known, data):
        if self.earlier:
            told = [(pk, _who(carer)) for pk, carer in self.earlier.items()]
            self.fields["same_as"].choices = [*told, (NEW, _("No, somebody else"))]
        else:
            del self.fields["same_as"]
        twin = same_person(known, **{name: data.get(name, "") for name in ("first_name", "last_name", "relationship")})
        if twin is None:
            del self.fields["is_another"]
            return
        words = HERE if twin.is_here else EARLIER
        self.fields["is_another"].error_messages["required"] = words % {"who": _who(twin)}

    @property
    def said(self):
        """What ``add_carer`` takes."""
        answers = {name: value or "" for name, value in self.cleaned_data.items()}
        same_as, is_another = answers.pop("same_as", ""), bool(answers.pop("is_another", False))
        if same_as in self.earlier:
            return {"same_as": self.earlier[same_as]}
        return answers | {"is_another": is_another}


def _who(carer):
    """As they are told apart in a list."""
    return f"{carer.first_name} {carer.last_name}".strip() + f", {carer.relationship}"


WHO_READS_WHY = _(
    "Managers and whoever works with the young person read it. "
    "It stands in no record that the parent or carer may read."
)


class AnswerForm(PrForm):
    """What they answered. No answer asks for a reason, and none changes anything for the young person (R-nat-32)."""

    response = one_of(_("What did they say?"), CarerResponse)
    own_words = words(_("In their words"), rows=2, limit=2000, required=False)
    because = words(_("Why is it not safe?"), rows=2, limit=2000, help_text=WHO_READS_WHY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("Do they want support of their own?"),
                "response",
                Reveal("own_words", when=when("response", *SAID)),
                Reveal("because", when=when("response", CarerResponse.NOT_SAFE_TO_ASK)),
                intro=_("They need no reason. Whatever they say, the young person’s support stays the same."),
            ),
            submit=_("Keep their answer"),
        )

    @property
    def said(self):
        return {name: value or "" for name, value in self.cleaned_data.items()}


class WhyForm(PrForm):
    """One act that owes a reason: ``title``, ``question`` and ``submit`` are its words."""

    because = words("", rows=3, limit=2000)

    def __init__(self, *args, title, question, submit, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].label, self.fields["because"].help_text = question, help_text
        self.helper = form_helper(Section(title, "because"), submit=submit)

    @property
    def said(self):
        return self.cleaned_data


class NotSafeForm(WhyForm):
    """Why it is not safe to offer: for managers and the young person's side alone."""

    def __init__(self, *args):
        title, question, submit = _("Not safe to offer now"), _("Why is it not safe?"), _("It is not safe now")
        super().__init__(*args, title=title, question=question, submit=submit, help_text=WHO_READS_WHY)


class WorryForm(WhyForm):
    """Why a manager must decide: for managers alone."""

    def __init__(self, *args):
        reads = _("Whoever works with them sees it no more. The reason stands in no record that they may read.")
        title, question = _("There is a worry about them"), _("Why must a manager decide?")
        super().__init__(*args, title=title, question=question, submit=_("Hold it back"), help_text=reads)


class CarersPractitionerField(PractitionerField):
    """With how many parents and carers each works, and how many cases each leads."""

    def with_load(self, person):
        count = {"count": person.carers}
        carers = ngettext("works with %(count)d carer", "works with %(count)d carers", person.carers) % count
        return f"{person.full_name} ({carers}, {leads(person)})"


class AllocateStrandForm(PrForm):
    """Somebody of their own: whoever works with the young person is not in the list (R-nat-29)."""

    to = CarersPractitionerField(
        label=_("Who works with the parent or carer?"),
        help_text=_("Who works with the young person, knows the family, or must not see them, is not in the list."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(people)
        self.helper = form_helper(Section(_("A practitioner of their own"), "to"), submit=_("Give it to them"))


class ShareForm(PrForm):
    """A copy for the other side, on purpose and with a reason. It opens nothing else."""

    kind = one_of(_("What was it?"), SharedKind)
    text = words(_("What is the other side told?"), rows=4, limit=4000, help_text=_("Only what they need to know."))
    reason = words(_("Why do they need to know?"), rows=2, limit=1000)
    said_on = PastDay(label=_("When was it said or written?"))

    def __init__(self, *args, title, **kwargs):
        super().__init__(*args, initial={"said_on": timezone.localdate()}, **kwargs)
        self.helper = form_helper(
            Section(
                title,
                "kind",
                "text",
                "reason",
                "said_on",
                intro=_("They read these words, your name and the reason, and nothing else of this side."),
            ),
            submit=_("Share it"),
        )


class CarerNoteForm(PrForm):
    text = words(_("Note"), limit=8000, help_text=_("They may read this one day. Write it so that they can."))

    def __init__(self, *args, action="", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Kept("text"), submit=_("Add the note"), action=action)


class CarerTaskForm(PrForm):
    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    due_on = ComingDay(days=MOST_DAYS_AHEAD, label=_("By when?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("New task"), "what", "due_on"), submit=_("Add the task"))


class CarerConsentForm(PrForm):
    """What a parent or carer says about taking part themselves. *No* is one word, and needs nothing else."""

    event = one_of(_("What did they say?"), CarerConsentStep)
    limits = words(_("What do they want, and what not?"), rows=3, limit=2000)
    explained = several_of(_("What did you explain?"), CarerExplained)
    modes = several_of(_("How do they want to meet?"), DeliveryMode)
    method = one_of(_("How did they tell you?"), ConsentMethod)
    language = one_of(_("In which language did they hear or read it?"), WordingLanguage)
    review_on = ComingDay(days=MOST_DAYS_UNTIL_REVIEW, label=_("When do you talk about it again?"))
    own_words = words(_("What did they say, in their own words?"), rows=2, limit=2000, required=False)
    happened_on = PastDay(label=_("When was it?"))
    at_time = TimeOfDayField(
        label=_("At what time?"),
        required=False,
        help_text=_("A direct session counts if it began after their yes. Where you write nothing: now, or midday."),
    )

    def __init__(self, *args, strand, **kwargs):
        today, self.added_at = timezone.localdate(), strand.added_at
        review_on, welsh = today + REVIEW_AFTER, strand.carer.preferred_language == PreferredLanguage.WELSH
        language = WordingLanguage.WELSH if welsh else WordingLanguage.ENGLISH
        initial = {"happened_on": today, "review_on": review_on, "language": language}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        for name in ("explained", "modes"):
            self.fields[name].required = True
        if not strand.case.centre.offers_welsh:
            del self.fields["language"]
        language = ["language"] if "language" in self.fields else []
        self.helper = form_helper(
            Section(
                _("Taking part themselves"),
                "event",
                Reveal("limits", when=when("event", C.GIVEN_PARTIAL)),
                Reveal("explained", "modes", "method", *language, when=when("event", *CARER_AGREES)),
                Reveal("review_on", when=when("event", *CARER_AGREES, C.REVIEWED_UNCHANGED)),
                "own_words",
                "happened_on",
                "at_time",
                intro=_("It is about their own support, and says nothing of the young person’s."),
            ),
            submit=_("Keep what they said"),
        )

    def clean(self):
        cleaned = super().clean()
        says_yes = cleaned.get("event") in CARER_AGREES and "explained" not in self.errors
        if says_yes and set(cleaned.get("explained") or []) != set(CarerExplained.values):
            self.add_error("explained", _("Yes counts once everything has been explained. Explain the rest first."))
        if cleaned.get("happened_on") and "at_time" not in self.errors:
            self._say_when(cleaned["happened_on"], cleaned.get("at_time"))
        return cleaned

    def _say_when(self, day, time):
        """The moment it was said: not before we knew them, and not to come."""
        self.at = at_noon_or_now(day) if time is None else next(iter(moments(day, time)), None)
        if day < timezone.localdate(self.added_at):
            words = _("They were added on %(day)s. Choose that day or a later one.")
            self.add_error("happened_on", words % {"day": long_date(self.added_at)})
        elif self.at is None:
            self.add_error("at_time", _("The clocks go forward at this time: there is no such time on this day."))
        elif self.at > timezone.now():
            self.add_error("at_time", _("This time has not come yet."))

    @property
    def said(self):
        """What the operation takes: columns, without what was not asked."""
        answers = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        return {name: value for name, value in answers.items() if name not in WHEN} | {"at": self.at}


class ConfirmForm(PrForm):
    """One press, after one sentence."""

    def __init__(self, *args, intro, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(submit, intro=intro), submit=submit, guard=False)

    @classmethod
    def of(cls, request, intro, submit):
        """Pressed on this request, or shown."""
        return cls(request.POST if request.method == "POST" else None, intro=intro, submit=submit)
