"""What somebody was told of, besides us."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.forms.base import line, one_of, pick_one
from sessions.enums import ForWhom, GivenHow, SafeToReceive
from ui.dates import PastDay
from ui.forms import PrForm, Reveal, Section, form_helper, words

OTHER = "other"


class ToldForm(PrForm):
    """The library of the centre first; what stands in it for nobody is written in words."""

    whom = ()  # the question, where there is more than one whom you may have told

    what = forms.ChoiceField(label=_("What did you tell them about?"))
    other = line(_("What is it, and where?"), limit=150, help_text=_("No name of a person."))
    how = pick_one(_("How?"), GivenHow)
    was_safe = one_of(
        _("Was it safe for them to have?"),
        SafeToReceive,
        help_text=_("Somebody who must not know may see a leaflet, a message or what a phone has looked at."),
    )
    safety = words(
        _("What did you do to keep it safe?"),
        rows=2,
        limit=1000,
        help_text=_("For example: told them where it is, and gave them nothing to find."),
    )
    given_on = PastDay(label=_("When?"))

    def __init__(self, *args, resources, **kwargs):
        super().__init__(*args, initial={"given_on": timezone.localdate()}, **kwargs)
        self.fields["how"].required = True
        self.resources = {str(resource.pk): resource for resource in resources}
        listed = [(pk, resource.in_a_list) for pk, resource in self.resources.items()]
        self.fields["what"].choices = [("", _("Choose one")), *listed, (OTHER, _("Something that is not on the list"))]
        not_safe = f"was_safe={SafeToReceive.NO}|{SafeToReceive.NOT_KNOWN}"
        self.helper = form_helper(
            Section(
                _("Something else that is there for them"),
                "what",
                Reveal("other", when=f"what={OTHER}"),
                *self.whom,
                "how",
                "was_safe",
                Reveal("safety", when=not_safe),
                "given_on",
                intro=_("You tell them; nothing is sent from here."),
            ),
            submit=_("Keep it"),
        )

    @property
    def told(self):
        """What the operation takes."""
        answers = dict(self.cleaned_data)
        return {"resource": self.resources.get(answers.pop("what")), **answers}


class SignpostForm(ToldForm):
    """On the young person's side."""

    for_whom = one_of(_("Whom did you tell?"), ForWhom)
    whom = ("for_whom",)
