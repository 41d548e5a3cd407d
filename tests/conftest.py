"""Fixtures: the model, the reference corpus, and Docs made by hand for tests that need neither."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = "港湾協力に関する共同声明\r\n\r\n１　双方は、2030年までに３億円を「緑の港\r\n計画」（以下「計画」という。）に供与することで一致した。\r\n=SUM(A1)は、注である。"
WORDS = (
    "港湾 協力 に 関する 共同声明 \n 双方 は 、 2030 年 まで に 3 億 円 を 「 緑 の 港 計画 」 ( 以下 「 計画 」 と いう 。 ) に "
    "供与 する こと で 一致 し た 。 \n = SUM ( A1 ) は 、 注 で ある 。"
)


@pytest.fixture(scope="session")
def nlp():
    import seimeibun

    return seimeibun.load()


@pytest.fixture(scope="session")
def annotate_folder():
    """Return a function that annotates a folder with the command, as a user does."""

    def annotate(sources, out):
        command = [
            sys.executable,
            "-m",
            "seimeibun",
            "annotate",
            str(sources),
            "-o",
            str(out),
            "-q",
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return out

    return annotate


@pytest.fixture(scope="session")
def samples_dataset(annotate_folder, tmp_path_factory):
    samples = Path(__file__).parents[1] / "data" / "statements"
    return annotate_folder(samples, tmp_path_factory.mktemp("samples") / "out")


@pytest.fixture(scope="session")
def corpus():
    default = Path(__file__).resolve().parents[2] / "shared"
    path = Path(os.environ.get("SEIMEIBUN_CORPUS", default))
    if not (path / "statements").is_dir():
        pytest.skip(f"no reference corpus at {path}; name its folder in SEIMEIBUN_CORPUS")
    return path


def _clean(source):
    """The clean copy of SOURCE, as the statement stage makes it: wraps joined, width folded."""
    from seimeibun.statement.offsets import CleanCopy

    copy = CleanCopy()
    title, body, note = source.index("１"), source.index("\r\n計"), source.index("\r\n=")
    copy.append(source[: title - 4], 0, title - 4)
    copy.append("\n", title - 4, title)
    copy.append(source[title + 2 : body].translate({0xFF13: "3"}), title + 2, body)
    copy.append(source[body + 2 : note].replace("（", "(").replace("）", ")"), body + 2, note)
    copy.append("\n", note, note + 2)
    copy.append(source[note + 2 :], note + 2, len(source))
    return copy


@pytest.fixture
def make_doc():
    """Return a function that makes a small annotated Doc by hand, without a model."""
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from seimeibun.components import extensions
    from seimeibun.components.layers import write_layer
    from seimeibun.found import Found
    from seimeibun.sources import SourceText
    from seimeibun.statement.model import Paragraph, Party, Sentence, Statement

    def make(doc_id="minato", path="minato.txt"):
        copy = _clean(SOURCE)
        text = copy.text

        def at(part, start=0):
            begin = text.index(part, start)
            return begin, begin + len(part)

        lines = [at(line) for line in text.split("\n")]
        statement = Statement(
            source=dataclasses.replace(SourceText.of(SOURCE), path=path),
            text=text,
            offsets=copy.offsets,
            title=text.split("\n")[0],
            doc_type="共同声明",
            date="2029-03-04",
            date_source="given",
            place="－港",
            parties=(Party("JPN", "日本国", "signatory"), Party("", "NA", "")),
            paragraphs=tuple(
                Paragraph(kind, number, "", 0, *line)
                for kind, number, line in zip(
                    ("title", "body", "body"), ("", "1", ""), lines, strict=True
                )
            ),
            sentences=tuple(
                Sentence(number, kind, *line)
                for number, (kind, line) in enumerate(
                    zip(("heading", "body", "body"), lines, strict=True), 1
                )
            ),
        )
        words = [word or "\n" for word in WORDS.split(" ")]
        doc = Doc(
            Vocab(),
            words=words,
            spaces=[False] * len(words),
            heads=[0] * len(words),
            deps=["dep"] * len(words),
        )
        doc.user_data[extensions.STATEMENT] = statement.to_dict()
        doc._.doc_id = doc_id
        plan, alias = at("緑の港計画"), at("計画", at("以下")[0])
        write_layer(
            doc,
            "entities",
            [
                Found(
                    *plan,
                    "PROGRAM",
                    "program/green-port",
                    "gazetteer/programs",
                    {"canonical": "緑の港計画", "entity_id": "program/green-port"},
                ),
                Found(*at("港", plan[0]), "FACILITY"),
                Found(
                    *alias,
                    "PROGRAM",
                    "program/green-port",
                    "entities/defined",
                    {
                        "canonical": "緑の港計画",
                        "entity_id": "program/green-port",
                        "alias_of": f"{plan[0]}-{plan[1]}:PROGRAM",
                    },
                ),
            ],
        )
        write_layer(
            doc,
            "dates",
            [
                Found(
                    *at("2030年"),
                    "DATE",
                    "../2030",
                    "dates/year",
                    {
                        "edtf": "../2030",
                        "start_date": "",
                        "end_date": "2030-12-31",
                        "granularity": "year",
                        "mod": "END",
                    },
                )
            ],
        )
        amount = at("3億円")
        write_layer(
            doc,
            "money",
            [
                Found(
                    *amount,
                    "MONEY",
                    "JPY 300000000",
                    "money/unit",
                    {
                        "amount_min": "3E+8",
                        "amount_max": "300000000",
                        "currency": "JPY",
                        "full_start": str(amount[0]),
                        "full_end": str(amount[1]),
                    },
                )
            ],
        )
        write_layer(doc, "quantities", [])
        act, actor, whole = at("一致"), at("双方"), (at("2030")[0], at("すること")[1])
        write_layer(
            doc,
            "agreements",
            [
                Found(*act, "AGREE", "AGREE", "agree/icchi", {
                    "lemma": "一致", "level": "MAIN", "polarity": "AFF", "passive": "false", "commitment_level": "4",
                    "actor_text": "双方", "actor_start": str(actor[0]), "actor_end": str(actor[1]), "actor_resolved": "JPN",
                    "object_text": "?", "object_start": str(whole[0]), "object_end": str(whole[1]),
                })
            ],
        )  # fmt: skip
        return doc

    return make


@pytest.fixture
def annotate_by_hand():
    """Return a function from statements to Docs without a model: signs as tokens, years as dates."""
    import re

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from seimeibun.components import extensions
    from seimeibun.components.layers import LAYERS, write_layer
    from seimeibun.found import Found

    vocab = Vocab()

    def annotate(statements):
        for statement in statements:
            if "壊" in statement.text:
                message = "this text breaks the pipeline"
                raise RuntimeError(message)
            signs = list(statement.text)
            doc = Doc(vocab, words=signs, spaces=[False] * len(signs))
            doc.user_data[extensions.STATEMENT] = statement.to_dict()
            for layer in LAYERS:
                write_layer(doc, layer, [])
            years = [
                Found(
                    *m.span(),
                    "DATE",
                    m[1],
                    "dates/year",
                    {"edtf": m[1], "start_date": f"{m[1]}-01-01", "end_date": f"{m[1]}-12-31"},
                )
                for m in re.finditer(r"(\d{4})年", statement.text)
            ]
            write_layer(doc, "dates", years)
            yield doc

    return annotate


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium; SEIMEIBUN_CHROMIUM names it where it is not Debian's."""
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("SEIMEIBUN_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).is_file():
        pytest.skip(f"no Chromium at {path}; name it in SEIMEIBUN_CHROMIUM")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()
