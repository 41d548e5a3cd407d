"""Go on training GiNZA's entity recognizer on certified gold, and say honestly whether that helps.

Trained is on some of the certified documents; judged, before and after, on others. What counts is the
entities of the whole pipeline there: where they do not become better, nothing is written.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import spacy
from spacy.language import DEFAULT_CONFIG, Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training.loop import train as train_loop
from thinc.api import Config

from seimeibun.annotation import annotate_statements, load
from seimeibun.review.candidates import Counts
from seimeibun.review.gold import certified_layers
from seimeibun.review.machine import Document as Reviewed
from seimeibun.review.machine import read_documents
from seimeibun.review.states import read_states
from seimeibun.review.verdict import verdicts
from seimeibun.rules import read_table
from seimeibun.statement import read_statement
from seimeibun.tables.build import TableBuilder
from seimeibun.tables.document import Document

LEAST = 3  # certified documents: one each to train, to stop in time, and to judge
Place = tuple[int, int, str]  # start, end, label; offsets into the text as published


class TrainingError(ValueError):
    """Why nothing can be trained: what was looked for, what was found, what would be right."""


@dataclass(slots=True)
class Report:
    """What was trained on and judged on, and entities before and after: of the model, of the pipeline."""

    train: list[str]
    dev: list[str]
    held_out: list[str]
    spans: int = 0
    unaligned: list[str] = field(default_factory=list)
    model: tuple[Counts, Counts] = field(default_factory=lambda: (Counts(), Counts()))
    pipeline: tuple[Counts, Counts] = field(default_factory=lambda: (Counts(), Counts()))
    written: str = ""

    @property
    def helps(self) -> bool:
        before, after = (counts.f1 or 0.0 for counts in self.pipeline)
        return after > before

    def lines(self) -> Iterator[str]:
        yield f"trained on {len(self.train)} documents ({self.spans} entities), stopped by {len(self.dev)}"
        if self.unaligned:
            yield f"not on token edges, left out: {len(self.unaligned)}: {', '.join(self.unaligned[:5])}"
        yield f"judged on {', '.join(self.held_out)}"
        yield f"recognizer       {_change(*self.model)}"
        yield f"whole pipeline   {_change(*self.pipeline)}"
        if self.written:
            yield f"it helps: written to {self.written}; use it with load(config={{'base.model': …}})"
        elif self.helps:
            yield "it helps; name a folder with --out to keep it"
        else:
            yield "it does not help on documents that it has not seen: nothing was changed"


def _change(before: Counts, after: Counts) -> str:
    parts = []
    for name in ("precision", "recall", "f1"):
        old, new = (getattr(counts, name) for counts in (before, after))
        shown = [f"{value:.3f}" if value is not None else "–" for value in (old, new)]
        parts.append(f"{name} {shown[0]} → {shown[1]}")
    return "  ".join(parts)


def train(
    folder: str | Path,
    *,
    out: str | Path | None = None,
    held_out: Iterable[str] = (),
    max_steps: int | None = None,
) -> Report:
    """Fine-tune on the certified documents of the dataset ``folder``; write to ``out`` if it helps.

    ``held_out`` names documents to judge on; without it every third is. ``max_steps`` overrides the
    configuration of the model package, ``training.cfg``.
    """
    if out is not None:
        _check_out(Path(out))
    gold, documents = _certified(Path(folder))
    split = _split(sorted(gold), list(held_out))
    nlp = load()
    docs = {doc_id: _annotated(documents[doc_id], nlp) for doc_id in gold}
    report = Report(*split)
    report.model = (_score_model(docs, gold, report.held_out), Counts())
    report.pipeline = (_score_pipeline(docs, gold, report.held_out), Counts())
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        report.spans = _write_corpus(work / "train.spacy", docs, gold, report.train, report)
        _write_corpus(work / "dev.spacy", docs, gold, report.dev, report)
        _fine_tune(work, max_steps)
        trained = load(config={"base.model": str(work / "model-best")})
        again = {doc_id: _annotated(documents[doc_id], trained) for doc_id in report.held_out}
        report.model = (report.model[0], _score_model(again, gold, report.held_out))
        report.pipeline = (report.pipeline[0], _score_pipeline(again, gold, report.held_out))
        if report.helps and out is not None:
            _keep(work / "model-best", Path(out))
            report.written = str(out)
    return report


def _certified(folder: Path) -> tuple[dict[str, set[Place]], dict[str, Reviewed]]:
    """Return the entities of the documents whose entities were certified."""
    states = read_states(folder)
    documents = read_documents(folder, sorted(states))
    gold = {}
    for doc_id, document in documents.items():
        found = verdicts(document, states[doc_id])
        if "entity" in certified_layers(found, states[doc_id]):
            spans = (v.entry.span for v in found if v.status == "accepted")
            gold[doc_id] = {(s.start, s.end, s.label) for s in spans if s.layer == "entity"}
    if len(gold) < LEAST:
        message = (
            f"{len(gold)} documents of {folder} are certified for entities; it takes {LEAST} at least, and "
            "several dozen to learn anything: certify documents in the review (d), then train"
        )
        raise TrainingError(message)
    return gold, documents


def _split(doc_ids: Sequence[str], held_out: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return documents to train on, to stop by, and to judge on."""
    if unknown := [doc_id for doc_id in held_out if doc_id not in doc_ids]:
        message = f"{unknown[0]} is not certified; certified are {', '.join(doc_ids)}"
        raise TrainingError(message)
    judged = held_out or list(doc_ids[2::3])
    rest = [doc_id for doc_id in doc_ids if doc_id not in judged]
    if len(rest) < 2:
        message = f"{len(rest)} documents are left to train on beside those to judge on; it takes 2"
        raise TrainingError(message)
    dev = rest[:: max(2, min(5, len(rest)))][:3]
    return [doc_id for doc_id in rest if doc_id not in dev], dev, judged


