"""Papers: our own as Word and PDF from one structure, an office's Word templates, and two texts compared.

The heavy libraries are asked for only inside the functions that need them: serving pages costs nothing more.
"""

from hermanar.foundation.papers.comparing import Change, ComparedParagraph, Span, TooLongError, compare_texts
from hermanar.foundation.papers.facts import (
    ActivityFacts,
    AgreementFacts,
    CertificateFacts,
    CourseFacts,
    LetterFacts,
    MinutesFacts,
    PartyFacts,
    ProgrammeFacts,
    ReactivationFacts,
    ReplyFacts,
    ReviewLetterFacts,
    StaffFacts,
    WorkPlanFacts,
)
from hermanar.foundation.papers.filling import UnusableTemplateError, fill_word
from hermanar.foundation.papers.pdf import PaperError, write_pdf
from hermanar.foundation.papers.reading import text_of
from hermanar.foundation.papers.structure import Paper, missing
from hermanar.foundation.papers.templates import TemplateReport, check_template
from hermanar.foundation.papers.texts.certificate import certificate
from hermanar.foundation.papers.texts.cooperation import cooperation
from hermanar.foundation.papers.texts.course import course_certificate
from hermanar.foundation.papers.texts.letters import notice, request_for_opinion, signed_copies
from hermanar.foundation.papers.texts.minutes import minutes
from hermanar.foundation.papers.texts.programme import programme
from hermanar.foundation.papers.texts.reactivation import reactivation
from hermanar.foundation.papers.texts.reply import reply
from hermanar.foundation.papers.texts.review import observations_letter, opinion_letter
from hermanar.foundation.papers.texts.twinning import twinning
from hermanar.foundation.papers.texts.work_plan import work_plan
from hermanar.foundation.papers.word import write_word

__all__ = [
    "ActivityFacts",
    "AgreementFacts",
    "CertificateFacts",
    "Change",
    "ComparedParagraph",
    "CourseFacts",
    "LetterFacts",
    "MinutesFacts",
    "Paper",
    "PaperError",
    "PartyFacts",
    "ProgrammeFacts",
    "ReactivationFacts",
    "ReplyFacts",
    "ReviewLetterFacts",
    "Span",
    "StaffFacts",
    "TemplateReport",
    "TooLongError",
    "UnusableTemplateError",
    "WorkPlanFacts",
    "certificate",
    "check_template",
    "compare_texts",
    "cooperation",
    "course_certificate",
    "fill_word",
    "minutes",
    "missing",
    "notice",
    "observations_letter",
    "opinion_letter",
    "programme",
    "reactivation",
    "reply",
    "request_for_opinion",
    "signed_copies",
    "text_of",
    "twinning",
    "work_plan",
    "write_pdf",
    "write_word",
]
