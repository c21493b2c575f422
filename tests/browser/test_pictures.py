"""The README's pictures, from the running product with its fictional data: `make pictures`, never part of the tests."""

import os
from io import BytesIO  # noqa: F401

import pytest
from django.conf import settings
from django.core.management import call_command
