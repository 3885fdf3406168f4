"""Who may open which address: one line for each; an address that is not here turns `test_addresses.py` red.

A page of an office is `office(Verb.X, ...)`: for members whose role grants one of the verbs (no verb: every member).
When the address names a record, `of` makes one in Guanajuato's office and returns the address's arguments; then the
people of every other office must get 404. `owners` are the offices whose people may open it, where that is not
Guanajuato's alone. Keep the lines of each part in alphabetical order: two branches seldom touch the same one then.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils import timezone

from hermanar.agreements.actions import PastDraft, ask_counterpart, draft, enter_past
from hermanar.agreements.models import CouncilVote, Observation, Proposal
from hermanar.agreements.vocabulary import Kind
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.cooperation.actions import EntryDraft, PhotographDraft, PhotographWords, Sent, record_activity
from hermanar.cooperation.actions.files_of_ties import WhichFile
from hermanar.cooperation.actions.proofs import ProofDraft, prepare_proof
from hermanar.cooperation.models import Activity
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.calendar.keeping import ClosureDraft
from hermanar.foundation.documents import store_upload
from hermanar.foundation.intake import Kind as SentKind
from hermanar.foundation.intake import Sending, receive
from hermanar.offices.actions import Dossier, close_days, invite, prepare_handover
from hermanar.offices.models import Membership
from hermanar.offices.vocabulary import MemberRole
from hermanar.workspace.acts import VERBS
from tests.beginnings import Beginning
from tests.calls import CallingOffice
from tests.committees import DrivenCommittee
from tests.cooperation_acts import a_gift
from tests.files import DrivenFile
from tests.foundation.samples import pdf, photograph
from tests.guests import DrivenGuest
from tests.planning.small import begun
from tests.plans import DrivenPlan
from tests.project_acts import a_project, add_indicator, add_risk, measure

TODAY = dt.date(2026, 5, 4)


@dataclass(frozen=True)
class Who:
    """Who may open an address, and how to write one."""

    # public: anyone, no cookie · public_form: so, and it takes what is sent
    # entrance: anyone, may set one · signed_in: any account · office: members
    # guest: the guests of one tie, and for everyone else there is nothing
    kind: str
    verbs: tuple[Verb, ...] = ()
    of: Callable[[Any], dict[str, Any]] | None = None
    owners: tuple[str, ...] = ("guanajuato",)
    arguments: dict[str, Any] = field(default_factory=dict)  # of an address that names no record of an office
    sending: tuple[Verb, ...] = ()  # what it takes to send the page's form, where reading the page takes less


def public(**arguments):
    return Who("public", arguments=arguments)


def public_form(**arguments):
    return Who("public_form", arguments=arguments)


def entrance(**arguments):
    return Who("entrance", arguments=arguments)


def signed_in(**arguments):
    return Who("signed_in", arguments=arguments)


def office(*verbs, of=None, owners=("guanajuato",), sending=(), **arguments):
    return Who("office", verbs, of, owners, arguments, sending)


def guest(of):
    return Who("guest", of=of)


def a_room(cast):
    """Ask somebody of Ashland in; the guest goes with the arguments, for who asks as that person."""
    return {"agreement": DrivenGuest(cast).file.key}


def a_told_entry(cast):
    guest = DrivenGuest(cast)
    return {"agreement": guest.file.key, "entry": guest.tells().pk}


def an_entry_of_guest(cast):
    return {"entry": a_told_entry(cast)["entry"]}


def a_shared_activity(cast):
    guest = DrivenGuest(cast)
    return {"agreement": guest.file.key, "activity": guest.shared().pk}


def a_guest_photograph(cast):
    guest = DrivenGuest(cast)
    sent = PhotographDraft(Sent(io.BytesIO(photograph()), "a.jpg"), PhotographWords("Coro"))
    return {"agreement": guest.file.key, "file": guest.tells(photographs=[sent]).files.get().pk}


def an_agreed_plan(cast):
    guest = DrivenGuest(cast)
    plan = DrivenPlan(cast, guest.file.now, agreed_on=dt.date(2026, 1, 15))
    return {"agreement": guest.file.key, "plan": plan.key}


def a_guest(cast):
    guest = DrivenGuest(cast)
    return {"agreement": guest.file.key, "guest": guest.guest.pk}


def an_activity(cast):
    told = EntryDraft(ActivityKind.VISIT, parse_partial("2026-05-01"), parse_partial("2026-05-01"), "Visita")
    by = cast.of("director")
    return {"activity": record_activity(file_of(cast).pk, by=by, key=uuid4(), entry=told, today=TODAY).pk}


def a_proof(cast):
    visit = an_activity(cast)["activity"]
    day = dt.date(2026, 5, 1)
    told = ProofDraft("Encuentro", "Ashland", "US", day, day, [visit])
    tie = Activity.objects.get(pk=visit).agreement_id
    return {"proof": prepare_proof(told, agreement=tie, by=cast.of("director"), today=TODAY, key=uuid4()).pk}


def a_signed_tie(cast):
    past = PastDraft(cast.file().parties, Kind.TWINNING, source="Acta 1")
    kept = enter_past(past, office=cast.office.pk, by=cast.of("director"), today=TODAY)
    return {"agreement": kept.pk, "language": "en", "format_": "docx"}


def reader(cast):
    who = Membership.objects.get(user=cast.of("reader").user)
    return {"membership": who.pk}


def closure(cast):
    draft = ClosureDraft(dt.date(2026, 7, 20), dt.date(2026, 7, 31), "Vacaciones", "")
    return {"closure": close_days(cast.office.pk, draft, by=cast.of("director"), version=1).pk}


def invitation(cast):
    sent = invite("otra@example.org", office=cast.office.pk, role=MemberRole.READER, by=cast.of("director"))
    return {"invitation": sent.invitation.pk}


def file_of(cast):
    """Open a file in Guanajuato's office."""
    return draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=TODAY)


