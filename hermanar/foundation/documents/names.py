"""The name a file keeps: what the person called it, without anything that could mislead a person or a system."""

from __future__ import annotations

import re
import unicodedata

_FALLBACK = "documento"
_MOST_LETTERS = 120
# Control and format characters, among them those that turn the direction of reading (`gpj.exe`).
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = re.compile(r'[<>:"|?*%;`$&\\/]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
# Endings that some system runs, opens in a browser or hides: inside a name they become part of a word.
_RUNNABLE = re.compile(
    r"(?i)\.(exe|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|scr|pif|lnk|jar|py|pl|sh|php\d?|phtml|phar|cgi|asp|aspx|jsp|"
    r"html?|xhtml|mht|shtml|svg|swf|xml|docm|dotm|xlsm|xltm|xlam|dll|reg|iso|app|apk)(?=\.|$)"
)


def kept_name(name: str, extension: str) -> str:
    """Return the name to keep for a file of a given extension; folders in it are dropped."""
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    plain = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char) not in _UNSEEN)
    stem = _MARKS.sub("_", plain)
    own = extension_of(stem)
    stem = re.sub(r"\s+", " ", stem[: len(stem) - len(own)] if own else stem).strip(" .")
    stem = _RUNNABLE.sub(r"_\1", stem)[:_MOST_LETTERS].strip(" .")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"{_FALLBACK}_{stem}".rstrip("_")
    return f"{stem}{extension}"


def extension_of(name: str) -> str:
    """Return the last extension of a name in lower case, with its dot, or nothing."""
    _stem, dot, extension = name.replace("\0", "").rpartition(".")
    return f".{extension.lower()}" if dot else ""
