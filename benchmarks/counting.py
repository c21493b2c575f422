"""Statements and commits of each action, counted in process. Prints JSON: action to counts."""

import json
import sys

import django
from django.conf import settings

BEGINNINGS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
APART = ('"accounts_session"', '"cache"')  # sessions and counters of tries


def main(needs):
    django.setup()
    from benchmarks import actions, casework, sessions  # noqa: PLC0415 -- after setup

    def browser(_port, cookies):
        return InProcess(cookies)

    if "cases" in needs:
        ours = casework.Casework(0, needs["cases"], browser=browser)
        counts = count(ours, casework.ACTIONS, [ours.practitioner, ours.manager])
    elif "sessions" in needs:
        ours = sessions.Sessions(0, needs["sessions"], browser=browser)
        counts = count(ours, sessions.ACTIONS, [ours.practitioner, ours.calendar, ours.carers_worker])
    else:
        ours = actions.Ours(0, needs)
        ours.staff, ours.referrer = InProcess(needs["staff"]), InProcess(needs["referrer"])
        counts = count(ours, actions.ACTIONS, [ours.staff, ours.referrer])
    print(json.dumps(counts))


def count(ours, actions, browsers):
    """Each twice: the first time fills what a process keeps."""
    counts = {}
    for action in actions:
        for _time in range(2):
            for browser in browsers:
                browser.statements = []
            getattr(ours, action)()
            counts[action] = sorted_out([asked for browser in browsers for asked in browser.statements])
    return counts


def sorted_out(asked):
    """``asked``: a list of statements for each request."""
    acts = [sql for statements in asked[-1:] for sql in statements]
    whole = [sql for statements in asked for sql in statements if not sql.startswith(BEGINNINGS)]
    return {
        "statements": sum(not any(table in sql for table in APART) for sql in whole),
        "apart": sum(any(table in sql for table in APART) for sql in whole),
        "commits": sum(sql.startswith("COMMIT") for sql in acts),
        "commits_apart": _commits_of_sessions(acts),
        "by_request": [sum(not sql.startswith(BEGINNINGS) for sql in statements) for statements in asked],
    }


def _commits_of_sessions(statements):
    """Commits that end a transaction in which only a session or a counter was written."""
    found, since = 0, []
    for sql in statements:
        if sql.startswith("COMMIT"):
            wrote = [one for one in since if one.startswith(("INSERT", "UPDATE", "DELETE"))]
            found += bool(wrote) and all(any(table in one for table in APART) for one in wrote)
            since = []
        else:
            since.append(sql)
    return found


class InProcess:
    """What ``client.Browser`` does, through the handler and with the statements of each request."""

    def __init__(self, cookies):
        from django.test import Client  # noqa: PLC0415

        self.client = Client(SERVER_NAME="localhost", enforce_csrf_checks=False)
        self.client.cookies.load(cookies)
        self.statements = []

    def get(self, path):
        return self._ask(self.client.get, path, 200)

    def send(self, path, page, values, *, expected=302):
        return self._ask(self.client.post, path, expected, values)

    def _ask(self, method, path, expected, *values):
        from django.db import connection  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        with CaptureQueriesContext(connection) as captured:
            response = method(path, *values)
        assert response.status_code == expected, f"{path}: {response.status_code}"
        self.statements.append([query["sql"] for query in captured])
        return response.content

    def taken(self):
        return 0


if __name__ == "__main__":
    assert settings is not None
    main(json.loads(sys.argv[1]))