def a_file(cast):
    return {"agreement": file_of(cast).pk}


def a_step(cast):
    return {**a_file(cast), "step": Step.REQUEST_OPINION}


def a_paper(cast):
    return {**a_file(cast), "paper": "aviso"}


def a_letter(cast):
    return {**a_paper(cast), "format_": "docx"}


def an_observation(cast):
    now = timezone.now()
    return {"observation": Observation.objects.create(agreement=file_of(cast), comment="Falta.", at=now).pk}


def a_proposal(cast):
    """Propose a withdrawal; which step it is does not matter to who may see it."""
    made = Proposal.objects.create(
        agreement=file_of(cast), step="terminate", on=TODAY, reason="sí", proposed_at=timezone.now(),
        proposed_by_id=cast.of("director").user,
    )  # fmt: skip
    return {"proposal": made.pk}


def a_past_step(cast):
    kept = file_of(cast)
    return {"agreement": kept.pk, "step": kept.steps.get().pk}


def a_vote(cast):
    return {
        "vote": CouncilVote.objects.create(agreement=file_of(cast), session="Ordinaria", on=TODAY, is_approved=True).pk
    }


def a_document(cast):
    kept = store_upload(io.BytesIO(pdf()), name="a.pdf", by=cast.of("director"), office=cast.office.pk)
    return {"document": kept.pk}


def a_gift_of(cast):
    return {"gift": a_gift(cast, file_of(cast)).pk}


def a_project_of(cast):
    return {"project": a_project(cast, file_of(cast)).pk}


def a_project_section(cast):
    return {**a_project_of(cast), "section": "datos"}


def a_project_stage(cast):
    return {**a_project_of(cast), "number": 1}


def a_new_part(cast):
    return {**a_project_of(cast), "part": "indicadores"}


def a_project_part(cast):
    made = a_project(cast)
    add_risk(cast, made)
    return {"project": made.pk, "part": "riesgos", "key": made.risks.get().pk}


def an_indicator(cast):
    made = a_project(cast)
    return {"project": made.pk, "indicator": add_indicator(cast, made).pk}


def a_value(cast):
    made = a_project(cast)
    indicator = add_indicator(cast, made)
    measure(cast, indicator, 3, on=dt.date(2026, 5, 1))
    return {"project": made.pk, "value": indicator.values.get().pk}


def handover(cast):
    given = Dossier("entrega", io.BytesIO(b"zip"), io.BytesIO(b"pdf"), {})
    day = dt.date(2026, 5, 4)
    made = prepare_handover(given, office=cast.office.pk, as_of=day, by=cast.of("director"), today=day)
    return {"handover": made.pk}


def handover_file(cast):
    return handover(cast) | {"form": "zip"}


def sent(cast):
    return {"agreement": DrivenFile(cast).asked().key}


def sent_text(cast):
    file = DrivenFile(cast).asked()
    return {"agreement": file.key, "text": file.now.texts.get(language="es").pk}


def observation(cast):
    return {"observation": DrivenFile(cast).asked().observed().now.observations.get().pk}


def copies_sent(cast):
    return {"agreement": DrivenFile(cast).sent().key}


def certificate(cast):
    return {**copies_sent(cast), "format_": "docx"}


