import json
import random
from decimal import Decimal

import pytest

from seimeibun.expressions.currencies import currency_names
from seimeibun.expressions.money import find_money, in_states
from seimeibun.rules import read_table


def spell(money, text):
    """Return span, bounds, currency and modifier in one line."""
    low, high = (
        "" if side is None else f"{side:f}" for side in (money.amount_min, money.amount_max)
    )
    amount = low if low == high else f"{low}..{high}"
    return " ".join(
        filter(None, [text[money.start : money.end], amount, money.currency, money.mod])
    )


AMOUNTS = [
    ("30百万円、1,234百万円", ["30百万円 30000000 JPY", "1,234百万円 1234000000 JPY"]),
    ("供与限度額の合計3億円", ["3億円 300000000 JPY EQUAL_OR_LESS"]),
    ("供与限度額(円貨)3億円", ["3億円 300000000 JPY EQUAL_OR_LESS"]),
    ("3億円の信用を限度として", ["3億円 300000000 JPY EQUAL_OR_LESS"]),
    # numerals
    (
        "八億二百万円(八〇二、○○○、○○○円)",
        ["八億二百万円 802000000 JPY", "八〇二、○○○、○○○円 802000000 JPY"],
    ),
    ("八、〇〇二、○○○円", ["八、〇〇二、○○○円 8002000 JPY"]),
    ("計7、200万ドル相当の機材", ["7、200万ドル 72000000 USD"]),
    ("41.6 億ドル", ["41.6 億ドル 4160000000 USD"]),
    ("318,250米ドル", ["318,250米ドル 318250 USD"]),
    ("千百万円", ["千百万円 11000000 JPY"]),
    ("一・五億円", ["一・五億円 150000000 JPY"]),
    ("弐拾五万円", ["弐拾五万円 250000 JPY"]),
    ("２，５００万米ドル", ["２，５００万米ドル 25000000 USD"]),
    ("2千5百万ドル", ["2千5百万ドル 25000000 USD"]),
    ("1ドル=151円25銭", ["1ドル 1 USD", "151円25銭 151.25 JPY"]),
    ("3ドル50セント", ["3ドル50セント 3.50 USD"]),
    # signs, codes, English
    ("JPY 10 billion", ["JPY 10 billion 10000000000 JPY"]),
    ("US$ 1,500,000", ["US$ 1,500,000 1500000 USD"]),
    ("5 million US dollars", ["5 million US dollars 5000000 USD"]),
    ("EUR5m", ["EUR5m 5000000 EUR"]),
    ("NT$500万", ["NT$500万 5000000 TWD"]),
    ("５億€", ["５億€ 500000000 EUR"]),
    ("7億USDの融資", ["7億USD 700000000 USD"]),
    # currencies by name, by country, and those that stay open
    ("50億カザフスタン・テンゲ", ["50億カザフスタン・テンゲ 5000000000 KZT"]),
    ("10億パキスタン・ルピー", ["10億パキスタン・ルピー 1000000000 PKR"]),
    ("9億香港ドル", ["9億香港ドル 900000000 HKD"]),
    ("4億ソモニ", ["4億ソモニ 400000000 TJS"]),
    ("6兆スム", ["6兆スム 6000000000000 UZS"]),
    ("3億フリヴニャ", ["3億フリヴニャ 300000000 UAH"]),
    ("20億マナト", ["20億マナト 2000000000"]),
    ("80億元を上限とする", ["80億元 8000000000 CNY EQUAL_OR_LESS"]),
    ("百元", ["百元 100 CNY"]),
    # ranges
    ("70億ドルから90億ドルに", ["70億ドルから90億ドル 7000000000..9000000000 USD"]),
    ("10～20億円", ["10～20億円 1000000000..2000000000 JPY"]),
    ("5千～6千万円", ["5千～6千万円 50000000..60000000 JPY"]),
    ("9,000万～1億円", ["9,000万～1億円 90000000..100000000 JPY"]),
    ("$3-5 million", ["$3-5 million 3000000..5000000 USD"]),
    ("30億ドル-40億ドル", ["30億ドル-40億ドル 3000000000..4000000000 USD"]),
    ("10億円以上20億円未満", ["10億円以上20億円未満 1000000000..2000000000 JPY RANGE"]),
    ("約5億～6億ドル", ["5億～6億ドル 500000000..600000000 USD APPROX"]),
    ("90億円から70億円に削減", ["90億円 9000000000 JPY", "70億円 7000000000 JPY"]),
    ("10億ドルから20億円", ["10億ドル 1000000000 USD", "20億円 2000000000 JPY"]),
    # several amounts
    ("312億円(約2.1億ドル)", ["312億円 31200000000 JPY", "2.1億ドル 210000000 USD APPROX"]),
    ("約300億円=約2.0億ドル", ["300億円 30000000000 JPY APPROX", "2.0億ドル 200000000 USD APPROX"]),
    (
        "500億円のうち400億円以上",
        ["500億円 50000000000 JPY", "400億円 40000000000.. JPY EQUAL_OR_MORE"],
    ),
    ("3件96億円", ["96億円 9600000000 JPY"]),
    (
        "10億円、20億円及び30億円",
        ["10億円 1000000000 JPY", "20億円 2000000000 JPY", "30億円 3000000000 JPY"],
    ),
    # modifiers
    ("供与限度額は、45億1,700万円", ["45億1,700万円 4517000000 JPY EQUAL_OR_LESS"]),
    (
        "5億円(約3百万ドル)を限度とする",
        ["5億円 500000000 JPY EQUAL_OR_LESS", "3百万ドル 3000000 USD APPROX"],
    ),
    ("4億円が上限である", ["4億円 400000000 JPY EQUAL_OR_LESS"]),
    ("10億円までの融資", ["10億円 1000000000 JPY EQUAL_OR_LESS"]),
    ("10億円を超えない範囲", ["10億円 ..1000000000 JPY EQUAL_OR_LESS"]),
    ("10億円を大きく上回る", ["10億円 1000000000.. JPY MORE_THAN"]),
    ("10億円を下らない規模", ["10億円 1000000000.. JPY EQUAL_OR_MORE"]),
    ("10億円足らず", ["10億円 ..1000000000 JPY SLIGHTLY_LESS"]),
    ("百二十余億円", ["百二十余億円 12000000000.. JPY SLIGHTLY_MORE"]),
    ("100億円近く", ["100億円 10000000000 JPY APPROX"]),
    ("最大約10億円", ["10億円 1000000000 JPY EQUAL_OR_LESS"]),
    ("1億数千万円", ["1億数千万円 JPY SEVERAL"]),
    ("何十億ドル", ["何十億ドル USD SEVERAL"]),
    # what stands before
    ("1 500億円の支援", ["500億円 50000000000 JPY"]),
    ("ODA10億円", ["10億円 1000000000 JPY"]),
    ("条約10億円", ["10億円 1000000000 JPY"]),
    ("10億円強化費", ["10億円 1000000000 JPY"]),
]
NOT_MONEY = [
    "2 円借款",
    "報告\n3 ドル建ての取引",
    "関東一円の",
    "円借款300件",
    "円LIBOR+0.15%",
    "約90万人",
    "元首脳3名",
    "7元大統領",
    "五元",
    "二元論",
    "円高と円安",
    "ドル建て債券",
    "3億ドンバス",
    "100ドル箱",
    "5タカ派",
    "3ドラム缶",
    "3バツ",
    "12周年",
    "COP 28",
    "TOP 10",
    "ALL 5",
    "500ポンド爆弾",
    "50セント",
    "第3億円",
]
UNCERTAIN = [
    "○億円",
    "○○○円",
    "1,23,456円",
    "1234,567円",
    "1.234.567ドル",
    "1 000 000ドル",
    "1億20000万円",
    "二億一兆円",
    "2、3億円",
    "二、三億円",
    "第1、100億円",
    "平成二十六、五百億円",
    "2014-20億円",
    "5～1億円",
    "1億5,000～2億円",
    "数億～10億円",
    "3分の1億円",
    "1/2億円",
    "▲5億円",
    "マイナス5億円",
    "F-35億円",
    "G7億円",
    "持参百万円",
    "12,5億円",
    ".5億円",
    "10.億円",
    "US$5億円",
    "9" * 28 + "円",
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amounts(text, expected):
    assert [spell(money, text) for money in find_money(text)] == expected


@pytest.mark.parametrize("text", NOT_MONEY)
def test_what_only_looks_like_money_is_left_alone(text):
    assert find_money(text) == []


@pytest.mark.parametrize("text", UNCERTAIN)
def test_an_amount_that_is_not_certain_is_not_given(text):
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("総額約10億円規模の支援", "総額約10億円規模"),
        ("合計で10億円を供与", "合計で10億円"),
        ("最大10億円", "最大10億円"),
        ("供与限度額10億円", "10億円"),
        ("10億円を限度とする", "10億円を限度とする"),
        ("1兆円(約67億ドル)以上の投資", "1兆円(約67億ドル)以上"),
    ],
)
def test_the_full_expression_holds_its_modifiers(text, full):
    money = find_money(text)[0]
    assert text[money.full_start : money.full_end] == full


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("毎年10億円", "年"),
        ("年間約10億円", "年"),
        ("年額10億円", "年"),
        ("日本は年10億円を拠出する", "年"),
        ("2024年10億円", ""),
        ("昨年10億円", ""),
        ("月額5万円", "月"),
        ("国民一人当たり7万円", "人"),
        ("1バレル当たり50ドル", "バレル"),
        ("50ドル/バレル", "バレル"),
        ("3年間10億円", ""),
        ("2014年10億円", ""),
        ("来年10億円", ""),
    ],
)
def test_an_amount_may_be_per_something(text, per):
    assert find_money(text)[0].per == per


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("3億ルピー", "INR LKR MUR NPR PKR SCR"),
        ("20億マナト", "AZN TMT"),
        ("3億クローネ", "DKK NOK"),
    ],
)
def test_a_unit_of_several_countries_has_candidates_but_no_code(text, candidates):
    money = find_money(text)[0]
    assert (money.currency, " ".join(money.currency_candidates)) == ("", candidates)


