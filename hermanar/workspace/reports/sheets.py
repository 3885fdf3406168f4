"""The sheet of a project for the ministry's agency of cooperation (AMEXCID), in the order of the guide's chapter.

What a project must say is the guide's (D7.1-D7.5); the title of twenty words and the summary of two hundred, and that
the number and the last two parts are the agency's own, are of the agency's form. Proposals go through the DGCP.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Contribution, Project
from hermanar.cooperation.queries import budget_of, done_in, newest_value, progress_of_indicator, target_codes
from hermanar.cooperation.queries.goals import goals
from hermanar.cooperation.vocabulary import Principle
from hermanar.foundation.access import Verb
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.projects import lacks, who_puts_in
from hermanar.workspace.reports.shape import Figure, Grid, Lack, Report, Row, Section, Value
from hermanar.workspace.reports.working import plain

MOST_TITLE, MOST_SUMMARY = 20, 200  # words


def project_sheet(project: Project, office: Office) -> Report:
    """Return the sheet of a project, in the reader's language."""
    sections = (
        _what(project, office), _kind(project), _goals(project), _resources(project), _measured(project),
        _followed(project), Section("lacks", "", lacks=tuple(_lacks(project, office))),
    )  # fmt: skip
    return Report(
        title=in_language(project, "title"),
        subtitle=_("Ficha de proyecto para la AMEXCID, por conducto de la DGCP"),
        language="en" if (get_language() or "es").startswith("en") else "es",
        letterhead=tuple(row for row in (office.name, office.address) if row),
        sections=sections,
        signs=tuple(row for row in (office.head_name, office.head_post, office.name) if row),
    )


def _told(pairs: list[tuple[str, Value]], title: str) -> tuple[Grid, ...]:
    """Return what is said in words as a grid; what nobody wrote shows a stroke."""
    return (Grid(title, (_("Dato"), _("Lo que consta")), tuple(Row((label, value)) for label, value in pairs)),)


def _what(project: Project, office: Office) -> Section:
    tie = project.agreement
    days = " – ".join(long_date(day) for day in (project.starts_on, project.ends_on) if day)
    partners = "; ".join(f"{one.name} ({one.get_role_display()})" for one in project.partners.all())
    pairs: list[tuple[str, Value]] = [
        (_("Folio"), _("lo asigna la AMEXCID")),
        (_("Número en el registro nacional (RENCID)"), project.register_number),
        (_("Título"), in_language(project, "title")),
        (_("Resumen: para qué es"), in_language(project, "summary")),
        (_("Socio proponente"), office.name),
        (_("Contraparte"), counterpart_of(tie) if tie else ""),
        (_("Acuerdo del que nace"), tie.title_es if tie else ""),
        (_("Otras organizaciones"), partners),
        (_("A quién beneficia"), project.beneficiaries),
        (_("Área"), str(project.get_area_display())),
        (_("Fechas"), days),
        (_("Responsable"), project.responsible),
        (_("Responsable de la contraparte"), project.counterpart_responsible),
    ]
    return Section("what", _("Identificación"), grids=_told(pairs, _("El proyecto y quién lo hace")))


def _kind(project: Project) -> Section:
    principles = ", ".join(str(Principle(code).label) for code in project.principles)
    pairs: list[tuple[str, Value]] = [
        (_("Vertiente"), str(project.get_direction_display())),
        (_("Esquema"), str(project.get_scheme_display())),
        (_("Modalidad"), str(project.get_modality_display())),
        (_("Submodalidad"), str(project.get_sub_modality_display())),
        (_("Principios"), principles),
    ]
    return Section("kind", _("Clase de cooperación"), grids=_told(pairs, _("Vertiente, modalidad y principios")))


def _goals(project: Project) -> Section:
    known = goals()
    rows = tuple(Row((code, in_language(known[code], "text"))) for code in target_codes(project) if code in known)
    grid = Grid(_("Objetivos y metas"), (_("Número"), _("Objetivo o meta")), rows)
    figures = (Figure(_("Objetivos y metas a los que contribuye"), len(rows)),)
    return Section("goals", _("Agenda 2030"), figures=figures, grids=(grid,) if rows else ())


