"""What was promised, as a list that grows: each entry becomes a task of somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import User
from cases.forms.told import MOST_DAYS_AHEAD
from ui.dates import ComingDay
from ui.forms import form_helper
from ui.rows import RowForm


class ActionRow(RowForm):
    """One thing that somebody does, until a day."""

    number_label = _("Action %(number)d")
    remove_label = _("Remove action %(number)d")
    add_label = _("Add another action")

    what = forms.CharField(label=_("What will we do?"), max_length=300)
    owner = ColleagueField(queryset=User.objects.none(), label=_("Who does it?"), empty_label=_("Choose a colleague"))
    due_on = ComingDay(days=MOST_DAYS_AHEAD, label=_("By when?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("what", "owner", "due_on", submit="")


class WithActions:
    """A form whose list ``actions`` is what was promised; ``people`` may be asked to do it."""

    lists = {"actions": ActionRow}

    def offer_actions_to(self, people):
        for row in self.rows["actions"]:
            row.fields["owner"].queryset = people
