"""Source texts and message files, without the system's gettext.

`make messages` adds new source texts to every message file, keeps the translations there are, and drops what the code
no longer says. `tests/architecture/test_messages.py` uses the same extraction to find what is not translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template as django_template

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hermanar"
LOCALE = PACKAGE / "locale"
PLURAL = (1, 2)
CONTEXT = ((1, "c"), 2)
CONTEXT_PLURAL = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
# The code of the templates that the extractor of Django leaves: everything else becomes rows of X.
CALL = re.compile(r"(?<!\w)(?:_|n?p?gettext)\(")


@dataclass
class Source:
    """One text to translate and the files that say it."""

    singular: str
    plural: str | None = None
    context: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def identity(self) -> str | tuple[str, str]:
        """Return the text as message files name it."""
        return (self.singular, self.plural) if self.plural else self.singular


def texts_of_python(code: bytes) -> list[Source]:
    """Return the source texts of a Python file."""
    found = []
    for _line, function, arguments, _comments in extract_python(BytesIO(code), list(KEYWORDS), [], {}):
        given = list(arguments) if isinstance(arguments, tuple) else [arguments]
        has_context = function.lstrip("n").startswith("p")
        context = given.pop(0) if has_context else None
        has_plural = function.startswith("n")
        wanted = given[: 2 if has_plural else 1]
        if not wanted or not all(isinstance(text, str) and text for text in wanted):
            continue  # a variable: translated where its text is marked
        found.append(Source(wanted[0], wanted[1] if len(wanted) > 1 else None, context))
    return found


def texts_of_template(text: str) -> list[Source]:
    """Return the source texts of a Django template."""
    found = []
    for line in django_template.templatize(text).splitlines():
        code = line.strip()
        if CALL.search(code):
            found += texts_of_python("\n".join(calls(code)).encode())
    return found


def calls(code: str) -> list[str]:
    """Return the calls in a line, each on a line of its own, so that what stands between cannot confuse."""
    starts = [match.start() for match in CALL.finditer(code)]
    return [code[start:end].strip() for start, end in zip(starts, [*starts[1:], len(code)], strict=True)]


def extract(package: Path = PACKAGE) -> list[Source]:
    """Return every source text of the package, one entry per text and context, by the first file that says it."""
    by_key: dict[tuple[str, str | None], Source] = {}
    for path in sorted(package.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"migrations", "node_modules", "build"} & set(path.parts):
            continue
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        is_python = path.suffix == ".py"
        found = texts_of_python(path.read_bytes()) if is_python else texts_of_template(path.read_text(encoding="utf-8"))
        for source in found:
            known = by_key.setdefault((source.singular, source.context), source)
            known.plural = known.plural or source.plural
            known.files.add(path.relative_to(package.parent).as_posix())
    return sorted(by_key.values(), key=lambda source: (min(source.files), source.singular))


def read(path: Path) -> Catalog:
    """Return a message file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def brought_up_to_date(catalog: Catalog, sources: list[Source]) -> Catalog:
    """Return a catalogue of exactly these texts with the translations there are."""
    fresh = Catalog(locale=catalog.locale, project="Hermanar", charset="utf-8")
    for source in sources:
        old = catalog.get(source.singular, source.context)
        fresh.add(
            source.identity,
            string=old.string if old and same_shape(old, source) else None,
            flags=old.flags - {"python-format", "python-brace-format"} if old else (),
            locations=[(file, 0) for file in sorted(source.files)],
            user_comments=old.user_comments if old else (),
            context=source.context,
        )
    return fresh


def same_shape(message: Message, source: Source) -> bool:
    """Tell whether an old translation has the plural forms that the text needs now."""
    return isinstance(message.id, (tuple, list)) == bool(source.plural)


def write(path: Path, catalog: Catalog) -> None:
    """Write a message file without dates or line numbers, so that two people's changes rarely meet."""
    name = catalog.locale.language if catalog.locale else path.parent.parent.name
    rules = f"Plural-Forms: {catalog.plural_forms}"
    header = ["Project-Id-Version: Hermanar", f"Language: {name}", "MIME-Version: 1.0"]
    header += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", rules]
    body = BytesIO()
    write_po(body, catalog, width=120, omit_header=True, include_lineno=False)
    head = 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in header)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n{body.getvalue().decode()}", encoding="utf-8")


def main() -> None:
    """Bring every message file up to date."""
    sources = extract()
    for path in sorted({LOCALE / "en" / "LC_MESSAGES" / "django.po", *LOCALE.glob("*/LC_MESSAGES/django.po")}):
        catalog = read(path) if path.exists() else Catalog(locale=path.parent.parent.name)
        fresh = brought_up_to_date(catalog, sources)
        write(path, fresh)
        missing = sum(not all(message.string if isinstance(message.string, tuple) else [message.string])
                      for message in fresh if message.id)  # fmt: skip
        print(f"{path.relative_to(ROOT)}: {len(sources)} texts, {missing} to translate")


if __name__ == "__main__":
    if not settings.configured:  # the template reader of Django asks for its settings
        settings.configure(USE_I18N=True)
        django.setup()
    main()
