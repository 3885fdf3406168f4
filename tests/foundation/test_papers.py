"""Our own papers: Word and PDF say the same, show what is missing, and are made from data alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import docx
import pypdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hermanar.foundation import papers
from hermanar.foundation.documents.office_files import check_word
from hermanar.foundation.documents.pdf_files import check_pdf
from hermanar.foundation.papers import pdf, structure
from hermanar.foundation.papers.structure import Blank, Line, Paper, Style, missing, plain, texts
from hermanar.foundation.papers.texts import programme as programme_texts

DAY = dt.date(2026, 5, 4)
MADE_AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
MEXICAN = papers.PartyFacts(
    name="el Municipio de Guanajuato",
    state="los Estados Unidos Mexicanos",
    short_name="Guanajuato",
    signatory="Inés Peña",
    signatory_title="Presidenta Municipal",
    powers="artículo 115 de la Constitución",
    unit="la Oficina de Asuntos Internacionales",
)
COUNTERPART = papers.PartyFacts(
    name="la ciudad de Ashland",
    state="los Estados Unidos de América",
    short_name="Ashland",
    signatory="Tonya Graham",
    signatory_title="Mayor",
    powers="City Charter",
    unit="the City Recorder",
)
LETTER = papers.LetterFacts(
    letterhead=("Presidencia Municipal de Guanajuato",),
    number="OAI/012/2026",
    place="Guanajuato, Gto.",
    dated_on=DAY,
    recipient="Ana Núñez",
    recipient_title="Directora General",
    recipient_unit="Dirección General de Coordinación Política",
    sender="Jorge Ibáñez",
    sender_title="Director de Asuntos Internacionales",
    sender_office="el Municipio de Guanajuato",
    contact="Eva Ruiz, eva@example.org",
    agreement_title="Acuerdo con Ashland",
    kind="hermanamiento",
    counterpart="la ciudad de Ashland",
    country="Estados Unidos de América",
    areas=("cultura", "educación"),
    languages=("español", "inglés"),
    planned_signature_on=dt.date(2026, 6, 1),
    planned_place="Ashland",
    signed_on=dt.date(2026, 6, 1),
    signed_at="Ashland",
    opinion_reference="CJA-1234",
    opinion_on=dt.date(2026, 5, 20),
    enclosures=("Proyecto en español", "Proyecto en inglés"),
)
AGREEMENT = papers.AgreementFacts(
    mexican=MEXICAN,
    counterpart=COUNTERPART,
    considerations=("que su amistad empezó en 1969;",),
    theme="conservación del patrimonio",
    areas=("cultura", "turismo"),
    forms=("intercambio de información",),
    derives_from="Acuerdo de 1969",
    plan_days=60,
    term_years=5,
    notice_days=90,
    languages=("español", "inglés"),
    signing_place="Ashland",
    signed_on=dt.date(2026, 6, 1),
)
PROGRAMME = papers.ProgrammeFacts(
    agreement_title="Acuerdo con Ashland",
    year=2027,
    mexican=MEXICAN,
    counterpart=COUNTERPART,
    objectives=("Conservar los archivos de ambas ciudades",),
    activities=(
        papers.ActivityFacts(objective="Conservar", activity="Taller", starts="marzo", ends="abril", responsible="Eva"),
    ),
    staff=(papers.StaffFacts(profile="archivista", count=2, stay="tres semanas"),),
    mexican_duties=("prestar la sede",),
    counterpart_duties=("enviar a las expertas",),
    human_resources="dos archivistas",
    material_resources="una sala",
    financial_resources="120,000 MXN",
    evaluation=("encuesta final",),
    other_information=("ninguna más",),
)
CERTIFICATE = papers.CertificateFacts(
    record="0190aabb",
    title="Acuerdo con Ashland",
    parties=("Guanajuato", "Ashland"),
    signed_on=dt.date(1969, 4, 5),
    registration_number="RAI-77",
    registered_on=dt.date(2019, 5, 2),
    state="vigente",
    digest="0123456789abcdef" * 4,
    entry_number=12,
    issued_on=DAY,
    issuer="Registro de ciudades hermanas",
    address="https://example.org/verificar/0190aabb",
)
MINUTES = papers.MinutesFacts(
    letterhead=("Oficina de Guanajuato", "Plaza de la Paz 12"),
    committee="Comité de Ciudades Hermanas",
    of="Oficina de Guanajuato",
    on=dt.date(2026, 5, 4),
    at="17:30",
    place="Teatro Juárez",
    call="La convocatoria se envió el 27 de abril de 2026.",
    quorum="Asistieron 2 de 3 lugares. Hubo quórum.",
    present=(("Ana Pérez", "Presidencia", "academia"), ("Luis <Mora>", "", "sociedad civil")),
    absent=(("Iris Vega", "", "sector privado"),),
    matters=(("Lista de asistencia", "Se pasó lista."), ("Plan de trabajo", "Se leyó.\nSe aprobó {on}.")),
    decisions=(("1/2026", "Se aprueba el plan.", "2 a favor"),),
    tasks=(("Enviarlo a Ashland", "Ana Pérez", "9 de mayo de 2026"),),
)
FULL = {
    "notice": papers.notice(LETTER),
    "request": papers.request_for_opinion(LETTER),
    "signed_copies": papers.signed_copies(LETTER),
    "twinning_es": papers.twinning(AGREEMENT),
    "twinning_en": papers.twinning(AGREEMENT, language="en"),
    "cooperation_es": papers.cooperation(AGREEMENT),
    "cooperation_en": papers.cooperation(AGREEMENT, language="en"),
    "programme_es": papers.programme(PROGRAMME),
    "programme_en": papers.programme(PROGRAMME, language="en"),
    "certificate_es": papers.certificate(CERTIFICATE),
    "certificate_en": papers.certificate(CERTIFICATE, language="en"),
    "minutes": papers.minutes(MINUTES),
    "minutes_of_meeting": papers.minutes(dataclasses.replace(MINUTES, takes_decisions=False, decisions=(), tasks=())),
}
EMPTY = {
    "minutes": papers.minutes(papers.MinutesFacts()),
    "notice": papers.notice(papers.LetterFacts()),
    "request": papers.request_for_opinion(papers.LetterFacts(round=2)),
    "signed_copies": papers.signed_copies(papers.LetterFacts()),
    "twinning_es": papers.twinning(papers.AgreementFacts()),
    "twinning_en": papers.twinning(papers.AgreementFacts(), language="en"),
    "cooperation_es": papers.cooperation(papers.AgreementFacts()),
    "programme_es": papers.programme(papers.ProgrammeFacts()),
    "certificate_es": papers.certificate(papers.CertificateFacts()),
}
BOTH = [*((f"full_{name}", paper) for name, paper in FULL.items()), *((f"empty_{n}", p) for n, p in EMPTY.items())]
each = pytest.mark.parametrize("paper", [paper for _name, paper in BOTH], ids=[name for name, _paper in BOTH])


def opened(paper):
    return docx.Document(io.BytesIO(papers.write_word(paper, made_at=MADE_AT)))


def read(paper):
    return pypdf.PdfReader(io.BytesIO(papers.write_pdf(paper, made_at=MADE_AT)))


def squeezed(text):
    """Return letters and digits alone: line breaks, hyphens and kerning are the reader's business."""
    return re.sub(r"[\W_]+", "", text)


