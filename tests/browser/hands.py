"""Somebody at a page: with the keyboard alone, or however is quickest."""

FAR = 150  # no page of ours has so many stops


def beginning(label, before):
    """The letters to type, where each of them has a key; a curly apostrophe has none."""
    typed = ""
    for letter in label:
        if not letter.isascii() or (typed and not any(other.startswith(typed) for other in before)):
            return typed
        typed += letter
    return typed


def boxes(name, value=None):
    return f"[name={name}]" if value is None else f"[name={name}][value={value}]"


def folded(name):
    return f"details:has([name={name}]) > summary"


class Keyboard:
    """What a person does who uses no mouse: Tab to it, then type, choose or press."""

    def __init__(self, page):
        self.page = page
        self.keystrokes = 0

    def _key(self, key):
        self.keystrokes += 1
        self.page.keyboard.press(key)

    def reach(self, selector):
        for _press in range(FAR):
            if self.page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
                return
            self._key("Tab")
        raise AssertionError(f"Tab does not reach {selector} at {self.page.url}")

    def type(self, name, words):
        self.reach(f"[name={name}]")
        if self.page.evaluate("document.activeElement.value"):
            self._key("ControlOrMeta+a")
        self.keystrokes += len(words)
        self.page.keyboard.insert_text(words)

    def choose(self, name, value):
        """One of a group of radio buttons: Tab leads into the group, the arrows through it."""
        self.reach(f"[name={name}]")
        wanted = self.page.locator(f"[name={name}][value={value}]")
        self._key("Space")
        for _press in range(12):
            if wanted.is_checked():
                return
            self._key("ArrowDown")
        raise AssertionError(f"the arrows do not reach {name}={value}")

    def tick(self, name, value=None):
        self.reach(boxes(name, value))
        self._key("Space")

    def pick(self, name, label):
        """From a list: as many letters as tell it from those before it, then the arrows."""
        self.reach(f"select[name={name}]")
        chosen = self.page.locator(f"select[name={name}]")
        others = chosen.locator("option").all_text_contents()
        first = beginning(label, others[: others.index(label)])
        self.keystrokes += len(first)
        self.page.keyboard.type(first)
        for _press in range(FAR):
            if chosen.evaluate("select => select.selectedOptions[0].text") == label.strip():
                return
            self._key("ArrowDown")
        raise AssertionError(f"the keys do not reach {label} in {name}")

    def open(self, name):
        """What is folded around a question."""
        self.reach(folded(name))
        self._key("Enter")

    def press(self, selector):
        self.reach(selector)
        with self.page.expect_navigation():
            self._key("Enter")

    def add(self, name):
        """One more entry of a list."""
        self.press(f"button[name=add][value={name}]")

    def follow(self, path):
        self.press(f"a[href^='{path}']")

    def send(self):
        self.press("main form button[type=submit]:not([name]):not([aria-hidden])")


class Hands:
    """The same acts however is quickest; also where no script runs."""

    def __init__(self, page):
        self.page = page

    def type(self, name, words):
        self.page.locator(f"[name={name}]").fill(words)

    def choose(self, name, value):
        self.page.locator(f"[name={name}][value={value}]").check()

    def tick(self, name, value=None):
        self.page.locator(boxes(name, value)).check()

    def pick(self, name, label):
        self.page.locator(f"select[name={name}]").select_option(label=label)

    def open(self, name):
        self.page.locator(folded(name)).click()

    def press(self, selector):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def add(self, name):
        self.press(f"button[name=add][value={name}]")

    def follow(self, path):
        self.press(f"a[href^='{path}']")

    def send(self):
        self.press("main form button[type=submit]:not([name]):not([aria-hidden])")