def link(cast):
    file = DrivenFile(cast)
    made = ask_counterpart(file.counterpart.pk, by=file.by, language="en", contact="Ana")
    return {"agreement": file.key, "link": made.link.pk}


def an_assessment(cast):
    """Begin an assessment of the city, with the one question there is."""
    return {"assessment": begun(cast).pk}


def a_section(cast):
    return {**an_assessment(cast), "section": "unica"}


def a_committee(cast):
    return {"committee": DrivenCommittee(cast).key}


def a_committee_member(cast):
    return {"member": DrivenCommittee(cast).member("Ana").pk}


def a_session(cast):
    return {"session": DrivenCommittee(cast).called().pk}


def a_held_session(cast):
    committee = DrivenCommittee(cast)
    return {"session": committee.held(committee.member("Ana")).pk}


def minutes(cast):
    return {**a_held_session(cast), "format_": "docx"}


def signed_minutes(cast):
    committee = DrivenCommittee(cast)
    return {"session": committee.signed(committee.held(committee.member("Ana"))).pk}


def a_decision(cast):
    committee = DrivenCommittee(cast)
    return {"decision": committee.decides(committee.held(committee.member("Ana"))).pk}


def a_task(cast):
    committee = DrivenCommittee(cast)
    return {"task": committee.task(committee.member("Ana")).pk}


def a_plan(cast):
    return {"plan": DrivenPlan(cast).key}


def a_programme(cast):
    return {"programme": DrivenPlan(cast).programme().pk}


def something_planned(cast):
    plan = DrivenPlan(cast)
    return {"planned": plan.plans(plan.programme()).pk}


def a_request(cast):
    return {"asked": Beginning(cast).received().pk}


def an_accepted_request(cast):
    office = Beginning(cast)
    return {"asked": office.answered(office.received(), file=WhichFile()).pk}


def a_reply(cast):
    office = Beginning(cast)
    return {"asked": office.answered(office.received()).pk, "language": "en", "format_": "docx"}


def a_selection(cast):
    return {"selection": Beginning(cast).compared().selection_id}


def a_choice(cast):
    office = Beginning(cast)
    return {"selection": office.chosen(office.compared()).selection_id}


def a_candidate(cast):
    return {"candidate": Beginning(cast).compared().pk}


def a_call(cast):
    return {"call": CallingOffice(cast).recorded().pk}


def a_contribution(cast):
    """Send a hello to the city of the office."""
    content = {"sender": "guanajuato", "receiver": "ashland", "scene": "path", "wall": "rose", "text": "Hola"}
    sending = Sending(SentKind.HELLO, content, "es", uuid4(), office=cast.office.pk, place="guanajuato")
    return {"contribution": receive(sending).pk}


def a_stakeholder(cast):
    return {"stakeholder": Beginning(cast).named(file_of(cast)).pk}


