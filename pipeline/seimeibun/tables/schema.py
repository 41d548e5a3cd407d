"""Every table and every column of the dataset, declared once.

Names, order and meaning are a contract with those who read the CSV. New columns go behind the ones that
are there. Offsets (``start``, ``end``) are half-open code points into ``text/<doc_id>.txt``.
"""

from dataclasses import replace

from seimeibun.tables.column import Column, Kind, Reference, Table

# span group of the Doc -> layer of the dataset: a group holds many, a row is one
LAYER_NAMES = {
    "entities": "entity",
    "dates": "date",
    "money": "money",
    "quantities": "quantity",
    "agreements": "agreement",
}
ENTITY_LABELS = (
    "PERSON", "POSITION", "COUNTRY", "REGION", "CITY", "LOCATION", "FACILITY", "ORGANIZATION",
    "GOVERNMENT_BODY", "EVENT", "TREATY", "PROGRAM", "CONCEPT", "LANGUAGE", "NATIONALITY",
)  # fmt: skip
DATE_LABELS = ("DATE", "RANGE", "DURATION", "SET", "TIME")
MONEY_LABELS = ("MONEY",)
QUANTITY_LABELS = ("CARDINAL", "ORDINAL", "PERCENT")
CATEGORIES = (
    "AGREE", "COMMIT", "FORMALIZE", "CONFIRM", "RECOGNIZE", "EMPHASIZE", "EXPECT", "WELCOME",
    "EVALUATE", "THANK", "SUPPORT", "REQUEST", "CONSULT", "OBJECT", "STATE",
)  # fmt: skip
LABELS = {
    "entity": ENTITY_LABELS,
    "date": DATE_LABELS,
    "money": MONEY_LABELS,
    "quantity": QUANTITY_LABELS,
    "agreement": CATEGORIES,
}
BASES = ("named", "person", "office", "alias", "parties", "group", "carried", "inferred")
SOURCES = ("SAME", "COORD", "GA", "CONTROL", "CARRY", "SIGNATURE", "AGENT", "NONE")
RELATIONS = ("alias_of", "actor_of", "object_has", "amount_of")


def _text(name: str, title: str, ja: str, en: str) -> Column:
    return Column(name, "string", title, ja, en)


def _choice(name: str, title: str, ja: str, en: str, enum: tuple[str, ...]) -> Column:
    return Column(name, "string", title, ja, en, enum=enum)


def _number(name: str, title: str, ja: str, en: str, minimum: int = 0) -> Column:
    return Column(name, "integer", title, ja, en, minimum=minimum)


def _other(name: str, kind: Kind, title: str, ja: str, en: str) -> Column:
    return Column(name, kind, title, ja, en)


def _required(column: Column) -> Column:
    return replace(column, nullable=False)


DOC_ID = _required(
    _text(
        "doc_id",
        "文書ID",
        "文書の識別子(ファイル名から)",
        "identifier of the document, from its file name",
    )
)
SPAN_ID = _required(
    _text(
        "span_id",
        "スパンID",
        "{doc_id}#{layer}:{start}-{end}:{label}、再実行しても同じ",
        "identifier of the span, stable over runs",
    )
)
START = _required(
    _number(
        "start",
        "開始",
        "開始位置(公表された本文のコードポイント、0起点)",
        "first code point in the text as published, counted from 0",
    )
)
END = _required(
    _number("end", "終了", "終了位置(含まない)", "code point after the last one", minimum=1)
)
TEXT = _required(
    _text(
        "text",
        "本文",
        "公表されたままの文字列(折り返しを除く)",
        "the characters as published, without line wraps",
    )
)
YEAR = _number("year", "年", "文書の年", "year of the document", minimum=1)
PARA_NO = _number(
    "para_no",
    "段落番号",
    "文書内の段落番号(1起点)",
    "number of the paragraph in the document, from 1",
    minimum=1,
)
SENT_NO = _number(
    "sent_no",
    "文番号",
    "文書内の文番号(1起点)",
    "number of the sentence in the document, from 1",
    minimum=1,
)
SENTENCE = _text(
    "sentence",
    "文",
    "スパンを含む文(長すぎる文は前後だけ)",
    "the sentence around the span; of an overlong one the neighbourhood",
)
RULE = _text("rule", "規則", "見つけた規則の識別子", "identifier of the rule that spoke")

