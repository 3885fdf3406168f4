"""What a web server in front is told, so that its page cache never holds what a commit has changed (decision 40)."""

from hermanar.site.front.commits import TellsCommits
from hermanar.site.front.place import KEPT, KEPT_FILES, move, watch

__all__ = ["KEPT", "KEPT_FILES", "TellsCommits", "move", "watch"]