def _annotated(document: Reviewed, nlp: Language) -> Doc:
    statement = read_statement(document.text, date=document.row.get("date", ""))
    (doc,) = annotate_statements([statement], nlp=nlp)
    doc._.doc_id = document.doc_id
    return doc


# Corpora


def _types() -> dict[str, str]:
    """Return the model's types that the pipeline uses, with ours."""
    rows = read_table("entity_model_types.tsv", ("ginza", "label", "tag"))
    return {row["ginza"]: row["label"] for row in rows}


def _write_corpus(
    path: Path,
    docs: Mapping[str, Doc],
    gold: Mapping[str, set[Place]],
    doc_ids: Iterable[str],
    report: Report,
) -> int:
    corpus = DocBin(attrs=["ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE"])
    count = 0
    for doc_id in doc_ids:
        doc = docs[doc_id]
        spans = _training_spans(doc, gold[doc_id], report)
        count += len(spans)
        made = Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=[token.is_sent_start for token in doc],
        )
        made.set_ents([Span(made, s.start, s.end, label=s.label_) for s in spans])
        corpus.add(made)
    corpus.to_disk(path)
    return count


def _training_spans(doc: Doc, gold: set[Place], report: Report) -> list[Span]:
    """Return gold of the types that the pipeline takes from the model, and the model's own other entities.

    Of nested spans the outermost counts, as GiNZA annotates. The others keep it from forgetting.
    """
    types = _types()
    first: dict[str, str] = {}
    for ginza, ours in types.items():
        first.setdefault(ours, ginza)
    starts, ends = _token_edges(doc)
    own = {(ent.start, ent.end): ent.label_ for ent in doc.ents}
    spans = []
    for start, end, label in gold:
        if label not in first:
            continue
        if start not in starts or end not in ends:
            report.unaligned.append(f"{doc._.doc_id} {start}–{end}")
            continue
        place = (starts[start], ends[end])
        said = own.get(place, "")
        spans.append(Span(doc, *place, label=said if types.get(said) == label else first[label]))
    others = [ent for ent in doc.ents if ent.label_ not in types]
    outer: list[Span] = spacy.util.filter_spans(spans)
    return outer + [
        ent for ent in others if not any(ent.start < s.end and s.start < ent.end for s in spans)
    ]


