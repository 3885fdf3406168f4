"""The one search of the museum: rooms and pages, records, collection, courses, comparisons, dialogue, calendar."""

from hermanar.museum.finding.answers import KINDS, PAGE, Answer, Group, Hit, everything, found

__all__ = ["KINDS", "PAGE", "Answer", "Group", "Hit", "everything", "found"]
