"""A real mail server of the tests' own on this machine: it can be slow, busy, refuse, hang, or be down."""

import contextlib
import re
import socketserver
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Letter:
    to: list
    text: str

    @property
    def message_id(self):
        return re.search(r"^Message-ID: (\S+)", self.text, re.MULTILINE | re.IGNORECASE)[1]


@dataclass
class MailServer:
    """``mode`` is ok, busy (451), refuse (550), hang (from the start), stall (with a letter in its hand) or gone.

    Gone: it hangs up on each letter, having said hello.

    ``delay`` is how many seconds pass before it says that it has a letter.
    """

    mode: str = "ok"
    delay: float = 0.0
    letters: list = field(default_factory=list)
    port: int = 0

    def start(self):
        """Listen, on the port of before where there was one."""
        conversation = type("Conversation", (_Conversation,), {"mail": self})
        self.server = _Server(("127.0.0.1", self.port), conversation)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def wait_for(self, count, *, seconds=30):
        deadline = time.monotonic() + seconds
        while len(self.letters) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return len(self.letters) >= count


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


class _Conversation(socketserver.StreamRequestHandler):
    """As much SMTP as smtplib speaks."""

    mail = None

    def handle(self):
        with contextlib.suppress(OSError, ValueError):
            self._hang_if_told_to()
            self._say("220 tests")
            self._converse()

    def _converse(self):
        to = []
        while line := self.rfile.readline().decode(errors="replace"):
            self._hang_if_told_to()
            if self.mail.mode == "gone" and line[:4].upper() == "MAIL":
                return None
            verb = line[:4].upper()
            if verb == "QUIT":
                return self._say("221 bye")
            if verb == "RCPT" and self.mail.mode in ("busy", "refuse"):
                self._say("451 try later" if self.mail.mode == "busy" else "550 no such box")
                continue
            if verb == "RCPT":
                to.append(re.search(r"<(.*?)>", line)[1])
            if verb == "DATA":
                self._take(to)
                to = []
                continue
            self._say("250 ok")
        return None

    def _take(self, to):
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode(errors="replace")) not in (".\r\n", ""):
            lines.append(line)
        if not line:
            return  # the sender died in the middle: this is no letter
        while self.mail.mode == "stall":
            time.sleep(0.05)
        time.sleep(self.mail.delay)
        self.mail.letters.append(Letter(to, "".join(lines)))
        self._say("250 taken")

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def _hang_if_told_to(self):
        while self.mail.mode == "hang":
            time.sleep(0.05)
