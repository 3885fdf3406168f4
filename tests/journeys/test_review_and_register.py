"""The ministry's reviewer and registrar, the sister city's contact and a passer-by, each at their own pages."""

from __future__ import annotations

import os
import re

import pytest

from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF
from tests.browser.conftest import DESKTOP, PHONE, Watched, axe  # noqa: F401  (a fixture)
from tests.browser.test_accounts import enter
from tests.journeys.test_draft_to_register import Officer, run

SHOTS = os.environ.get("SHOTS", "")
# The office's own part is another journey's; here its people act as the program's own verbs let them.
OFFICE = """
import datetime as dt
from hermanar.agreements import actions
from hermanar.agreements.actions import FileDraft, PartyDraft, SignatureDraft, StepDraft, TextDraft
from hermanar.agreements.models import Agreement, Observation, Party
from hermanar.agreements.vocabulary import Role
from hermanar.agreements.vocabulary.procedure import Side
from hermanar.directory.models import Place
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import Document
from hermanar.offices.models import Membership
from hermanar.offices.queries import acting
from django.utils import timezone
who = acting(Membership.objects.get(user__email="direccion@guanajuato.example"))
office = Membership.objects.get(user__email="direccion@guanajuato.example").office
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
counterpart = Place.objects.filter(name="Ashland", country_id="US", parties__isnull=False).first()
parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(counterpart.pk, Role.COUNTERPART)]
file = FileDraft(parties=parties, areas=[("culture", "cultura"), ("tourism", "turismo")], languages=("es", "en"), term_years=3)
kept = actions.draft(file, office=office.pk, by=who, today=today).pk
text(kept, "es", "Acuerdo de hermanamiento entre Guanajuato y Ashland.", "Las áreas de cooperación son la cultura y el turismo.",
     "Cada Parte sufragará los gastos de su participación con los recursos de su propio presupuesto.",
     "Toda diferencia se someterá a un tribunal de arbitraje.", "Este Acuerdo surte efectos desde su firma y dura tres años.")
text(kept, "en", "Twinning agreement between Guanajuato and Ashland.", "The areas of cooperation are culture and tourism.",
     "Each Party shall bear the cost of its participation from its own budget.",
     "Any difference shall be submitted to arbitration.", "This Agreement takes effect on signature and lasts three years.")
do("inform_ministry", kept)
do("request_opinion", kept, letter="OFAI/3", planned_signature_on=today + dt.timedelta(days=30))
print(kept, Party.objects.get(agreement=kept, role="counterpart").pk)
"""
ANSWER = """
kept = "{key}"
text(kept, "es", "Acuerdo de hermanamiento entre Guanajuato y Ashland.", "Las áreas de cooperación son la cultura y el turismo.",
     "Cada Parte sufragará los gastos de su participación con los recursos de su propio presupuesto.",
     "{settlement}", "Este Acuerdo surte efectos desde su firma y dura tres años{term}.")
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


@pytest.fixture
def people(chromium, live_site, loaded_folder):
    """Return a function that opens a person's browser and signs them in; nothing may go wrong in any of them."""
    opened = []

    def come(email=None, size=DESKTOP, **options):
        context = chromium.new_context(viewport=size, locale="es-MX", accept_downloads=True, bypass_csp=True, **options)
        who = Officer(context.new_page(), live_site, loaded_folder)
        if email:
            enter(who, loaded_folder, email)
        opened.append((who, context))
        return who

    yield come
    for who, context in opened:
        assert who.problems == []
        context.close()


@pytest.fixture
def look(axe):  # noqa: F811
    """Return a function that holds a page to the rules at both widths, and keeps a picture where asked."""

    def at(who, name):
        for size in (PHONE, DESKTOP):
            who.page.set_viewport_size(size)
            who.page.wait_for_load_state("networkidle")
            assert who.overflow() == 0, f"{name} {size}"
            assert axe(who) == [], f"{name} {size}"
            if SHOTS:
                who.page.screenshot(path=f"{SHOTS}/{name}-{size['width']}.png", full_page=True)

    return at


def observe(reviewer, number, quote, comment, letter):
    """Mark a paragraph, keep only some of its words, say what is wrong."""
    reviewer.page.get_by_label(f"Observar el párrafo {number}", exact=True).check()
    reviewer.press("Observar lo marcado")
    reviewer.page.get_by_label("Pasaje").fill(quote)
    reviewer.page.get_by_label("Observación", exact=True).fill(comment)
    reviewer.page.get_by_label("Número del oficio").fill(letter)


