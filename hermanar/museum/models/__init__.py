"""Tables of the museum: what visitors read and what editors keep. Records are named by their public identifier."""

from hermanar.museum.models.courses import Audience, Course, Lesson, Question, RightOption

__all__ = ["Audience", "Course", "Lesson", "Question", "RightOption"]
