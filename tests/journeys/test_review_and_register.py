"""The ministry's reviewer and registrar, the sister city's contact and a passer-by, each at their own pages."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR, REVIEWER
from tests.journeys.people import run

# The office's own part is another journey's; here its people act as the program's own verbs let them.
OFFICE = """
import datetime as dt
from hermanar.agreements import actions
from hermanar.agreements.actions import FileDraft, PartyDraft, SignatureDraft, StepDraft, TextDraft
from hermanar.agreements.models import Agreement, Observation
from hermanar.agreements.vocabulary import Role
from hermanar.agreements.vocabulary.procedure import Side
from hermanar.directory.models import Place
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import Document
from hermanar.offices.models import Membership
from hermanar.offices.queries import acting
from django.utils import timezone
member = Membership.objects.get(user__email="direccion@guanajuato.example")
who, office = acting(member), member.office
today = today_in(office.time_zone)
def text(kept, language, *paragraphs, **values):
    values_of = dict(digest="0" * 64, size=1, media_type="application/pdf", uploaded_at=timezone.now())
    paper = Document.objects.create(office=office.pk, name=f"acuerdo-{language}.pdf", **values_of)
    version = TextDraft(language, paper.pk, list(paragraphs), Side.OFFICE, today, **values)
    actions.add_text_version(kept, by=who, version=Agreement.objects.get(pk=kept).version, text=version, today=today)
def do(verb, kept, letter="", **values):
    step = StepDraft(on=today, letter=letter)
    at = Agreement.objects.get(pk=kept).version
    getattr(actions, verb)(kept, by=who, version=at, step=step, today=today, **values)
"""
DRAFT = """
ashland = Place.objects.filter(name="Ashland", country_id="US", parties__isnull=False).first()
parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(ashland.pk, Role.COUNTERPART)]
areas = [("culture", "cultura"), ("tourism", "turismo")]
file = FileDraft(parties=parties, areas=areas, languages=("es", "en"), term_years=3)
kept = actions.draft(file, office=office.pk, by=who, today=today).pk
text(kept, "es", *{spanish!r})
text(kept, "en", *{english!r})
do("inform_ministry", kept)
do("request_opinion", kept, letter="OFAI/3", planned_signature_on=today + dt.timedelta(days=30))
print(kept)
"""
ANSWER = """
kept = "{key}"
text(kept, "es", *{spanish!r})
for said in Observation.objects.filter(agreement=kept, state="open"):
    actions.answer_observation(said.pk, by=who, answer="Atendida en el texto nuevo.")
do("request_opinion", kept, letter="OFAI/4")
"""
SIGNED = """
kept = "{key}"
do("sign", kept, signature=SignatureDraft("Guanajuato", ("Alcaldesa", "Mayor")))
for language in ("es", "en"):
    text(kept, language, "Copia firmada.", is_signed=True)
