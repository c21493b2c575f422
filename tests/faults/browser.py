"""A person's browser, as far as the faults need one: cookies, forms, and a ledger of what it was told."""

import http.client
import re
import time
from urllib.parse import urlencode

REFERENCE = re.compile(r"PR-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2}")
CSRF = "c" * 32
DECLARATION = {"accurate": "on", "told": "on", "not_instead": "on", "seen": "1"}  # of drafts nobody has changed


class Browser:
    def __init__(self, port, *, session=None, timeout=15):
        self.port, self.timeout = port, timeout
        self.cookies = {"csrf": CSRF} | ({"sid": session} if session else {})

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, values):
        body = urlencode({**values, "csrfmiddlewaretoken": self.cookies["csrf"]})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method, path, body=None, headers=None):
        """The status, the address it leads to, and the page. Raises ``OSError`` when nobody answers to the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Host": "localhost", "Cookie": cookies, **(headers or {})})
            response = connection.getresponse()
            page = response.read().decode(errors="replace")  # a font is no page
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers.get("Location", ""), page

    def send_referral(self, draft):
        """Press the button once, and read the reference on the receipt. Nothing when it was not shown."""
        try:
            status, leads_to, _page = self.post(f"/refer/{draft}/check/", DECLARATION)
            if status != 302 or not leads_to.endswith(f"/refer/{draft}/sent/"):
                return None
            status, _leads_to, page = self.get(leads_to)
        except OSError:
            return None
        return REFERENCE.search(page)[0] if status == 200 else None

    def send_until_shown(self, draft, *, seconds=60):
        """As a person does: again and again, until there is a reference. Returns it and the number of tries."""
        deadline, tries = time.monotonic() + seconds, 0
        while time.monotonic() < deadline:
            tries += 1
            if reference := self.send_referral(draft):
                return reference, tries
            time.sleep(0.1)
        return None, tries
