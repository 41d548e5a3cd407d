"""The model package's pipeline: GiNZA, loaded as it is, with our components put in.

``source = "ja_ginza"`` in a ``config.cfg`` would drop the vectors (spaCy restores the vocab after
sourcing); so the base model is loaded first, and the package's ``config.cfg`` names our components only.
"""

import json
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import registry
from thinc.api import Config

import seimeibun.components.morphologizer  # importing registers the factory
import seimeibun.components.parser  # noqa: F401
from seimeibun.components.errors import UnknownModelError
from seimeibun.components.exact import differences
from seimeibun.components.extensions import register
from seimeibun.components.stock import StockGinza

_PROBE = (
    "令和元年5月、湊総理大臣と王国の外務大臣は東京で会談し、港の整備に3億円を供与すると述べた。"
)


def model_meta(package: Path) -> dict[str, Any]:
    """Return ``meta.json`` of the model package."""
    meta: dict[str, Any] = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    return meta


def load_model(
    package: Path,
    *,
    disable: str | Iterable[str] = (),
    enable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    config: dict[str, Any] | None = None,
    vocab: Any = True,
) -> Language:
    """Load the base model and add the tokenizer and components of ``package``'s ``config.cfg``.

    The options are those of :func:`spacy.load`. ``config`` overrides our own settings, with dots
    (``{"layers.seimeibun_dates.…": …}``).
    """
    register()
    excluded, disabled = _names(exclude), _names(disable)
    settings = Config().from_disk(package / "config.cfg", overrides=config or {})
    base = settings["base"]
    nlp = spacy.load(base["model"], exclude=[*excluded, *base.get("exclude", ())], vocab=vocab)
    nlp.tokenizer = registry.resolve({"tokenizer": settings["tokenizer"]})["tokenizer"](nlp)
    nlp.config["nlp"]["tokenizer"] = dict(settings["tokenizer"])
    replaced = {
        stock: component["factory"]
        for stock, component in settings.get("replace", {}).items()
        if _replace(nlp, stock, component["factory"], excluded)
    }
    for successor, components in settings.get("before", {}).items():
        _add(
            nlp,
            components,
            excluded,
            before=successor if successor in nlp.component_names else None,
        )
    _hold_to_ginza(nlp, replaced)
    _add(nlp, settings["layers"], excluded)
    meta = model_meta(package)
    nlp.meta.update(
        {key: meta[key] for key in ("name", "version", "description", "author", "license")}
    )
    kept = _names(enable)
    for name in nlp.pipe_names:
        if name in disabled or (kept and name not in kept):
            nlp.disable_pipe(name)
    return nlp


def _names(names: str | Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _replace(nlp: Language, stock: str, ours: str, excluded: list[str]) -> bool:
    """Put ``ours`` behind the component ``stock`` and disable that one; keep it where ours cannot be."""
    if ours in excluded or stock not in nlp.pipe_names:
        return False
    try:
        nlp.add_pipe(ours, after=stock, config={"stock": stock})
    except UnknownModelError as error:
        message = f"{ours} does not fit the installed {nlp.meta['name']} ({error}); using {stock}"
        warnings.warn(message, stacklevel=5)
        return False
    nlp.disable_pipe(stock)
    return True


def _hold_to_ginza(nlp: Language, replaced: dict[str, str]) -> None:
    """Analyse a sentence both ways; if the analyses differ, put GiNZA's own components back."""
    if replaced and (found := list(differences(nlp(_PROBE), StockGinza(nlp)(_PROBE)))):
        for stock, ours in replaced.items():
            nlp.remove_pipe(ours)
            nlp.enable_pipe(stock)
        message = (
            f"the fast components read the installed {nlp.meta['name']} {nlp.meta['version']} differently "
            f"({found[0].attribute}); using GiNZA's own"
        )
        warnings.warn(message, stacklevel=4)


def _add(
    nlp: Language, components: dict[str, Any], excluded: list[str], before: str | None = None
) -> None:
    for name, settings in components.items():
        if name not in excluded:
            options = {key: value for key, value in settings.items() if key != "factory"}
            nlp.add_pipe(settings["factory"], name=name, before=before, config=options)
