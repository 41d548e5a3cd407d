"""The formats, declared once: the command, its help, its notes and its list follow from this."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, cast

if TYPE_CHECKING:
    from pathlib import Path

    from seimeibun.export.dataset import Dataset
    from seimeibun.export.outcome import Outcome

Carried = Literal["yes", "part", "no"]


class Writer(Protocol):
    def __call__(self, dataset: "Dataset", path: "Path", /) -> "Outcome": ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format, where it is written and what it cannot carry (``loses``, in English and Japanese).

    ``suffix`` is that of the file; "" means a folder. ``overlap``: nested and crossing spans;
    ``attributes``: value, source, rule and state of a span. ``packages`` are those of ``extra``.
    """

    name: str
    title: str
    suffix: str
    overlap: Carried
    relations: Carried
    attributes: Carried
    offsets: str
    loses: str
    loses_ja: str
    extra: str = ""
    packages: tuple[str, ...] = ()

    @property
    def writer(self) -> Writer:
        module = import_module(f"seimeibun.export.{self.name.replace('-', '_')}")
        return cast("Writer", module.write)


_CODE_POINTS = "code points"
_UTF16 = "UTF-16 units"
_FORMATS = (
    Format(
        "excel", "Excel workbook of all tables", ".xlsx", "yes", "yes", "yes", _CODE_POINTS,
        "tokens and sentences are not in the workbook; control characters are dropped and cells are cut at 32,767",
        "語と文の表は含まれません。制御文字は除かれ、32,767字を超えるセルは切られます",
        "excel", ("xlsxwriter",),
    ),
    Format(
        "review-sheet", "Excel sheet to review in, with drop-down lists", ".xlsx", "yes", "no", "part", _CODE_POINTS,
        "no relations, and of values only the main one; read back by `seimeibun review import-sheet`, and written with a reviewer's decisions by `seimeibun review export-sheet`",
        "関係は含まれず、値は主なものだけです。`seimeibun review import-sheet` で読み戻せます(確認の途中なら `seimeibun review export-sheet`)",
        "excel", ("xlsxwriter",),
    ),
    Format(
        "spacy-docbin", "spaCy DocBin for training and evaluation", ".spacy", "yes", "no", "part", _CODE_POINTS,
        "no relations; spans that are not made of whole tokens are left out; kb_id_ is the value, id_ the rule, doc.ents the longest entities only",
        "関係は含まれません。語の境界に合わないスパンは除かれます。doc.ents は重ならない最長の固有表現だけです",
    ),
    Format(
        "spacy-jsonl", "spaCy JSON lines (Doc.to_json)", ".jsonl", "yes", "no", "part", _CODE_POINTS,
        "no relations, rules or sources; spans that are not made of whole tokens are left out",
        "関係、規則、出所は含まれません。語の境界に合わないスパンは除かれます",
    ),
    Format(
        "conllu", "CoNLL-U with spans as Entity= (CorefUD)", ".conllu", "yes", "no", "part", _CODE_POINTS,
        "no relations; spans that cross sentences or are not made of whole tokens are left out; a sentence has one root, so others hang from it",
        "関係は含まれません。文をまたぐスパンと語の境界に合わないスパンは除かれます",
    ),
    Format(
        "brat", "brat stand-off (.txt, .ann, configuration)", "", "yes", "yes", "part", _CODE_POINTS,
        "value and source of a span become a note; a CR becomes a space, and a span over a line break is written in pieces",
        "値と出所はノートになります。CRは空白になり、改行をまたぐスパンは分割されます",
    ),
    Format(
        "doccano", "doccano JSON lines (sequence labelling with relations)", ".jsonl", "yes", "yes", "no", _UTF16,
        "no values, sources or rules; the project must allow overlapping spans and relations, and not count grapheme clusters; a CR becomes a space",
        "値、出所、規則は含まれません。重複と関係を許すプロジェクトで読み込んでください。CRは空白になります",
    ),
    Format(
        "label-studio", "Label Studio tasks with predictions, and the labelling interface", "", "yes", "yes", "part", _CODE_POINTS,
        "rule and source of a span are not carried, its value is a text field; a CR becomes a space",
        "規則と出所は含まれず、値はテキスト欄になります。CRは空白になります",
    ),
    Format(
        "prodigy", "Prodigy JSON lines (spans.manual, rel.manual)", ".jsonl", "yes", "yes", "part", _CODE_POINTS,
        "spans that are not made of whole tokens are left out, and their relations; value, source and rule are keys that Prodigy keeps but does not show; a CR becomes a space",
        "語の境界に合わないスパンとその関係は除かれます。CRは空白になります",
    ),
    Format(
        "cas", "UIMA CAS JSON for INCEpTION, and the type system", "", "yes", "yes", "part", _UTF16,
        "of the tables of dates, money and acts only the value; the layers of the type system must be imported into the project first",
        "日付・金額・行為の表からは値だけです。先に型システムのレイヤーをプロジェクトに読み込んでください",
        "interop", ("cassis",),
    ),
    Format(
        "web-annotation", "W3C Web Annotation (JSON-LD)", "", "yes", "yes", "yes", _CODE_POINTS,
        "tokens, sentences and paragraphs are not carried",
        "語、文、段落は含まれません",
    ),
    Format(
        "parquet", "Parquet, one file a table, and the texts", "", "yes", "yes", "yes", _CODE_POINTS,
        "an empty text and an absent one are both null; decimals have eight places",
        "空文字列と値なしはどちらも null です。小数は 8 桁までです",
        "parquet", ("pyarrow",),
    ),
)  # fmt: skip
FORMATS = {each.name: each for each in _FORMATS}


def format_by_name(name: str) -> Format:
    """Return the format; the message of the error lists those that exist."""
    if name not in FORMATS:
        message = f"no format {name!r}; there are {', '.join(FORMATS)}"
        raise ValueError(message)
    return FORMATS[name]
