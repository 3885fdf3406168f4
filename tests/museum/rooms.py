"""What tests of the museum's pages share: a room, and a piece of every kind as it is stored."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from hermanar.foundation.access import APPROVES
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.actions.rooms import group_of, open_room
from hermanar.museum.models import Pair, PairSide, Picture, Recording

GPS = 0x8825


def photo(size=(1200, 800), *, name="foto.jpg", kind="JPEG", place=False):
    """Return a picture as it is sent; a camera writes where it was taken."""
    content, exif = BytesIO(), Image.Exif()
    if place:
        exif[GPS] = {1: "N", 2: (21.0, 1.0, 7.0), 3: "W", 4: (101.0, 15.0, 24.0)}
    Image.new("RGB", size, "#1d47a5").save(content, kind, exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), content_type=f"image/{kind.lower()}")


def picture(**values):
    given = {"title": "Una calle", "description": "Una calle", "author": "Ana Ruiz", "licence": "cc_by"} | values
    return Picture.objects.create(file=photo((600, 400)), **given)


def recording(**values):
    file = SimpleUploadedFile("voz.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\x00" * 64, content_type="audio/mpeg")
    given = {
        "kind": "sound", "title": "Las campanas", "transcript": "Suenan.", "author": "Ana", "licence": "own",
    }  # fmt: skip
    return Recording.objects.create(file=file, language="es", **given | values)


def published_pair(slug="que-se-come", *, places, words="Maíz", **values):
    """Keep a question whose two answers are turned over."""
    now = timezone.now()
    pair = Pair.objects.create(
        slug=slug, theme="home", mode="turn", question=words, note=words, entered_at=now, published_at=now,
        was_published=True, **values,
    )  # fmt: skip
    for number, place in enumerate(places):
        PairSide.objects.create(
            pair=pair, number=number, place=place, answer=words, source=words, as_of="2024"
        )  # fmt: skip
    return pair


def approver(user, host):
    """Give a person the part of who approves the rooms of a city."""
    user.groups.add(group_of(APPROVES, host))
    return user


def published_room(place, host, *, by, pieces=(), **values):
    """Open a room, write these pieces in it and publish it."""
    lay_out()
    room = open_room(place, host, by=approver(by, host))
    for name, value in values.items():
        setattr(room, name, value)
    room.body = stored(pieces)
    room.save_revision(user=by).publish(user=by)
    room.refresh_from_db()
    return room


def stored(pieces):
    return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in pieces]


def listed(*values):
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def every_kind(*, city, agreement, host, page=None, words="palabras"):
    """Return one piece of every kind."""
    one, two = picture(), picture()
    asked = published_pair(places=(host, city), words=words[:160]).slug
    seen = {"picture": one.pk, "alt": f"Se ve {words}", "caption": words}
    link = f'<p>{words} <a linktype="page" id="{page}">enlace</a></p>' if page else f"<p>{words}</p>"
    return [
        ("text", link),
        ("quotation", {"words": words, "who": "Ana", "source": "Acta", "url": ""}),
        ("quiz", {"question": words, "answers": listed(
            {"text": "Sí", "is_right": True, "why": words}, {"text": "No", "is_right": False, "why": ""},
        )}),
        ("picture", seen),
        ("gallery", {"title": words, "pictures": listed(seen, {"picture": two.pk, "alt": "Otra", "caption": ""})}),
        ("sound", {"recording": str(recording().pk), "caption": words}),
        ("film", {"recording": str(recording(kind="film").pk), "caption": words}),
        ("map", {"title": words, "origin": host, "places": listed(city)}),
        ("record", {"record": f"city:{city}", "words": words}),
        ("record", {"record": f"agreement:{agreement}", "words": ""}),
        ("figure", {
            "value": "34", "unit": "", "label": words, "source": "Quien cuenta", "as_of": "2020", "url": "",
        }),
        ("timeline", {"title": words, "events": listed({"when": "1969", "text": words, "source": "Acta"})}),
        ("comparison", {"pair": asked, "words": words}),
        ("table", {
            "title": words, "left": "Aquí", "right": "Allá", "source": "Quien compara", "as_of": "2024",
            "rows": listed({"label": words, "left": "a", "right": ""}),
        }),
    ]  # fmt: skip
