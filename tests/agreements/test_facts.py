"""The columns of an act beside head, category and actor."""

import pytest

pytestmark = pytest.mark.model


def facts_of(acts_of, text, head):
    return next(
        act.facts
        for act in acts_of(text, parties=("JPN", "LAO"))
        if text[act.start : act.end] == head
    )


@pytest.mark.parametrize(
    ("text", "head", "polarity", "level", "form", "tense"),
    [
        ("双方は、増便に合意した。", "合意", "AFF", "MAIN", "MAIN", "PAST"),
        ("双方は、増便に合意しなかった。", "合意", "NEG", "MAIN", "MAIN", "PAST"),
        ("双方は、増便について合意に至らなかった。", "合意", "NEG", "MAIN", "MAIN", "PAST"),
        ("双方は、増便について合意には達していない。", "合意", "NEG", "MAIN", "MAIN", "PRES"),
        ("合意は得られませんでした。", "合意", "NEG", "MAIN", "MAIN", "PAST"),
        ("我が国は、同案を支持しない。", "支持", "NEG", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持できない。", "支持", "NEG", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持し得ない。", "支持", "NEG", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持することはできない。", "支持", "NEG", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持するものではない。", "支持", "NEG", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持せざるを得ない。", "支持", "AFF", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持するものである。", "支持", "AFF", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持いたします。", "支持", "AFF", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持したいと思います。", "支持", "AFF", "MAIN", "MAIN", "PRES"),
        ("我が国は、同案を支持し得る。", "支持", "AFF", "MAIN", "MAIN", "PRES"),
        ("双方は、協定に署名する予定である。", "署名", "AFF", "EMBED", "ADN", "NONPAST"),
        ("我が国は、同案を支持しない立場を表明した。", "支持", "NEG", "EMBED", "ADN", "NONPAST"),
        ("双方は、増便に合意し、交流の進展を歓迎した。", "合意", "AFF", "MAIN", "RENYO", "PAST"),
        (
            "双方は、増便に合意するとともに、交流の進展を歓迎した。",
            "合意",
            "AFF",
            "MAIN",
            "TOMO",
            "PAST",
        ),
        (
            "双方は、経緯に留意しつつ、交流の進展を歓迎した。",
            "留意",
            "AFF",
            "MAIN",
            "TSUTSU",
            "PAST",
        ),
        ("双方は、昨年採択された宣言を歓迎した。", "採択", "AFF", "EMBED", "ADN", "PAST"),
        ("双方は、ラオスが条約に署名したことを歓迎した。", "署名", "AFF", "EMBED", "COMP", "PAST"),
    ],
)
def test_inflection(acts_of, text, head, polarity, level, form, tense):
    facts = facts_of(acts_of, text, head)

    assert [facts[name] for name in ("polarity", "level", "form", "tense")] == [
        polarity,
        level,
        form,
        tense,
    ]


@pytest.mark.parametrize(
    ("text", "head", "object_text", "content"),
    [
        ("双方は、会談において、増便に合意した。", "合意", "増便", "ENTITY"),
        (
            "双方は、宣言を踏まえ、海洋の安全の重要性を確認した。",
            "確認",
            "海洋の安全の重要性",
            "IMPORTANCE",
        ),
        (
            "双方は、能力を強化するため、研修の拡充について一致した。",
            "一致",
            "研修の拡充",
            "ENTITY",
        ),
        (
            "双方は、物流の協力を進めることで一致した。",
            "一致",
            "物流の協力を進めること",
            "PROSPECTIVE",
        ),
        ("双方は、備えが必要であるとの認識を共有した。", "共有", "備えが必要である", "VIEW"),
        ("双方は、備えを固める必要性を強調した。", "強調", "備えを固める必要性", "NEED"),
        ("双方は、委員会を開く意向を表明した。", "表明", "委員会を開く", "INTENT"),
        ("双方は、治安の悪化に深い懸念を表明した。", "表明", "治安の悪化", "ENTITY"),
        ("双方は、率直な意見交換を行った。", "意見交換", "", "ENTITY"),
        ("双方は、海洋について率直な意見交換を行った。", "意見交換", "海洋", "ENTITY"),
        ("双方は、東京で覚書に署名した。", "署名", "覚書", "ENTITY"),
        ("双方は、租税条約を早期に締結することで一致した。", "締結", "租税条約", "ENTITY"),
        ("双方は、昨年採択された行動計画の履行を歓迎した。", "採択", "行動計画", "ENTITY"),
        (
            "双方は、交流が深まったことを満足の意をもって想起した。",
            "想起",
            "交流が深まったこと",
            "REALIS",
        ),
        ("双方は、調査の結果に留意した。", "留意", "調査の結果", "ENTITY"),
        ("双方は、交換公文が本日署名されたことを歓迎した。", "署名", "交換公文", "ENTITY"),
        ("関税については、合意が得られなかった。", "合意", "関税", "ENTITY"),
        ("この議定書は、昨年京都で採択された。", "採択", "この議定書", "ENTITY"),
        (
            "双方は、海上の諸問題に誠意をもって取り組む強い決意を表明した。",
            "表明",
            "海上の諸問題に誠意をもって取り組む",
            "INTENT",
        ),
        ("首相は、過去の事実を謙虚に受けとめ、これを評価した。", "評価", "これ", "ENTITY"),
        (
            "双方は、昨年発効し、今も続く条約を評価した。",
            "評価",
            "昨年発効し、今も続く条約",
            "ENTITY",
        ),
        (
            "双方は、議長が示した懸念及び遺憾の意を共有した。",
            "共有",
            "議長が示した懸念及び遺憾の意",
            "ENTITY",
        ),
        ("我が国もこの立場を共有しています。", "共有", "この立場", "VIEW"),
        ("条約が締結された後に、双方は基金を歓迎した。", "締結", "条約", "ENTITY"),
        (
            "議会の衝突で市民が死傷した事態を、日本政府として非難する。",
            "非難",
            "議会の衝突で市民が死傷した事態",
            "ENTITY",
        ),
    ],
)
def test_object(acts_of, text, head, object_text, content):
    facts = facts_of(acts_of, text, head)

    assert (facts["object_text"], facts["content_type"]) == (object_text, content)
    if object_text:
        assert text[int(facts["object_start"]) : int(facts["object_end"])] == object_text


