"""A colleague, to be chosen in a form."""

from django import forms


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, colleague):
        return colleague.full_name
