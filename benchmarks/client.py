"""A browser of few words: one connection, its cookies, forms with their token. It measures only the waiting."""

import http.client
import re
import time
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """An answer that the run did not ask for: its figure would mean nothing."""


class Browser:
    def __init__(self, port, cookies=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = dict(cookies or {})
        self.seconds = 0.0
        self.location = ""  # where the last answer led

    def get(self, path, *, encoding="identity"):
        return self._ask("GET", path, expected=200, encoding=encoding)

    def send(self, path, page, values, *, expected=302):
        """Send the form on ``page``; a saved form answers with a redirect, a search with a page."""
        token = TOKEN.search(page)[1].decode()
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token, **values}), expected=expected)

    def _ask(self, method, path, body=None, *, expected, encoding="identity"):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": encoding}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        self.seconds += time.perf_counter() - began
        if response.status != expected:
            raise Unexpected(f"{method} {path}: {response.status}\n{content[:600].decode(errors='replace')}")
        self._keep_cookies(response)
        self.location = response.headers.get("Location", self.location)
        return content

    def _keep_cookies(self, response):
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = header.split(";")[0].partition("=")
            self.cookies[name] = value

    def taken(self):
        """The milliseconds waited since this was last asked."""
        waited, self.seconds = self.seconds, 0.0
        return waited * 1000
