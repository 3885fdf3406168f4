"""An office's own Word templates: filled however Word has cut them, checked by paragraph, never run."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.papers import UnusableTemplateError, check_template, fill_word
from hermanar.foundation.papers.template_language import Environment, ForbiddenError
from tests.foundation import samples

VALUE = "Guanajuato & <León> «Ñ» {{ 7*7 }} {% x %} \x0b"
SHOWN = "Guanajuato & <León> «Ñ» {{ 7*7 }} {% x %}"


def run(text, *, bold=False):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def paragraph(*parts):
    return "<w:p>" + "".join(part if part.startswith("<") else run(part) for part in parts) + "</w:p>"


def template(*paragraphs):
    return samples.word_with("".join(paragraphs).encode())


def filled(data, **fields):
    document = docx.Document(io.BytesIO(fill_word(data, fields)))
    return [paragraph.text for paragraph in document.paragraphs][:-1]


PROOF = '<w:proofErr w:type="spellStart"/>'
BOOKMARK = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
SPLITS = {
    "whole": ["a {{ ciudad }} b"],
    "in_the_name": ["a {{ ciu", "dad }} b"],
    "in_the_braces": ["a {", "{ ciudad }", "} b"],
    "each_letter": list("a {{ ciudad }} b"),
    "other_format": ["a ", run("{{ ciu", bold=True), "dad", run(" }}", bold=True), " b"],
    "spelling": ["a {{ ", PROOF, "ciudad", PROOF, " }} b"],
    "bookmark": ["a {{ ciu", BOOKMARK, "dad }} b"],
    "revision": [
        "a {{ ciu",
        '<w:del w:id="1" w:author="x"><w:r><w:delText>ZZ</w:delText></w:r></w:del>',
        f'<w:ins w:id="2" w:author="y">{run("dad")}</w:ins>',
        " }} b",
    ],
    "link": ["a {{ ciu", f'<w:hyperlink w:anchor="x">{run("dad")}</w:hyperlink>', " }} b"],
    "tight": ["a {{ciudad}} b"],
    "two": ["a {{ ciu", "dad }} b"],
}


@pytest.mark.parametrize("name", SPLITS)
def test_field_is_filled_however_word_cut_it(name):
    data = template(paragraph(*SPLITS[name]))
    report = check_template(data, ["ciudad"])
    assert (report.used, report.unknown, report.broken, report.lacking) == (("ciudad",), (), (), ())
    assert report.is_usable
    assert filled(data, ciudad=VALUE) == [f"a {SHOWN} b"]


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(1, 40), max_size=12), value=st.text(max_size=40))
def test_field_cut_anywhere_holds_any_value(cuts, value):
    whole = "Entre {{ uno }} y {{ otro }}, las Partes"
    places = sorted({0, *(cut for cut in cuts if cut < len(whole)), len(whole)})
    parts = [whole[start:end] for start, end in pairwise(places)]
    result = filled(template(paragraph(*parts)), uno=value, otro="B")
    from hermanar.foundation.papers.structure import clean  # noqa: PLC0415

    assert result == [f"Entre {clean(value) or '[falta: uno]'} y B, las Partes"]


def test_headers_tables_conditions_and_lists_are_filled():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ oficina }}"
    document.add_paragraph("{% if fecha %}El {{ fecha }}{% else %}Sin fecha{% endif %}")
    document.add_paragraph("{%p for area in areas %}")
    document.add_paragraph("· {{ area }}")
    document.add_paragraph("{%p endfor %}")
    grid = document.add_table(rows=3, cols=2)
    grid.cell(0, 0).text = "{%tr for one in partes %}"
    grid.cell(1, 0).text, grid.cell(1, 1).text = "{{ one.nombre }}", "{{ one.cargo|upper }}"
    grid.cell(2, 0).text = "{%tr endfor %}"
    buffer = io.BytesIO()
    document.save(buffer)
    known = ["oficina", "fecha", "areas", "partes", "lugar"]
    report = check_template(buffer.getvalue(), known)
    assert (report.unknown, report.broken, report.lacking) == ((), (), ("lugar",))
    assert set(report.used) == {"oficina", "fecha", "areas", "partes"}
    rows = [{"nombre": "Inés", "cargo": "alcaldesa"}, {"nombre": "Tonya", "cargo": "mayor"}]
    result = docx.Document(
        io.BytesIO(fill_word(buffer.getvalue(), {"oficina": "OAI", "fecha": "", "areas": ["arte"], "partes": rows}))
    )
    assert result.sections[0].header.paragraphs[0].text == "OAI"
    assert [one.text for one in result.paragraphs] == ["Sin fecha", "· arte"]
    assert [[cell.text for cell in row.cells] for row in result.tables[0].rows] == [
        ["Inés", "ALCALDESA"],
        ["Tonya", "MAYOR"],
    ]


def test_missing_and_unknown_fields_stand_as_blanks():
    data = template(paragraph("{{ ciudad }} {{ nadie }} {{ nadie.nada }}"))
    assert filled(data, ciudad=None) == ["[falta: ciudad] [falta: nadie] [falta: nadie]"]
    assert filled(data, ciudad="X") == ["X [falta: nadie] [falta: nadie]"]


def test_unknown_fields_are_told_with_their_paragraph():
    data = template(paragraph("Uno"), paragraph("El {{ presidnte }} firma"), paragraph("{{ ciudad }}"))
    report = check_template(data, ["presidente", "ciudad"])
    assert [(one.name, one.place.part, one.place.number) for one in report.unknown] == [("presidnte", "document", 2)]
    assert str(report.unknown[0].place) == "cuerpo, párrafo 2: «El {{ presidnte }} firma»"
    assert report.lacking == ("presidente",)
    assert not report.is_usable


BROKEN = [
    ("unclosed", ["a {{ ciudad b"], "no se cierra"),
    ("unclosed_twice", ["{{ a {{ b }}"], "no se cierra"),
    ("across_paragraphs", ["a {{ ciu", "dad }} b"], "no se cierra"),
    ("unopened", ["a ciudad }} b"], "no se abrió"),
    ("mixed", ["{{ ciudad %}"], "no se entiende"),
    ("empty", ["{{ }}"], "no se entiende"),
    ("two_words", ["{{ ciudad hermana }}"], "no se entiende"),
    ("accent_in_code", ["{{ ciudad | }}"], "no se entiende"),
    ("no_end", ["{% if ciudad %}a"], "le falta"),
    ("no_start", ["a{% endif %}"], "no corresponde"),
    ("crossed", ["{% if ciudad %}{% endfor %}{% endif %}"], "no corresponde"),
    ("lonely_else", ["{% else %}"], "no corresponde"),
    ("assignment", ["{% set x = 1 %}"], "no se permite"),
    ("include", ["{% include '/etc/passwd' %}"], "no se permite"),
    ("macro", ["{% macro x() %}{% endmacro %}"], "no se permite"),
    ("call", ["{{ ciudad.upper() }}"], "no se permite"),
    ("dunder", ["{{ ciudad.__class__ }}"], "no se permite"),
    ("dunder_key", ["{{ ciudad['__class__'] }}"], "no se permite"),
    ("dunder_filter", ["{{ ciudad|attr('__class__') }}"], "no se permite"),
    ("private", ["{{ _ciudad }}"], "no se permite"),
    ("endless", ["{% for x in range(10**9) %}{% endfor %}"], "no se permite"),
    ("huge", ["{{ 'x' * 10**9 }}"], "no se permite"),
    ("globals", ["{{ cycler.__init__.__globals__.os.popen('id').read() }}"], "no se permite"),
    ("markup", ["{{r ciudad }}"], "no se permite"),
    ("long", ["{{ " + "x" * 600 + " }}"], "no se entiende"),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "wrong"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken_tag_is_told_and_nothing_is_filled(paragraphs, wrong):
    data = template(*(paragraph(text) for text in paragraphs))
    report = check_template(data, ["ciudad"])
    assert report.broken
    assert wrong in str(report.broken[0])
    assert "cuerpo, párrafo" in str(report.broken[0])
    with pytest.raises(UnusableTemplateError) as caught:
        fill_word(data, {"ciudad": "X"})
    assert wrong in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in x %}{% for b in x %}{% for c in x %}.{% endfor %}{% endfor %}{% endfor %}",
        "{{ x.__class__ }}", "{{ x['_a'] }}", "{{ x[y] }}", "{{ x() }}", "{{ 9 ** 9 }}", "{% set a = 1 %}",
        "{{ x|attr('a') }}", "{{ [1, 2] }}", "{% for a in x recursive %}{% endfor %}", "{% extends 'x' %}",
        "{% raw %}{% endraw %}{{ self._TemplateReference__context }}",
    ],
)  # fmt: skip
def test_language_itself_refuses_what_the_check_would_miss(source):
    with pytest.raises(ForbiddenError):
        Environment().from_string(source)


def test_properties_of_the_file_are_filled_by_the_same_language():
    document = docx.Document()
    document.core_properties.title = "{{ 9 ** 9 }}"
    buffer = io.BytesIO()
    document.save(buffer)
    with pytest.raises(UnusableTemplateError):
        fill_word(buffer.getvalue(), {})


def test_long_lists_and_texts_are_bounded():
    data = template(paragraph("{% for x in filas %}.{% endfor %}{{ texto }}"))
    text = filled(data, filas=["x"] * 5_000, texto="ñ" * 50_000)[0]
    assert (text.count("."), text.count("ñ")) == (200, 20_000)


def test_tags_that_are_sound_alone_but_not_together_are_refused():
    data = template(paragraph("{% if ciudad %}a{% else %}b{% else %}c{% endif %}"))
    assert check_template(data, ["ciudad"]).broken == ()
    with pytest.raises(UnusableTemplateError):
        fill_word(data, {"ciudad": "X"})


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: samples.word_linked("attachedTemplate", "https://evil.example/x.dotm"), "external"),
        (lambda: samples.rebuilt(samples.word(), add={"word/vbaProject.bin": b"x"}), "active_content"),
        (lambda: samples.word_with(samples.field("DDE x")), "field"),
        (lambda: b"<html>", "damaged"),
        (samples.zip_bomb, "zip_size"),
    ],
)
def test_unsafe_template_is_refused_before_it_is_read(make, code):
    for use in (lambda data: check_template(data, []), lambda data: fill_word(data, {})):
        with pytest.raises(RefusedDocumentError) as caught:
            use(make())
        assert caught.value.code == code


def test_report_speaks_the_readers_language():
    report = check_template(template(paragraph("{{ x")), [])
    with translation.override("en"):
        assert "body, paragraph 1" in str(report.broken[0])
