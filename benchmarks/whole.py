"""A referral from its code to its reference, through every section; and how many bytes its pages are."""

import gzip
import re
import time
from statistics import median

from benchmarks.actions import SEEN
from benchmarks.client import Browser
from tests.referrals.public.answers import DECLARATION, GATE, WHOLE

AREA = {"local_authority": "leeds"}
FETCHED = re.compile(rb'<(?:script|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="(/static/[^"]+)"')
INSIDE = re.compile(rb'url\("?([^")]+)"?\)')


class WholeReferrals:
    """Each by a referrer of its own, who has answered the check and holds a code (``benchmarks.prepare``)."""

    def __init__(self, port, needs):
        self.port, self.referrers = port, iter(needs["referrers"])
        self.pages = {}

    def refer(self):
        """The milliseconds that somebody waits for the server, all pages together."""
        referrer = next(self.referrers)
        browser = Browser(self.port, referrer["cookies"])
        _pass_the_check(browser)
        browser.taken()
        browser.send("/refer/code/", browser.get("/refer/code/"), {"code": referrer["code"]})
        tasks = browser.location
        browser.get(tasks)
        for slug, values in WHOLE.items():
            self.pages[slug] = self._send(browser, f"{tasks}{slug}/", values | AREA)
        self.pages["check"] = self._send(browser, f"{tasks}check/", DECLARATION)
        self.pages["sent"] = browser.get(browser.location)
        return browser.taken()

    def _send(self, browser, path, values):
        page = browser.get(path)
        browser.send(path, page, values | {"seen": SEEN.search(page)[1].decode()})
        return page


def _pass_the_check(browser):
    for path, values in (("/check/", GATE | AREA), ("/check/situation/", {"category": "suspected"})):
        browser.send(path, browser.get(path), values)
    browser.send("/check/result/", browser.get("/check/result/"), {})


def largest_page(pages):
    """Its name, and its size as a proxy sends it."""
    sizes = {name: len(gzip.compress(page, 6)) for name, page in pages.items()}
    name = max(sizes, key=sizes.get)
    return name, sizes[name]


def first_visit(port, page):
    """The bytes of all that a browser fetches beside ``page``: styles, scripts, the font, the icon."""
    browser = Browser(port)
    addresses, taken = [address.decode() for address in FETCHED.findall(page)], {}
    while addresses:
        address = addresses.pop()
        if address in taken:
            continue
        taken[address] = len(browser.get(address, encoding="br, gzip"))
        if address.endswith(".css"):
            folder = address.rpartition("/")[0]
            addresses += [f"{folder}/{name.decode()}" for name in INSIDE.findall(browser.get(address))]
    return sum(taken.values())


def form_page(floor, pages):
    """The floor's form of eleven fields, asked for and nothing else; as long as our page of middle length."""
    length = int(median(map(len, pages.values())))
    began = time.perf_counter()
    floor.browser.get(f"/form/?bytes={length}")
    floor.browser.taken()
    return (time.perf_counter() - began) * 1000
