"""What must hold on every page: said once, run over all of them."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAR_POLICY_REPORTS = """
window.__policy = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__policy.push(event.violatedDirective + " " + event.blockedURI);
});
"""


class Watch:
    """Collects what a browser complains of, over all pages of one context."""

    def __init__(self, context, origin):
        self.complaints = []
        self.origin = origin
        context.add_init_script(HEAR_POLICY_REPORTS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message):
        refused_on_purpose = "Failed to load resource" in message.text and "status of 4" in message.text
        if message.type == "error" and not refused_on_purpose:
            self.complaints.append(f"console: {message.text} at {message.page.url}")

    def _request(self, request):
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"another origin: {request.url}")

    def policy(self, page):
        self.complaints += [f"policy: {report} at {page.url}" for report in page.evaluate("window.__policy || []")]


def axe_violations(page):
    """The rules of WCAG 2.2 AA and best practice that a page breaks, one line each."""
    results = Axe().run(page, options={"runOnly": WCAG})
    return [
        f"{page.url}: {rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in results.response["violations"]
        for node in rule["nodes"][:3]
    ]


def scrolls_sideways(page, width=320):
    """Whether the page is wider than a small phone; gives the widest elements' names."""
    page.set_viewport_size({"width": width, "height": 720})
    if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        return []
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map(e => e.tagName + '.' + e.className)"
    )
    return [f"{page.url} scrolls sideways: {wide}"]


def keyboard_order(page):
    """Everything that can be reached by Tab is in sight when reached, and the skip link comes first."""
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    faults = [] if "skip" in first else [f"{page.url}: Tab reaches {first!r} before the skip link"]
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]
        .filter(e => e.tabIndex > 0).map(e => e.outerHTML.slice(0, 80))"""
    )
    return faults + [f"{page.url}: positive tabindex {html}" for html in hidden]