@pytest.mark.parametrize(
    ("text", "head", "target", "states", "object_text"),
    [
        (
            "首相は、緊急の支援に対し日本政府に謝意を表明した。",
            "表明",
            "日本政府",
            "JPN",
            "緊急の支援",
        ),
        ("首相は、日本に対し、緊急の支援に謝意を表明した。", "表明", "日本", "JPN", "緊急の支援"),
        (
            "双方は、全ての当事国に対し、自制するよう求めた。",
            "求め",
            "全ての当事国",
            "",
            "自制する",
        ),
        ("首相は、天皇陛下を公式の訪問に招待した。", "招待", "天皇陛下", "JPN", "公式の訪問"),
        ("双方は、技術の協力を歓迎した。", "歓迎", "", "", "技術の協力"),
        (
            "双方は、航行の自由を守るよう全ての関係国に呼びかけた。",
            "呼びかけ",
            "全ての関係国",
            "",
            "航行の自由を守る",
        ),
    ],
)
def test_target(acts_of, text, head, target, states, object_text):
    facts = facts_of(acts_of, text, head)

    assert (facts["target_text"], facts["object_text"]) == (target, object_text)
    assert facts["target_resolved"] == states


@pytest.mark.parametrize(
    ("text", "head", "lemma", "mwe", "level", "intensifier", "passive"),
    [
        ("双方は、結果に満足の意を表明した。", "表明", "表明", "満足の意を表明", "0", "", "false"),
        (
            "双方は、日程について意見の一致を見た。",
            "一致",
            "一致",
            "意見の一致を見る",
            "2",
            "",
            "false",
        ),
        ("双方は、同盟の意義を改めて確認した。", "確認", "確認", "", "1", "改めて", "false"),
        ("双方は、同盟の意義を再確認した。", "再確認", "再確認", "", "1", "再", "false"),
        ("会議では、謝意が表明された。", "表明", "表明", "謝意を表明", "0", "", "true"),
        ("双方は、覚書に署名した。", "署名", "署名", "", "5", "", "false"),
        (
            "日本側は、支援する用意がある旨述べた。",
            "述べ",
            "述べる",
            "用意がある旨述べる",
            "3",
            "",
            "false",
        ),
    ],
)
def test_what_was_done(acts_of, text, head, lemma, mwe, level, intensifier, passive):
    facts = facts_of(acts_of, text, head)

    names = ("lemma", "mwe", "commitment_level", "intensifier", "passive")
    assert [facts[name] for name in names] == [lemma, mwe, level, intensifier, passive]


@pytest.mark.parametrize(
    ("text", "head", "source"),
    [
        ("双方は、増便に合意した。", "合意", "SAME"),
        ("双方は、増便に合意し、協定に署名した。", "署名", "COORD"),
        ("双方が協定に署名した。", "署名", "GA"),
        ("双方は、協定を締結することで一致した。", "締結", "CONTROL"),
        ("双方は、増便を歓迎した。また、協力の拡大で一致した。", "一致", "CARRY"),
        ("令和七年三月五日に東京で、日本語及びラオス語により二通に署名した。", "署名", "SIGNATURE"),
        ("議長によって、参加の意義が強調された。", "強調", "AGENT"),
        ("参加の意義が強調された。", "強調", "NONE"),
    ],
)
def test_actor_source(acts_of, text, head, source):
    assert facts_of(acts_of, text, head)["actor_source"] == source


