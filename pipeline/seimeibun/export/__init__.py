"""The dataset in the formats of other tools, one module a format; it reads the tables, never a model."""
