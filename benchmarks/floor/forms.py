"""A form of eleven fields, as Django draws it: the length that performance.md measured."""

from django import forms

ANSWERS = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


class ElevenFields(forms.Form):
    first_name = forms.CharField(max_length=80)
    last_name = forms.CharField(max_length=80)
    born_on = forms.DateField(required=False)
    age = forms.IntegerField(required=False)
    address = forms.CharField(widget=forms.Textarea)
    postcode = forms.CharField(max_length=8)
    telephone = forms.CharField(max_length=30, required=False)
    email = forms.EmailField(required=False)
    safe = forms.ChoiceField(choices=ANSWERS, widget=forms.RadioSelect)
    known = forms.ChoiceField(choices=ANSWERS, widget=forms.RadioSelect)
    text = forms.CharField(widget=forms.Textarea, help_text="In your own words.")
