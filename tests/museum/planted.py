"""A museum with something hidden of every kind, each under a word of its own; `reveal` lets the public see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

from django.utils import timezone

from hermanar.agreements.actions import publish
from hermanar.agreements.models import Agreement
from hermanar.cooperation.actions import publish_gift, unpublish_gift
from hermanar.cooperation.actions.calls import publish_call
from hermanar.cooperation.models import Activity, Call, Gift, Project
from hermanar.cooperation.rules import NOTHING_MORE
from hermanar.foundation import intake
from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.intake import Kind, State
from hermanar.foundation.models import Contribution, User, uuid7
from hermanar.museum.actions import dialogue, exhibits, offers, pairs
from hermanar.museum.models import Course, Event, RoomPage, StoryPage
from hermanar.museum.rules.exhibits import ExhibitDraft
from hermanar.museum.vocabulary.offers import OfferKind, Sector
from hermanar.offices.models import Office
from tests import factories as make
from tests.calls import CallingOffice
from tests.cooperation_acts import a_gift, noted
from tests.museum.everyday import WHOLE
from tests.museum.going import event
from tests.museum.lessons import draft as course_draft
from tests.museum.lessons import entered, lesson
from tests.museum.rooms import published_room, stored
from tests.museum.voices import PROBLEM, Voices
from tests.project_acts import a_project

SECRET = "secretísimo"  # stands beside each word, so that a search need not name it


class Museum:
    """Guanajuato and Ashland with a public tie, a room, a problem on the board, and an editor."""

    def __init__(self, cast):
        self.cast = cast
        self.editor = User.objects.create_user("editora", "editora@example.org", "una clave larga")
        self.home, self.sister = self.cast.guanajuato, self.cast.ashland
        self.tie = make.agreement(self.home, self.sister, signed="1969-09")
        Agreement.objects.filter(pk=self.tie.pk).update(office=self.cast.office)
        self.tie.refresh_from_db()
        self.room = published_room(self.sister.slug, self.home.slug, by=self.editor, lede="Dos valles")
        self.address = f"/salas/{self.room.slug}/"
        dialogue.load_problems([replace(PROBLEM, city=self.home.slug)], by=CONSOLE)
        self.voices = object.__new__(Voices)
        self.voices.office, self.voices.by = self.cast.office, self.cast.of(Role.DIRECTOR)
        self.voices.home, self.voices.sister = self.home.slug, self.sister.slug

    def story(self, title, slug):
        """Add a page below the room, not yet public."""
        page = StoryPage(title=title, slug=slug, lede=title, locale=self.room.locale, live=False)
        page.body = stored([("text", f"<p>{title}</p>")])
        return RoomPage.objects.get(pk=self.room.pk).add_child(instance=page)

    def publish_page(self, page):
        page = type(page).objects.get(pk=page.pk)
        page.go_live_at = None
        page.save_revision(user=self.editor).publish(user=self.editor)

    def of(self, role=Role.DIRECTOR):
        return self.cast.of(role)

    def shown_gift(self, **values):
        kept = a_gift(self.cast, self.tie, **values)
        return publish_gift(kept.pk, by=self.of(), version=kept.version, shown=NOTHING_MORE)


def page_draft(museum, word):
    page = museum.story(f"{word} {SECRET}", word)
    page.save_revision(user=museum.editor)
    return lambda: museum.publish_page(page)


def page_changed_since(museum, word):
    page = museum.story("Historia pública", f"historia-{word[:3]}")
    museum.publish_page(page)
    page = StoryPage.objects.get(pk=page.pk)
    page.title = page.lede = f"{word} {SECRET}"
    revision = page.save_revision(user=museum.editor)
    return lambda: revision.publish(user=museum.editor)


def page_of_tomorrow(museum, word):
    page = museum.story(f"{word} {SECRET}", word)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision(user=museum.editor).publish(user=museum.editor)
    return lambda: museum.publish_page(page)


def page_withdrawn(museum, word):
    page = museum.story(f"{word} {SECRET}", word)
    museum.publish_page(page)
    StoryPage.objects.get(pk=page.pk).unpublish(user=museum.editor)
    return lambda: museum.publish_page(page)


def story_of_an_exhibit(museum, word):
    gift = museum.shown_gift(title_es="Un cántaro")
    kept = exhibits.keep_exhibit(gift.pk, by=museum.of(), draft=ExhibitDraft(slug=word, story=f"{word} {SECRET}"))
    return lambda: exhibits.publish_exhibit(gift.pk, by=museum.of(), version=kept.version)


def work_withdrawn(museum, word):
    gift = museum.shown_gift(title_es=f"{word} {SECRET}", story_es=word)
    draft = ExhibitDraft(slug=f"obra-{word}", story=f"{word} {SECRET}")
    kept = exhibits.keep_exhibit(gift.pk, by=museum.of(), draft=draft)
    exhibits.publish_exhibit(gift.pk, by=museum.of(), version=kept.version)
    unpublish_gift(gift.pk, by=museum.of(), version=Gift.objects.get(pk=gift.pk).version)
    return lambda: publish_gift(gift.pk, by=museum.of(), version=Gift.objects.get(pk=gift.pk).version)


def pair_draft(museum, word):
    sides = tuple(replace(one, place=city.slug) for one, city in zip(WHOLE.sides, _cities(museum), strict=True))
    said = replace(WHOLE, slug=word, question=f"¿{word} {SECRET}?", note=word, sides=sides)
    kept = pairs.draft(said, by=CONSOLE)
    return lambda: pairs.publish(kept.pk, by=CONSOLE, version=kept.version)


def _cities(museum):
    return museum.home, museum.sister


def course_unpublished(museum, word):
    course = entered(course_draft(word, title=f"{word} {SECRET}", summary=word, lessons=[lesson(1, title=word)]))
    Course.objects.filter(pk=course.pk).update(published_at=None)
    return lambda: Course.objects.filter(pk=course.pk).update(published_at=timezone.now())


def course_of_tomorrow(museum, word):
    course = entered(course_draft(word, title=f"{word} {SECRET}", lessons=[lesson(1, body=f"{word} [1]")]))
    Course.objects.filter(pk=course.pk).update(published_at=timezone.now() + dt.timedelta(days=1))
    return lambda: Course.objects.filter(pk=course.pk).update(published_at=timezone.now())


def problem_hidden(museum, word):
    draft = replace(PROBLEM, slug=word, city=museum.home.slug, title=f"¿{word} {SECRET}?", text=word)
    kept = dialogue.keep_problem(draft, by=CONSOLE)
    learnt = dialogue.gather(dialogue.PracticeDraft(kept.pk, f"{word} {SECRET}", word), by=CONSOLE)
    dialogue.show_practice(learnt.pk, by=CONSOLE, version=learnt.version, is_shown=True)
    return lambda: dialogue.show_problem(kept.pk, by=CONSOLE, version=kept.version, is_shown=True)


def practice_hidden(museum, word):
    problem = dialogue.Problem.objects.get(slug=PROBLEM.slug)
    kept = dialogue.gather(dialogue.PracticeDraft(problem.pk, f"{word} {SECRET}", word), by=CONSOLE)
    return lambda: dialogue.show_practice(kept.pk, by=CONSOLE, version=kept.version, is_shown=True)


def event_unpublished(museum, word):
    kept = event(is_published=False, title=f"{word} {SECRET}", description=word, city=museum.home.slug)
    return lambda: Event.objects.filter(pk=kept.pk).update(
        published_at=timezone.now(), first_published_at=timezone.now(), version=9
    )


def event_of_a_demonstration(museum, word):
    kept = event(title=f"{word} {SECRET}", city=museum.home.slug)
    Office.objects.filter(pk=museum.cast.other_office.pk).update(is_demonstration=True)
    Event.objects.filter(pk=kept.pk).update(office=museum.cast.other_office.pk)
    return lambda: Office.objects.filter(pk=museum.cast.other_office.pk).update(is_demonstration=False)


def offer_unpublished(museum, word):
    told = {
        "title": f"{word} {SECRET}",
        "description": word,
        "city": museum.home.slug,
        "source": "Oficina",
        "contact_post": "Dirección",
    }
    draft = offers.OfferDraft(OfferKind.EXPORT, next(iter(Sector)), as_of=dt.date(2026, 1, 1), **told)
    kept = offers.record_offer(draft, office=None, by=CONSOLE, key=uuid7())
    return lambda: offers.publish_offer(kept.pk, by=CONSOLE, version=kept.version)


def _voice(kind, state):
    def plant(museum, word):
        kept = museum.voices.in_state(kind, state, f"{word} {SECRET}")
        if state is State.WAITING:
            return lambda: intake.publish(kept.pk, by=museum.voices.by, version=kept.version)
        return lambda: Contribution.objects.filter(pk=kept.pk).update(
            state=State.PUBLISHED, published_at=timezone.now()
        )

    return plant


def agreement_unpublished(museum, word):
    made = make.agreement(museum.home, museum.cast.leon, is_published=False, title_es=f"{word} {SECRET}")
    return lambda: publish(made.pk, by=CONSOLE, version=Agreement.objects.get(pk=made.pk).version, at=timezone.now())


def activity_unpublished(museum, word):
    done = noted(museum.cast, museum.tie, on="2026-05-01", description_es=f"{word} {SECRET}")
    return lambda: Activity.objects.filter(pk=done.pk).update(published_at=timezone.now())


def project_unpublished(museum, word):
    made = a_project(museum.cast, museum.tie, title_es=f"{word} {SECRET}", summary_es=word)
    return lambda: Project.objects.filter(pk=made.pk).update(published_at=timezone.now())


def call_unpublished(museum, word):
    made = CallingOffice(museum.cast).recorded(key=uuid4(), title_es=f"{word} {SECRET}", title_en="", days=15)
    return lambda: publish_call(made.pk, by=museum.of(), version=Call.objects.get(pk=made.pk).version)


# No word is like another, as a slip of it would be found too.
PLANTS = {
    "axolotlis": page_draft,
    "bergamota": page_changed_since,
    "carpincho": page_of_tomorrow,
    "dromedario": page_withdrawn,
    "estornino": story_of_an_exhibit,
    "flamboyan": work_withdrawn,
    "guacamaya": pair_draft,
    "hipopotamo": course_unpublished,
    "jilguerito": course_of_tomorrow,
    "kookaburra": problem_hidden,
    "luciferina": practice_hidden,
    "mandragora": event_unpublished,
    "nenufares": event_of_a_demonstration,
    "ornitorrinco": offer_unpublished,
    "pangolines": _voice(Kind.HELLO, State.WAITING),
    "quetzalito": _voice(Kind.HELLO, State.REFUSED),
    "rinoceronte": _voice(Kind.HELLO, State.HIDDEN),
    "salamandra": _voice(Kind.ANSWER, State.WAITING),
    "tlacuache": _voice(Kind.PROPOSAL, State.WAITING),
    "urogallos": activity_unpublished,
    "vizcachas": project_unpublished,
    "wombatito": call_unpublished,
    "zarigueya": agreement_unpublished,
}
SEARCHED = {  # what the one search finds once it is public
    "axolotlis", "bergamota", "carpincho", "dromedario", "estornino", "flamboyan", "guacamaya", "hipopotamo",
    "jilguerito", "kookaburra", "luciferina", "mandragora", "nenufares", "ornitorrinco", "zarigueya",
}  # fmt: skip