@pytest.mark.parametrize(
    ("text", "states", "currency"),
    [
        ("8兆ペソ", ["JPN", "PHL"], "PHP"),
        ("300億ルピー", ["IND", "LKA"], ""),
        ("300億ルピー", ["JPN"], ""),
        ("36億ドル", ["AUS"], "USD"),
    ],
)
def test_a_shared_unit_is_that_of_the_one_state_named(text, states, currency):
    assert [money.currency for money in in_states(find_money(text), states)] == [currency]


def test_every_currency_of_cldr_can_be_named():
    codes = {
        c for currency in currency_names().values() for c in (currency.code, *currency.candidates)
    }
    assert {"JPY", "USD", "KGS", "TMT", "XDR", "XAF", "MNT", "BTN", "FJD", "ZMW", "PGK"} <= codes
    assert len(codes) > 250


MODIFIER_COLUMNS = ["id", "side", "pattern", "mod", "bound", "full", "examples"]


@pytest.mark.parametrize(
    "row",
    read_table("money_modifiers.tsv", MODIFIER_COLUMNS),
    ids=lambda row: row["id"],
)
def test_a_modifier_does_what_its_examples_say(row):
    for example in row["examples"].split("|"):
        money = find_money(example)[0]
        assert money.mod == row["mod"], example
        assert (money.amount_min is None, money.amount_max is None) == (
            row["bound"] == "max",
            row["bound"] == "min",
        )
        whole = (money.full_start, money.full_end) == (0, len(example))
        assert whole == (row["full"] == "yes"), example


