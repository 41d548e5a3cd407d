"""Agreement acts: who does what with words (agrees, commits, welcomes, asks …), about what, how strongly.

One direction: lexicon → predicates (heads) → clauses (topics, subjects) → actors, objects → find.
"""
