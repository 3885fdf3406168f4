"""Two versions of a text side by side, whatever file they come in."""

from __future__ import annotations

import io
import signal
import subprocess
import sys

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.foundation import papers
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.papers import Change, TooLongError, compare_texts, text_of
from hermanar.foundation.papers.reading import _PDF_LINES, PDF, PLAIN, WORD
from tests.foundation import samples
from tests.foundation.test_papers import FULL, squeezed

OLD = [
    "Las Partes cooperarán en cultura y turismo.",
    "Este Acuerdo dura 3 años.",
    "Las diferencias se resuelven de común acuerdo.",
    "Se firma en dos ejemplares.",
]
NEW = [
    "Las Partes cooperarán en cultura, educación y deporte.",
    "Cada año habrá un programa.",
    "Este Acuerdo dura 5 años.",
    "Se firma en dos ejemplares.",
]


def marked(compared):
    signs = {Change.DELETE: "[-{}-]", Change.INSERT: "[+{}+]", Change.EQUAL: "{}"}
    return ["".join(signs[span.change].format(span.text) for span in one.spans) for one in compared]


def test_comparison_reads_word_by_word():
    assert marked(compare_texts(OLD, NEW)) == [
        "Las Partes cooperarán en cultura[+, educación+] y [-turismo-][+deporte+].",
        "[+Cada año habrá un programa.+]",
        "Este Acuerdo dura [-3-][+5+] años.",
        "[-Las diferencias se resuelven de común acuerdo.-]",
        "Se firma en dos ejemplares.",
    ]


def test_comparison_numbers_the_paragraphs_of_both():
    numbers = [(one.change.value, one.old_number, one.new_number) for one in compare_texts(OLD, NEW)]
    assert numbers == [
        ("replace", 1, 1),
        ("insert", None, 2),
        ("replace", 2, 3),
        ("delete", 3, None),
        ("equal", 4, 4),
    ]


def test_spacing_alone_is_no_change():
    assert [one.change for one in compare_texts(["a  b "], ["a b"])] == [Change.EQUAL]


def test_changes_beside_each_other_are_one():
    assert marked(compare_texts(["uno dos tres cuatro cinco"], ["uno DOS TRES cuatro cinco"])) == [
        "uno [-dos tres-][+DOS TRES+] cuatro cinco"
    ]


PARAGRAPHS = st.lists(st.text("ab, .", min_size=1, max_size=30).map(str.strip).filter(bool), max_size=12)


@given(old=PARAGRAPHS, new=PARAGRAPHS)
def test_comparison_holds_both_versions_whole(old, new):
    compared = compare_texts(old, new)
    sides = {Change.DELETE: ([], old), Change.INSERT: ([], new)}
    for side, (found, _version) in sides.items():
        other = Change.INSERT if side is Change.DELETE else Change.DELETE
        for one in compared:
            if one.change is not other:
                found.append("".join(span.text for span in one.spans if span.change is not other))
    for found, version in sides.values():
        assert ["".join(text.split()) for text in found] == ["".join(text.split()) for text in version]
    assert [one.old_number for one in compared if one.old_number] == list(range(1, len(old) + 1))
    assert [one.new_number for one in compared if one.new_number] == list(range(1, len(new) + 1))


def test_sixty_pages_are_compared_paragraph_by_paragraph():
    old = [f"Cláusula {n}. " + " ".join(f"palabra{(n * 31 + k) % 997}" for k in range(28)) for n in range(1_200)]
    new = [text.replace("palabra7 ", "otra ") if number % 3 else f"{text} Además." for number, text in enumerate(old)]
    del new[300:310]
    compared = compare_texts(old, new)
    assert sum(one.change is Change.DELETE for one in compared) == 10
    assert not [one for one in compared if one.change is Change.INSERT]


def test_repetition_is_bounded():
    compare_texts(["x y"] * 6_000, ["x z", "x y"] * 3_000)
    compare_texts(["de la " * 1_400], ["la de " * 1_400])
    [one] = compare_texts(["a " * 4_000 + "b"], ["a " * 4_000 + "c"])
    assert one.change is Change.REPLACE


@pytest.mark.parametrize("texts", [["x"] * 20_001, ["x" * 2_000_001]])
def test_text_beyond_the_bounds_is_refused(texts):
    with pytest.raises(TooLongError):
        compare_texts(texts, [])
    with pytest.raises(TooLongError):
        text_of("\n\n".join(texts).encode(), PLAIN)


