"""Put more into the database of the site while it runs, in a process of its own; says what, as JSON.

``due N``: so many colleagues whose plans are to be looked at today. ``world``: everything that any page can
show, the address of each page, and who is signed in.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "protect_respect.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.enums import Role  # noqa: E402
from tests.factories.accounts import UserFactory  # noqa: E402
from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory  # noqa: E402
from tests.faults.due import due, what_one_sweep_writes  # noqa: E402
from tests.routes import address, all_routes, full_world  # noqa: E402

COUNTED = [UserFactory, ServiceCentreFactory, LocalAuthorityFactory]
WHO = [Role.PRACTITIONER, Role.TEAM_MANAGER]


def more_due(people):
    due(int(people))
    expected = what_one_sweep_writes()
    return {"reminders": expected.total(), "people": len({person for _kind, _stage, _on, person, *_of in expected})}


def world():
    made = full_world()
    addresses = {route: address(made, route) for route in sorted(all_routes())}
    return {"addresses": addresses, "sessions": {str(role): session_of(made.staff[role]) for role in WHO}}


def session_of(user):
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client.cookies["sid"].value


def count_on():
    """Names and addresses are numbered, and another process began with 0."""
    for factory in COUNTED:
        factory.reset_sequence(factory._meta.model.objects.count())


if __name__ == "__main__":
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody here signs in by password
    count_on()
    make = {"due": more_due, "world": world}[sys.argv[1]]
    sys.stdout.write(json.dumps(make(*sys.argv[2:])))
