"""What kind of thing an act is about: content_type."""

import re

from seimeibun.agreements.objects import Object
from seimeibun.agreements.predicates import Predicate

NEED = re.compile(
    r"(?:必要性|必要|緊急性|喫緊|急務|不可欠)(?:であること|な(?:こと|課題)|(?:の課題)?である(?:こと)?|がある(?:こと)?)?$"
)
NEED_HEAD = re.compile(r"(?:必要性|緊急性)$")
IMPORTANCE = re.compile(
    r"(?:重要性|意義|重要|有意義|大切|効果的)(?:であること|な?こと|である|だ|な課題である(?:こと)?)?$"
)
COPULA = re.compile(r"(?:の一つ|重要な[^、]{1,12}|要素|基本|基盤|条件)(?:であること|である)$")
REALIS = re.compile(
    r"(?:た|ている|にある|がある|であった|てきた|である|いる|なっている|てきている|できた)こと$"
)
FUTURE = re.compile(
    r"(?:する|ていく|てゆく|行う|べき|図る|努める|進める|続ける|[うくぐすつぬぶむる])(?:こと|よう)$"
)
PLANNED = re.compile(
    r"(?:予定|見込み|開催|実施|実現|訪問|意図|入り)(?:であること|を有すること|されること)$"
)


REALISTIC = frozenset({"EMPHASIZE", "CONFIRM", "EVALUATE", "THANK", "OBJECT"})


def content_type(predicate: Predicate, text: str, obj: Object) -> str:
    """Return ENTITY VIEW NEED IMPORTANCE INTENT EXPECT PROSPECTIVE REALIS or WHOLE."""
    if obj.marker == "のとおり":
        return "WHOLE"
    if predicate.category == "COMMIT":
        return "INTENT"
    if predicate.category == "EXPECT":
        return "EXPECT"
    if predicate.level == "NOMINAL":
        return "VIEW"
    if predicate.typed is not None and predicate.typed.content == "VIEW":
        return "NEED" if NEED_HEAD.search(text) else "VIEW"
    if predicate.typed is not None and predicate.category == "AGREE":
        return "PROSPECTIVE"  # …する方針で一致
    if not text:
        return "ENTITY"
    if NEED.search(text):
        return "NEED"
    if IMPORTANCE.search(text):
        return "IMPORTANCE"
    if COPULA.search(text) or text.endswith(("べきである", "べき", "べきであること")):
        return "VIEW"
    if re.search(r"[^、]意[図向欲]$", text):
        return "INTENT"
    if predicate.lexeme.lemma == "こととする" or predicate.category == "REQUEST":
        return "PROSPECTIVE"
    if predicate.category == "CONFIRM" and re.search(r"て(?:いく|ゆく)こと$", text):
        return "PROSPECTIVE"
    if predicate.category in REALISTIC and text.endswith("こと"):
        return "REALIS"
    if predicate.category == "SUPPORT" and re.search(r"(?:入り|立候補|実現|開催)$", text):
        return "PROSPECTIVE"
    if REALIS.search(text):
        return "PROSPECTIVE" if PLANNED.search(text) else "REALIS"
    if obj.clausal and (
        FUTURE.search(text) or predicate.category in {"AGREE", "REQUEST", "FORMALIZE"}
    ):
        return "PROSPECTIVE"
    if obj.clausal and predicate.category == "STATE":
        if re.search(r"(?:た|ている|てきた)$", text):
            return "REALIS"
        return "VIEW" if re.search(r"(?:である|だ|い|べき|です)$", text) else "PROSPECTIVE"
    if obj.clausal and predicate.lexeme.lemma in {"考える", "認識"}:
        return "VIEW"
    return "REALIS" if obj.clausal else "ENTITY"
