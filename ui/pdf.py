"""Answers on paper: a tagged PDF by Typst, made while somebody waits, never stored."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
LAYOUT = HERE / "answers.typ"


def answers_on_paper(data, *, language):
    """``data``: title, reference, lead (paragraphs), parts (title and rows), and the words around them."""
    return on_paper(LAYOUT, data, language=language)


def on_paper(layout, data, *, language):
    """``data`` set by ``layout``, a file of Typst that reads nothing but it.

    It goes in as JSON, so that whatever was typed is text and never markup. A
    letter that no font of ours has would break the standard for accessible
    PDFs: then the same document is made, tagged, without claiming it.
    """
    compiler, cannot = _compiler(layout, {"data": json.dumps(data), "language": language[:2]})
    try:
        return compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except cannot:
        return compiler.compile(format="pdf")


def _compiler(layout, inputs):
    import typst

    fonts = _fonts(typst.Fonts)
    return typst.Compiler(layout, root=layout.parent, font_paths=fonts, sys_inputs=inputs), typst.TypstError


@cache
def _fonts(kind):
    folder = Path(find_spec("fontpkg_source_sans_3").origin).parent / "files"
    return kind(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
