"""What practitioners do with sessions, each beside the action of the floor that is most like it."""

import uuid
from datetime import date

from benchmarks.client import Browser

# the action, what the floor does beside it, and the most it may take, × floor
ACTIONS = {
    "log_session": ("decide", 4),
    "diary_week": ("queue", None),
    "calendar_feed": ("queue", None),
    "carer_page": ("referral_page", None),
}


# Five minutes past midnight: it has happened already, whenever the benchmark runs.
HELD = {
    "seen": "0", "came": "attended", "kind": "relationship_building", "mode": "in_person_school", "at_time": "00:05",
    "minutes": "5", "what_we_did": "Example: " + "words of a visit. " * 20, "safety_change": "same",
    "following": "not_now",
}  # fmt: skip


class Sessions:
    """``needs`` from ``benchmarks.prepare_sessions``, with the cookies of the practitioner of ``prepare_cases``."""

    def __init__(self, port, needs, browser=Browser):
        self.practitioner, self.calendar = browser(port, needs["practitioner"]), browser(port, {})
        self.carers_worker = browser(port, needs["carers_worker"])
        self.needs, self.lengths = needs, {}
        self.to_log = iter(needs["to_log"])

    def log_session(self):
        """The page, and signing what was typed on it."""
        path, today = next(self.to_log), date.today()  # noqa: DTZ011 -- the day of this machine, as the product has it
        page = self.practitioner.get(path)
        day = {f"on_{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
        self.practitioner.send(path, page, HELD | day | {"token": str(uuid.uuid4())})
        self.lengths["log_session"] = len(page)
        return self.practitioner.taken()

    def diary_week(self):
        return self._asked("diary_week", self.practitioner, "/diary/")

    def calendar_feed(self):
        """Nobody is signed in: the secret is in the address."""
        return self._asked("calendar_feed", self.calendar, self.needs["feed"])

    def carer_page(self):
        """The strand of a parent or carer: its head, and the latest of 500 entries."""
        return self._asked("carer_page", self.carers_worker, self.needs["strand"])

    def _asked(self, action, browser, path):
        self.lengths[action] = len(browser.get(path))
        return browser.taken()
