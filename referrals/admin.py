"""Reasons for not accepting a referral, in Django's admin: a centre words its own and reads the shared ones."""

from django.contrib import admin
from django.db.models import Q

from centres.admin import ConfigurationAdmin
from referrals.models import NotAcceptedReason


class NotAcceptedReasonAdmin(ConfigurationAdmin):
    """A reason without a centre is every centre's, and so nobody's but a system administrator's.

    What it counts as stays as it was: decisions that gave it were made in that meaning.
    """

    centre_path = "centre"
    list_display = ["label_en", "meaning", "centre", "retired_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter), "meaning"]
    list_select_related = ["centre"]

    def get_queryset(self, request):
        rows = NotAcceptedReason.objects.order_by(*NotAcceptedReason._meta.ordering)
        if self.admin_site.administers_all(request):
            return rows
        return rows.filter(Q(centre__isnull=True) | Q(centre__in=self.admin_site.centres(request)))

    def has_change_permission(self, request, obj=None):
        is_shared = obj is not None and obj.centre_id is None
        return self.admin_site.administers_all(request) if is_shared else self.may_write(request)

    def get_readonly_fields(self, request, obj=None):
        return ["centre", "meaning"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            kwargs["required"] = not self.admin_site.administers_all(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
