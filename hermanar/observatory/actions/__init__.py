"""Writes of the observatory: captures of what others report, resolved and recognised."""

from hermanar.observatory.actions.captures import load_captures
from hermanar.observatory.actions.facts import CaptureFacts, PlaceFacts, TieFacts
from hermanar.observatory.actions.figures import record_reference_figures
from hermanar.observatory.actions.recording import CaptureReport, load_capture
from hermanar.observatory.actions.wikidata import load_wikidata_ties

__all__ = [
    "CaptureFacts",
    "CaptureReport",
    "PlaceFacts",
    "TieFacts",
    "load_capture",
    "load_captures",
    "load_wikidata_ties",
    "record_reference_figures",
]