def _token_edges(doc: Doc) -> tuple[dict[int, int], dict[int, int]]:
    """Return token numbers by where tokens begin and end in the text as published."""
    document = Document.of(doc)
    starts, ends = {}, {}
    for token in doc:
        if not token.is_space:
            start, end = document.to_source(token.idx, token.idx + len(token))
            starts[start], ends[end] = token.i, token.i + 1
    return starts, ends


# Training


def _fine_tune(work: Path, max_steps: int | None) -> None:
    """Train, and leave the best model in ``work/model-best``."""
    import ja_seimeibun

    settings = Config().from_disk(Path(ja_seimeibun.__file__).parent / "training.cfg")
    base = Config().from_disk(Path(ja_seimeibun.__file__).parent / "config.cfg")["base"]["model"]
    nlp = spacy.load(base)
    config: dict[str, Any] = nlp.config
    config["corpora"] = settings["corpora"]
    config["training"] = {**DEFAULT_CONFIG["training"], **settings["training"]}
    frozen = config["training"]["frozen_components"]
    config["training"]["frozen_components"] = [name for name in frozen if name in nlp.pipe_names]
    for name in ("train", "dev"):
        config["corpora"][name]["path"] = str(work / f"{name}.spacy")
    if max_steps is not None:
        config["training"]["max_steps"] = max_steps
        config["training"]["eval_frequency"] = max(1, min(max_steps, 40))
    nlp.config = config
    train_loop(nlp, work, use_gpu=-1, stdout=StringIO(), stderr=StringIO())


def _check_out(out: Path) -> None:
    """Refuse what is no model: it is replaced as a whole."""
    if out.is_dir() and any(out.iterdir()) and not (out / "meta.json").is_file():
        message = (
            f"{out} is not empty, and no spaCy model (meta.json is missing); name another folder"
        )
        raise TrainingError(message)
    if out.exists() and not out.is_dir():
        message = f"{out} is a file; a model is a folder"
        raise TrainingError(message)


def _keep(model: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as place:
        shutil.copytree(model, Path(place) / "new")
        if out.exists():
            out.rename(Path(place) / "old")
        (Path(place) / "new").rename(out)


@spacy.registry.loggers("seimeibun.silent_logger.v1")
def silent_logger() -> Any:
    """Return a logger that says nothing: the report does."""

    def setup(nlp: Language, stdout: Any = None, stderr: Any = None) -> Any:  # noqa: ARG001
        return lambda _info: None, lambda: None

    return setup


# Scores


def _score_model(
    docs: Mapping[str, Doc], gold: Mapping[str, set[Place]], doc_ids: Iterable[str]
) -> Counts:
    """Score GiNZA's own entities, of the types that the pipeline takes from it."""
    types = _types()
    wanted = set(types.values())
    counts = Counts()
    for doc_id in doc_ids:
        document = Document.of(docs[doc_id])
        found = {
            (*document.to_source(ent.start_char, ent.end_char), types[ent.label_])
            for ent in docs[doc_id].ents
            if ent.label_ in types
        }
        _count(counts, found, {place for place in gold[doc_id] if place[2] in wanted})
    return counts


def _score_pipeline(
    docs: Mapping[str, Doc], gold: Mapping[str, set[Place]], doc_ids: Iterable[str]
) -> Counts:
    counts = Counts()
    for doc_id in doc_ids:
        builder = TableBuilder()
        builder.add(docs[doc_id], doc_id=doc_id)
        rows = builder.tables()["annotations"]
        rows = rows[rows["layer"] == "entity"]
        found = set(zip(rows["start"].tolist(), rows["end"].tolist(), rows["label"], strict=True))
        _count(counts, found, gold[doc_id])
    return counts


def _count(counts: Counts, found: set[Place], gold: set[Place]) -> None:
    counts.tp += len(found & gold)
    counts.fp += len(found - gold)
    counts.fn += len(gold - found)


__all__ = ["Report", "TrainingError", "train"]
