"""spaCy without the commands that it brings along.

``import spacy`` also imports the modules of spaCy's own command line (for the function ``spacy.info``), and
with them an HTTP client, a template engine and a project manager: as long as all the rest takes. A command
of ours that only analyses text puts stand-ins in their places while spaCy is imported; afterwards
``spacy.cli`` can be imported as ever.
"""

import sys
from types import ModuleType
from typing import Any

_COMMANDS, _INFO = "spacy.cli", "spacy.cli.info"


def import_spacy() -> None:
    """Import spaCy, if that has not happened yet, and leave its command line for those who ask for it."""
    if "spacy" in sys.modules:
        return
    commands, module = ModuleType(_COMMANDS), ModuleType(_INFO)
    commands.__path__ = []
    module.info = _info  # type: ignore[attr-defined]
    sys.modules |= {_COMMANDS: commands, _INFO: module}
    try:
        import spacy  # noqa: F401
    finally:
        for name in (_COMMANDS, _INFO):
            sys.modules.pop(name, None)


def _info(*args: Any, **options: Any) -> Any:
    from spacy.cli.info import info

    return info(*args, **options)
