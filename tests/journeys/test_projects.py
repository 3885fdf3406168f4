"""A project from its name to its lessons, in a real browser: by short parts, with what is wrong said where it is."""

from __future__ import annotations

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import day
from tests.journeys.test_draft_to_register import opened

TITLE = "Enfermeras que se forman juntas"


def field(officer, name):
    return officer.page.locator(f"main form.form [name={name}]")


def begun(officer, look):
    officer.follow("Asentar un proyecto")
    officer.fill("¿Cómo se llama el proyecto?", TITLE)
    officer.fill("¿Para qué es?", "Que el hospital atienda mejor los partos.")
    field(officer, "conceived_on").fill(day(-90))
    look(officer, "project-first")
    officer.press("Asentar el proyecto")
    assert "Lo que falta" in officer.said()
    assert "Al menos un indicador" in officer.said()
    look(officer, "project-begun")


def described(officer, look):
    officer.follow("Si se recibe o se ofrece cooperación")
    field(officer, "scheme").select_option("horizontal")
    field(officer, "modality").select_option("technical_6")
    officer.page.get_by_label("cofinanciamiento").check()
    look(officer, "project-kind")
    officer.press("Guardar")
    officer.follow("De qué fecha a qué fecha")
    field(officer, "starts_on").fill(day(-60))
    field(officer, "ends_on").fill(day(300))
    field(officer, "budget").fill("300,000")
    field(officer, "currency").select_option("MXN")
    officer.press("Guardar")
    assert "300,000.00" in officer.said()


def put_in(officer, look):
    officer.follow("Agregar una aportación")
    officer.fill("¿Qué es, en una línea?", "Partida 4411")
    field(officer, "amount").fill("300,001")
    field(officer, "currency").select_option("MXN")
    officer.press("Agregar una aportación")
    assert "suman más que el presupuesto" in officer.said()
    look(officer, "project-more-than-budget")
    field(officer, "amount").fill("100,000")
    officer.press("Agregar una aportación")
    assert "Faltan 200,000.00" in officer.said()


def aimed(officer, look):
    officer.follow("Buscar y elegir")
    officer.page.get_by_label("Palabras o número").fill("mortalidad MATERNA")
    officer.press("Buscar")
    officer.page.get_by_label("3.1 ").check()
    look(officer, "project-goals")
    officer.press("Guardar los objetivos")
    assert "Meta 3.1" in officer.said()
    officer.follow("Agregar un indicador")
    officer.fill("¿Qué se mide?", "Enfermeras formadas")
    officer.fill("Unidad", "personas")
    field(officer, "target").fill("40")
    field(officer, "target_on").fill(day(300))
    officer.press("Agregar un indicador")
    assert "Una meta sin línea de base" in officer.said()
    look(officer, "project-no-baseline")
    field(officer, "baseline").fill("0")
    field(officer, "baseline_on").fill(day(-60))
    officer.press("Agregar un indicador")
    assert "nadie lo ha medido" in officer.said()


def carried_out(officer, look):
    for _stage in ("negociación", "prefactibilidad"):
        officer.follow("Pasar a:")
        field(officer, "on").fill(day(-50))
        officer.press("Asentar la etapa")
    officer.follow("Pasar a: ejecución")
    officer.press("Asentar la etapa")
    assert "no suman el presupuesto" in officer.said()
    field(officer, "is_gap_known").check()
    look(officer, "project-gap")
    officer.press("Asentar la etapa")
    for days, value in ((-30, "12"), (-2, "30")):
        officer.follow("Anotar un valor")
        field(officer, "on").fill(day(days))
        field(officer, "value").fill(value)
        officer.page.get_by_label("¿En qué consta?").fill("Lista de asistencia")
        officer.press("Guardar el valor")
    assert "75 % del camino" in officer.said()
    look(officer, "project-measured")


def test_project_goes_from_a_name_to_its_lessons(officer, people, look):
    key = opened(officer, "Ashland")
    officer.open(f"/oficina/expedientes/{key}/vida/")
    begun(officer, look)
    address = officer.page.url.removeprefix(officer.site)
    described(officer, look)
    put_in(officer, look)
    aimed(officer, look)
    carried_out(officer, look)

    phone = people(DIRECTOR, size=PHONE, java_script_enabled=False)
    phone.open("/oficina/proyectos/")
    phone.follow(TITLE)
    assert phone.page.url.endswith(address)
    phone.follow("Agregar un riesgo")
    phone.fill("¿Qué puede salir mal?", "Que cambie el gobierno")
    phone.fill("¿Qué se hará para evitarlo o si ocurre?", "Un acta de entrega que lo nombre")
    phone.press("Agregar un riesgo")
    phone.follow("Pasar a: evaluación")
    phone.press("Asentar la etapa")
    phone.follow("Pasar a: asimilación de la experiencia")
    phone.press("Asentar la etapa")
    assert "falta al menos una lección" in phone.said()
    phone.open(address)
    phone.follow("Agregar una lección")
    phone.page.get_by_label("funcionó: se repite").check()
    phone.fill("¿Qué se aprendió?", "Formar a quien forma")
    phone.press("Agregar una lección")
    phone.follow("Pasar a: asimilación de la experiencia")
    phone.press("Asentar la etapa")
    assert "Formar a quien forma" in phone.said()
    officer.open("/oficina/proyectos/")
    look(officer, "projects")
