"""Copies for safety: the whole house in one open archive, the same from SQLite and from PostgreSQL."""

from hermanar.console.backup.archive import Archive, check_parts, write_archive
from hermanar.console.backup.held import held_file, held_folder
from hermanar.console.backup.refusals import BackupError
from hermanar.console.backup.restoring import restore, try_out
from hermanar.console.backup.sealing import SealedReader, SealedWriter, is_sealed
from hermanar.console.backup.snapshots import environment_of, snapshot

__all__ = [
    "Archive",
    "BackupError",
    "SealedReader",
    "SealedWriter",
    "check_parts",
    "environment_of",
    "held_file",
    "held_folder",
    "is_sealed",
    "restore",
    "snapshot",
    "try_out",
    "write_archive",
]
