"""A work plan from a file to something done, in a real browser; its papers read back in both languages."""

from __future__ import annotations
