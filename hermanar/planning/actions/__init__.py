"""Writes of planning: the shipped outlines, and what an office answers to them."""

from hermanar.foundation.editing import EditConflictError
from hermanar.planning.actions.answering import AnswerDraft, EvidenceDraft, save_section
from hermanar.planning.actions.assessing import abandon, begin, close
from hermanar.planning.actions.outlines import LoadedOutlines, load_outlines

__all__ = [
    "AnswerDraft",
    "EditConflictError",
    "EvidenceDraft",
    "LoadedOutlines",
    "abandon",
    "begin",
    "close",
    "load_outlines",
    "save_section",
]
