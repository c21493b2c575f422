"""What the style guide shows: every component in every state, with words as long as they can get."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.forms import Button, DatePartsField, Include, PrForm, Reveal, Section, Together, form_helper

LONG_WELSH = "Gwasanaethau cymdeithasol Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
CHOICES = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("not_known", gettext_lazy("Not known"))]


class SpecimenForm(PrForm):
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("Work e-mail"), help_text=gettext_lazy("We send a code to it."))
    day = DatePartsField(
        label=gettext_lazy("Date"), help_text=gettext_lazy("For example, 27 3 2012 or 27 March 2012"), past=True
    )
    agreed = forms.ChoiceField(label=gettext_lazy("Has somebody agreed?"), choices=CHOICES, widget=forms.RadioSelect)
    agreed_on = DatePartsField(label=gettext_lazy("When did they agree?"))
    why_not = forms.CharField(
        label=gettext_lazy("Why not yet?"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )
    several = forms.MultipleChoiceField(
        label=gettext_lazy("What would help?"),
        help_text=gettext_lazy("Choose all that apply."),
        choices=[("a", gettext_lazy("A quiet room")), ("b", gettext_lazy("An interpreter")), ("c", LONG_WELSH)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where?"), choices=[("", gettext_lazy("Choose a place")), ("a", LONG_WELSH)]
    )
    mine = forms.IntegerField(label=gettext_lazy("You"), max_value=10)
    theirs = forms.IntegerField(label=gettext_lazy("The young person"), max_value=10, required=False)
    words = forms.CharField(
        label=gettext_lazy("Tell us more"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    closed = forms.CharField(
        label=gettext_lazy("A field that cannot be changed"),
        disabled=True,
        required=False,
        initial=gettext_lazy("Set by the service"),
    )
    sure = forms.BooleanField(label=gettext_lazy("I have checked the answers"))

    def __init__(self, *args, prefix, **kwargs):
        super().__init__(*args, prefix=prefix, **kwargs)
        self.helper = form_helper(
            Section(
                _("Short answers (%(which)s)") % {"which": prefix},
                "name",
                "email",
                "day",
                Together(_("From 0 to 10, how hopeful do things feel?"), "theirs", "mine"),
                intro=_("One paragraph that says why we ask."),
            ),
            Section(
                _("Choices (%(which)s)") % {"which": prefix},
                "agreed",
                Reveal("agreed_on", when="agreed=yes"),
                Reveal(Include("ui/_panel_danger.html", level=3), "why_not", when="agreed=no|not_known"),
                "several",
                "place",
            ),
            Section(_("Long answers (%(which)s)") % {"which": prefix}, "words", "closed", "sure"),
            extra_buttons=[
                ("later", _("Save and come back later")),
                Button(_("Delete this"), "delete", "danger"),
            ],
            guard=False,
        )
        self.helper.form_tag = False


def forms_in_each_state():
    wrong = {"wrong-day_day": "31", "wrong-day_month": "Smarch", "wrong-day_year": "2012"}
    wrong |= {"wrong-agreed": "no", "wrong-words": "a" * 520, "wrong-email": LONG_WELSH}
    return {"fresh": SpecimenForm(prefix="empty"), "form": SpecimenForm(wrong, prefix="wrong")}


def records():
    now = timezone.localtime().replace(hour=15, minute=30)
    return {
        "tiles": [
            {"label": _("overdue"), "count": 2, "url": "#tiles", "late": True},
            {"label": _("new"), "count": 5, "url": "#tiles", "current": True},
            {"label": _("waiting for information"), "count": 0, "url": "#tiles"},
            {"label": LONG_WELSH, "count": 1280, "url": "#tiles"},
        ],
        "chips": [{"label": _("My area"), "remove_url": "#chips"}, {"label": _("Open"), "remove_url": "#chips"}],
        "summary_rows": [
            {"label": _("Name"), "value": _("Mary Example"), "change_url": "#summary-list"},
            {"label": _("What would help"), "lines": [_("A quiet room"), LONG_WELSH], "change_url": "#summary-list"},
            {"label": _("Tell us more"), "value": "", "change_url": "#summary-list"},
        ],
        "entries": [
            {"title": _("Decision made"), "at": now, "by": _("a colleague"), "text": LONG_WELSH},
            {"title": _("A concern was raised"), "at": now - timedelta(days=1), "important": True},
            {"title": _("Received"), "at": datetime(2020, 2, 29, 12, tzinfo=now.tzinfo), "by": _("a referrer")},
        ],
        "tasks": [
            {"label": _("About you"), "url": "#tasks", "status": _("Done"), "kind": "done"},
            {"label": _("The young person"), "url": "#tasks", "status": _("Not complete"), "kind": "waiting"},
            {"label": LONG_WELSH, "url": "#tasks", "status": _("In progress"), "kind": "doing"},
            {"label": _("Check and send"), "status": _("Not started"), "kind": "neutral", "hint": _("Comes last.")},
        ],
        "tabs": [
            {"label": _("History"), "url": "#tabs", "current": True},
            {"label": _("Notes"), "url": "#tabs", "count": 3},
            {"label": LONG_WELSH, "url": "#tabs"},
        ],
        "navigation": [
            {"label": _("Home"), "url": "#navigation", "current": True},
            {"label": _("Triage"), "url": "#navigation", "count": 12},
        ],
    }


def tags():
    return {
        "status_tags": [
            (_("New"), "new"),
            (_("In progress"), "doing"),
            (_("Waiting"), "waiting"),
            (_("Done"), "done"),
            (_("Stopped"), "stopped"),
            (_("Not started"), "neutral"),
            (LONG_WELSH, "waiting"),
        ],
        "priority_tags": [
            (_("Answer now"), "now"),
            (_("Answer soon"), "soon"),
            (_("Standard"), "planned"),
            (_("When there is room"), "later"),
        ],
        "banners": [
            ("info", _("A notice: the office is closed on Monday.")),
            ("success", _("Saved.")),
            ("warning", _("Somebody else has this page open.")),
            ("error", _("Not saved: there is no connection.")),
        ],
        "long_welsh": LONG_WELSH,
    }


def everything():
    return {**forms_in_each_state(), **records(), **tags()}