ADDRESSES = {
    # the museum and the machines
    "agreement_jsonld": public(slug="x"),
    "api/v1/<path:rest>": public(rest="x"),
    "api:api-root": public(),
    "api:list_agreements": public(),
    "api:list_places": public(),
    "api:list_ties": public(),
    "api:openapi-json": public(),
    "api:read_agreement": public(slug="x"),
    "api:read_place": public(id="x"),
    "api:read_statistics": public(),
    "confirmation": public(token="x"),
    "proof": public(token="x"),
    "proof_photograph": public(token="x", photograph=uuid4()),
    "dataset": public(name="acuerdos", format_="csv"),
    "dcat": public(),
    "museum:agenda": public(),
    "museum:agenda_file": public(),
    "museum:agreement": public(slug="x"),
    "museum:agreements": public(),
    "museum:audio_guide": public(),
    "museum:audio_stop": public(number=1),
    "museum:board": public(),
    "museum:call": public(call=uuid4()),
    "museum:calls": public(),
    "museum:card": public(kind="x", slug="x"),
    "museum:cities": public(),
    "museum:city": public(slug="x"),
    "museum:city_card": public(slug="x"),
    "museum:city_emblem": public(slug="x"),
    "museum:city_rosette": public(slug="x"),
    "museum:collection": public(),
    "museum:course": public(slug="x"),
    "museum:course_certificate": public_form(slug="x"),
    "museum:course_final": public_form(slug="x"),
    "museum:course_verification": public_form(token="x"),
    "museum:courses": public(),
    "museum:entry": public(slug="x", entry=uuid4()),
    "museum:entry_picture": public(slug="x", entry=uuid4(), side=640),
    "museum:event": public(slug="x"),
    "museum:event_file": public(slug="x"),
    "museum:exhibit": public(slug="x"),
    "museum:exhibit_drawing": public(slug="x"),
    "museum:feed": public(),
    "museum:hall": public(),
    "museum:heads": public(),
    "museum:heads_file": public(),
    "museum:health": public(),
    "museum:ready": public(),
    "museum:alive": public(),
    "museum:hello": public(hello=uuid4()),
    "museum:hello_preview": public(),
    "museum:hellos": public(),
    "museum:home": public(),
    "museum:inquiry": public_form(slug="x"),
    "museum:jury": public_form(token="x"),
    "museum:kiosks": public(),
    "museum:lesson": public_form(slug="x", lesson="y"),
    "museum:letters": public_form(),
    "museum:letters_asked": public(),
    "museum:letters_confirm": public_form(token="x"),
    "museum:letters_leave": public_form(token="x"),
    "museum:map": public(),
    "museum:map_data": public(),
    "museum:new_answer": public_form(slug="x"),
    "museum:new_entry": public_form(slug="x"),
    "museum:new_hello": public_form(),
    "museum:new_proposal": public_form(),
    "museum:observatory": public(),
    "museum:offer": public(slug="x"),
    "museum:offers": public(),
    "museum:open_call": public(slug="x"),
    "museum:pair": public(slug="x"),
    "museum:pairs": public(),
    "museum:problem": public(slug="x"),
    "museum:proposal": public(proposal=uuid4()),
    "museum:proposals": public(),
    "museum:receipt": public_form(key=uuid4()),
    "museum:report": public_form(contribution=uuid4()),
    "museum:room": public(slug="x"),
    "museum:school_guide": public(),
    "museum:school_guide_file": public(),
    "museum:search": public(),
    "museum:search_data": public(),
    "museum:selection": public(),
    "museum:support": public(),
    "museum:verification": public(agreement=uuid4()),
    "museum:visit": public_form(),
    "museum:vote": public_form(slug="x"),
    "museum:vote_asked": public(slug="x"),
    "museum:vote_confirm": public_form(token="x"),
    "museum_root:favicon": public(),
    "museum_root:iiif_collection": public(),
    "museum_root:iiif_cut": public(code="x", region="full", size="max", rotation="0", given_as="default.jpg"),
    "museum_root:iiif_image": public(code="x"),
    "museum_root:iiif_info": public(code="x"),
    "museum_root:iiif_manifest": public(code="x"),
    "museum_root:kiosk": public(kiosk="x"),
    "museum_root:kiosk_audio": public(kiosk="x", code="es"),
    "museum_root:kiosk_hall": public(kiosk="x", code="es"),
    "museum_root:kiosk_icon": public(kiosk="x", size=192),
    "museum_root:kiosk_manifest": public(kiosk="x"),
    "museum_root:kiosk_room": public(kiosk="x", code="es", slug="x"),
    "museum_root:kiosk_stop": public(kiosk="x", code="es", number=1),
    "museum_root:kiosk_worker": public(kiosk="x"),
    "museum_root:land": public(),
    "museum_root:manifest": public(),
    "museum_root:media": public(name="x"),
    "museum_root:robots": public(),
    "museum_root:short_room": public(slug="x"),
    "museum_root:short_stop": public(number=1),
    "museum_root:short_work": public(code="x"),
    "museum_root:sitemap": public(),
    "museum_root:sitemap_agreements": public(part=1),
    "museum_root:sitemap_noun": public(noun="salas"),
    "museum_root:sitemap_pages": public(),
    "museum_root:sitemap_places": public(part=1),
    "wagtail_serve": public(),
    "open_data:datasets": public(),
    "place_jsonld": public(slug="x"),
    "template": public(format_="csv"),
    # accounts
    "account_change_password": signed_in(),
    "account_inactive": entrance(),
    "account_invitation": entrance(token="x"),
    "account_login": entrance(),
    "account_logout": entrance(),
    "account_reauthenticate": signed_in(),
    "account_reset_password": entrance(),
    "account_reset_password_done": entrance(),
    "account_reset_password_from_key": entrance(uidb36="x", key="x"),
    "account_reset_password_from_key_done": entrance(),
    "account_set_password": signed_in(),
    "account_signup": entrance(),
    "mfa_activate_totp": signed_in(),
    "mfa_add_webauthn": signed_in(),
    "mfa_authenticate": entrance(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
    "mfa_edit_webauthn": signed_in(pk=1),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_index": signed_in(),
    "mfa_list_webauthn": signed_in(),
    "mfa_login_webauthn": entrance(),
    "mfa_reauthenticate": signed_in(),
    "mfa_reauthenticate_webauthn": signed_in(),
    "mfa_remove_webauthn": signed_in(pk=1),
    "mfa_view_recovery_codes": signed_in(),
    "usersessions_list": signed_in(),
    # the counterpart
    "guest:activity": guest(a_shared_activity),
    "guest:entry": guest(a_told_entry),
    "guest:invitation": entrance(token="x"),
    "guest:mend": guest(a_told_entry),
    "guest:photograph": guest(a_guest_photograph),
    "guest:plan": guest(an_agreed_plan),
    "guest:plan_file": guest(lambda cast: {**an_agreed_plan(cast), "language": "en", "format_": "docx"}),
    "guest:room": guest(a_room),
    "guest:rooms": signed_in(),
    "guest:say": guest(a_shared_activity),
    "guest:table": guest(lambda cast: {**a_room(cast), "format_": "csv"}),
    "guest:take_back": guest(a_told_entry),
    "guest:tell": guest(a_room),
    # the office
    "workspace:abandon_assessment": office(Verb.ASSESS, of=an_assessment),
    "workspace:activities": office(Verb.READ_FILES),
    "workspace:activities_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:activity": office(Verb.READ_FILES, of=an_activity),
    "workspace:add_candidate": office(Verb.WEIGH_CITIES, of=a_selection),
    "workspace:add_committee_member": office(Verb.KEEP_COMMITTEES, of=a_committee),
    "workspace:add_paper": office(Verb.EDIT_FILE, of=a_past_step),
    "workspace:annual_paper": office(Verb.READ_FILES, year=2026, language="es", format_="docx"),
    "workspace:annual_report": office(Verb.READ_FILES, year=2026),
    "workspace:annual_table": office(Verb.READ_FILES, year=2026, format_="csv"),
    "workspace:add_programme": office(Verb.KEEP_PLANS, of=a_plan),
    "workspace:add_project_part": office(Verb.KEEP_PROJECTS, of=a_new_part),
    "workspace:add_value": office(Verb.KEEP_PROJECTS, of=an_indicator),
    "workspace:advance_project": office(Verb.KEEP_PROJECTS, of=a_project_of),
    "workspace:answer": office(Verb.EDIT_FILE, of=an_observation),
    "workspace:answer_request": office(Verb.ANSWER_REQUEST, of=a_request),
    "workspace:ask_guest": office(Verb.KEEP_GUESTS, of=a_file),
    "workspace:assessment": office(Verb.READ_FILES, of=an_assessment),
    "workspace:assessment_file": office(Verb.READ_FILES, of=lambda cast: {**an_assessment(cast), "format_": "csv"}),
    "workspace:assessment_history": office(Verb.READ_FILES, of=an_assessment),
    "workspace:assessment_section": office(Verb.ASSESS, of=a_section),
    "workspace:assessments": office(Verb.READ_FILES),
    "workspace:attendance": office(Verb.KEEP_COMMITTEES, of=a_held_session),
    "workspace:begin_assessment": office(Verb.ASSESS),
    "workspace:begin_selection": office(Verb.WEIGH_CITIES),
    "workspace:beginnings": office(Verb.READ_FILES),
    "workspace:calendar": office(Verb.READ_FILES, Verb.KEEP_CALENDAR),
    "workspace:call": office(Verb.READ_FILES, of=a_call),
    "workspace:call_session": office(Verb.KEEP_COMMITTEES, of=a_committee),
    "workspace:calls": office(Verb.READ_FILES),
    "workspace:calls_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:cancel_planned": office(Verb.KEEP_PLANS, of=something_planned),
    "workspace:cancel_session": office(Verb.KEEP_COMMITTEES, of=a_session),
    "workspace:certificate": office(Verb.READ_FILES, of=certificate),
    "workspace:change_proof": office(Verb.PREPARE_PROOF, of=a_proof),
    "workspace:cancel_project": office(Verb.CANCEL_PROJECT, of=a_project_of),
    "workspace:change_value": office(Verb.KEEP_PROJECTS, of=a_value),
    "workspace:choose": office(),
    "workspace:cities_beside": office(Verb.READ_FILES),
    "workspace:close_assessment": office(Verb.CLOSE_ASSESSMENT, of=an_assessment),
    "workspace:committee": office(Verb.READ_COMMITTEES, of=a_committee),
    "workspace:committee_member": office(Verb.KEEP_COMMITTEES, of=a_committee_member),
    "workspace:committees": office(Verb.READ_COMMITTEES),
    "workspace:committees_table": office(Verb.READ_COMMITTEES, table="integrantes", format_="csv"),
    "workspace:compare": office(Verb.READ_FILES, of=a_file),
    "workspace:contribution": office(Verb.MODERATE, of=a_contribution),
    "workspace:counterpart": office(Verb.READ_FILES, of=a_file),
    "workspace:counterpart_link": office(Verb.ASK_COUNTERPART, of=a_file),
    "workspace:correct_past": office(Verb.TAKE_OVER, of=lambda cast: {"agreement": a_signed_tie(cast)["agreement"]}),
    "workspace:decide": office(Verb.READ_FILES, of=a_proposal),
    "workspace:decide_city": office(Verb.DECIDE_CITY, of=a_selection),
    "workspace:decide_in_session": office(Verb.KEEP_COMMITTEES, of=a_held_session),
    "workspace:document": office(Verb.READ_FILES, Verb.REVIEW_FILES, Verb.READ_REGISTER, of=a_document),
    "workspace:edit": office(Verb.EDIT_FILE, of=a_file),
    "workspace:edit_call": office(Verb.KEEP_COMMITTEES, of=a_session),
    "workspace:edit_committee": office(Verb.KEEP_COMMITTEES, of=a_committee),
    "workspace:edit_plan": office(Verb.KEEP_PLANS, of=a_plan),
    "workspace:edit_planned": office(Verb.KEEP_PLANS, of=something_planned),
    "workspace:edit_programme": office(Verb.KEEP_PLANS, of=a_programme),
    "workspace:edit_project": office(Verb.KEEP_PROJECTS, of=a_project_section),
    "workspace:edit_selection": office(Verb.WEIGH_CITIES, of=a_selection),
    "workspace:end": office(Verb.MANAGE_MEMBERS, of=reader),
    "workspace:end_committee": office(Verb.KEEP_COMMITTEES, of=a_committee),
    "workspace:end_committee_member": office(Verb.KEEP_COMMITTEES, of=a_committee_member),
    "workspace:end_guest": office(Verb.KEEP_GUESTS, of=a_guest),
    "workspace:enter_past": office(Verb.TAKE_OVER),
    "workspace:entry": office(Verb.READ_REGISTER, of=copies_sent, owners=("sre",)),
    "workspace:feed": public(token="x"),
    "workspace:file": office(Verb.READ_FILES, of=a_file),
    "workspace:file_choice": office(Verb.DECIDE_CITY, of=a_choice),
    "workspace:file_request": office(Verb.ANSWER_REQUEST, of=an_accepted_request),
    "workspace:files": office(Verb.READ_FILES),
    "workspace:files_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:finish_task": office(Verb.READ_COMMITTEES, of=a_task),
    "workspace:found_committee": office(Verb.KEEP_COMMITTEES),
    "workspace:gift": office(Verb.READ_FILES, of=a_gift_of),
    "workspace:gifts": office(Verb.READ_FILES),
    "workspace:gifts_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:give_back": office(Verb.NOTE_ACTIVITY, of=an_entry_of_guest),
    "workspace:give_task": office(Verb.KEEP_COMMITTEES, of=a_committee),
    "workspace:guest_entry": office(Verb.READ_FILES, of=an_entry_of_guest),
    "workspace:guests": office(Verb.READ_FILES, of=a_file),
    "workspace:guests_table": office(Verb.READ_FILES, of=lambda cast: {**a_file(cast), "format_": "csv"}),
    "workspace:handover": office(Verb.HAND_OVER, Verb.RECEIVE_OFFICE),
    "workspace:handover_file": office(Verb.HAND_OVER, Verb.RECEIVE_OFFICE, of=handover_file),
    "workspace:handover_record": office(Verb.HAND_OVER, Verb.RECEIVE_OFFICE, of=handover),
    "workspace:home": office(),
    "workspace:iati": office(Verb.READ_FILES),
    "workspace:iati_file": office(Verb.READ_FILES),
    "workspace:ledger": office(Verb.READ_FILES),
    "workspace:ledger_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:link_done": office(Verb.KEEP_PLANS, of=something_planned),
    "workspace:make_plan": office(Verb.KEEP_PLANS),
    "workspace:mend_activity": office(Verb.NOTE_ACTIVITY, of=an_activity),
    "workspace:mend_call": office(Verb.KEEP_CALLS, of=a_call),
    "workspace:mend_decision": office(Verb.KEEP_COMMITTEES, of=a_decision),
    "workspace:mend_gift": office(Verb.MEND_GIFT, of=a_gift_of),
    "workspace:mend_project_stage": office(Verb.KEEP_PROJECTS, of=a_project_stage),
    "workspace:leave_out_candidate": office(Verb.WEIGH_CITIES, of=a_candidate),
    "workspace:life": office(Verb.READ_FILES, of=a_file),
    "workspace:mark_candidate": office(Verb.WEIGH_CITIES, of=a_candidate),
    "workspace:mend_request": office(Verb.RECEIVE_REQUEST, of=a_request),
    "workspace:mend_vote": office(Verb.RECORD_COUNCIL_VOTE, of=a_vote),
    "workspace:minutes": office(Verb.READ_COMMITTEES, of=minutes),
    "workspace:moderated": office(Verb.MODERATE),
    "workspace:moderation": office(Verb.MODERATE),
    "workspace:name_stakeholder": office(Verb.NAME_STAKEHOLDERS, of=a_file),
    "workspace:note_activity": office(Verb.NOTE_ACTIVITY),
    "workspace:observe": office(Verb.REVIEW_FILES, of=sent, owners=("sre", "estado")),
    "workspace:open": office(Verb.DRAFT),
    "workspace:opinion": office(Verb.REVIEW_FILES, of=sent, owners=("sre",)),
    "workspace:paper": office(Verb.READ_FILES, of=a_paper),
    "workspace:paper_file": office(Verb.READ_FILES, of=a_letter),
    "workspace:part_activity": office(Verb.NOTE_ACTIVITY, of=an_activity),
    "workspace:part_with_stakeholder": office(Verb.NAME_STAKEHOLDERS, of=a_stakeholder),
    "workspace:particulars": office(Verb.CHANGE_OFFICE),
    "workspace:past": office(Verb.TAKE_OVER),
    "workspace:path": office(Verb.READ_FILES, of=a_file),
    "workspace:people": office(),
    "workspace:prepare_proof": office(Verb.PREPARE_PROOF),
    "workspace:proceedings": office(Verb.KEEP_COMMITTEES, of=a_held_session),
    "workspace:project_sheet": office(Verb.READ_FILES, of=a_project_of),
    "workspace:project_sheet_file": office(
        Verb.READ_FILES, of=lambda cast: {**a_project_of(cast), "language": "es", "format_": "csv"}
    ),
    "workspace:proof": office(Verb.READ_FILES, of=a_proof),
    "workspace:proof_file": office(
        Verb.READ_FILES, of=lambda cast: {**a_proof(cast), "language": "es", "format_": "csv"}
    ),
    "workspace:plan": office(Verb.READ_FILES, of=a_plan),
    "workspace:plan_activity": office(Verb.KEEP_PLANS, of=a_programme),
    "workspace:plan_feed": office(Verb.READ_FILES, of=a_plan),
    "workspace:plan_file": office(
        Verb.READ_FILES, of=lambda cast: {**a_plan(cast), "language": "en", "format_": "docx"}
    ),
    "workspace:plan_gantt": office(Verb.READ_FILES, of=a_plan),
    "workspace:plan_months": office(Verb.READ_FILES, of=a_plan),
    "workspace:plan_shared": office(Verb.READ_FILES, of=a_plan),
    "workspace:planned": office(Verb.READ_FILES, of=something_planned),
    "workspace:plans": office(Verb.READ_FILES),
    "workspace:plans_table": office(Verb.READ_FILES, table="actividades", format_="csv"),
    "workspace:programme": office(Verb.READ_FILES, of=a_programme),
    "workspace:programme_resources": office(Verb.KEEP_PLANS, of=a_programme),
    "workspace:programme_staff": office(Verb.KEEP_PLANS, of=a_programme),
    "workspace:publish_call": office(Verb.PUBLISH_CALL, of=a_call),
    "workspace:publish_gift": office(Verb.PUBLISH_GIFT, of=a_gift_of),
    "workspace:publish_proof": office(Verb.PUBLISH_PROOF, of=a_proof),
    "workspace:project": office(Verb.READ_FILES, of=a_project_of),
    "workspace:project_activities": office(Verb.KEEP_PROJECTS, of=a_project_of),
    "workspace:project_goals": office(Verb.KEEP_PROJECTS, of=a_project_of),
    "workspace:project_part": office(Verb.KEEP_PROJECTS, of=a_project_part),
    "workspace:projects": office(Verb.READ_FILES),
    "workspace:projects_table": office(Verb.READ_FILES, table="proyectos", format_="csv"),
    "workspace:publish_project": office(Verb.PUBLISH_PROJECT, of=a_project_of),
    "workspace:reactivation": office(Verb.READ_FILES),
    "workspace:reactivation_letter": office(Verb.READ_FILES, of=a_signed_tie),
    "workspace:reactivation_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:receive_request": office(Verb.RECEIVE_REQUEST),
    "workspace:record_call": office(Verb.KEEP_CALLS),
    "workspace:record_gift": office(Verb.RECORD_GIFT),
    "workspace:record_project": office(Verb.KEEP_PROJECTS),
    "workspace:register": office(Verb.READ_REGISTER),
    "workspace:register_certificate": office(Verb.READ_REGISTER, of=certificate, owners=("sre",)),
    "workspace:register_table": office(Verb.READ_REGISTER, format_="csv"),
    "workspace:reports": office(Verb.READ_FILES),
    "workspace:reopen_selection": office(Verb.DECIDE_CITY, of=a_choice),
    "workspace:request": office(Verb.READ_FILES, of=a_request),
    "workspace:request_letter": office(Verb.READ_FILES, of=a_reply),
    "workspace:requests_table": office(Verb.READ_FILES, format_="csv"),
    "workspace:resolve_call": office(Verb.KEEP_CALLS, of=a_call),
    "workspace:review": office(Verb.REVIEW_FILES, of=sent, owners=("sre", "estado")),
    "workspace:review_compare": office(Verb.REVIEW_FILES, of=sent_text, owners=("sre", "estado")),
    "workspace:reviews": office(Verb.REVIEW_FILES),
    "workspace:role": office(Verb.MANAGE_MEMBERS, of=reader),
    "workspace:selection": office(Verb.READ_FILES, of=a_selection),
    "workspace:selection_table": office(Verb.READ_FILES, of=lambda cast: {**a_selection(cast), "format_": "csv"}),
    "workspace:session": office(Verb.READ_COMMITTEES, of=a_session),
    "workspace:settle": office(Verb.REVIEW_FILES, of=observation, owners=("sre",)),
    "workspace:share_activity": office(Verb.NOTE_ACTIVITY, of=an_activity),
    "workspace:show_activity": office(Verb.PUBLISH_ACTIVITY, of=an_activity),
    "workspace:sign_minutes": office(Verb.KEEP_COMMITTEES, of=a_held_session),
    "workspace:signed_minutes": office(Verb.READ_COMMITTEES, of=signed_minutes),
    "workspace:state_progress": office(Verb.KEEP_PLANS, of=something_planned),
    "workspace:stakeholder": office(Verb.NAME_STAKEHOLDERS, of=a_stakeholder),
    "workspace:stakeholders": office(Verb.READ_FILES, of=a_file),
    "workspace:stakeholders_table": office(Verb.READ_FILES, of=lambda cast: {**a_file(cast), "format_": "csv"}),
    "workspace:step": office(Verb.READ_FILES, of=a_step, sending=(VERBS[Step.REQUEST_OPINION],)),
    "workspace:subscribe": office(Verb.READ_FILES),
    "workspace:take_out_part": office(Verb.KEEP_PROJECTS, of=a_project_part),
    "workspace:take_out_value": office(Verb.KEEP_PROJECTS, of=a_value),
    "workspace:take_in": office(Verb.NOTE_ACTIVITY, of=an_entry_of_guest),
    "workspace:take_over_post": office(Verb.KEEP_COMMITTEES, of=a_committee_member),
    "workspace:take_project_stage_back": office(Verb.KEEP_PROJECTS, of=a_project_of),
    "workspace:task": office(Verb.KEEP_COMMITTEES, of=a_task),
    "workspace:template": office(Verb.KEEP_TEMPLATES, paper="aviso"),
    "workspace:templates": office(Verb.KEEP_TEMPLATES),
    "workspace:text": office(Verb.ADD_TEXT, of=a_file),
    "workspace:unlink_done": office(Verb.KEEP_PLANS, of=lambda cast: {**something_planned(cast), "activity": uuid4()}),
    "workspace:vote": office(Verb.RECORD_COUNCIL_VOTE, of=a_file),
    "workspace:weigh_criteria": office(Verb.WEIGH_CITIES, of=a_selection),
    "workspace:whereabouts": office(Verb.MEND_GIFT, of=a_gift_of),
    "workspace:withdraw": office(Verb.MANAGE_MEMBERS, of=invitation),
    "workspace:withdraw_activity": office(Verb.WITHDRAW_ACTIVITY, of=an_activity),
    "workspace:withdraw_call": office(Verb.WITHDRAW_CALL, of=a_call),
    "workspace:withdraw_closure": office(Verb.KEEP_CALENDAR, of=closure),
    "workspace:withdraw_gift": office(Verb.WITHDRAW_GIFT, of=a_gift_of),
    "workspace:withdraw_link": office(Verb.ASK_COUNTERPART, of=link),
}