def words_of_word(document):
    found = []
    for element in document.element.body.iter():
        if element.tag.endswith("}t"):
            found.append(element.text or "")
        elif element.tag.endswith("}p"):
            found.append(" ")
    return "".join(found)


def words_of_pdf(paper):
    made = pypdfium2.PdfDocument(papers.write_pdf(paper, made_at=MADE_AT))
    return "\n".join(page.get_textpage().get_text_range() for page in made)


def without_frame(text, paper):
    """Return the text of a PDF without what stands on each page and what numbers its lists."""
    mark = structure.DRAFT[paper.language]
    text = text.replace("\r\n", "\n").replace("\x02", "").replace("\ufffe", "")
    lines = [line for line in text.split("\n") if not re.fullmatch(r"(Página|Page) \d+ (de|of) \d+", line.strip())]
    kept = [re.sub(r"^\s*(?:\d{1,2}\.|[a-z]\)) ", "", line) for line in lines if line.strip() != mark]
    return squeezed(" ".join(kept))


# ── both files say the same ──────────────────────────────────────────────────────────────────────────────────────────


@each
def test_word_and_pdf_say_the_same(paper):
    said = squeezed("".join(plain(text) for text in texts(paper) if text != (getattr(paper, "address", None),)))
    codes = squeezed("".join(piece.address for piece in paper.pieces if isinstance(piece, structure.Code)))
    said = said.replace(codes, "", 1) if codes else said  # the code is a picture
    assert squeezed(words_of_word(opened(paper))) == said
    assert without_frame(words_of_pdf(paper), paper) == said


