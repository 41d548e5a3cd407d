class UnknownModelError(ValueError):
    """The installed model is not built as the fast path expects."""
