"""Japanese diplomatic statements in, annotated tables out."""
