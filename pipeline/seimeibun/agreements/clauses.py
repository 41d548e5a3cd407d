"""Clause edges: where one opens, whether a finite verb closes one between two words."""

from seimeibun.agreements.words import Words

# Verbs that are half particles (に関して, に向けた): they close no clause
PARTICLE_VERBS = frozenset(
    [
        "関する",
        "対する",
        "就く",
        "於く",
        "基づく",
        "基付く",
        "向ける",
        "通ずる",
        "通じる",
        "よる",
        "因る",
        "当たる",
        "伴う",
        "沿う",
        "応ずる",
        "応じる",
        "含む",
        "含める",
        "踏まえる",
        "際する",
        "関わる",
        "亘る",
        "於ける",
        "置ける",
        "係る",
        "目指す",
        "経る",
        "始める",
        "除く",
        "超える",
        "越える",
        "上回る",
        "下回る",
        "及ぶ",
    ]
)


def closes_clause(words: Words, start: int, end: int) -> bool:
    """Tell whether a finite or adnominal verb stands between two tokens at depth 0."""
    for i in range(start, end):
        token = words.tokens[i]
        if words.depth(i) or not token.tag.startswith(("動詞", "形容詞", "助動詞")):
            continue
        if "連用形" in token.inflection or is_particle_like(words, i) or only_describes(words, i):
            continue
        if "終止形" in token.inflection or "連体形" in token.inflection:
            return True
    return False


def only_describes(words: Words, i: int) -> bool:
    """Tell an adjective that has no subject: 核実験に対する|深い|懸念, 計画への|強い|支持; but 結び付きが深い国."""
    if not words.tag(i).startswith("形容詞"):
        return False
    attribute = words.surface(i - 1) == "の" and words.is_case(i - 2)
    return attribute or words.norm(i - 1) == "対する"


def is_particle_like(words: Words, i: int) -> bool:
    """Tell the verb in に関する, における, に向けた, and the な of 様々な, from a predicate."""
    norm = words.norm(i)
    if norm in PARTICLE_VERBS or (norm == "だ" and words.surface(i) == "な"):
        return True
    if norm == "おく":
        return words.surface(i - 1) == "に"
    if norm == "為る" and words.surface(i - 1) == "と":
        # 三億円を上限と|する|円借款
        return words.is_case(i - 3, "を") and words.is_noun(i - 2) and words.is_noun(i + 1)
    return norm in {"た", "り"} and (
        words.norm(i - 1) in PARTICLE_VERBS or words.surface(i - 1) == "おけ"
    )


def opens_clause(words: Words, start: int) -> bool:
    before = words.surface(start - 1)
    return (
        start == words.first
        or before in {"、", "，", "」", "は"}
        or words.slice(max(words.first, start - 3), start).endswith(
            ("に対して", "に対し", "を受けて", "を受け")
        )
        or words.tag(start - 1).startswith(("接続詞", "副詞", "空白"))
        or _is_number(words, start)
    )


def _is_number(words: Words, start: int) -> bool:
    return start - words.first <= 3 and all(
        not words.tag(i).startswith(("助詞", "動詞")) for i in range(words.first, start)
    )
