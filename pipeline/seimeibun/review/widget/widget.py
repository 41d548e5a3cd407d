"""The widget for JupyterLab and marimo."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from seimeibun.review.desk import Desk
from seimeibun.review.session import Session
from seimeibun.tables.schema import LABELS

_HERE = Path(__file__).parent


class ReviewWidget(anywidget.AnyWidget):
    """Review the annotations of a dataset: ``ReviewWidget("annotated", reviewer="suzuki")``.

    Every decision is on disk, in ``review/<doc_id>.<reviewer>.jsonl``, before the screen says so; running
    the cell again goes on where you were. ``blind`` hides what the machine found. The reviewer called
    ``adjudicator`` sees what the others disagree about.
    """

    _esm = _HERE / "widget.js"
    _css = _HERE / "widget.css"
    height = traitlets.Int(680, help="Height in pixels.").tag(sync=True)
    patience = traitlets.Int(
        8000, help="Milliseconds after which an answer that does not come is a failure."
    ).tag(sync=True)

    def __init__(
        self,
        folder: str | Path,
        *,
        reviewer: str,
        layers: Iterable[str] = tuple(LABELS),
        documents: Iterable[str] | None = None,
        blind: bool = False,
        height: int = 680,
    ) -> None:
        session = Session(
            folder, reviewer=reviewer, layers=layers, documents=documents, blind=blind
        )
        super().__init__(height=height)
        self.session = session
        self.desk = Desk(session)
        self.on_msg(self._answer)

    def handle(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a message as if it came from the screen: for notebooks that run without one."""
        return self.desk.handle(message)

    def _answer(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        self.send(self.desk.handle(message))

    def close(self) -> None:
        """Let go of the logs, so that someone else can write them."""
        self.session.close()
        super().close()
