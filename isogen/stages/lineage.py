"""How a quadrant came to be: from its generation down to the source."""

from dataclasses import dataclass

from isogen.digest import Digest
from isogen.errors import BoundsError
from isogen.geo.grid import Quadrant
from isogen.scene.files import cell_path, read_index, shadow_path
from isogen.scene.osm.extract import RECORD
from isogen.stages.project import LAYERS, Project
from isogen.stages.source import read_source
from isogen.store.row import Row


@dataclass(frozen=True)
class Node:
    """A thing and what it was made from."""

    what: str
    digest: Digest | None
    path: str
    """Where it lies, relative to the project; empty for what is no file."""

    details: tuple[tuple[str, str], ...]
    made_from: tuple["Node", ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the tree as JSON values."""
        return {
            "what": self.what,
            "sha256": self.digest,
            "path": self.path,
            **dict(self.details),
            "made_from": [node.to_json() for node in self.made_from],
        }


def lineage_of(project: Project, quadrant: Quadrant) -> tuple[Node, ...]:
    """Return how the generation and the render of a quadrant were made.

    Raises:
        BoundsError: No layer holds the quadrant.
    """
    rows = {name: project.layer(name).row(quadrant.x, quadrant.y) for name in LAYERS}
    if not any(rows.values()):
        raise BoundsError(
            f"no layer holds quadrant {quadrant}",
            hint=f"Make it with `isogen generate {quadrant}`, or see `isogen status`.",
        )
    cells = _cells(project)
    nodes: list[Node] = []
    faces = rows["faces"]
    drawn = _picture(project, "faces", faces, _chosen(cells, faces)) if faces else None
    generation = rows["generation"]
    if generation:
        nodes.append(_picture(project, "generation", generation, (drawn,) if drawn else ()))
    elif drawn:
        nodes.append(drawn)
    render = rows["render"]
    if render:
        nodes.append(_picture(project, "render", render, _chosen(cells, render)))
    return tuple(nodes)


def _picture(project: Project, layer: str, row: Row, made_from: tuple[Node, ...]) -> Node:
    path = project.layer(layer).objects.path_of(row.sha256)
    details = [
        ("maker", row.maker), ("recipe", row.recipe), ("size", f"{row.width} x {row.height}"),
        ("bytes", str(row.bytes)), ("status", row.status), ("lat", f"{row.lat:.6f}"),
        ("lng", f"{row.lng:.6f}"),
    ]  # fmt: skip
    if row.model:
        details.insert(1, ("model", row.model))
    where = path.relative_to(project.root).as_posix()
    return Node(f"{layer} {row.x},{row.y}", row.sha256, where, tuple(details), made_from)


def _chosen(cells: dict[Digest, Node], row: Row) -> tuple[Node, ...]:
    known = [cells.get(d) or Node("an earlier cell", d, "", ()) for d in row.parents]
    return tuple(known)


def _cells(project: Project) -> dict[Digest, Node]:
    """Return the files of the scene by digest, each with the source below it."""
    source = read_source(project)
    root = Node(
        f"source {source.name}",
        source.sha256,
        (project.sources / RECORD).relative_to(project.root).as_posix(),
        (("attribution", source.attribution), ("licence", source.licence), ("url", source.url)),
    )
    index = read_index(project.scene)
    out: dict[Digest, Node] = {}
    for key, record in index.cells.items():
        name = f"{key.i},{key.j}"
        where = cell_path(project.scene, key).relative_to(project.root).as_posix()
        details = (("maker", index.maker), ("recipe", record.recipe), ("faces", str(record.faces)))
        cell = Node(f"cell {name}", record.sha256, where, details, (root,))
        out[record.sha256] = cell
        if record.shadow_sha256 is not None:
            where = shadow_path(project.scene, key).relative_to(project.root).as_posix()
            out[record.shadow_sha256] = Node(
                f"shadows {name}", record.shadow_sha256, where, (), (cell,)
            )
    return out
