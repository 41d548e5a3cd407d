"""The model, loaded as this module is imported: the fork server imports it for the workers to come.

What cannot be loaded is no matter of the server's: the worker tries again, and says why.
"""

import gc
from contextlib import suppress

from seimeibun.cli.spacy_alone import import_spacy

with suppress(Exception):
    import_spacy()
    from seimeibun.batch.pipeline import pipeline

    pipeline()
    gc.collect()
    gc.freeze()  # so that no collection touches, and so copies, what the workers share