@each
def test_pages_show_something_and_stay_inside_their_margins(paper):
    made = pypdfium2.PdfDocument(papers.write_pdf(paper, made_at=MADE_AT))
    for page in made:
        drawn = page.render(scale=0.5, grayscale=True).to_pil()
        inked = drawn.point(lambda value: 255 if value < 200 else 0).getbbox()
        margin = 2.3 / 2.54 * 36  # 2.5 cm, less a hair
        assert inked is not None
        assert inked[0] > margin
        assert inked[2] < drawn.width - margin
    assert len(made) <= 4


@pytest.mark.row(15)
@each
def test_our_own_files_pass_our_own_checks(paper):
    check_word(io.BytesIO(papers.write_word(paper)))
    check_pdf(io.BytesIO(papers.write_pdf(paper)))


@pytest.mark.parametrize("language", ["es", "en"])
def test_nobody_signs_a_page_without_text(language):
    for count in range(1, 40):
        facts = dataclasses.replace(AGREEMENT, considerations=("que se conocen;",) * count)
        last = (
            words_of_pdf(papers.twinning(facts, language=language))
            .replace("\r", "")
            .split("Página" if language == "es" else "Page")
        )
        page = last[-2]
        assert "Tonya Graham" in page
        assert "Ashland" in page.split("Tonya Graham")[0]
        assert ("Se firma en" if language == "es" else "Signed at") in page


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FULL)
def test_full_record_leaves_no_blank(name):
    assert missing(FULL[name]) == []
    assert "[falta" not in "".join(plain(text) for text in texts(FULL[name]))


@pytest.mark.parametrize("name", EMPTY)
def test_empty_record_shows_each_blank_and_lists_it(name):
    paper = EMPTY[name]
    listed = missing(paper)
    assert len(listed) == len(set(listed)) >= 8
    word = words_of_word(opened(paper))
    mark = "missing" if paper.language == "en" else "falta"
    for what in listed:
        assert f"[{mark}: {what}]" in word


def test_blank_tells_whose_it_is():
    listed = missing(EMPTY["twinning_es"])
    assert "nombre de quien firma (parte mexicana)" in listed
    assert "nombre de quien firma (contraparte)" in listed
    assert "name of the signatory (counterpart)" in missing(EMPTY["twinning_en"])


def test_blank_stands_out_in_word():
    runs = [run for paragraph in opened(EMPTY["notice"]).paragraphs for run in paragraph.runs]
    blanks = [run for run in runs if run.text.startswith("[falta")]
    assert blanks
    assert all(run.bold and run.font.highlight_color is not None for run in blanks)


@pytest.mark.parametrize("name", [name for name in FULL if not name.startswith(("certificate", "minutes"))])
def test_drafts_say_so_on_every_page(name):
    paper = FULL[name]
    mark = structure.DRAFT[paper.language]
    assert opened(paper).sections[0].header.paragraphs[0].text == mark
    assert all(mark in page.extract_text() for page in read(paper).pages)


def test_certificate_is_no_draft():
    assert opened(FULL["certificate_es"]).sections[0].header.paragraphs[0].text == ""
    assert "Borrador" not in words_of_pdf(FULL["certificate_es"])


def test_minutes_are_no_draft_and_a_meeting_without_a_quorum_decides_nothing():
    held, meeting = words_of_pdf(FULL["minutes"]), words_of_pdf(FULL["minutes_of_meeting"])
    assert "Borrador" not in held
    assert "Se aprueba el plan." in held
    assert "no tomó acuerdos" in meeting
    assert missing(FULL["minutes"]) == []
    assert {"asistentes", "orden del día", "quórum", "quienes firman"} <= set(missing(EMPTY["minutes"]))


# ── what each paper holds ────────────────────────────────────────────────────────────────────────────────────────────


def headings(paper):
    return [plain(piece.text) for piece in paper.pieces if isinstance(piece, Line) and piece.style is Style.HEADING]


