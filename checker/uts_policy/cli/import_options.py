"""Options of the commands that turn other files into declarations, each declared once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

files_argument = click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path)
)
declarations_option = click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("declarations"),
    show_default=True,
    help="The directory of declarations.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show all that would be read, and what would not, and write nothing."
)
map_option = click.option(
    "--map", "map_file", metavar="MAP", type=click.Path(dir_okay=False, path_type=Path),
    help="A map, which says what the file leaves open.",
)  # fmt: skip
write_map_option = click.option(
    "--write-map", "new_map", metavar="MAP", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write how the file is read as a map, to be corrected, and no declarations; - is standard output.",
)  # fmt: skip
update_option = click.option(
    "--update", is_flag=True, help="Merge a later version into declarations that were imported and edited since."
)
conflicts_option = click.option(
    "--conflicts", type=click.Choice(["list", "markers"]), default="list", show_default=True,
    help="With --update: list what both sides changed and write nothing, or write it as comments.",
)  # fmt: skip
pseudonym_key_option = click.option(
    "--pseudonym-key", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="The key for the ids of people, outside of the repository; `import roster` makes it if it does not exist.  "
    "[default: pseudonym.key in your data directory]",
)  # fmt: skip


def importing_with_map(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command FILEs and the options of an import that a map can correct."""
    options = (declarations_option, map_option, write_map_option, update_option, conflicts_option, dry_run_option)
    for option in reversed((files_argument, *options)):
        function = option(function)
    return function
