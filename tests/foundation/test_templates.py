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


def written(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


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
    report = check_template(buffer.getvalue(), known, lists=["areas", "partes"])
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


@pytest.mark.row(15)
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


@pytest.mark.row(15)
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


@pytest.mark.row(15)
@pytest.mark.parametrize(
    "source",
    ["{% for a in texto %}{{ a }}{% endfor %}", "{% for a in filas %}{% for b in a %}{% endfor %}{% endfor %}",
     "{% for a in filas %}{% for b in a.x %}{% endfor %}{% endfor %}", "{% for a in filas|first %}{% endfor %}",
     "{% for a in texto|upper %}{% endfor %}", "{% for a in (filas or texto) %}{% endfor %}"],
)  # fmt: skip
def test_loop_over_what_is_no_list_is_refused_in_words_and_never_run(source):
    data = template(paragraph(source))
    report = check_template(data, ["texto", "filas"], lists=["filas"])
    assert "no es una lista del expediente" in str(report.broken[0]) or "no se permite" in str(report.broken[0])
    with pytest.raises(UnusableTemplateError):
        fill_word(data, {"texto": "x" * 2_000, "filas": ["x" * 2_000] * 10})
    document = docx.Document()
    document.core_properties.title = source[:255]  # a place that the check does not read
    with pytest.raises(UnusableTemplateError):
        fill_word(written(document), {"texto": "x" * 2_000, "filas": ["x" * 2_000] * 10})


def test_lists_go_through_with_conditions_and_one_within_another():
    source = "{% for a in filas if a != 'b' %}{% for b in filas %}{{ a }}{{ b }} {% endfor %}{% endfor %}"
    data = template(paragraph(source))
    assert check_template(data, ["filas"], lists=["filas"]).broken == ()
    assert filled(data, filas=["a", "b"]) == ["aa ab "]
    assert filled(data, filas=None) == [""]


BEYOND = {
    "rounds": "{% for a in filas %}{% for b in filas %}{% endfor %}{% endfor %}",
    "letters": "{% for a in filas %}{{ texto }}{{ texto }}{{ texto }}{{ texto }}{{ texto }}{% endfor %}",
    "join": "{{ filas|join(filas|join(texto)) }}",
    "filters": "{% for a in filas %}{% if texto|title|upper|lower|title|upper == a %}{% endif %}{% endfor %}",
    "within_lists": "{% for a in filas %}" + "{{ a or a or a }}" * 500 + "{% endfor %}",
    "search": "{% for a in filas %}{% if a in texto %}{% endif %}{% endfor %}",
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_grows_beyond_a_paper_is_not_filled(name):
    """Nothing of it may take long: each stops at a count."""
    data = template(paragraph(BEYOND[name]))
    if name not in {"within_lists", "search"}:  # the language itself refuses these
        assert filled(data, texto="x", filas=["a"] * 2)
    with pytest.raises(UnusableTemplateError):
        fill_word(data, {"texto": "x" * 20_000, "filas": ["a"] * 200})


def test_work_of_filling_is_counted():
    language = Environment()
    language.from_string("{% for a in filas %}{{ a }}-{{ a|upper }}{% endfor %}").render(filas=["ab"] * 3)
    assert (language.rounds, language.letters) == (3, 3 * (2 + 1 + 2 + 2))


def test_template_that_says_more_than_a_paper_is_refused():
    for long in ("".join(f" {n * 7919}" for n in range(250_000)), "".join(f"{{{{ a{n} }}}}" for n in range(1_001))):
        with pytest.raises(RefusedDocumentError) as caught:
            check_template(template(paragraph(long)), [])
        assert "más de lo que cabe en una plantilla" in str(caught.value)


def test_tags_that_are_sound_alone_but_not_together_are_refused():
    data = template(paragraph("{% if ciudad %}a{% else %}b{% else %}c{% endif %}"))
    assert check_template(data, ["ciudad"]).broken == ()
    with pytest.raises(UnusableTemplateError):
        fill_word(data, {"ciudad": "X"})


@pytest.mark.row(15)
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