def _resources(project: Project) -> Section:
    put_in = list(project.contributions.select_related("partner"))
    figures = []
    if project.budget is not None:
        figures.append(Figure(_("Presupuesto"), project.budget, project.currency))
    if project.currency:
        added = budget_of(project)
        figures.append(Figure(_("Aportado en dinero"), added.total, project.currency))
        if added.gap is not None:
            figures.append(Figure(_("Por conseguir"), added.gap, project.currency))
    headings = (_("Qué es"), _("Quién aporta"), _("Recurso"), _("Cuándo"), _("Cantidad"), _("Moneda"), _("Personas"))
    rows = tuple(_resource_row(one) for one in put_in)
    grids = (Grid(_("Lo que aporta cada parte"), headings, rows),) if rows else ()
    return Section("resources", _("Recursos"), figures=tuple(figures), grids=grids)


def _resource_row(one: Contribution) -> Row:
    when = long_date(one.on) if one.on else ""
    resource = str(one.get_resource_display())
    return Row((one.description, who_puts_in(one), resource, when, one.amount, one.currency, one.people))


def _measured(project: Project) -> Section:
    indicators = list(project.indicators.prefetch_related("values"))
    headings = (
        _("Qué se mide"), _("Resultado"), _("Unidad"), _("Base"), _("Meta"), _("Último valor"), _("Avance, %"),
        _("Medio de verificación"),
    )  # fmt: skip
    rows = []
    for one in indicators:
        newest = newest_value(one)
        verified = newest.verification if newest else one.verification
        rows.append(
            Row((
                in_language(one, "title"), str(one.get_level_display()).partition(":")[0],
                "%" if one.measure == "percentage" else one.unit, plain(one.baseline), plain(one.target),
                plain(newest.value) if newest else None, plain(progress_of_indicator(one)), verified,
            ))
        )  # fmt: skip
    figures = (Figure(_("Indicadores"), len(indicators)),)
    grids = (Grid(_("Indicadores"), headings, tuple(rows)),) if rows else ()
    return Section("measured", _("Seguimiento y evaluación"), figures=figures, grids=grids)


def _followed(project: Project) -> Section:
    stages = tuple(Row((str(one), long_date(one.began_on), one.note)) for one in project.stages.all())
    risks = tuple(
        Row((one.what, str(one.get_likelihood_display()), str(one.get_impact_display()), one.response))
        for one in project.risks.all()
    )
    lessons = tuple(Row((one.text, str(one.get_kind_display()))) for one in project.lessons.all())
    grids = (
        Grid(_("Etapas"), (_("Etapa"), _("Desde"), _("Nota")), stages),
        Grid(_("Riesgos"), (_("Qué puede pasar"), _("Probabilidad"), _("Impacto"), _("Qué se haría")), risks),
        Grid(_("Lecciones"), (_("Qué se aprendió"), _("Qué se hará con ello")), lessons),
    )
    figures = (Figure(_("Actividades hechas"), done_in(project).count()),)
    return Section(
        "followed", _("Antes, durante y después"), figures=figures, grids=tuple(one for one in grids if one.rows)
    )


def _lacks(project: Project, office: Office) -> Iterator[Lack]:
    for lack in lacks(project):
        yield Lack(lack.words, lack.address, Verb.KEEP_PROJECTS)
    for name, most, words in (
        ("title_es", MOST_TITLE, _("El título pasa de %(most)s palabras: la AMEXCID no admite más")),
        ("summary_es", MOST_SUMMARY, _("El resumen pasa de %(most)s palabras: la AMEXCID no admite más")),
    ):
        if len(getattr(project, name).split()) > most:
            address = f"{reverse('workspace:edit_project', args=[project.pk, 'datos'])}#id_{name}"
            yield Lack(words % {"most": most}, address, Verb.KEEP_PROJECTS)
    if not project.beneficiaries:
        address = f"{reverse('workspace:edit_project', args=[project.pk, 'datos'])}#id_beneficiaries"
        yield Lack(_("A quién beneficia"), address, Verb.KEEP_PROJECTS)
    if not office.head_name:
        yield Lack.at(
            _("De la oficina: falta quién firma"), "particulars", field="id_head_name", verb=Verb.CHANGE_OFFICE
        )
