"""What must hold on every page: said once, run over all of them."""

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAR_POLICY_REPORTS = """
window.__policy = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__policy.push(event.violatedDirective + " " + event.blockedURI);
});
"""

# Only what is broken leaves the page: what holds is as long as the page itself.
ASK_AXE = """async (rules) => (await axe.run({runOnly: rules, resultTypes: ["violations"]})).violations.flatMap(rule =>
  rule.nodes.slice(0, 3).map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 160)}`))"""


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


def axe_violations(page, rules=WCAG):
    """The rules of WCAG 2.2 AA and best practice that a page breaks, one line each."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return [f"{page.url}: {fault}" for fault in page.evaluate(ASK_AXE, rules)]


def too_little_contrast_in_the_dark(page):
    """Dark mode changes colours and nothing else, so that contrast is what it can break."""
    page.emulate_media(color_scheme="dark")
    faults = axe_violations(page, rules=["color-contrast"])
    page.emulate_media(color_scheme="light")
    return [f"dark: {fault}" for fault in faults]


def scrolls_sideways(page, width=320):
    """Whether the page is wider than a small phone; gives the widest elements' names."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 720})
    is_wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')]."
        "filter(e => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > e.clientWidth + 1)"
        ".slice(0, 5).map(e => e.tagName + '.' + e.className)"
    )
    page.set_viewport_size(before)
    return [f"{page.url} scrolls sideways: {wide}"] if is_wider else []


# Each stop of the Tab key as it is reached: which it is, and whether the eye can find it.
LISTEN_TO_TAB = """() => {
  const ofOneGroup = (e) => e.type === "radio" ? e.name : null;
  const stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.ariaHidden !== "true");
  window.__tab = {stops, reached: new Set(), unseen: []};
  const shows = (e) => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  document.addEventListener("focusin", ({target}) => {
    window.__tab.reached.add(ofOneGroup(target) ?? target);
    if (![target, target.parentElement, target.nextElementSibling].some(e => e && shows(e)))
      window.__tab.unseen.push(target.outerHTML.slice(0, 100));
  });
  const hoursMinutesHalfAndClock = 3 * stops.filter(e => e.type === "time").length;
  return stops.length + hoursMinutesHalfAndClock;
}"""
BEGIN_AT_THE_TOP = """() => {
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
}"""
WHAT_TAB_MISSED = """() => window.__tab.stops
  .filter(e => !window.__tab.reached.has(e.type === "radio" ? e.name : e)).map(e => e.outerHTML.slice(0, 100))"""


def keyboard_order(page):
    """The skip link comes first, no element jumps the queue, every control is reached and seen when it is."""
    page.evaluate(BEGIN_AT_THE_TOP)
    stops = page.evaluate(LISTEN_TO_TAB)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    faults = [] if "skip" in first else [f"{page.url}: Tab reaches {first!r} before the skip link"]
    for _stop in range(stops):
        page.keyboard.press("Tab")
    faults += [f"{page.url}: Tab never reaches {html}" for html in page.evaluate(WHAT_TAB_MISSED)]
    faults += [f"{page.url}: no visible focus on {html}" for html in page.evaluate("window.__tab.unseen")]
    jumping = page.evaluate("[...document.querySelectorAll('*')].filter(e => e.tabIndex > 0).map(e => e.outerHTML)")
    return faults + [f"{page.url}: positive tabindex {html[:100]}" for html in jumping]


def is_a_page(page, language="en-gb"):
    """What every page is, whatever stands on it: titled, with one heading, in the language it says."""
    facts = page.evaluate(
        """() => ({title: document.title, lang: document.documentElement.lang,
        headings: document.querySelectorAll("h1").length,
        scripts: document.querySelectorAll("script:not([src])").length,
        styles: document.querySelectorAll("style, [style]").length})"""
    )
    expected = {"lang": language, "headings": 1, "scripts": 0, "styles": 0}
    faults = {name: facts[name] for name in expected if facts[name] != expected[name]}
    if not facts["title"].endswith("Protect and Respect"):
        faults["title"] = facts["title"]
    return [f"{page.url}: {faults}"] if faults else []


def prints(page):
    """On paper there is the heading and the text, and nothing that only a screen can do."""
    page.emulate_media(media="print")
    has_text = page.evaluate("document.querySelector('main').innerText.trim().length > 10")
    wasted = page.evaluate(
        "[...document.querySelectorAll('main form button, .skip, [data-exit]')].filter(e => e.checkVisibility())"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    page.emulate_media(media="screen")
    return ([] if has_text else [f"{page.url}: prints nothing"]) + [f"{page.url}: prints {html}" for html in wasted]