do("send_signed_copies", kept, letter="OFAI/5")
"""
COURT, OREGON = (
    "Toda diferencia se someterá a un tribunal de arbitraje.",
    "Toda diferencia se someterá a arbitraje en Oregon.",
)
BETWEEN_THEM = "Toda diferencia se resolverá entre las Partes."
THREE_YEARS = "Este Acuerdo surte efectos desde su firma y dura tres años."
RENEWABLE = "Este Acuerdo surte efectos desde su firma y dura tres años, prorrogables por periodos iguales."
ENGLISH = [
    "Twinning agreement between Guanajuato and Ashland.",
    "The areas of cooperation are culture and tourism.",
    "Each Party shall bear the cost of its participation from its own budget.",
    "Any difference shall be submitted to arbitration.",
    "This Agreement takes effect on signature and lasts three years.",
]


def spanish(settlement, term):
    """Return the five paragraphs of the Spanish text."""
    return [
        "Acuerdo de hermanamiento entre Guanajuato y Ashland.",
        "Las áreas de cooperación son la cultura y el turismo.",
        "Cada Parte sufragará los gastos de su participación con los recursos de su propio presupuesto.",
        settlement,
        term,
    ]


def drafted(folder):
    """Open a file and ask for the opinion; return its key."""
    return run(folder, OFFICE + DRAFT.format(spanish=spanish(COURT, THREE_YEARS), english=ENGLISH))


def answered(folder, key, *paragraphs):
    """Send a new Spanish text, say that it attends every observation, and ask again."""
    run(folder, OFFICE + ANSWER.format(key=key, spanish=spanish(*paragraphs)))


def observe(reviewer, number, quote, comment, letter):
    """Mark a paragraph, keep only some of its words, say what is wrong."""
    reviewer.page.get_by_label(f"Observar el párrafo {number}", exact=True).check()
    reviewer.press("Observar lo marcado")
    reviewer.page.get_by_label("Pasaje").fill(quote)
    reviewer.page.get_by_label("Observación", exact=True).fill(comment)
    reviewer.page.get_by_label("Número del oficio").fill(letter)


def resolve_all(reviewer):
    """Settle every observation that the office has answered."""
    while reviewer.page.get_by_role("button", name=re.compile("Dar por resuelta")).count():
        reviewer.page.get_by_role("button", name=re.compile("Dar por resuelta")).first.click()
        reviewer.page.wait_for_load_state("networkidle")


def give_opinion(reviewer, look):
    """Record a favourable opinion, its letter written by the program."""
    reviewer.follow("Asentar el dictamen")
    reviewer.page.get_by_label("Dictamen", exact=True).select_option("yes")
    reviewer.page.get_by_label("Número del oficio").fill("DGCP/12")
    reviewer.page.get_by_label("Guardar como oficio el que escribe el programa (PDF)").check()
    look(reviewer, "dictamen")
    reviewer.press("Asentar el dictamen")
    assert "favorable" in reviewer.said()
    assert "no hay inconveniente para suscribirlo" in reviewer.take(re.compile("dictamen.*pdf"))


def test_the_reviewer_observes_twice_and_gives_the_opinion(people, look, storied_folder):
    key = drafted(storied_folder)
    reviewer = people(REVIEWER)
    reviewer.open("/oficina/revision/")
    look(reviewer, "revision")
    reviewer.page.locator(f"a[href$='/revision/{key}/']").click()
    assert "Está libre de tribunales" in reviewer.said().replace("¿", "")
    look(reviewer, "solicitud")
    observe(reviewer, 4, "un tribunal de arbitraje", "Sin tribunales: arts. 8 y 9 de la Ley.", "DGCP/10")
    look(reviewer, "observar")
    assert "un tribunal de arbitraje" in reviewer.take("En PDF", role="button")
    reviewer.press("Asentar las observaciones")
    assert "por atender" in reviewer.said()

    answered(storied_folder, key, OREGON, THREE_YEARS)
    reviewer.open(f"/oficina/revision/{key}/")
    assert "ronda 2" in reviewer.said()
    assert "cambió" in reviewer.said()
    look(reviewer, "segunda-ronda")
    reviewer.follow("Comparar con la versión anterior")
    assert reviewer.page.locator("ins").count() > 0
    look(reviewer, "comparar-rondas")
    reviewer.open(f"/oficina/revision/{key}/")
    observe(reviewer, 5, "dura tres años", "Falta la prórroga.", "DGCP/11")
    reviewer.press("Asentar las observaciones")

    answered(storied_folder, key, BETWEEN_THEM, RENEWABLE)
    reviewer.open(f"/oficina/revision/{key}/")
    resolve_all(reviewer)
    give_opinion(reviewer, look)


OPINION = """
kept = "{key}"
member = Membership.objects.get(user__email="revision@sre.example")
step, at = StepDraft(on=today, letter="DGCP/12"), Agreement.objects.get(pk=kept).version
actions.record_opinion(kept, by=acting(member), version=at, step=step, today=today, is_favourable=True)
"""


def test_the_registrar_enters_it_and_anyone_can_verify_it(people, look, storied_folder):
    key = drafted(storied_folder)
    run(storied_folder, OFFICE + OPINION.format(key=key) + SIGNED.format(key=key))
    steward = people("registro@sre.example", size=PHONE)
    steward.open("/oficina/registro/")
    look(steward, "registro")
    steward.page.locator(f"a[href$='/registro/{key}/']").click()
    look(steward, "inscribir")
    steward.press("Inscribir")
    assert "Falta el número de inscripción" in steward.said()
    steward.page.get_by_label("Número de inscripción").fill("RAI-2026-7")
    steward.page.get_by_label("Número del oficio").fill("DGCP/13")
    steward.press("Inscribir")
    assert "RAI-2026-7" in steward.said()
    assert f"/verificar/{key}/" in "".join(steward.take(re.compile("^PDF$")).split())
    passer_by = people()
    passer_by.open(f"/verificar/{key}/")
    assert "íntegra" in passer_by.said()
    assert "RAI-2026-7" in passer_by.said()
    look(passer_by, "verificar")
    passer_by.follow("Guardar usted mismo un punto de control")
    look(passer_by, "cabezas")
    assert passer_by.page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_contact_says_by_a_link_that_the_city_knows_something_else(people, look, storied_folder, scripts):
    key = drafted(storied_folder)
    director = people(DIRECTOR)
    director.open(f"/oficina/expedientes/{key}/contraparte/")
    director.page.get_by_label("Idioma de la página").select_option("en")
    director.page.get_by_label("Para quién").fill("Ann, ann@ashland.example")
    director.press("Hacer el enlace")
    address = director.page.get_by_label("Enlace", exact=True).input_value()
    look(director, "enlace")

    contact = people(size=PHONE, java_script_enabled=scripts)
    contact.open(address.removeprefix(contact.site))
    assert contact.page.locator("html").get_attribute("lang") == "en"
    if scripts:  # what judges the page is itself a script
        look(contact, "confirmar")
    contact.page.locator("[name=answer][value=knows_other]").check()
    contact.page.locator("[name=note]").fill("A cooperation agreement, not a twinning.")
    contact.page.locator("main button[type=submit]").click()
    contact.page.wait_for_load_state("networkidle")
    assert contact.page.get_by_role("heading", level=1).is_visible()
    assert contact.page.context.cookies() == []
    director.open(f"/oficina/expedientes/{key}/contraparte/")
    assert "conoce otro instrumento" in director.said()
    assert "A cooperation agreement, not a twinning." in director.said()
    look(director, "dos-versiones")
    director.page.get_by_role("button", name=re.compile("Retirar")).first.click()
    director.page.wait_for_load_state("networkidle")
    stranger = people()
    assert stranger.open(address.removeprefix(stranger.site)).status == 404
    stranger.problems.clear()  # the refusal itself
