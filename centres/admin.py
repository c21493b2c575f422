"""Configuration of centres in Django's admin. Whose rows are open is asked of the site, which knows the roles."""

from datetime import date

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audit.recording import record
from centres.models import ServiceCentre, ServiceOffer
from centres.querysets import NATIONAL

FILTERED_BY = ("exact", "isnull", "id__exact")  # what the filters beside a list put into its address


class ConfigurationAdmin(admin.ModelAdmin):
    """What every page of the configuration does: our roles, our trail, and nothing is deleted.

    ``centre_path`` leads from a row to its centre; empty where a row belongs
    to the whole service, which only those who administer all of it may write.
    A row outside one's centres looks like one that is not there, and a posted
    id of another centre is no choice of the form.
    """

    centre_path = ""
    actions = []
    change_form_template = "config/change_form.html"

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request):
        return self.may_write(request)

    def has_change_permission(self, request, obj=None):
        return self.may_write(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def may_write(self, request):
        site = self.admin_site
        return site.administers_all(request) or (bool(self.centre_path) and site.has_permission(request))

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not self.centre_path or self.admin_site.administers_all(request):
            return rows
        return rows.filter(**{f"{self.centre_path}__in": self.admin_site.centres(request)})

    def lookup_allowed(self, lookup, value, request):
        """Only what the filters beside the list ask: any other could read a hash of a password, letter by letter."""
        fields = [each if isinstance(each, str) else each[0] for each in self.list_filter]
        return lookup in {f"{field}__{ending}" for field in fields for ending in FILTERED_BY}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is ServiceCentre:
            kwargs["queryset"] = self.admin_site.centres(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        raise Http404  # the trail is audit's, and not for reading here

    # The trail: names of fields, never what stands in them.

    def construct_change_message(self, request, form, formsets, add=False):
        return form.changed_data

    def log_addition(self, request, obj, message):
        record("configuration.added", obj, by=request.user)

    def log_change(self, request, obj, message):
        record("configuration.changed", obj, by=request.user, fields=message)

    def log_deletions(self, request, queryset):
        for row in queryset:
            record("configuration.removed", row, by=request.user)


class ServiceCentreAdmin(ConfigurationAdmin):
    list_display = ["name_en", "code", "nation", "offers_welsh", "is_active"]

    def may_write(self, request):
        return self.admin_site.administers_all(request)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=self.admin_site.centres(request))

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []  # links and letters know a centre by it


class ContactPointOfCentreAdmin(ConfigurationAdmin):
    centre_path = "centre"
    list_display = ["centre", "kind", "site", "phone", "email", "verified_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["centre"]


class LocalAuthorityAdmin(ConfigurationAdmin):
    """Which centre serves an area decides where referrals go, so centres read it and do not write it."""

    centre_path = "centre"
    list_display = ["name_en", "nation", "centre"]
    list_select_related = ["centre"]
    search_fields = ["name_en", "name_cy"]

    def may_write(self, request):
        return self.admin_site.administers_all(request)


class ServiceOfferForm(forms.ModelForm):
    def clean(self):
        """The whole country falls back on what the national centre offers: today there is always something."""
        data, today = super().clean(), timezone.localdate()
        centre = data.get("centre") or getattr(self.instance, "centre", None)
        is_today = data.get("starts_on", today) <= today < (data.get("ends_on") or date.max)
        if centre and centre.code == NATIONAL and not is_today and not self._is_another_on(centre, today):
            raise forms.ValidationError(
                _("Referrals from everywhere fall back on this offer. Let it end on a day to come, then add the next.")
            )
        return data

    def _is_another_on(self, centre, day):
        return ServiceOffer.objects.on(day).filter(centre=centre).exclude(pk=self.instance.pk).exists()


class ServiceOfferAdmin(ConfigurationAdmin):
    form = ServiceOfferForm
    centre_path = "centre"
    list_display = ["centre", "scheme", "starts_on", "ends_on"]
    list_select_related = ["centre"]

    def get_readonly_fields(self, request, obj=None):
        return ["centre"] if obj else []  # what one centre offered never becomes what another did


class PublicContactAdmin(ConfigurationAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name_en", "kind", "phone", "text_number", "checked_on", "needs_checking"]

    @admin.display(description=_("needs checking"))
    def needs_checking(self, contact):
        return _("Not checked for 90 days: ring it, then set the date.") if contact.is_stale else ""

    def changelist_view(self, request, extra_context=None):
        self._warn_of_stale_contacts(request)
        return super().changelist_view(request, extra_context)

    def _warn_of_stale_contacts(self, request):
        stale = sum(contact.is_stale for contact in self.get_queryset(request))
        if stale and request.method == "GET":
            sentence = ngettext(
                "%(count)d contact has not been checked for 90 days.",
                "%(count)d contacts have not been checked for 90 days.",
                stale,
            )
            self.message_user(request, sentence % {"count": stale}, messages.WARNING)


class CentreOptionAdmin(ConfigurationAdmin):
    """A list that a centre words for itself: it words its own rows and reads the shared ones.

    A row without a centre is every centre's, and so nobody's but a system
    administrator's. ``says_what`` is the column by which rows are used, and
    stays as it was.
    """

    centre_path = "centre"
    list_select_related = ["centre"]
    says_what = ""

    def get_queryset(self, request):
        rows = self.model.objects.order_by(*self.model._meta.ordering)
        if self.admin_site.administers_all(request):
            return rows
        return rows.filter(Q(centre__isnull=True) | Q(centre__in=self.admin_site.centres(request)))

    def has_change_permission(self, request, obj=None):
        is_shared = obj is not None and obj.centre_id is None
        return self.admin_site.administers_all(request) if is_shared else self.may_write(request)

    def get_readonly_fields(self, request, obj=None):
        return ["centre", self.says_what] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            kwargs["required"] = not self.admin_site.administers_all(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
