"""Reasons for not accepting a referral, in Django's admin."""

from django.contrib import admin

from centres.admin import CentreOptionAdmin


class NotAcceptedReasonAdmin(CentreOptionAdmin):
    """What it counts as stays as it was: decisions that gave it were made in that meaning."""

    says_what = "meaning"
    list_display = ["label_en", "meaning", "centre", "retired_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter), "meaning"]