def test_programme_has_the_nine_contents_in_their_order():
    assert headings(FULL["programme_es"]) == [words.es for words in programme_texts.CONTENTS]
    assert headings(FULL["programme_en"]) == [words.en for words in programme_texts.CONTENTS]
    assert len(programme_texts.CONTENTS) == 9


def test_agreements_have_the_elements_of_real_ones():
    assert headings(FULL["twinning_es"]) == [
        "Objetivo", "Áreas de cooperación", "Modalidades de cooperación", "Programas anuales", "Seguimiento",
        "Financiamiento", "Personal", "Solución de diferencias", "Vigencia", "Modificaciones", "Terminación",
        "Idiomas y firma",
    ]  # fmt: skip
    assert headings(FULL["cooperation_es"])[:3] == ["Objetivo", "Alcance", "Modalidades de cooperación"]
    assert "Resultados e información" in headings(FULL["cooperation_es"])
    for kind in ("twinning", "cooperation"):
        assert len(headings(FULL[f"{kind}_es"])) == len(headings(FULL[f"{kind}_en"]))
    items = [piece for piece in FULL["twinning_es"].pieces if isinstance(piece, structure.Items)]
    assert [len(piece.items) for piece in items] == [5, 2, 1, 9]


def test_one_language_is_the_only_authentic_text():
    alone = papers.twinning(papers.AgreementFacts(languages=("español",)))
    assert "único texto auténtico" in "".join(plain(text) for text in texts(alone))
    assert "igualmente auténticos" in "".join(plain(text) for text in texts(FULL["twinning_es"]))


def test_given_title_is_kept():
    paper = papers.twinning(papers.AgreementFacts(title="Acuerdo de Amistad"))
    assert paper.title == "Acuerdo de Amistad"
    assert plain(paper.pieces[0].text) == "Acuerdo de Amistad"


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("notice", ["artículo 7 de la Ley sobre la Celebración de Tratados", "1 de junio de 2026", "cultura"]),
        ("request", ["dictamen", "1 de junio de 2026", "español e inglés", "Proyecto en inglés"]),
        ("signed_copies", ["CJA-1234", "20 de mayo de 2026", "cada uno de los idiomas", "Registro de Acuerdos"]),
    ],
)  # fmt: skip
def test_letters_carry_their_facts(name, facts):
    whole = words_of_word(opened(FULL[name]))
    assert [fact for fact in facts if fact not in whole] == []


def test_second_request_says_that_the_text_is_final():
    assert "definitivo" not in words_of_word(opened(FULL["request"]))
    again = papers.request_for_opinion(papers.LetterFacts(round=2))
    assert "por segunda ocasión" in words_of_word(opened(again))


def test_certificate_shows_its_address_and_code():
    paper = FULL["certificate_es"]
    document = opened(paper)
    whole = words_of_word(document)
    assert CERTIFICATE.address in whole
    assert "01234567 89abcdef" in whole
    assert "RAI-77 (2 de mayo de 2019)" in whole
    assert len(document.inline_shapes) == 1
    described = document.inline_shapes[0]._inline.docPr.get("descr")
    assert CERTIFICATE.address in described
    unregistered = papers.certificate(papers.CertificateFacts())
    assert "sin inscripción documentada" in words_of_word(opened(unregistered))
    undated = papers.certificate(papers.CertificateFacts(registration_number="9"))
    assert missing(undated).count("fecha de firma") == 1
    assert not [piece for piece in unregistered.pieces if isinstance(piece, structure.Code)]


# ── the Word file ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_word_has_real_styles_numbers_and_fields():
    data = papers.write_word(FULL["twinning_es"], made_at=MADE_AT)
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].style.name == "Title"
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == headings(FULL["twinning_es"])
    assert not re.match(r"\d", heads[0])  # numbered by Word, not by hand
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode()
        numbering = archive.read("word/numbering.xml").decode()
        footer = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert 'w:val="es-MX"' in styles
    assert "en-US" not in re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)
    assert '<w:numId w:val="90"/>' in styles
    assert 'w:pStyle w:val="Heading1"' in numbering
    assert re.findall(r'w:instr="\s*(\w+)', footer) == ["PAGE", "NUMPAGES"]
    assert document.core_properties.title == FULL["twinning_es"].title[:255]
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")


