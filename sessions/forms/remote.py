"""How sessions by phone, video or chat are kept safe; and what is asked at every start (domain.md 5.9)."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.forms.base import line, one_of, yes_no_not_known
from sessions.enums import CarerKnows, FollowUp, OkToTalk, WhoHears
from sessions.models.remote import AFTERWARDS
from ui.dates import PastDay
from ui.forms import Include, PrForm, Reveal, Section, form_helper, words

OK = OkToTalk
COPIED = (
    "device_is_private", "passwords_known_by", "place_is_private", "has_headphones", "back_up_number", "if_cut_off",
    "emergency_address", "carer_knows", "risks",
)  # fmt: skip


# The same, once it is no longer asked as they begin.
WERE = {
    "ok_to_talk": _("Were they ok to talk?"),
    "who_hears": _("Was anybody with them, or able to hear?"),
    "where": _("Where were they?"),
    "how_long": _("How long had you got?"),
}


class RemoteAgreementForm(PrForm):
    """``before``: what was agreed last: nobody is asked everything anew, only what has changed."""

    device_is_private = yes_no_not_known(_("Is the device, and the account on it, theirs alone?"))
    passwords_known_by = line(_("Who else knows the password?"), limit=200, required=False)
    place_is_private = yes_no_not_known(_("Can they be where nobody sees or hears them, and what is behind them?"))
    has_headphones = yes_no_not_known(_("Do they have headphones?"))
    carer_knows = one_of(
        _("Do those at home know that you talk?"),
        CarerKnows,
        help_text=_("Where they must not be told, write it also with how it is safe to reach the young person."),
    )
    code_word_agreed = forms.BooleanField(
        label=_("We agreed on a word for “stop, it is not safe”"),
        help_text=_("The word itself is kept with how it is safe to reach them. Do not write it here."),
    )
    nobody_records = forms.BooleanField(label=_("Neither of us records, and we said so"))
    back_up_number = line(_("Which number do you use when it breaks off?"), limit=60)
    if_cut_off = words(
        _("What happens when it breaks off?"),
        rows=2,
        limit=1000,
        help_text=_("For example: we ring twice, then the other number; if we worry, somebody goes and sees."),
    )
    emergency_address = words(_("Where do you send help, if they need it?"), rows=2, limit=1000)
    risks = words(_("What could go wrong, and what do you do about it?"), rows=3, limit=2000)
    agreed_on = PastDay(label=_("When did you agree it?"))

    def __init__(self, *args, before=None, **kwargs):
        known = {name: getattr(before, name) for name in COPIED} if before else {}
        super().__init__(*args, initial={**known, "agreed_on": timezone.localdate()}, **kwargs)
        self.helper = form_helper(
            Section(
                _("Where they are"),
                *("device_is_private", "passwords_known_by", "place_is_private", "has_headphones", "carer_knows"),
            ),
            Section(
                _("What you agreed"),
                *("code_word_agreed", "nobody_records", "back_up_number", "if_cut_off", "emergency_address"),
                *("risks", "agreed_on"),
            ),
            submit=_("Keep it"),
        )
        self.helper.attrs["autocomplete"] = "off"
        self.helper.hide_optional = True


class RemoteStartForm(PrForm):
    ok_to_talk = one_of(_("Are they ok to talk now?"), OkToTalk)
    who_hears = one_of(_("Is anybody with them, or able to hear?"), WhoHears)
    who = line(_("Who?"), limit=200)
    where = line(
        _("Where are they right now?"),
        limit=300,
        help_text=_("An address, or “the usual place”: so that help finds them."),
    )
    code_word_reminded = forms.BooleanField(
        label=_("We reminded each other of the word for “stop”"),
        help_text=_("It is not shown here, because somebody may see this screen."),
    )
    how_long = line(_("How long have you got?"), limit=60, required=False)
    follow_up = one_of(_("What do we do today, to know that they are safe?"), FollowUp)
    why_not = words(_("What made you think so?"), rows=2, limit=2000)

    def __init__(self, *args, session, **kwargs):
        start = session.remote_starts.last()
        asked = ("ok_to_talk", "who_hears", "who", "where", "code_word_reminded", "how_long")
        super().__init__(*args, initial={name: getattr(start, name) for name in asked} if start else {}, **kwargs)
        self.has_come_to_something = session.recorded_at is not None
        self.is_afterwards = timezone.now() > session.happened_at + AFTERWARDS
        if self.is_afterwards:
            for name, label in WERE.items():
                self.fields[name].label = label
        if self.has_come_to_something:
            self.fields["ok_to_talk"].choices = [(OK.YES.value, OK.YES.label)]
        self.helper = form_helper(
            Section(
                _("As you began") if self.is_afterwards else _("Before you begin"),
                "ok_to_talk",
                Reveal("who_hears", when=f"ok_to_talk={OK.YES}"),
                Reveal("who", when=f"who_hears={WhoHears.SOMEBODY}"),
                Reveal("where", "code_word_reminded", "how_long", when=f"ok_to_talk={OK.YES}"),
                Reveal(Include("sessions/_not_safe.html"), "why_not", "follow_up", when=f"ok_to_talk={OK.NOT_SAFE}"),
            ),
            submit=_("Keep it"),
        )
        self.helper.attrs["autocomplete"] = "off"
        self.helper.hide_optional = True

    @property
    def told(self):
        """What ``operations.start_remote`` takes."""
        answers = {name: answer or "" for name, answer in self.cleaned_data.items()}
        return {**answers, "code_word_reminded": bool(answers["code_word_reminded"])}

    @property
    def words_when_kept(self):
        return {
            OK.YES: _("It is kept that it was safe to talk."),
            OK.NOT_NOW: _("It is kept. Find another time together, and move the session there."),
            OK.NOT_SAFE: _("It is kept that it was not safe, and somebody makes sure today that they are."),
        }[self.cleaned_data["ok_to_talk"]]
