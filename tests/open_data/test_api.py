"""The API: what it answers, what it refuses and how, and that everything agrees with everything."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import openpyxl
import pytest

pytestmark = pytest.mark.django_db
LIST = "/api/v1/agreements"


def get(client, path, **query):
    response = client.get(path, query)
    return response.status_code, json.loads(response.content)


def test_an_item_has_the_fields_of_the_contract(client, registry):
    status, page = get(client, LIST, q="Ashland")
    assert (status, page["count"], page["next"]) == (200, 1, None)
    (item,) = page["items"]
    named = [
        "slug",
        "title",
        "kind",
        "regime",
        "scope",
        "parties",
        "signed_on",
        "signed_precision",
        "stage",
        "force",
        "vitality",
    ]
    assert list(item)[: len(named)] == named
    assert {"registered", "areas", "evidence_on", "sources"} <= set(item)
    assert [one["id"] for one in item["parties"]] == ["inegi:11015", "geonames:5711146"]
    assert (item["signed_on"], item["signed_precision"]) == ("1969", "year")


def test_a_walk_by_cursor_meets_every_agreement_once(client, registry):
    seen, cursor = [], ""
    while True:
        _status, page = get(client, LIST, limit=2, **({"cursor": cursor} if cursor else {}))
        assert page["count"] == 6
        seen += [item["slug"] for item in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 6


def test_contradictory_statements_stand_side_by_side_in_api_and_file(client, registry):
    _status, sheet = get(client, f"{LIST}/guanajuato-ashland")
    assert sorted(one["value"] for one in sheet["statements"] if one["field"] == "signed_on") == ["1961", "1969"]
    assert all(one["is_disputed"] for one in sheet["statements"] if one["field"] == "signed_on")
    text = b"".join(client.get("/datos/declaraciones.csv").streaming_content).decode("utf-8-sig")
    rows = [
        row
        for row in csv.DictReader(io.StringIO(text))
        if (row["acuerdo"], row["campo"]) == ("guanajuato-ashland", "signed_on")
    ]
    assert sorted(row["valor"] for row in rows) == ["1961", "1969"]
    linked = json.loads(client.get("/acuerdos/guanajuato-ashland.jsonld").content)
    values = [one["hermanar:value"] for one in linked["statements"] if one["hermanar:field"] == "signed_on"]
    assert sorted(values) == ["1961", "1969"]


@pytest.mark.parametrize(
    "query", [{}, {"host": "Guanajuato"}, {"country": "ES"}, {"kind": "unknown"}, {"q": "kioto"}, {"decade": "1990"}]
)
def test_statistics_list_csv_and_xlsx_agree(client, registry, query):
    _status, counted = get(client, "/api/v1/statistics", **query)
    _status, listed = get(client, LIST, limit=500, **query)
    text = b"".join(client.get("/datos/acuerdos.csv", query).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/datos/acuerdos.xlsx", query).streaming_content)))
    sheet = [[cell or "" for cell in row] for row in book.active.iter_rows(min_row=2, values_only=True)]
    slugs = sorted(item["slug"] for item in listed["items"])
    assert counted["total"] == listed["count"] == len(slugs)
    assert sorted(row[0] for row in rows) == slugs
    assert sorted(sheet) == sorted(rows)
    for name in ("by_kind", "by_regime", "by_scope", "by_force", "by_vitality", "by_decade", "registered"):
        assert sum(counted[name].values()) == counted["total"], name


def test_statistics_of_a_host(client, registry):
    _status, counted = get(client, "/api/v1/statistics", host="Guanajuato")
    assert (counted["total"], counted["by_regime"]) == (3, {"treaties_law": 2, "between_mexican": 1})
    assert counted["by_country"] == {"ES": 1, "MX": 1, "US": 1}


REFUSED = [
    (LIST, {"foo": "1"}, 422, "#/foo"),
    (LIST, {"limit": "0"}, 422, "#/limit"),
    (LIST, {"limit": "-1"}, 422, "#/limit"),
    (LIST, {"limit": "501"}, 422, "#/limit"),
    (LIST, {"limit": "9" * 300}, 422, "#/limit"),
    (LIST, {"limit": "٣"}, 422, "#/limit"),
    (LIST, {"limit": ["1", "2"]}, 422, "#/limit"),
    (LIST, {"q": ["a", "b"]}, 422, "#/q"),
    (LIST, {"q": "a\x00b"}, 422, "#/q"),
    (LIST, {"cursor": "x"}, 422, "#/cursor"),
    (LIST, {"kind": "friendship"}, 422, "#/kind"),
    (LIST, {"signed_from": "2020-02-31"}, 422, "#/signed_from"),
    (LIST, {"lang": "fr"}, 422, "#/lang"),
    (LIST, {"host": "Atlantis"}, 404, "#/host"),
    (LIST, {"q": "a" * 10_000}, 414, None),
    (f"{LIST}/nada", {}, 404, None),
    (f"{LIST}/a%00b", {}, 404, None),
    ("/api/v1/places", {}, 422, "#/q"),
    ("/api/v1/places/inegi:99999", {}, 404, None),
    ("/api/v1/ties", {"place": "Atlantis"}, 404, "#/place"),
    ("/api/v1/ties", {"cursor": "x"}, 422, "#/cursor"),
    ("/api/v1/nada", {}, 404, None),
    ("/api/v1/statistics", {"limit": "1"}, 422, "#/limit"),
    ("/datos/acuerdos.csv", {"foo": "1"}, 422, "#/foo"),
    ("/datos/acuerdos.csv", {"host": "Atlantis"}, 404, "#/host"),
    ("/datos/lugares.csv", {"host": "Guanajuato"}, 422, "#/host"),
    ("/datos/nada.csv", {}, 404, None),
    ("/datos/cifras.geojson", {}, 404, None),
    ("/acuerdos/nada.jsonld", {}, 404, None),
]


@pytest.mark.parametrize(("path", "query", "status", "pointer"), REFUSED)
def test_refusals_are_problem_details(client, registry, path, query, status, pointer):
    response = client.get(path, query)
    problem = json.loads(response.content)
    assert (response.status_code, problem["status"], response["content-type"]) == (
        status,
        status,
        "application/problem+json",
    )
    assert {"type", "title", "detail"} <= set(problem)
    assert [one["pointer"] for one in problem["errors"]] == ([pointer] if pointer else [])


def test_dates_that_are_taken_are_dates_as_described(client, registry):
    described = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/agreements"]["get"]["parameters"]
    (pattern,) = {one["schema"]["pattern"] for one in described if one["name"] in {"signed_from", "signed_to"}}
    days = [(dt.date(2024, 1, 1) + dt.timedelta(days=count)).isoformat() for count in range(366)]
    assert [day for day in days if not re.search(pattern, day)] == []
    for told in ("1987", "1987-12", "1987-12-31"):
        assert re.search(pattern, told)
        assert client.get(LIST, {"signed_to": told}).status_code == 200
    assert not [told for told in ("1987-13", "1987-00", "1987-12-32", "1987-12-00", "87") if re.search(pattern, told)]


def test_a_cursor_of_another_list_is_refused(client, registry):
    _status, page = get(client, LIST, limit=1)
    assert get(client, LIST, limit=1, host="Guanajuato", cursor=page["next"])[0] == 422
    assert get(client, "/api/v1/ties", limit=1, cursor=page["next"])[0] == 422


def test_ten_megabytes_of_query_are_refused_before_work(client, registry, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(LIST, QUERY_STRING="q=" + "a" * 10_000_000).status_code == 414


def test_a_name_that_several_places_bear_is_refused_with_them(client, registry):
    status, problem = get(client, LIST, host="Tequila")
    assert (status, [one["id"] for one in problem["candidates"]]) == (409, ["inegi:14094", "inegi:30168"])
    for one in problem["candidates"]:
        _status, sheet = get(client, f"/api/v1/places/{one['id']}")
        assert (one["agreement_count"], one["tie_count"]) == tuple(
            sheet["line"][name] for name in ("agreement_count", "tie_count")
        )
    assert get(client, LIST, host="inegi:14094")[1]["count"] == 1


def test_parameters_of_campaigns_are_passed_over(client, registry):
    assert get(client, LIST, utm_source="x")[0] == 200


def test_messages_are_in_the_language_asked_for(client, registry):
    assert "No existe" in get(client, LIST, foo="1")[1]["detail"]
    assert get(client, "/api/v1/places", q="toledo", lang="en")[1]["items"][0]["country_name"] == "Spain"


def test_methods_and_permissions(client, registry):
    whole = client.get(LIST)
    head = client.head(LIST)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(whole.content)))
    assert client.options(LIST)["Allow"] == "GET, HEAD, OPTIONS"
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(LIST)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert {response["Access-Control-Allow-Origin"] for response in (whole, head, client.get(LIST, {"foo": "1"}))} == {
        "*"
    }
    assert not whole.cookies


def test_ties_are_reports_and_not_agreements(client, registry):
    _status, page = get(client, "/api/v1/ties", place="Guanajuato")
    (tie,) = [one for one in page["items"] if {two["slug"] for two in one["places"]} == {"guanajuato", "kioto"}]
    said = [(f"wikidata-{year}-01-01", "CC0 1.0") for year in (2025, 2026)]
    assert [(one["capture"][:19], one["licence"]) for one in tie["reports"]] == said
    assert tie["agreements"] == []


def test_a_place_is_found_by_identifier_and_by_name(client, registry):
    _status, found = get(client, "/api/v1/places", q="leon")
    assert found["items"][0]["id"] == "inegi:11020"
    _status, sheet = get(client, "/api/v1/places/inegi:11020")
    assert (sheet["line"]["slug"], len(sheet["agreements"])) == ("leon", 2)
