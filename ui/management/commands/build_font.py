"""Cut the font to the letters of English and Welsh: 646 KB become 28, so that it suits a phone."""

from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from fontTools import subset

# Latin with ŵ and ŷ, dashes and quotes, the euro, arrows, minus, tick.
LETTERS = "U+0000-017F,U+2010-2026,U+20AC,U+2190-2193,U+2212,U+2713"
# The licence keeps the font's own name for the uncut font; the cut one has ours.
STYLESHEET = """@font-face {
  font-family: "App Sans";
  src: url("app-sans.woff2") format("woff2");
  font-weight: 200 900;
  font-display: swap;
}
"""


class Command(BaseCommand):
    help = "Cut the font into static/fonts/. Optional: without it pages use the font of the device."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "static" / "fonts")
        parser.add_argument("--again", action="store_true", help="cut it even where it stands already")

    def handle(self, *, to, again, **options):
        font = to / "app-sans.woff2"
        if font.exists() and not again:
            self.stdout.write("The font stands already.")
            return
        to.mkdir(parents=True, exist_ok=True)
        subset.main(
            [
                str(_source()),
                f"--output-file={font}",
                f"--unicodes={LETTERS}",
                "--flavor=woff2",
                "--layout-features+=tnum",
                "--obfuscate-names",
            ]
        )
        (to / "app-sans.css").write_text(STYLESHEET)
        self.stdout.write(f"Cut the font: {font.stat().st_size // 1024} KB.")


def _source():
    spec = find_spec("fontpkg_source_sans_3")
    if spec is None:
        raise CommandError("The package fontpkg-source-sans-3 is not installed.")
    return Path(spec.origin).parent / "files" / "SourceSans3[wght].ttf"
