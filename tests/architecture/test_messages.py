"""Nothing stays untranslated: every source text has its English, and no template speaks outside a translation."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.house import PACKAGE, templates
from tools.messages import LOCALE, Source, brought_up_to_date, extract, read, texts_of_python, texts_of_template, write

ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Names and forms that are the same in every language.
NEUTRAL = re.compile(r"\b(?:Hermanar|API|CSV|XLSX|JSON|JSON-LD|GeoJSON|DCAT|OpenAPI|RSS|SVG|PDF|SPARQL|RFC|ISO|WCAG)\b")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
TRANSLATED = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*-?%}", re.DOTALL)
REMARK = re.compile(r"{%\s*comment\b.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
# A block whose content is a code for an attribute (the colour of the wall), never a word to read.
CODE = re.compile(r"{%\s*block\s+(?:wall|kind)\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)
VERBATIM = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SILENT = {"script", "style", "code", "pre", "kbd", "samp"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def untranslated(sources, catalog):
    """List the source texts without an English text that may be shown."""
    found = []
    for source in sources:
        message = catalog.get(source.singular, source.context)
        given = message.string if message else ""
        texts = given if isinstance(given, tuple) else (given,)
        wanted = catalog.num_plurals if source.plural else 1
        where = f"{min(source.files, default='')}: {source.singular!r}"
        if not message or len(texts) < wanted or not all(texts):
            found.append(where)
        elif message.fuzzy:
            found.append(f"{where} is marked fuzzy")
        elif any(set(PLACEHOLDER.findall(text)) - placeholders(source) for text in texts):
            found.append(f"{where} has a placeholder that its source lacks")
        elif set(PLACEHOLDER.findall(texts[-1])) != set(PLACEHOLDER.findall(source.plural or source.singular)):
            found.append(f"{where} lacks a placeholder of its source")
    return found


def placeholders(source):
    return set(PLACEHOLDER.findall(source.singular)) | set(PLACEHOLDER.findall(source.plural or ""))


class Spoken(HTMLParser):
    """What a person would read or hear that no translation covers."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_silent = tag in SILENT or given.get("translate") == "no"
        if tag not in VOID:
            self.open.append((tag, is_silent))
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and not self.silent():
                self.hear(value or "")
        if tag == "meta" and given.get("name") in {"description", "title"}:
            self.hear(given.get("content") or "")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        if not self.silent():
            self.hear(data)

    def silent(self):
        return any(is_silent for _tag, is_silent in self.open)

    def hear(self, text):
        if LETTERS.search(NEUTRAL.sub("", text)):
            self.found.append(" ".join(text.split()))


def bare_texts(template):
    """List the words of a template that stand outside any translation."""
    spoken = Spoken()
    for pattern in (REMARK, TRANSLATED, CODE, VERBATIM):
        template = pattern.sub("" if pattern is not VERBATIM else " ", template)
    spoken.feed(template)
    spoken.close()
    return spoken.found


def test_every_source_text_has_its_english():
    assert ENGLISH.exists(), "run `make messages`"
    assert untranslated(extract(), read(ENGLISH)) == []


def test_message_file_holds_nothing_that_the_code_no_longer_says():
    said = {(source.singular, source.context) for source in extract()}
    kept = [message.id[0] if isinstance(message.id, tuple) else message.id for message in read(ENGLISH) if message.id]
    assert sorted(set(kept) - {singular for singular, _context in said}) == []


def test_templates_say_nothing_outside_a_translation():
    found = {path.relative_to(PACKAGE).as_posix(): bare_texts(path.read_text(encoding="utf-8")) for path in templates()}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_python_texts_are_found_with_context_and_plural():
    code = (
        b'_("uno"); gettext_lazy("dos " "tres"); pgettext("mes", "marzo"); ngettext("%(n)s acta", "%(n)s actas", n)\n'
        b'npgettext_lazy("c", "a", "b", 2); _(variable); f(_("dentro"))\n'
    )
    found = [(source.singular, source.plural, source.context) for source in texts_of_python(code)]
    assert found == [
        ("uno", None, None),
        ("dos tres", None, None),
        ("marzo", None, "mes"),
        ("%(n)s acta", "%(n)s actas", None),
        ("a", "b", "c"),
        ("dentro", None, None),
    ]


def test_template_texts_are_found_beside_anything():
    page = """{% load i18n %}<p>It's (odd {{ x|default:_("nada") }}</p> {% translate "Ciudad" context "lugar" %}
      {% blocktranslate count n=total trimmed %}
        Un acuerdo con {{ n }}
      {% plural %}
        {{ n }} acuerdos
      {% endblocktranslate %}{% trans 'Otra' as z %}"""
    found = [(source.singular, source.plural, source.context) for source in texts_of_template(page)]
    assert found == [
        ("nada", None, None),
        ("Ciudad", None, "lugar"),
        ("Un acuerdo con %(n)s", "%(n)s acuerdos", None),
        ("Otra", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "flags", "is_red"),
    [
        ("Agreement of %(year)s", (), False),
        ("", (), True),
        ("Agreement", (), True),
        ("Agreement of %(day)s", (), True),
        ("Agreement of %(year)s", ("fuzzy",), True),
    ],
)
def test_planted_gap_in_the_english_is_found(text, flags, is_red):
    catalog = Catalog(locale="en")
    catalog.add("Acuerdo de %(year)s", text, flags=flags)
    assert bool(untranslated([Source("Acuerdo de %(year)s")], catalog)) is is_red


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>Acuerdos</p>", ["Acuerdos"]),
        ('<img alt="Mapa del mundo">', ["Mapa del mundo"]),
        ('<a {% if x %}class="a"{% endif %} aria-label="Abrir {{ name }}">{{ name }}</a>', ["Abrir"]),
        ('<meta name="description" content="Museo">', ["Museo"]),
        ("<p>{% if x %}Sí, hay{% endif %}</p>", ["Sí, hay"]),
        ('<p>{% translate "Acuerdos" %} · {{ total }} / 3</p>', []),
        ("<p>{% blocktranslate %}Hay <b>dos</b>{% endblocktranslate %}</p>", []),
        ("{# nota #}{% comment %}otra nota{% endcomment %}<!-- y otra -->", []),
        ("<a>CSV</a> <b>Hermanar</b>", []),
        ('<span translate="no">Guanajuato</span><code>limit</code>', []),
        ("<script src='a.js'></script><script type='application/json'>{\"uno\": 1}</script>", []),
        ("{% block wall %}cobalt{% endblock %}", []),
        ("{% block title %}acuerdos{% endblock %}", ["acuerdos"]),
        ('<option value="twinning">{{ label }}</option>', []),
    ],
)
def test_bare_texts_are_found_and_nothing_else(page, found):
    assert bare_texts(page) == found


def test_new_texts_enter_and_translations_stay(tmp_path):
    old = Catalog(locale="en")
    old.add("Acuerdo", "Agreement")
    old.add("Ya no", "No longer")
    old.add(("%(n)s acta", "%(n)s actas"), ("%(n)s record", "%(n)s records"))
    sources = [Source("Acuerdo", files={"a.py"}), Source("Nuevo"), Source("%(n)s acta", "%(n)s actas")]
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    write(path, brought_up_to_date(old, sources))
    again = read(path)
    assert again.get("Acuerdo").string == "Agreement"
    assert again.get("Nuevo").string == ""
    assert again.get("Ya no") is None
    assert again.get("%(n)s acta").string == ("%(n)s record", "%(n)s records")
    before = path.read_text(encoding="utf-8")
    write(path, brought_up_to_date(again, sources))
    assert path.read_text(encoding="utf-8") == before
