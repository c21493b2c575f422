"""Staff in Django's admin. Every change is an operation; nobody decides about themselves."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts import operations, rules
from accounts.enums import Role
from accounts.models import Membership, User
from accounts.step_up import asks_again_to_write
from centres.admin import ConfigurationAdmin


class StaffAdmin(ConfigurationAdmin):
    """Users and roles: read at one's centres, written by those who manage users, recorded by the operations.

    To write asks once more who is there: who sits down at a page left open
    gives nobody a role, and takes nobody's second factor away.
    """

    def may_write(self, request):
        return rules.may_manage_users(request.user)

    @method_decorator(asks_again_to_write)
    def changelist_view(self, request, *args, **kwargs):
        return super().changelist_view(request, *args, **kwargs)

    @method_decorator(asks_again_to_write)
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def log_addition(self, request, obj, message):
        """The operation has recorded it."""

    def log_change(self, request, obj, message):
        """The operation has recorded it."""


class UserForm(forms.ModelForm):
    def clean_email(self):
        return self.cleaned_data["email"].lower()


class UserAdmin(StaffAdmin):
    form = UserForm
    list_display = ["full_name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["full_name", "email"]
    actions = ["reset_factors"]

    def get_queryset(self, request):
        users = super().get_queryset(request)
        if self.may_write(request):
            return users
        held = Membership.objects.filter(centre__in=self.admin_site.centres(request))
        return users.filter(pk__in=held.values("user"))

    def has_change_permission(self, request, obj=None):
        return rules.may_manage_user(request.user, obj) if obj else self.may_write(request)

    def get_fields(self, request, obj=None):
        return ["email", "full_name", "is_active", "last_login"] if obj else ["email", "full_name"]

    def get_readonly_fields(self, request, obj=None):
        return ["email", "last_login"] if obj else []

    def save_model(self, request, user, form, change):
        if not change:
            invited = operations.invite(user.email, full_name=user.full_name, by=request.user)
            user.__dict__.update(invited.__dict__)
            return
        if "full_name" in form.changed_data:
            operations.rename(user, full_name=user.full_name, by=request.user)
        if "is_active" in form.changed_data:
            act = operations.enable if user.is_active else operations.disable
            act(user, by=request.user)

    def has_reset_permission(self, request):
        return self.may_write(request)

    @admin.action(description=_("Remove a lost second factor (make sure first who is asking)"), permissions=["reset"])
    def reset_factors(self, request, users):
        others = [user for user in users if rules.may_manage_user(request.user, user)]
        for user in others:
            operations.reset_factors(user, by=request.user)
        if len(others) < len(users):
            self.message_user(request, _("Your own second factor is a colleague's to remove."), messages.ERROR)
        if others:
            self.message_user(request, _("The second factor is removed; a link for a new start is on its way."))


class MembershipForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "until_on" in self.fields:
            self.fields["until_on"].required = True

    def clean_until_on(self):
        until_on, from_on = self.cleaned_data["until_on"], self.cleaned_data.get("from_on", self.instance.from_on)
        if until_on and until_on < from_on:
            raise forms.ValidationError(_("A role cannot end before it starts."))
        if (planned := self.initial.get("until_on")) and until_on > planned:
            raise forms.ValidationError(_("A role is not made longer. Give it anew, from the day on which it ends."))
        return until_on


class MembershipAdmin(StaffAdmin):
    """A role is granted and ended, never turned into another: the trail reads as it happened."""

    form = MembershipForm
    centre_path = "centre"
    list_display = ["user", "centre", "role", "from_on", "until_on"]
    list_filter = ["role", ("centre", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "centre"]
    search_fields = ["user__full_name", "user__email"]

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self.may_write(request)
        is_over = obj.until_on is not None and obj.until_on <= timezone.localdate()
        return not is_over and rules.may_change_membership(request.user, obj)

    def get_readonly_fields(self, request, obj=None):
        return ["user", "centre", "role", "from_on"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_active=True).exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, membership, form, change):
        if change:
            operations.end_role(membership, on=membership.until_on, by=request.user)
            return
        granted = operations.grant_role(
            membership.user, role=membership.role, centre=membership.centre, from_on=membership.from_on,
            until_on=membership.until_on, by=request.user,
        )  # fmt: skip
        membership.__dict__.update(granted.__dict__)


class DutyWorkerField(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        return f"{membership.user} ({membership.centre})"


class DutyShiftAdmin(ConfigurationAdmin):
    """The duty rota. A shift may go again: it is a plan, and its history is kept."""

    centre_path = "membership__centre"
    list_display = ["worker", "centre", "weekday", "on", "starts_at", "ends_at"]
    list_filter = ["weekday", ("centre", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["membership__user", "centre"]

    @admin.display(description=_("duty worker"), ordering="membership__user__full_name")
    def worker(self, shift):
        return shift.membership.user

    def has_delete_permission(self, request, obj=None):
        return self.may_write(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "membership":
            held = Membership.objects.current().filter(role=Role.DUTY_WORKER)
            kwargs["queryset"] = held.filter(centre__in=self.admin_site.centres(request)).select_related(
                "user", "centre"
            )
            kwargs["form_class"] = DutyWorkerField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
