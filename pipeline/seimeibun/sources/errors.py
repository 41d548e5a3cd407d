"""Why a file did not become text."""


class SourceError(ValueError):
    """A source that cannot be read: which file, what was found, what would be right.

    ``code`` is for ``errors.csv``:

    - ``missing``, ``unreadable``, ``empty``: no such file, no access, nothing in it;
    - ``encoding``, ``encoding_name``: bytes that no encoding explains, an encoding that does not exist;
    - ``binary``, ``format``: no text, or a format that is known but not read;
    - ``damaged``, ``encrypted``, ``scanned``, ``no_text``: of the right format, and still no text to be had;
    - ``limit``: larger than :class:`~seimeibun.sources.limits.Limits` allow;
    - ``unsafe``: a path that leads out of its folder or archive; ``extra``: a package is missing.
    """

    def __init__(self, path: str, code: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str, str]]:
        return SourceError, (self.path, self.code, self.message)
