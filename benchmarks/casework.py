"""What practitioners and managers do with cases, each beside the action of the floor that is most like it."""

import re
from datetime import date

from benchmarks.client import Browser

EDITION = re.compile(rb'name="edition" value="(\d+)"')
SEEN = re.compile(rb'name="seen" value="(\d+)"')
# the action, what the floor does beside it, and the most it may take, × floor
ACTIONS = {
    "case_page": ("referral_page", 4),
    "sign_assessment": ("decide", 3),
    "agree_plan": ("decide", 3),
    "caseload": ("queue", None),
    "forecast": ("queue", 5),
    "my_plan_pdf": ("referral_page", None),
}
MOST_STATEMENTS = {"case_page": 16}
MOST_MS = {"my_plan_pdf": 100}


class Casework:
    """``needs`` from ``benchmarks.prepare_cases``."""

    def __init__(self, port, needs, browser=Browser):
        self.practitioner, self.manager = browser(port, needs["practitioner"]), browser(port, needs["manager"])
        self.needs, self.lengths = needs, {}
        self.to_sign, self.to_agree = iter(needs["to_sign"]), iter(needs["to_agree"])

    def case_page(self):
        return self._asked("case_page", self.practitioner, f"/cases/{self.needs['case']}/")

    def caseload(self):
        return self._asked("caseload", self.practitioner, "/cases/")

    def forecast(self):
        return self._asked("forecast", self.manager, "/manage/forecast/")

    def my_plan_pdf(self):
        return self._asked("my_plan_pdf", self.practitioner, self.needs["my_plan"])

    def sign_assessment(self):
        path = next(self.to_sign)
        page = self.practitioner.get(path)
        return self._sent("sign_assessment", path, page, {"edition": EDITION.search(page)[1].decode()})

    def agree_plan(self):
        path, today = next(self.to_agree), date.fromisoformat(self.needs["today"])
        page = self.practitioner.get(path)
        agreed_on = {f"agreed_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
        said = {"participation": "co_wrote", "agreement": "agreed", "copy_is_safe": "yes"}
        return self._sent("agree_plan", path, page, agreed_on | said | {"seen": SEEN.search(page)[1].decode()})

    def _asked(self, action, browser, path):
        self.lengths[action] = len(browser.get(path))
        return browser.taken()

    def _sent(self, action, path, page, values):
        self.practitioner.send(path, page, values)
        self.lengths[action] = len(page)
        return self.practitioner.taken()
