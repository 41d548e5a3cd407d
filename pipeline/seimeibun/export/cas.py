"""UIMA CAS JSON, one file a document, for INCEpTION; made with dkpro-cassis (extra ``interop``).

Import ``typesystem.xml`` under Settings → Layers first, then the documents as "UIMA CAS JSON". All
spans are of one layer, ``webanno.custom.Seimeibun``, because relations of INCEpTION join spans of one layer;
allow it to stack and overlap. Carried: tokens, sentences, nested and crossing spans, relations, value,
source, rule and state. Offsets are UTF-16 units in the file. Not carried: the tables of dates, money and acts
beyond the value.
"""

from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem
from cassis.typesystem import TYPE_NAME_ANNOTATION, TYPE_NAME_STRING

from seimeibun.export.dataset import Dataset, Document
from seimeibun.export.files import write_text
from seimeibun.export.outcome import Outcome
from seimeibun.export.unlinked import unlinked

SPAN = "webanno.custom.Seimeibun"
RELATION = "webanno.custom.SeimeibunRelation"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
SENTENCE, TOKEN = f"{_DKPRO}.Sentence", f"{_DKPRO}.Token"
FEATURES = ("layer", "label", "value", "source", "rule", "status", "span_id")


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    typesystem = _typesystem()
    outcome.files.append(write_text(path / "typesystem.xml", typesystem.to_xml() + "\n"))
    for document in dataset.documents():
        cas = _cas(document, typesystem)
        file = path / f"{document.doc_id}.json"
        outcome.files.append(write_text(file, cas.to_json(pretty_print=False) + "\n"))
        outcome.documents += 1
        outcome.spans += len(document.spans)
        outcome.relations += len(document.relations)
        outcome.left_out += unlinked(document)
    return outcome


def _typesystem() -> TypeSystem:
    types = TypeSystem()
    types.create_type(SENTENCE, supertypeName=TYPE_NAME_ANNOTATION)
    types.create_type(TOKEN, supertypeName=TYPE_NAME_ANNOTATION)
    span = types.create_type(SPAN, supertypeName=TYPE_NAME_ANNOTATION)
    for name in FEATURES:
        types.create_feature(span, name, TYPE_NAME_STRING)
    relation = types.create_type(RELATION, supertypeName=TYPE_NAME_ANNOTATION)
    types.create_feature(relation, "Dependent", SPAN)
    types.create_feature(relation, "Governor", SPAN)
    types.create_feature(relation, "label", TYPE_NAME_STRING)
    return types


def _cas(document: Document, types: TypeSystem) -> Cas:
    cas = Cas(types, document_language="ja")
    cas.sofa_string = document.text
    cas.sofa_mime = "text/plain"
    _stretches(cas, types.get_type(SENTENCE), document.sentences)
    tokens = [(token.start, token.end) for token in document.tokens]
    _stretches(cas, types.get_type(TOKEN), tokens)
    of_span, of_relation = types.get_type(SPAN), types.get_type(RELATION)
    spans = {}
    for span in document.spans:
        features = {name: span.row[name] for name in FEATURES}
        spans[span.span_id] = of_span(begin=span.start, end=span.end, **features)
    cas.add_all(spans.values())
    # INCEpTION anchors a relation at its dependent
    cas.add_all(
        of_relation(
            begin=relation.dep.start,
            end=relation.dep.end,
            Governor=spans[relation.head.span_id],
            Dependent=spans[relation.dep.span_id],
            label=relation.name,
        )
        for relation in document.relations
    )
    return cas


def _stretches(cas: Cas, of_type: Any, stretches: list[tuple[int, int]]) -> None:
    cas.add_all(of_type(begin=start, end=end) for start, end in stretches)
