"""What a document is called, after its file."""

import hashlib
import re
import unicodedata

# What file names, span ids and lists of them must not hold: separators, controls, directions of writing.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*#;\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
_EDGES = " .'=+-@＝＋－＠\u3000"  # begin a formula, or a hidden file
_LONGEST = 200  # bytes; file systems take 255 for a name


def doc_id_of(stem: str) -> str:
    """Return a document id for a file name without suffix: safe as a file name, a cell, part of a key.

    >>> [doc_id_of(stem) for stem in ["2025_共同声明", "=1+1", "a#b;c", "", " .. "]]
    ['2025_共同声明', '1+1', 'a_b_c', 'document', 'document']
    """
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", stem)).strip(" .\u3000").lstrip(_EDGES)
    if len(name.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        name = f"{name.encode()[: _LONGEST - 9].decode(errors='ignore')}-{digest}"
    return name or "document"