# --- random amounts in many styles -----------------------------------------------------------------

UNITS = [(10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")]
KANJI = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def parts(value):
    """Yield 3, 億 and 4500, 万 of 345000000."""
    for size, unit in UNITS:
        count, value = divmod(value, size)
        if count:
            yield count, unit


def additive(count):
    digits = zip(str(count).zfill(4), "千百十 ", strict=True)
    spelled = ((digit, unit.strip()) for digit, unit in digits if digit != "0")
    return "".join(
        ("" if digit == "1" and unit else KANJI[int(digit)]) + unit for digit, unit in spelled
    )


def mixed(count):
    if count % 1000 == 0:
        return f"{count // 1000}千"
    return f"{count // 100}百" if count < 1000 and count % 100 == 0 else str(count)


def positional(value):
    return "".join(KANJI[int(digit)] for digit in str(value))


def decimal(value):
    size, unit = next((size, unit) for size, unit in UNITS if value >= size)
    return f"{Decimal(value) / size:f}{unit}"


def english(value):
    size, word = next(
        (s, w) for s, w in [(10**9, "billion"), (10**6, "million"), (1, "")] if value >= s
    )
    return f"{Decimal(value) / size:,f} {word}".strip()


STYLES = {
    "myriads": lambda value: "".join(f"{count}{unit}" for count, unit in parts(value)),
    "myriads with commas": lambda value: "".join(
        f"{count:,}{unit}" for count, unit in parts(value)
    ),
    "commas": lambda value: f"{value:,}",
    "plain": str,
    "full width": lambda value: "".join(
        f"{count:,}{unit}" for count, unit in parts(value)
    ).translate(WIDE),
    "full-width commas": lambda value: f"{value:,}".translate(WIDE),
    "additive": lambda value: "".join(additive(count) + unit for count, unit in parts(value)),
    "positional": positional,
    "positional myriads": lambda value: "".join(
        positional(count) + unit for count, unit in parts(value)
    ),
    "positional groups": lambda value: (
        "、".join(positional(group) for group in [value])
        if value < 1000
        else "".join(
            "、" * (i > 0) + "".join(KANJI[int(d)] for d in group)
            for i, group in enumerate(f"{value:,}".split(","))
        )
    ),
    "mixed thousands": lambda value: "".join(mixed(count) + unit for count, unit in parts(value)),
    "decimal": decimal,
    "blank before the unit": lambda value: decimal(value).replace("億", " 億").replace("兆", " 兆"),
}


def random_amounts(count):
    random.seed(20251220)
    for _ in range(count):
        digits, size = random.randint(1, 5), random.randint(0, 11)
        yield random.randint(1, 10**digits) * 10**size


def test_random_amounts_come_back_exactly_or_not_at_all():
    styles, missed, total = list(STYLES.items()), 0, 20_000
    for number, value in enumerate(random_amounts(total)):
        name, render = styles[number % len(styles)]
        frame = ["日本は総額約{}円を供与した。", "{}円", "（{}円）を限度とする", "同年に{}円、"][
            number // 7 % 4
        ]
        found = find_money(text := frame.format(render(value)))
        missed += not found
        assert {(m.amount_min, m.currency) for m in found} <= {(Decimal(value), "JPY")}, (
            name,
            text,
        )
        assert len(found) <= 1, text
    assert missed < total // 100


def test_random_amounts_in_english_come_back_exactly():
    for value in random_amounts(2_000):
        text = f"US${english(value)}の拠出"
        assert [(m.amount_min, m.currency) for m in find_money(text)] == [
            (Decimal(value), "USD")
        ], text


@pytest.mark.parametrize(
    "sign", ["1", "億", "1,", "1,000", "一、〇〇〇", "一・", ",111", "数十", "$", "1 "]
)
def test_long_runs_do_not_stall(sign):
    assert find_money(sign * (40_000 // len(sign)) + "個") == []


@pytest.mark.corpus
def test_the_probes_of_the_corpus(corpus):
    for line in (corpus / "cases" / "money_probes.jsonl").read_text(encoding="utf-8").splitlines():
        probe = json.loads(line)
        found = find_money(probe["text"])
        if not probe["expected"]:
            assert found == [], probe["id"]
            continue
        money = next(m for m in found if (m.start, m.end) == (probe["start"], probe["end"]))
        bounds = [
            None if probe[key] is None else Decimal(probe[key])
            for key in ("amount_min", "amount_max")
        ]
        assert [money.amount_min, money.amount_max] == bounds, probe["id"]
        assert (money.currency, money.mod) == (probe["currency"] or "", probe["mod"] or ""), probe[
            "id"
        ]
        assert (money.full_start, money.full_end) == (probe["full_start"], probe["full_end"]), (
            probe["id"]
        )
