"""Projects as the International Aid Transparency Initiative publishes them: version 2.03 of its activity file."""

from hermanar.workspace.iati.facts import (
    Budget,
    DateKind,
    Indicator,
    IndicatorLevel,
    Measure,
    Organisation,
    OrganisationKind,
    OrganisationPart,
    Period,
    ProjectFacts,
    Publisher,
    Stage,
    Told,
)
from hermanar.workspace.iati.lacking import Lacking, lacking, publisher_lacks, stays_out
from hermanar.workspace.iati.writing import NothingToPublishError, activity_identifier, write_activities

__all__ = [
    "Budget",
    "DateKind",
    "Indicator",
    "IndicatorLevel",
    "Lacking",
    "Measure",
    "NothingToPublishError",
    "Organisation",
    "OrganisationKind",
    "OrganisationPart",
    "Period",
    "ProjectFacts",
    "Publisher",
    "Stage",
    "Told",
    "activity_identifier",
    "lacking",
    "publisher_lacks",
    "stays_out",
    "write_activities",
]