def test_two_rounds_of_observations_then_the_register_and_the_public_proof(people, look, loaded_folder):
    key, _party = run(loaded_folder, OFFICE + DRAFT).split()
    reviewer = people("revision@sre.example")
    reviewer.open("/oficina/revision/")
    look(reviewer, "revision")
    reviewer.page.locator(f"a[href$='/revision/{key}/']").click()
    assert "Está libre de tribunales" in reviewer.said().replace("¿", "")
    look(reviewer, "solicitud")
    observe(reviewer, 4, "un tribunal de arbitraje", "Sin tribunales: arts. 8 y 9 de la Ley.", "DGCP/10")
    look(reviewer, "observar")
    with reviewer.page.expect_download() as got:
        reviewer.page.get_by_role("button", name="En PDF").click()
    with open(got.value.path(), "rb") as letter:
        assert "un tribunal de arbitraje" in " ".join(text_of(letter.read(), PDF))
    reviewer.press("Asentar las observaciones")
    assert "por atender" in reviewer.said()

    run(
        loaded_folder,
        OFFICE + ANSWER.format(key=key, settlement="Toda diferencia se someterá a arbitraje en Oregon.", term=""),
    )
    reviewer.open(f"/oficina/revision/{key}/")
    assert "ronda 2" in reviewer.said()
    assert "cambió" in reviewer.said()
    look(reviewer, "segunda-ronda")
    reviewer.follow("Comparar con la versión anterior")
    assert reviewer.page.locator("ins").count() > 0
    look(reviewer, "comparar")
    reviewer.open(f"/oficina/revision/{key}/")
    observe(reviewer, 5, "dura tres años", "Falta la prórroga.", "DGCP/11")
    reviewer.press("Asentar las observaciones")

    last = {
        "settlement": "Toda diferencia se resolverá entre las Partes.",
        "term": ", prorrogables por periodos iguales",
    }
    run(loaded_folder, OFFICE + ANSWER.format(key=key, **last))
    reviewer.open(f"/oficina/revision/{key}/")
    while reviewer.page.get_by_role("button", name=re.compile("Dar por resuelta")).count():
        reviewer.page.get_by_role("button", name=re.compile("Dar por resuelta")).first.click()
        reviewer.page.wait_for_load_state("networkidle")
    reviewer.follow("Asentar el dictamen")
    reviewer.page.get_by_label("Dictamen", exact=True).select_option("yes")
    reviewer.page.get_by_label("Número del oficio").fill("DGCP/12")
    reviewer.page.get_by_label("Guardar como oficio el que escribe el programa (PDF)").check()
    look(reviewer, "dictamen")
    reviewer.press("Asentar el dictamen")
    assert "favorable" in reviewer.said()
    with reviewer.page.expect_download() as got:
        reviewer.page.get_by_role("main").get_by_role("link", name=re.compile("dictamen.*pdf")).first.click()
    with open(got.value.path(), "rb") as letter:
        assert "no hay inconveniente para suscribirlo" in " ".join(text_of(letter.read(), PDF))

    run(loaded_folder, OFFICE + SIGNED.format(key=key))
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
    with steward.page.expect_download() as got:
        steward.page.get_by_role("main").get_by_role("link", name="PDF", exact=True).click()
    with open(got.value.path(), "rb") as paper:
        assert f"/verificar/{key}/" in "".join("".join(text_of(paper.read(), PDF)).split())
    passer_by = people()
    passer_by.open(f"/verificar/{key}/")
    assert "íntegra" in passer_by.said()
    assert "RAI-2026-7" in passer_by.said()
    look(passer_by, "verificar")
    passer_by.follow("Guardar usted mismo un punto de control")
    look(passer_by, "cabezas")
    assert passer_by.page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_contact_says_by_a_link_that_the_city_knows_something_else(people, look, loaded_folder, scripts):
    key, _party = run(loaded_folder, OFFICE + DRAFT).split()
    analyst = people("analisis@guanajuato.example" if scripts else "direccion@guanajuato.example")
    analyst.open(f"/oficina/expedientes/{key}/contraparte/")
    analyst.page.get_by_label("Idioma de la página").select_option("en")
    analyst.page.get_by_label("Para quién").fill("Ann, ann@ashland.example")
    analyst.press("Hacer el enlace")
    address = analyst.page.get_by_label("Enlace", exact=True).input_value()
    look(analyst, "enlace")

    contact = people(size=PHONE, java_script_enabled=scripts)
    contact.open(address.removeprefix(contact.site))
    assert contact.page.locator("html").get_attribute("lang") == "en"
    if scripts:
        look(contact, "confirmar")
    contact.page.locator("[name=answer][value=knows_other]").check()
    contact.page.locator("[name=note]").fill("A cooperation agreement, not a twinning.")
    contact.page.locator("main button[type=submit]").click()
    contact.page.wait_for_load_state("networkidle")
    assert contact.page.get_by_role("heading", level=1).is_visible()
    assert contact.page.context.cookies() == []
    analyst.open(f"/oficina/expedientes/{key}/contraparte/")
    assert "conoce otro instrumento" in analyst.said()
    assert "A cooperation agreement, not a twinning." in analyst.said()
    look(analyst, "dos-versiones")
    analyst.page.get_by_role("button", name=re.compile("Retirar")).first.click()
    analyst.page.wait_for_load_state("networkidle")
    stranger = people()
    answer = stranger.open(address.removeprefix(stranger.site))
    assert answer.status == 404
    stranger.problems.clear()  # the refusal itself
