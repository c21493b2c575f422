"""The main job over HTTP, as a browser without JavaScript does it: refer, read the code, send, sign in, see it.

usage: smoke.py http://localhost:8000 PASSWORD
"""

import http.cookiejar
import re
import sys
import time
import urllib.parse
import urllib.request
from html.parser import HTMLParser

ENTRY = re.compile(r"-\d+-")  # in the name of a question of a list that grows
SECTIONS = ("about-you", "who-knows", "young-person", "safe-contact", "family", "concerns", "safety", "strengths")
REFERENCE = re.compile(r"\bPR-[0-9A-Z]{4}-[0-9A-Z]{2}\b")
ANSWERS = {
    "who": "professional",
    "danger": "no",
    "local_authority": "Cardiff",
    "age_known": "sure",
    "age": "14",
    "young_person_knows": "yes",
    "referrer_name": "Smoke Run",
    "referrer_role": "Teacher",
    "referrer_agency": "Example School",
    "referrer_relationship": "Form tutor since September.",
    "safe_way": "none_yet",
    "first_name": "Example",
    "last_name": "Person",
    "birth_known": "no",
    "estimated_age": "14",
    "preferred_language": "english",
    "home": "address",
    "address": "Not known, Cardiff",
    "main_carer": "Not known",
    "category": "wal_a_vulnerable",
    "reason": "An example that a script typed.",
    "young_person_view": "Not asked yet.",
    "strengths": "Asks for help when it counts.",
    "accurate": "on",
    "told": "on",
    "not_instead": "on",
}


class Forms(HTMLParser):
    """The forms of a page: each with its address, method, typed values, choices and first button."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.select, self.area, self.option = [], None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append({"action": given.get("action"), "values": {}, "choices": {}, "button": None})
        if not self.forms:
            return
        form, name = self.forms[-1], given.get("name")
        if tag == "input" and name:
            self._input(form, name, given)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self.option = given.get("value", "")
        elif tag == "textarea":
            self.area = name
            form["values"].setdefault(name, "")
        elif tag == "button" and form["button"] is None:
            form["button"] = (name, given.get("value", ""))

    def _input(self, form, name, given):
        kind, value = given.get("type", "text"), given.get("value", "on")
        if kind in ("radio", "checkbox"):
            form["choices"].setdefault(name, {})[value] = kind
            if "checked" in given:
                form["values"][name] = value
        elif kind not in ("submit", "button"):
            form["values"][name] = given.get("value", "")

    def handle_data(self, data):
        if self.area:
            self.forms[-1]["values"][self.area] += data
        elif self.select and self.option is not None and data.strip():
            self.forms[-1]["choices"].setdefault(self.select, {})[self.option] = data.strip()

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "option":
            self.option = None
        elif tag == "select":
            self.select = None


class Person:
    """Somebody at a browser, with cookies of their own."""

    def __init__(self, site):
        self.site = site
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.url = self.page = ""

    def open(self, path, data=None):
        address = urllib.parse.urljoin(self.url or self.site, path)
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(address, body, {"Referer": self.url or self.site})
        with self.opener.open(request, timeout=30) as answer:
            self.url, self.page = answer.geturl(), answer.read().decode()
        return self

    def fill_in(self, **answers):
        """Answer the form that asks most, and press its first button."""
        form = max(Forms(self.page).forms, key=lambda form: len(form["values"]) + len(form["choices"]))
        values = dict(form["values"])
        for name, choices in form["choices"].items():
            if ENTRY.search(name):
                continue  # nothing is listed: an entry begun has to be finished
            values.setdefault(name, "")
            values[name] = choose(choices, answers.get(name), values[name])
        values |= {name: answer for name, answer in answers.items() if name in form["values"]}
        if form["button"] and form["button"][0]:
            values[form["button"][0]] = form["button"][1]
        before = self.url
        self.open(form["action"] or self.url, {name: value for name, value in values.items() if value})
        if self.url == before and "error" in self.page:
            raise SystemExit(f"The page {before} did not accept the answers:\n{text_of(self.page)}")
        return self

    def links(self, pattern):
        found = re.findall(r'href="([^"#]+)', self.page)
        return list(dict.fromkeys(link for link in found if re.search(pattern, link)))


def choose(choices, wanted, chosen):
    """The wanted choice by value or by its words; else what is chosen; else the most harmless of a question."""
    for value, words in choices.items():
        if wanted is not None and wanted in (value, words):
            return value
    if "checkbox" in choices.values():
        return chosen
    harmless = [value for value in ("no", "not_known") if value in choices]
    return chosen or next(iter(harmless or [value for value in choices if value]), "")


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))[:2000]


def refer(site):
    referrer = Person(site).open("/").open("/check/").fill_in(**ANSWERS)
    for _ in range(3):  # which situation, what we found
        if "/check/" not in referrer.url:
            break
        onwards = referrer.links(r"/refer/start/")
        referrer.open(onwards[0]) if "/result/" in referrer.url and onwards else referrer.fill_in(**ANSWERS)
    if "/refer/start/" not in referrer.url:
        referrer.open("/refer/start/")
    referrer.fill_in(email="smoke.run@school.example")
    code = re.search(r"\b\d{6}\b", text_of(Person(site).open("/demo/mail/").page))
    referrer.fill_in(code=code.group())
    tasks = referrer.url
    for section in SECTIONS:
        referrer.open(f"{tasks}{section}/").fill_in(**ANSWERS)
    referrer.open(f"{tasks}check/").fill_in(**ANSWERS)
    found = REFERENCE.search(text_of(referrer.page))
    if not found:
        raise SystemExit(f"No reference at {referrer.url}:\n{text_of(referrer.page)}")
    return found.group()


def await_letter(site, reference):
    """The letter travels by the clock, the broker and the worker: all three have to live."""
    for _ in range(60):
        if reference in Person(site).open("/demo/mail/").page:
            return
        time.sleep(1)
    raise SystemExit(f"No letter for {reference} in a minute.")


def look(site, password, reference):
    worker = Person(site).open("/triage/").fill_in(login="duty@demo.example", password=password)
    if "/triage/" not in worker.url:
        worker.open("/triage/")
    worker.open(f"/triage/{reference}/")
    if reference not in worker.page:
        raise SystemExit(f"The duty worker does not see {reference}.")


if __name__ == "__main__":
    site, password = sys.argv[1:]
    reference = refer(site)
    look(site, password, reference)
    await_letter(site, reference)
    print(f"{reference} was sent, the duty worker sees it, and its letter has left.")
