"""What awareness sessions are about, and what else there is for people, in Django's admin."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import WordingLanguage
from centres.admin import CentreOptionAdmin


class AwarenessTopicAdmin(CentreOptionAdmin):
    """The leaflet's seven keep their key; a centre adds its own beside them (R-wal-11)."""

    says_what = "key"
    list_display = ["label_en", "centre", "retired_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter)]


class ResourceAdmin(CentreOptionAdmin):
    """What staff point people to. Somebody rings or opens each one now and then, and sets the day."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    says_what = "key"
    list_display = ["label_en", "kind", "for_whom", "centre", "checked_on", "needs_checking", "retired_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter), "kind", "for_whom"]
    list_select_related = ["centre", "contact"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "languages":
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(label=db_field.verbose_name, choices=WordingLanguage.choices, widget=boxes)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("needs checking"))
    def needs_checking(self, resource):
        return _("Not checked for 90 days: ring it, then set the date.") if resource.is_stale else ""
