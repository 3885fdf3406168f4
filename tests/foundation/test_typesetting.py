"""What a PDF is made of: no file outside is read and nobody is called, as the kernel tells it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
import typst

from hermanar.foundation import papers
from hermanar.foundation.papers import fill_word
from hermanar.foundation.papers.typesetting import TypesettingError, as_png, typeset
from tests.foundation.test_papers import (
    AGREEMENT,
    CANARY,
    CERTIFICATE,
    COUNTERPART,
    LETTER,
    MADE_AT,
    PROGRAMME,
    hostile,
)
from tests.foundation.test_templates import paragraph, template
from tests.watching import listening, watched

pytestmark = pytest.mark.row(15)
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """Return a file and an address that nothing may touch; whoever asks the network at all comes to that address."""
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    with watched(secret) as touched, listening() as called:
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{called.port}")
        yield secret, touched, called


def with_all(facts, value):
    """Return facts every text of which is the value."""
    return dataclasses.replace(
        facts,
        **{
            one.name: value if isinstance(now, str) else (value, value)
            for one in dataclasses.fields(facts)
            if isinstance(now := getattr(facts, one.name), str)
            or (isinstance(now, tuple) and now and isinstance(now[0], str))
        },
    )


def links(secret, port):
    return [
        f"https://127.0.0.1:{port}/x.png", f"file://{secret}", f'<img src="http://127.0.0.1:{port}/x">',
        f'#link("http://127.0.0.1:{port}/")[aquí]', f"![x](http://127.0.0.1:{port}/x.png)",
        f'url("http://127.0.0.1:{port}/x.css")',
    ]  # fmt: skip


def test_a_paper_whose_every_text_is_hostile_reads_and_calls_nothing(outside, figure):
    secret, touched, called = outside
    made = 0
    for number, value in enumerate([*hostile(secret), *links(secret, called.port)]):
        sides = {"mexican": with_all(COUNTERPART, value), "counterpart": with_all(COUNTERPART, value)}
        written = (
            papers.notice(with_all(LETTER, value)),
            papers.twinning(dataclasses.replace(with_all(AGREEMENT, value), **sides)),
            papers.programme(dataclasses.replace(with_all(PROGRAMME, value), **sides)),
            papers.certificate(with_all(CERTIFICATE, value)),
        )
        data = papers.write_pdf(written[number % len(written)], made_at=MADE_AT)  # each value in one of them
        assert data.startswith(b"%PDF")
        assert CANARY.encode() not in data
        made += 1
        filled = fill_word(template(paragraph("{{ ciudad }}")), {"ciudad": value})
        assert CANARY.encode() not in filled
    assert (touched.count, called.count) == (0, 0)
    figure(f"{made} papers of hostile texts: 0 files read, 0 connections")


def drawings(secret, port):
    links = (
        f'<image href="{secret}" width="9" height="9"/>', f'<image xlink:href="file://{secret}" width="9" height="9"/>',
        f'<image href="http://127.0.0.1:{port}/x.png" width="9" height="9"/>',
        f'<style>@import url("http://127.0.0.1:{port}/x.css"); rect {{ fill: url("file://{secret}") }}</style><rect/>',
        f'<use href="http://127.0.0.1:{port}/x.svg#a"/>', f'<script href="http://127.0.0.1:{port}/x.js"/>',
        f'<foreignObject><iframe src="http://127.0.0.1:{port}/"/></foreignObject>',
    )  # fmt: skip
    start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    yield from (f"{start}{link}</svg>" for link in links)
    yield f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{secret}">]>{start}<text y="9">&x;</text></svg>'
    yield f'<?xml-stylesheet href="http://127.0.0.1:{port}/x.css"?>{start}</svg>'


def test_a_drawing_fetches_nothing(outside):
    secret, touched, called = outside
    for svg in drawings(secret, called.port):
        try:
            as_png(svg, 9)
        except TypesettingError as refusal:
            assert CANARY not in str(refusal)  # noqa: PT017  either end is right
    assert (touched.count, called.count) == (0, 0)


def test_even_a_template_reads_nothing_outside_its_empty_folder(outside):
    """The second wall: no value is ever markup, and if one were, there would be nothing to read."""
    secret, touched, _called = outside
    climbing = f"{'../' * 12}{secret}"
    for path in (secret, climbing, f"/{secret}"):
        for source in (
            f'#read("{path}")',
            f'#image("{path}")',
            f'#include "{path}"',
            f'#csv("{path}")',
            f'#plugin("{path}")',
        ):
            with pytest.raises(TypesettingError):
                typeset(source.encode(), inputs={}, made_at=dt.datetime.now(dt.UTC))
    assert touched.count == 0


def test_the_template_of_papers_evaluates_imports_and_reads_nothing():
    """A package named in markup would be fetched (see the control below): there must be no way to name one."""
    code = re.sub(r"//.*", "", Path(papers.pdf._TEMPLATE).read_text(encoding="utf-8"))
    assert re.findall(r"\b(eval|import|include|read|plugin|csv|toml|yaml|xml|cbor|link)\b\s*[(\"]", code) == []


def test_negative_control_the_watch_sees_what_the_compiler_reads_and_whom_it_calls(outside, tmp_path):
    secret, touched, called = outside
    typst.compile(b'#read("secret.txt")', root=str(tmp_path), format="pdf", ignore_system_fonts=True, font_paths=[])
    assert touched.count > 0
    assert secret.is_file()
    with pytest.raises(TypesettingError):
        typeset(b'#import "@preview/cetz:0.3.4": *', inputs={}, made_at=dt.datetime.now(dt.UTC))
    assert called.count > 0