def test_word_speaks_the_language_of_its_paper():
    document = opened(FULL["twinning_en"])
    assert document.core_properties.language == "en-US"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Page ")


def test_each_list_begins_with_a():
    document = opened(FULL["twinning_es"])
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert len(set(numbers)) == 4


def test_tables_have_heading_rows():
    document = opened(FULL["programme_es"])
    grids = [grid for grid in document.tables if grid.style.name == "Table Grid"]
    assert len(grids) == 3
    for grid in grids:
        assert grid.rows[0]._tr.trPr.xpath("w:tblHeader")


# ── the PDF file ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["request", "twinning_en", "certificate_es"])
def test_pdf_claims_the_archive_and_can_be_read_aloud(name):
    paper = FULL[name]
    reader = read(paper)
    root = reader.trailer["/Root"]
    said = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert root["/Lang"] == paper.region
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712  a PDF boolean
    assert "/StructTreeRoot" in root
    assert "/OutputIntents" in root
    assert reader.metadata.title == paper.title
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_pdf_of_the_same_moment_is_the_same_file():
    first, second = (papers.write_pdf(FULL["notice"], made_at=MADE_AT) for _time in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("name", "codes"),
    [("丰都 Fengdu", ["U+4E30", "U+90FD"]), ("さっぽろ", ["U+3055"]), ("서울", ["U+C11C"]), ("Fiesta 🎉", ["U+1F389"])],
)
def test_writing_that_the_typeface_lacks_is_marked_and_told(name, codes):
    paper = papers.notice(papers.LetterFacts(counterpart=name))
    whole = words_of_pdf(paper)
    assert "�" in whole
    assert [code for code in codes if code not in whole] == []
    assert name in words_of_word(opened(paper))


@pytest.mark.parametrize("name", ["Αθήνα", "Київ", "Łódź", "Ñuñoa", "Đà Nẵng", "Þingvellir"])
def test_other_alphabets_are_shown(name):
    assert squeezed(name) in squeezed(words_of_pdf(papers.notice(papers.LetterFacts(counterpart=name))))


# ── nothing in a value is ever read as anything but text ─────────────────────────────────────────────────────────────

CANARY = "CANARIO-9c41"


def hostile(secret):
    return [
        f'#read("{secret}")',
        f'#image("{secret}")',
        f'#include "{secret}"',
        f'#import "{secret}": *',
        f'#plugin("{secret}")',
        '#import "@preview/cetz:0.3.4"',
        '#image("http://127.0.0.1:9/x.png")',
        f'"]; #eval("read(\\"{secret}\\")")',
        "#{ while true {} }",
        "$ integral $ *negrita* _cursiva_ `x` <etiqueta> @cita = Título",
        '\\u{0} \\", {"kind": "line"}',
        "{sender} {0} {__class__} %(x)s {{ 7*7 }}",
        "<script>alert(1)</script> & <w:p/> ]]>",
    ]


@pytest.mark.row(15)
@pytest.mark.parametrize("number", range(13))
def test_pdf_and_word_show_hostile_values_as_text(tmp_path, number):
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    value = hostile(secret)[number]
    paper = papers.notice(papers.LetterFacts(counterpart=value, letterhead=(value,), areas=(value,)))
    assert squeezed(value) in squeezed(words_of_pdf(paper))
    assert CANARY not in words_of_pdf(paper)
    assert value in words_of_word(opened(paper))


READS = """
import sys
import django
django.setup()
opened = []
def watch(event, arguments):
    if event == "open" or event.startswith("socket"):
        opened.append((event, str(arguments[0])))
import docx, pypdf, segno, typst, lxml.etree
from hermanar.foundation import papers
facts = papers.LetterFacts(counterpart='#read("/etc/hostname") #image("/etc/hostname") #import "@preview/cetz:0.3.4"')
papers.write_pdf(papers.notice(facts))
sys.addaudithook(watch)
papers.write_pdf(papers.notice(facts))
print([one for one in opened if "paper.typ" not in one[1] and "hermanar-paper-" not in one[1]])
"""


@pytest.mark.row(15)
def test_making_a_pdf_opens_nothing_but_its_template():
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "hermanar.site.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", READS],
        capture_output=True,
        text=True,
        check=False,
        env=env,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def compiled(source, folder):
    import typst  # noqa: PLC0415

    return typst.compile(source, root=folder, font_paths=[], ignore_system_fonts=True, package_path=folder,
                         package_cache_path=folder, format="pdf", sys_inputs={})  # fmt: skip


