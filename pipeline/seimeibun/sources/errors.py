"""Why a file did not become text."""


class SourceError(ValueError):
    """A source that cannot be read: which file, what was found, what would be right.

    ``code`` is for ``errors.csv``: ``missing``, ``unreadable``, ``empty``, ``binary``, ``encoding`` (bytes that
    no encoding explains) or ``encoding_name`` (an encoding that does not exist).
    """

    def __init__(self, path: str, code: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str, str]]:
        return SourceError, (self.path, self.code, self.message)
