"""Which tab a page belongs to, and where the way back from it leads. The address of a page tells both."""


def mark(tabs, path):
    """Mark the tab on whose page, or below whose address, ``path`` stands, and return it; else the first of them."""
    below = [tab for tab in tabs if path.startswith(tab["url"])]
    section = max(below, key=lambda tab: len(tab["url"]), default=tabs[0])
    for tab in tabs:
        tab["current"] = tab["url"] == path
        tab["holds_current"] = tab is section and not tab["current"]
    return section


def way_back(section, *, front, everything):
    """From the page of a tab to ``everything``; from one below it to the tab, whose first is called as ``front`` is."""
    if section["current"]:
        return everything
    return front if section["url"] == front["url"] else {"url": section["url"], "label": section["label"]}