TO_DOCUMENT = Reference(("doc_id",), "documents", ("doc_id",))
TO_PARAGRAPH = Reference(("doc_id", "para_no"), "paragraphs", ("doc_id", "para_no"))
TO_SENTENCE = Reference(("doc_id", "sent_no"), "sentences", ("doc_id", "sent_no"))
TO_ANNOTATION = Reference(("span_id",), "annotations", ("span_id",))

DOCUMENTS = Table(
    "documents",
    "文書",
    "1行が1つの声明。",
    "One row a statement.",
    ("doc_id",),
    (
        DOC_ID,
        _text("title", "表題", "声明の表題", "title of the statement"),
        _text("doc_type", "文書種別", "共同声明、議長声明などの種別", "kind of document, such as 共同声明"),
        _text("date", "日付", "声明の日付(ISO 8601、分かる精度まで)", "date of the statement, ISO 8601, as precise as known"),
        _choice("date_source", "日付の出所", "日付をどこから読んだか", "where the date was read", ("given", "header", "signature", "body", "file_name")),
        YEAR,
        _text("place", "場所", "声明の行われた場所", "place of the statement"),
        _required(_text("source_path", "元ファイル", "元ファイルの場所(指定されたとおり)", "path of the source, as given")),
        _text("source_sha256", "元ファイルのSHA-256", "元ファイルのバイト列のSHA-256", "SHA-256 of the bytes of the source"),
        _text("media_type", "媒体種別", "元ファイルのメディアタイプ", "media type of the source"),
        _text("encoding", "文字コード", "元ファイルの文字コード", "encoding of the source"),
        _text("newline", "改行", "元ファイルの改行の種類", "line ends of the source"),
        _required(_number("n_chars", "文字数", "公表された本文のコードポイント数", "code points of the text as published")),
        _required(_number("n_paragraphs", "段落数", "段落の数", "number of paragraphs")),
        _required(_number("n_sentences", "文数", "文の数", "number of sentences")),
        _required(_number("n_tokens", "語数", "語の数", "number of tokens")),
        _required(_number("n_annotations", "注釈数", "注釈の数", "number of annotations")),
        _required(_choice("status", "状態", "ok: 問題なし、warning: 警告あり", "ok, or warning where there are warnings", ("ok", "warning"))),
        _text("warnings", "警告", "警告(; 区切り)", "warnings, joined by a semicolon"),
        _number("n_source_chars", "元の文字数", "元ファイルの文字数(空白を除く)", "characters of the source that can be seen, white space not counted"),
        _other("dropped_share", "decimal", "除いた割合", "本文に採らなかった文字の割合(0–1、柱・メニュー・ルビなど)", "share of those that are not in the text (running heads, menus, ruby), from 0 to 1"),
    ),
)  # fmt: skip
PARTIES = Table(
    "parties",
    "当事者",
    "1行が声明の1つの当事者。",
    "One row a party of a statement.",
    ("doc_id", "party_no"),
    (
        DOC_ID,
        _required(_number("party_no", "当事者番号", "文書内の番号(1起点)", "number in the document, from 1", minimum=1)),
        _text("iso3", "国コード", "ISO 3166-1 alpha-3", "ISO 3166-1 alpha-3"),
        _text("name", "名称", "当事者の名称", "name of the party"),
        _text("role", "役割", "当事者の役割・官職", "role or office of the party"),
    ),
    (TO_DOCUMENT,),
)  # fmt: skip
PARAGRAPHS = Table(
    "paragraphs",
    "段落",
    "1行が1つの段落。",
    "One row a paragraph.",
    ("doc_id", "para_no"),
    (
        DOC_ID,
        _required(PARA_NO),
        _required(_choice("kind", "種類", "段落の種類", "kind of paragraph", ("header", "title", "heading", "body", "list", "signature"))),
        _text("number", "項番", "書かれている項番(1、(1)、Ⅰ など)", "number as written, such as (1) or Ⅰ"),
        _text("heading", "見出し", "段落が属する見出し", "heading that the paragraph stands under"),
        _number("page", "ページ", "ページ番号(分かる場合)", "page, where known", minimum=1),
        START,
        END,
    ),
    (TO_DOCUMENT,),
)  # fmt: skip
SENTENCES = Table(
    "sentences",
    "文",
    "1行が1つの文。",
    "One row a sentence.",
    ("doc_id", "sent_no"),
    (
        DOC_ID,
        _required(SENT_NO),
        _required(PARA_NO),
        _required(_choice("kind", "種類", "文の種類", "kind of sentence", ("body", "heading", "signature"))),
        START,
        END,
        TEXT,
    ),
    (TO_DOCUMENT, TO_PARAGRAPH),
)  # fmt: skip
TOKENS = Table(
    "tokens",
    "語",
    "1行が1つの語(GiNZA、分割モードC)。空白は含まない。",
    "One row a token (GiNZA, split mode C); white space has no row.",
    ("doc_id", "token_id"),
    (
        DOC_ID,
        _required(_number("token_id", "語番号", "文書内の番号(1起点)", "number in the document, from 1", minimum=1)),
        SENT_NO,
        START,
        END,
        _required(_text("token", "語", "公表されたままの語(折り返しを除く)", "the token as published, without line wraps")),
        _text("norm", "正規化形", "Sudachiの正規化形", "Sudachi's normalised form"),
        _text("lemma", "基本形", "基本形", "dictionary form"),
        _text("reading", "読み", "カタカナの読み", "reading in katakana"),
        _text("upos", "品詞(UD)", "Universal POS", "Universal POS"),
        _text("xpos", "品詞", "UniDicの品詞", "UniDic part of speech"),
        _text("feats", "形態素性", "活用などの素性", "morphological features"),
        _number("head_token_id", "係り先", "係り先の語番号、根は空", "token that it depends on; empty for a root", minimum=1),
        _text("dep_rel", "係り受け関係", "Universal Dependencies の関係", "Universal Dependencies relation"),
        _number("bunsetu_no", "文節番号", "文書内の文節番号(1起点)", "number of the 文節 in the document, from 1", minimum=1),
    ),
    (TO_DOCUMENT, TO_SENTENCE, Reference(("doc_id", "head_token_id"), "tokens", ("doc_id", "token_id"))),
)  # fmt: skip
ANNOTATIONS = Table(
    "annotations",
    "注釈",
    "1行が1つの注釈。すべての層を含む。",
    "One row an annotation, of all layers.",
    ("span_id",),
    (
        SPAN_ID,
        DOC_ID,
        YEAR,
        PARA_NO,
        SENT_NO,
        _required(_choice("layer", "層", "注釈の層", "layer of the annotation", tuple(LABELS))),
        _required(_choice("label", "ラベル", "層の中の種類", "type within the layer", tuple(dict.fromkeys(label for labels in LABELS.values() for label in labels)))),
        START,
        END,
        TEXT,
        _text("value", "値", "正規化した値(国コード、EDTF、金額など)", "normalised value: country code, EDTF, amount"),
        _required(_choice("source", "出所", "何が見つけたか", "what found it", ("rule", "gazetteer", "model", "review"))),
        RULE,
        _text("parent_span_id", "親スパン", "同じ層で直接これを含むスパン", "smallest span of the layer around it"),
        _text("entity_id", "実体ID", "entities.csv の実体", "entity in entities.csv"),
        _required(_choice("status", "確認状況", "確認の状況", "state of review", ("pending", "accepted", "rejected", "flagged"))),
        _text("reviewer", "確認者", "確認した人", "who reviewed it"),
        SENTENCE,
    ),
    (
        TO_DOCUMENT,
        TO_PARAGRAPH,
        TO_SENTENCE,
        Reference(("parent_span_id",), "annotations", ("span_id",)),
        Reference(("entity_id",), "entities", ("entity_id",)),
    ),
)  # fmt: skip
DATES = Table(
    "dates",
    "日付",
    "1行が1つの日付・期間の表現。",
    "One row an expression of time.",
    ("span_id",),
    (
        SPAN_ID,
        DOC_ID,
        START,
        END,
        TEXT,
        _required(_choice("type", "種類", "日付、範囲、期間、反復、時刻", "date, range, duration, set or time", DATE_LABELS)),
        _text("edtf", "EDTF値", "拡張日時書式(EDTF)の値", "the value in Extended Date/Time Format"),
        _other("start_date", "date", "初日", "最初の日、空は不明または開いた始まり", "first day; empty if unknown or open"),
        _other("end_date", "date", "末日", "最後の日(含む)、空は不明または開いた終わり", "last day, inclusive; empty if unknown or open"),
        _text("granularity", "粒度", "日、月、年度などの細かさ", "day, month, fiscal year and so on"),
        _text("duration", "長さ", "ISO 8601の期間(P10Yなど)", "ISO 8601 duration, such as P10Y"),
        _text("mod", "修飾", "以降・以前・約などの修飾", "bound or degree said around it"),
        _text("freq", "頻度", "繰り返しの頻度", "how often, of a set"),
        _text("anchor", "基準", "値を計算した基準の日付", "the date that it was computed from"),
        _text("anchor_source", "基準の出所", "基準をどこから得たか", "where that date came from"),
        _required(_other("in_name", "boolean", "名称内", "名称や題名の中にある", "whether it stands inside a name or title")),
    ),
    (TO_ANNOTATION, TO_DOCUMENT),
)  # fmt: skip
MONEY = Table(
    "money",
    "金額",
    "1行が1つの金額。",
    "One row an amount of money.",
    ("span_id",),
    (
        SPAN_ID,
        DOC_ID,
        START,
        END,
        TEXT,
        _other("amount_min", "decimal", "下限", "金額の下限、空は不明", "lower bound, empty if open"),
        _other("amount_max", "decimal", "上限", "金額の上限、空は不明", "upper bound, empty if open"),
        _text("currency", "通貨", "ISO 4217", "ISO 4217"),
        _text("currency_candidates", "通貨の候補", "決まらない場合の候補(; 区切り)", "candidates where it is open, joined by a semicolon"),
        _text("mod", "修飾", "以上・約などの修飾", "bound or degree said around it"),
        _text("per", "単位期間", "1年当たりなどの単位", "per what, such as a year"),
        _number("full_start", "全体の開始", "総額・約などを含む開始位置", "start including words such as 総額 or 約"),
        _number("full_end", "全体の終了", "以上などを含む終了位置", "end including words such as 以上", minimum=1),
    ),
    (TO_ANNOTATION, TO_DOCUMENT),
)  # fmt: skip
AGREEMENTS = Table(
    "agreements",
    "合意等の行為",
    "1行が1つの言語行為(誰が誰に何を約束・歓迎・要請したか)。",
    "One row a speech act: who promises, welcomes or asks what.",
    ("span_id",),
    (
        SPAN_ID,
        DOC_ID,
        YEAR,
        PARA_NO,
        SENT_NO,
        START,
        END,
        TEXT,
        _text("lemma", "語彙素", "行為を表す語", "the word that performs the act"),
        _text("mwe", "連語", "行為を表す連語(意見の一致をみる など)", "the expression of several words, if it is one"),
        _required(_choice("category", "分類", "行為の分類", "kind of act", CATEGORIES)),
        _text("category_ja", "分類(日本語)", "行為の分類の日本語名", "the kind in Japanese"),
        _text("content_type", "内容の型", "重要性・必要性・行動など、内容の型", "kind of content: importance, need, action"),
        _choice("level", "階層", "主節、埋め込み、名詞的", "main clause, embedded, nominal", ("MAIN", "EMBED", "NOMINAL")),
        _number("commitment_level", "約束の強さ", "0(なし)から5(文書化)まで", "from 0, none, to 5, formalised"),
        _choice("polarity", "極性", "肯定 AFF、否定 NEG", "affirmative or negated", ("AFF", "NEG")),
        _text("form", "形", "述語の形", "form of the predicate"),
        _text("tense", "時制", "述語の時制", "tense of the predicate"),
        _other("passive", "boolean", "受身", "受身かどうか", "whether it is passive"),
        _text("intensifier", "強調語", "高く・改めて・特に など", "words such as 高く or 改めて"),
        _text("actor_text", "主体", "主体(書かれたとおり)", "who acts, as written"),
        _number("actor_start", "主体の開始", "主体の開始位置", "start of the actor"),
        _number("actor_end", "主体の終了", "主体の終了位置", "end of the actor", minimum=1),
        _text("actor_resolved", "主体の国", "主体の国コード(; 区切り)", "states that act, ISO3 joined by a semicolon"),
        _text("actor_scope", "主体の範囲", "全当事者、一部、単独、第三者", "all parties, some, one, a third"),
        _choice("actor_source", "主体の根拠", "主体をどう見つけたか: 節の主題(SAME)・前の行為と同じ主題(COORD)・が格(GA)・外側の行為の主体(CONTROL)・前の文から(CARRY)・署名者(SIGNATURE)・から/により/間で(AGENT)・なし(NONE)", "how the actor was found: topic of the clause, the same for an act before, subject, doer of the act around it, from a sentence before, who signed, agent phrase, none", SOURCES),
        _text("target_text", "相手", "相手(書かれたとおり)", "to whom, as written"),
        _text("target_resolved", "相手の国", "相手の国コード(; 区切り)", "states addressed, ISO3 joined by a semicolon"),
        _text("object_text", "内容", "行為の内容(書かれたとおり。途中のページ番号の行は除く)", "what is agreed, welcomed or asked, as written, without page lines inside"),
        _number("object_start", "内容の開始", "内容の開始位置", "start of the object"),
        _number("object_end", "内容の終了", "内容の終了位置", "end of the object", minimum=1),
        _text("chain_id", "連鎖ID", "主体を共有する述語の連鎖", "chain of predicates that share an actor"),
        _text("cameo_root", "CAMEO", "CAMEOの根コード", "CAMEO root code"),
        _text("plover", "PLOVER", "PLOVERの種別", "PLOVER type"),
        RULE,
        SENTENCE,
        _choice("actor_basis", "国の根拠", "主体の国を何から読んだか: 国名・人物・役職・定義語・当事者全体・国の集まり・前文からの引継ぎ・推定", "what the states were read from; inferred is a guess", BASES),
        _choice("target_basis", "相手の国の根拠", "相手の国を何から読んだか", "what the states addressed were read from", BASES),
        _text("modality", "様相", "べき・たい など", "modality: duty, wish, volition"),
        _text("complement_marker", "補語の標識", "内容に付く助詞(を・で・旨 など)", "particle that marks the object"),
        _text("basis_text", "根拠句", "〜に基づき・〜を踏まえ など", "what the act rests on, peeled off the object (clean text)"),
        _text("purpose_text", "目的句", "〜のため・〜に向け など", "what the act is for, peeled off the object (clean text)"),
    ),
    (TO_ANNOTATION, TO_DOCUMENT, TO_PARAGRAPH, TO_SENTENCE),
)  # fmt: skip
RELATION_TABLE = Table(
    "relations",
    "関係",
    "1行が2つの注釈の関係。",
    "One row a relation of two annotations.",
    ("doc_id", "relation", "head_span_id", "dep_span_id"),
    (
        DOC_ID,
        _required(_choice("relation", "関係", "関係の種類", "kind of relation", RELATIONS)),
        _required(_text("head_span_id", "主スパン", "別名・行為・金額", "the alias, the act or the amount")),
        _text("dep_span_id", "従スパン", "元の名称・主体・内容・対象", "the full name, the actor, what is inside the object, what the amount is for"),
        START,
        END,
        TEXT,
        _number("dep_start", "従の開始", "従スパンの開始位置", "start of the dependent span"),
        _number("dep_end", "従の終了", "従スパンの終了位置", "end of the dependent span", minimum=1),
        _text("dep_text", "従の本文", "従スパンの文字列", "characters of the dependent span"),
        _text("more_dep_span_ids", "他の従スパン", "別名が複数の名称を指す場合の残り(; 区切り)", "the others where an alias stands for several names, joined by a semicolon"),
    ),
    (
        TO_DOCUMENT,
        Reference(("head_span_id",), "annotations", ("span_id",)),
        Reference(("dep_span_id",), "annotations", ("span_id",)),
    ),
)  # fmt: skip
ENTITIES = Table(
    "entities",
    "実体",
    "1行が1つの実体。",
    "One row an entity.",
    ("entity_id",),
    (
        _required(_text("entity_id", "実体ID", "国はISO3、他は安定した識別子", "ISO3 of a country, else a stable identifier")),
        _required(_choice("label", "ラベル", "最も多い種類", "its most frequent type", ENTITY_LABELS)),
        _text("canonical", "正式名", "正式名称", "full name"),
        _text("iso3", "国コード", "属する国のISO3", "ISO3 of the state it belongs to"),
        _required(_number("n_mentions", "言及数", "言及の数", "number of mentions", minimum=1)),
        _required(_number("n_docs", "文書数", "言及する文書の数", "number of documents that mention it", minimum=1)),
    ),
)  # fmt: skip
ERRORS = Table(
    "errors",
    "エラー",
    "1行が処理できなかった1つのファイル。",
    "One row a file that could not be processed.",
    ("source_path", "code"),
    (
        _required(_text("source_path", "元ファイル", "元ファイルの場所(指定されたとおり)", "path of the source, as given")),
        _required(_text("code", "コード", "エラーの種類", "kind of error")),
        _required(_text("stage", "段階", "失敗した段階", "stage that failed")),
        _required(_text("message", "説明", "何が起き、どうすればよいか", "what happened, and what would be right")),
    ),
)  # fmt: skip

TABLES = {
    table.name: table
    for table in (
        DOCUMENTS,
        PARTIES,
        PARAGRAPHS,
        SENTENCES,
        TOKENS,
        ANNOTATIONS,
        DATES,
        MONEY,
        AGREEMENTS,
        RELATION_TABLE,
        ENTITIES,
        ERRORS,
    )
}
