"""How easily a page reads: the reading age by Flesch and Kincaid, over a page as it is served."""

import re
from html.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "h4"}
LEFT_OUT = {"script", "style", "svg", "nav", "select", "template", "button"} | HEADINGS
ENDS_A_SENTENCE = {"p", "li", "dt", "dd", "td", "th", "caption", "legend", "label", "summary", "div"} | LEFT_OUT
SCHOOL_BEGINS_AT = 5
SHORTEST = 4
WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)*")
ADDRESS = re.compile(r"\S*[@/]\S*|\b\w+(?:\.\w+)+\b")


class _Main(HTMLParser):
    """The text of ``main``, with a full stop where a block begins or ends."""

    def __init__(self):
        super().__init__()
        self.text = []
        self.inside = 0
        self.left_out = 0

    def handle_starttag(self, tag, attrs):
        self._edge(tag, 1)

    def handle_endtag(self, tag):
        self._edge(tag, -1)

    def _edge(self, tag, step):
        self.inside += step * (tag == "main")
        self.left_out += step * (tag in LEFT_OUT)
        self.text.append(". " if tag in ENDS_A_SENTENCE else "")

    def handle_data(self, data):
        if self.inside and not self.left_out:
            self.text.append(data)


def main_text(page):
    parser = _Main()
    parser.feed(page)
    return " ".join("".join(parser.text).split())


def sentences(text):
    """Each as its words. Names of links and other crumbs are none: they would make any page look easy."""
    parts = re.split(r"[.!?:;]+(?=\s|$)", ADDRESS.sub(" ", text))
    found = [WORD.findall(part) for part in parts]
    return [words for words in found if len(words) >= SHORTEST]


def syllables(word):
    """As heard, near enough, and rather one too many: groups of vowels, without an e that is silent."""
    bare = re.sub(r"[’']\w*$", "", word.lower())
    heard = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[aeiouy]l)es?$|(?<=[^aeioutd])ed$", "", bare)
    split = re.findall(r"(?<![ct])i[ao](?!n)|(?<!p)eo|[eo]i(?=ng)|(?<=cr)ea", heard)
    return max(1, len(re.findall(r"[aeiouy]+", heard)) + len(split))


def reading_age(text):
    """How old somebody is who reads it with ease at school: the grade of Flesch and Kincaid, as an age."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    grade = 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + SCHOOL_BEGINS_AT