@pytest.mark.parametrize(
    ("text", "head", "column", "value"),
    [
        ("双方は、増便に合意した。", "合意", "actor_basis", "parties"),
        ("ラオス側は、増便に合意した。", "合意", "actor_basis", "named"),
        ("我が国は、増便を歓迎する。", "歓迎", "actor_basis", "inferred"),
        ("先方は、増便を歓迎した。", "歓迎", "actor_basis", "inferred"),
        ("参加国は、増便を歓迎した。", "歓迎", "actor_resolved", ""),
        ("閣僚は、増便を歓迎した。", "歓迎", "actor_resolved", ""),
        ("多くの国は、増便を歓迎した。", "歓迎", "actor_resolved", ""),
        ("一部の国は、増便に反対した。", "反対", "actor_resolved", ""),
        ("複数の国は、増便に反対した。", "反対", "actor_basis", ""),
        ("何人かの大臣は、増便に反対した。", "反対", "actor_scope", "SUBSET"),
        ("双方は、さらには、増便を要望した。", "要望", "object_text", "増便"),
        ("双方は、次のとおり発表した。", "発表", "object_text", "次"),
        ("双方は、これまで増便を支持してきた。", "支持", "object_text", "増便"),
        ("双方は、増便を各国に促した。", "促し", "target_text", "各国"),
        (
            "双方は、関係者を含む者が拘束されたことに対し、懸念を表明した。",
            "表明",
            "target_text",
            "",
        ),
        ("双方は、東京で会合を開催し、増便につき議論した。", "議論", "object_text", "増便"),
        ("増便について、双方は合意に至らなかった。", "合意", "object_text", "増便"),
        (
            "双方は、条約に反映された自由の意義を確認した。",
            "確認",
            "object_text",
            "条約に反映された自由の意義",
        ),
        ("双方は、そのために必要な増便を歓迎した。", "歓迎", "object_text", "そのために必要な増便"),
        ("双方は、政府の見解を詳細に説明した。", "説明", "object_text", "政府の見解"),
        ("双方は、必要性を認めつつも、増便に反対した。", "反対", "object_text", "増便"),
        ("双方は増便に合意した。あわせて観光の振興を確認した。", "確認", "actor_basis", "carried"),
        ("ラオス側は、日本の支援に謝意を表明した。", "表明", "target_resolved", "JPN"),
        ("ラオス側は、日本の支援に謝意を表明した。", "表明", "target_basis", "inferred"),
        ("ラオス側は、日本政府に対し謝意を表明した。", "表明", "target_basis", "named"),
        ("ラオス側は、国民の支援に謝意を表明した。", "表明", "target_resolved", ""),
        ("双方は、憲章に基づき、増便に合意した。", "合意", "basis_text", "憲章に基づき"),
        ("双方は、観光の振興に向け、増便に合意した。", "合意", "purpose_text", "観光の振興に向け"),
        ("双方は、増便に合意した。", "合意", "complement_marker", "に"),
        ("双方は、併合を認めない。", "認め", "category_ja", "非難・懸念・反対"),
        ("双方は、威圧を断じて容認しない。", "容認", "polarity", "NEG"),
        ("大臣は、増便への支持を得た。", "支持", "lemma", None),
        ("我が方は説明し、ラオス側から支持を得た。", "得", "actor_text", "ラオス側"),
        ("双方は、攻撃を国際法の違反として非難した。", "非難", "object_text", "攻撃"),
        ("双方は、いかなる試みにも反対する。", "反対", "object_text", "いかなる試み"),
        ("双方は東京で会合し、増便を歓迎した。", "歓迎", "object_text", "増便"),
        (
            "双方は、減便について議論したが、便数については合意に至らなかった。",
            "合意",
            "object_text",
            "便数",
        ),
        (
            "双方は、会合で発表した総額二億円の支援を歓迎した。",
            "発表",
            "object_text",
            "総額二億円の支援",
        ),
        ("我々は、目標に対する我々の決意を表明する。", "表明", "object_text", "目標"),
        ("両大臣は、増便が望ましいとの点で一致した。", "一致", "object_text", "増便が望ましい"),
        (
            "ラオス側は前向きな考えを示し、我が国はこれを多とした。",
            "多とし",
            "actor_text",
            "我が国",
        ),
        ("双方は、署名され、昨年発効した協定を歓迎した。", "署名", "object_text", "協定"),
        (
            "双方は、国際協力銀行とハンガリー輸出入銀行との間で契約が署名されたことを歓迎した。",
            "署名",
            "actor_resolved",
            "",
        ),
        ("先方は、入港を認めるとの企業への約束を再確認した。", "再確認", "target_text", "企業"),
    ],
)
def test_further_columns(acts_of, text, head, column, value):
    acts = acts_of(text, parties=("JPN", "LAO"))
    found = [act.facts[column] for act in acts if text[act.start : act.end] == head]

    assert found == ([] if value is None else [value])


@pytest.mark.parametrize(
    "text",
    [
        "歴史は進歩を求めてやまない。",
        "国民一致して復興に当たる。",
        "交渉を年内に妥結させるべく努力を続けている。",
        "一刻の猶予も許されない。",
    ],
)
def test_where_nobody_speaks_there_is_no_act(acts_of, text):
    assert acts_of(text) == []
