"""A reading aid: one self-contained HTML page a document, made from the dataset."""
