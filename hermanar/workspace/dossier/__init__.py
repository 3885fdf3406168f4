"""The dossier of an office on a day: what it holds, owes and lacks, as PDF and as a ZIP that proves itself."""

from hermanar.workspace.dossier.knowing import Known, known_on
from hermanar.workspace.dossier.ordering import write_dossier
from hermanar.workspace.dossier.writing import make_dossier

__all__ = ["Known", "known_on", "make_dossier", "write_dossier"]
