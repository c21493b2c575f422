"""Somebody at a page: with the keyboard alone, or however is quickest."""

FAR = 150  # no page of ours has so many stops


class Keyboard:
    """What a person does who uses no mouse: Tab to it, then type, choose or press."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector):
        for _press in range(FAR):
            if self.page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {selector} at {self.page.url}")

    def type(self, name, words):
        self.reach(f"[name={name}]")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def choose(self, name, value):
        """One of a group of radio buttons: Tab leads into the group, the arrows through it."""
        self.reach(f"[name={name}]")
        wanted = self.page.locator(f"[name={name}][value={value}]")
        self.page.keyboard.press("Space")
        for _press in range(12):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {name}={value}")

    def tick(self, name):
        self.reach(f"[name={name}]")
        self.page.keyboard.press("Space")

    def pick(self, name, label):
        """From a list, by typing how its name begins."""
        self.reach(f"select[name={name}]")
        self.page.keyboard.type(label)

    def press(self, selector):
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

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

    def tick(self, name):
        self.page.locator(f"[name={name}]").check()

    def pick(self, name, label):
        self.page.locator(f"select[name={name}]").select_option(label=label)

    def press(self, selector):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def follow(self, path):
        self.press(f"a[href^='{path}']")

    def send(self):
        self.press("main form button[type=submit]:not([name]):not([aria-hidden])")
