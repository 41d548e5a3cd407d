"""Named entities of a statement: candidates of every kind, then what of them stands."""

from seimeibun.analysis import Analysis
from seimeibun.entities.affiliation import with_states
from seimeibun.entities.canonical import with_canonical
from seimeibun.entities.compounds import compound_mentions
from seimeibun.entities.defined_terms import aliases, later_mentions
from seimeibun.entities.firms import firm_mentions
from seimeibun.entities.literals import literal_mentions
from seimeibun.entities.mention import Mention
from seimeibun.entities.model import model_mentions
from seimeibun.entities.nesting import resolve
from seimeibun.entities.offices import office_mentions
from seimeibun.entities.organs import organ_mentions
from seimeibun.entities.persons import person_mentions
from seimeibun.entities.places import place_mentions
from seimeibun.entities.quoted import quoted_mentions
from seimeibun.entities.reading import Reading
from seimeibun.entities.symbols import symbol_mentions
from seimeibun.entities.title_lines import title_mentions
from seimeibun.found import Found
from seimeibun.width import fold_width


def find_entities(analysis: Analysis) -> list[Found]:
    """Return the entities of a text, nested ones too; the value is the ISO 3166-1 code or the entity id."""
    text = fold_width(analysis.text)
    if not analysis.tokens:
        return []
    literals = literal_mentions(analysis, text)
    reading = Reading(analysis, [*literals, *place_mentions(Reading(analysis, literals))])
    named = [*reading.literals, *compound_mentions(reading), *symbol_mentions(reading)]
    named += [*firm_mentions(reading), *organ_mentions(reading)]
    persons, offices = person_mentions(reading, office_mentions(reading, named))
    named += [*persons, *offices, *title_mentions(reading)]
    named += quoted_mentions(reading, named)
    defined = aliases(reading, named)
    named += [mention for alias in defined for mention in (alias.mention, *alias.antecedents)]
    named += later_mentions(reading, defined)
    named += model_mentions(reading)
    standing = with_canonical(text, resolve(text, named))
    return [_found(mention) for mention in with_states(text, standing, analysis.parties)]


def _found(mention: Mention) -> Found:
    facts = {
        "canonical": mention.canonical,
        "iso3": mention.iso3,
        "entity_id": mention.entity_id,
        "source": mention.source,
        "alias_of": ";".join(mention.alias_of),
        "alias_for": mention.canonical if mention.alias and not mention.alias_of else "",
    }
    value = mention.iso3 if mention.label == "COUNTRY" and mention.iso3 else mention.entity_id
    return Found(mention.start, mention.end, mention.label, value, mention.rule, facts)