@pytest.mark.parametrize("name", ["twinning_es", "programme_es", "request"])
def test_word_and_pdf_of_a_paper_have_the_same_text(name):
    word = text_of(papers.write_word(FULL[name]), WORD)
    pdf = text_of(papers.write_pdf(FULL[name]), PDF)
    whole = squeezed("".join(pdf))
    missing = [text for text in word if len(text) < 60 and squeezed(text) not in whole]
    assert missing == []
    assert abs(len(word) - len(pdf)) <= len(word) * 0.4


def test_two_word_files_are_compared():
    old = text_of(papers.write_word(papers.twinning(papers.AgreementFacts(term_years=3))), WORD)
    new = text_of(papers.write_word(papers.twinning(papers.AgreementFacts(term_years=5))), WORD)
    changed = [one for one in compare_texts(old, new) if one.change is not Change.EQUAL]
    assert marked(changed) == [
        (
            "Este Acuerdo surte efectos desde su firma y dura [-3-][+5+] años. Podrá prorrogarse por periodos iguales "
            "si, hecha la evaluación, las Partes así lo convienen por escrito."
        )
    ]


def test_word_is_read_with_tables_and_changes_accepted():
    body = (
        "<w:p><w:r><w:t>Dura </w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>tres</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>cinco</w:t></w:r></w:ins><w:r><w:tab/><w:t>años</w:t></w:r></w:p>"
        "<w:p/><w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>celda</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of(samples.word_with(body.encode()), WORD) == ["Dura cinco años", "celda", "Un acuerdo"]


def test_plain_lines_become_paragraphs():
    text = "\ufeffLas Partes cooperarán en todo lo que\nconvengan por escrito.\nArtículo 2\n\na) cultura\nb) turismo\n"
    assert text_of(text.encode(), PLAIN) == [
        "Las Partes cooperarán en todo lo que convengan por escrito.", "Artículo 2", "a) cultura", "b) turismo",
    ]  # fmt: skip


def test_other_and_unsound_files_are_refused():
    with pytest.raises(ValueError, match="image/png"):
        text_of(samples.picture(), "image/png")
    with pytest.raises(RefusedDocumentError):
        text_of(samples.pdf_javascript(), PDF)
    with pytest.raises(RefusedDocumentError):
        text_of(samples.zip_bomb(), WORD)
    with pytest.raises(TooLongError):
        text_of(samples.pdf(pages=301), PDF)


WORDS = b"BT /F1 12 Tf " + b"(palabra) Tj 0 -14 Td " * 400 + b" ET "


def test_pages_that_share_what_they_draw_are_read():
    assert " ".join(text_of(samples.pdf_saying(WORDS, pages=2), PDF)).split() == ["palabra"] * 800


@pytest.mark.parametrize(("content", "pages"), [(WORDS * 50, 1), (WORDS * 3, 300)], ids=["page", "sum"])
def test_small_file_that_draws_more_than_a_text_is_refused_before_it_is_drawn(content, pages):
    data = samples.pdf_saying(content, pages=pages)
    assert len(data) < 200_000
    with pytest.raises(TooLongError):
        text_of(data, PDF)


def test_drawing_that_never_ends_is_ended():
    """A form that is drawn over and over is no longer than once: only the limit of time sees it."""
    data = samples.pdf_saying(b"/F0 Do " * 50_000, form=WORDS)
    bounds = (1, 300, 400_000, 4_000_000, 10**12)  # seconds of work first
    done = subprocess.run(
        [sys.executable, "-I", str(_PDF_LINES), *map(str, bounds)], input=data, capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_text_is_counted_while_a_word_file_is_read():
    words = "".join(f"{n} " for n in range(400_000))
    with pytest.raises(TooLongError):
        text_of(samples.word_with(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode()), WORD)
    with pytest.raises(RefusedDocumentError) as caught:
        text_of(samples.word_with(b"".join(b"<w:r>%d</w:r>" % n for n in range(1_000_001))), WORD)
    assert caught.value.code == "zip_parts"


def test_long_instruction_of_a_field_is_known_by_its_first_word():
    padded = [" " * 5_000 + "D", "DE" + " x" * 5_000]
    with pytest.raises(RefusedDocumentError) as caught:
        text_of(samples.word_with(samples.field(*padded)), WORD)
    assert caught.value.code == "field"


def test_one_paragraph_of_many_lines_is_joined():
    lines = ["palabra " * 9 + "y"] * 5_000
    [whole] = text_of("\n".join(lines).encode(), PLAIN)
    assert whole == " ".join(lines)


def test_document_of_another_program_is_read():
    document = docx.Document()
    document.add_heading("Artículo 1", 1)
    document.add_paragraph("Objeto", style="List Bullet")
    buffer = io.BytesIO()
    document.save(buffer)
    assert text_of(buffer.getvalue(), WORD) == ["Artículo 1", "Objeto"]