@pytest.mark.row(15)
def test_negative_control_markup_would_read_the_canary(tmp_path):
    """The same compiler does read files of its root when a value is pasted into markup; ours has an empty root."""
    (tmp_path / "secret.txt").write_text(CANARY, encoding="utf-8")
    value = '#read("secret.txt")'
    made = pypdf.PdfReader(io.BytesIO(compiled(f"Contraparte: {value}".encode(), str(tmp_path))))
    assert CANARY in made.pages[0].extract_text()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(RuntimeError):
        compiled(b'#read("../secret.txt")', str(empty))
    with pytest.raises(RuntimeError):
        compiled(b'#import "@preview/cetz:0.3.4"', str(empty))


def test_fault_of_the_template_is_told_not_hidden(monkeypatch, tmp_path):
    broken = tmp_path / "paper.typ"
    broken.write_text("#nothing-of-this-name", encoding="utf-8")
    monkeypatch.setattr(pdf, "_TEMPLATE", broken)
    with pytest.raises(papers.PaperError, match="unknown variable"):
        papers.write_pdf(FULL["notice"])


def test_a_rare_letter_takes_no_other_with_it():
    assert "iudad de Ashland" in words_of_pdf(papers.notice(papers.LetterFacts(counterpart="Ꞓiudad de Ashland")))


def test_a_text_in_more_writings_than_anyone_reads_makes_a_file(monkeypatch):
    tried = []
    monkeypatch.setattr(pdf, "_compile", lambda *given, real=pdf._compile: tried.append(1) or real(*given))
    first = [chr(code) for code in range(0x600, 0x1800, 0x50) if unicodedata.category(chr(code)) == "Lo"]
    many = "".join(
        dict.fromkeys([*first, "日", "한", "あ", "ア", "ㄅ", "ꀀ", "𐎀", "𒀀", "𓀀", "\u16a0", "\u1401", "\ufffd"])
    )
    assert papers.write_pdf(papers.notice(papers.LetterFacts(counterpart=many))).startswith(b"%PDF-1.7")
    assert 2 < len(tried) <= 12


@settings(max_examples=25, deadline=None)
@example(value="a\ufeffb", other="\ufeff")
@example(value="日\u0327\u0488", other="\u0ffd\u0301")
@example(value="Ꞓ", other="Ꞓiudad")
@given(value=st.text(max_size=60), other=st.text(max_size=60))
def test_any_text_makes_both_files(value, other):
    facts = papers.LetterFacts(counterpart=value, letterhead=(other,), areas=(value, other), enclosures=(other,))
    paper = papers.notice(facts)
    assert papers.write_pdf(paper).startswith(b"%PDF-1.7")
    assert structure.clean(value) in words_of_word(opened(paper))


def test_template_of_ours_that_names_no_fact_is_a_fault():
    with pytest.raises(KeyError):
        structure.Sentences("es", papers.LetterFacts())("{no_such_fact}")
    with pytest.raises(KeyError):
        structure.Sentences("es", papers.LetterFacts())("{sender.__class__}")


@pytest.mark.parametrize("owner", [one for name, one in vars(papers.facts).items() if name.endswith("Facts")])
def test_every_fact_has_its_words_in_both_languages(owner):
    for declared in dataclasses.fields(owner):
        for language in ("es", "en"):
            assert structure.label(owner, declared.name, language).strip()


def test_a_blank_tells_what_is_missing():
    paper = Paper("es", "x", (Line(Style.BODY, (Blank("algo", "es"),)),))
    assert missing(paper) == ["algo"]


def test_serving_pages_loads_none_of_the_heavy_libraries():
    # Jinja is not among them: Django's own test client, which the API framework imports, asks for it when it is there.
    # Pillow and lxml come with Wagtail's own models (decision 26).
    heavy = ["docx", "docxtpl", "typst", "pypdf", "segno", "openpyxl"]
    code = (
        "import django; django.setup(); import sys; import hermanar.site.urls; "
        "from hermanar.foundation import papers, documents; print([m for m in sys.argv[1:] if m in sys.modules])"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "hermanar.site.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=False, env=env,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
