"""What a referrer answers when we ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import LONG, Include, PrForm, Section, form_helper, words


class AnswerForm(PrForm):
    """``number`` says which question of the thread the page showed: another one is not answered by mistake."""

    number = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)
    text = words(
        _("Your answer"),
        rows=8,
        limit=LONG,
        help_text=_("“Not known” is a good answer. We do not need a detailed account."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "number", Section(_("Answer"), Include("refer/_no_images.html"), "text"), submit=_("Send the answer")
        )
        self.helper.attrs["autocomplete"] = "off"
