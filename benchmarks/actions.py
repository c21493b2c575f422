"""The five actions, each of them GET and POST where it has both, on our product and on the floor."""

import re

from benchmarks.client import Browser
from tests.referrals.public.answers import DECLARATION

DECIDED = {"outcome": "accepted_allocate"}
SEEN = re.compile(rb'name="seen" value="([^"]+)"')
ACTIONS = ("check_and_send", "queue", "queue_search", "referral_page", "decide")


class Ours:
    """Addresses are those of the product; a colleague on duty, and a referrer with drafts that are complete."""

    def __init__(self, port, needs):
        self.staff, self.referrer = Browser(port, needs["staff"]), Browser(port, needs["referrer"])
        self.drafts, self.to_decide = iter(needs["drafts"]), iter(needs["decide"])
        self.looked_at, self.sought, self.search_page = needs["decide"][-1], needs["sought"], None
        self.lengths = {}

    def check_and_send(self):
        path = f"/refer/{next(self.drafts)}/check/"
        page = self.referrer.get(path)
        self.referrer.send(path, page, DECLARATION | {"seen": SEEN.search(page)[1].decode()})
        return self._done("check_and_send", page, self.referrer)

    def queue(self):
        return self._done("queue", self.staff.get("/triage/"), self.staff)

    def queue_search(self):
        """A surname that few have. The box stands above the list: what is waited for is the answer alone."""
        if self.search_page is None:
            self.search_page = self.staff.get("/triage/search/")
            self.staff.taken()
        page = self.staff.send("/triage/search/", self.search_page, {"text": self.sought}, expected=200)
        return self._done("queue_search", page, self.staff)

    def referral_page(self):
        return self._done("referral_page", self.staff.get(f"/triage/{self.looked_at}/"), self.staff)

    def decide(self):
        path = f"/triage/{next(self.to_decide)}/decision/"
        page = self.staff.get(path)
        self.staff.send(path, page, DECIDED)
        return self._done("decide", page, self.staff)

    def _done(self, action, page, browser):
        self.lengths[action] = len(page)
        return browser.taken()


class Floor:
    """The same, as plain as Django allows; its pages are as long as ours (``lengths``)."""

    def __init__(self, port, needs, lengths):
        self.browser = Browser(port, needs["cookies"])
        self.items, self.looked_at = iter(needs["decide"]), needs["decide"][0]
        self.lengths = lengths

    def check_and_send(self):
        path = self._path("/submit/", "check_and_send")
        return self._form(path)

    def queue(self):
        self.browser.get(self._path("/queue/", "queue"))
        return self.browser.taken()

    def queue_search(self):
        self.browser.get(f"{self._path('/queue/', 'queue_search')}&q=TEM+4777")
        return self.browser.taken()

    def referral_page(self):
        self.browser.get(self._path(f"/item/{self.looked_at}/", "referral_page"))
        return self.browser.taken()

    def decide(self):
        return self._form(self._path(f"/item/{next(self.items)}/decide/", "decide"))

    def _form(self, path):
        page = self.browser.get(path)
        self.browser.send(path, page, {"title": "ended", "text": "Words. " * 40})
        return self.browser.taken()

    def _path(self, path, action):
        return f"{path}?bytes={self.lengths[action]}"
