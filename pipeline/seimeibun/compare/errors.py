"""What can be wrong with a comparison that was asked for."""


class CompareError(ValueError):
    """A comparison that cannot be made; the message says what was looked for and what there is."""
