"""Writing a dataset in a format, and the list of what the format could not carry."""

import csv
import os
from importlib.util import find_spec
from pathlib import Path

from seimeibun.export.dataset import Dataset
from seimeibun.export.files import whole
from seimeibun.export.folders import fresh_folder
from seimeibun.export.formats import Format, format_by_name
from seimeibun.export.outcome import LeftOut, Outcome
from seimeibun.tables.dialect import guard


class MissingExtraError(ImportError):
    """A package of an extra is not installed; the message says how to install it."""


def export(
    dataset: str | os.PathLike[str] | Dataset,
    format_name: str,
    path: str | os.PathLike[str],
    *,
    force: bool = False,
) -> Outcome:
    """Write ``dataset`` to ``path``, which is a file or a folder, as the format has it.

    A folder is replaced as a whole, and only if an earlier export wrote it and nothing in it was changed since
    (``force`` does without the latter). What could not be carried is listed in ``<path>.left_out.csv`` beside it.
    """
    format_ = format_by_name(format_name)
    dataset = dataset if isinstance(dataset, Dataset) else Dataset(Path(dataset))
    if not dataset.folder.is_dir():
        message = (
            f"no such folder: {dataset.folder}; a dataset is what `seimeibun annotate … -o` wrote"
        )
        raise FileNotFoundError(message)
    path = Path(path)
    _check_path(format_, path)
    _check_packages(format_)
    if format_.suffix:
        outcome = format_.writer(dataset, path)
    else:
        with fresh_folder(path, format_.name, force=force) as folder:
            outcome = format_.writer(dataset, folder)
            outcome.files = [path / file.relative_to(folder) for file in outcome.files]
    _list_left_out(path, outcome)
    return outcome


def _check_path(format_: Format, path: Path) -> None:
    if format_.suffix and path.is_dir():
        message = f"{path} is a folder; {format_.name} writes a file, such as {path / ('annotations' + format_.suffix)}"
        raise IsADirectoryError(message)
    if not format_.suffix and path.exists() and not path.is_dir():
        message = f"{path} is a file; {format_.name} writes a folder"
        raise NotADirectoryError(message)


def _check_packages(format_: Format) -> None:
    if [name for name in format_.packages if find_spec(name) is None]:
        message = (
            f"{format_.name} needs the extra `{format_.extra}`: "
            f"pip install 'ja-seimeibun[{format_.extra}]'"
        )
        raise MissingExtraError(message)


def _list_left_out(path: Path, outcome: Outcome) -> None:
    listed = path.with_name(f"{path.name}.left_out.csv")
    listed.unlink(missing_ok=True)
    if outcome.left_out:
        with (
            whole(listed) as temporary,
            temporary.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            rows = csv.writer(file, lineterminator="\r\n")
            rows.writerow(LeftOut._fields)
            rows.writerows([guard(cell) for cell in item] for item in outcome.left_out)
        outcome.files.append(listed)
