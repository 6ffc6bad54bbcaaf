"""How a quadrant came to be: from its generation down to the source."""

from dataclasses import dataclass

from isogen.digest import Digest
from isogen.errors import BoundsError
from isogen.geo.grid import Quadrant
from isogen.scene.files import cell_path, read_index, shadow_path
from isogen.scene.osm.extract import RECORD
from isogen.stages.infill_brief import INFILL_MAKER
from isogen.stages.project import LAYERS, Project
from isogen.stages.source import read_source
from isogen.store.events import Made
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
    if generation and generation.maker == INFILL_MAKER:
        nodes.append(_infill(project, generation, cells))
    elif generation:
        nodes.append(_picture(project, "generation", generation, (drawn,) if drawn else ()))
    elif drawn:
        nodes.append(drawn)
    render = rows["render"]
    if render and (generation is None or render.sha256 not in generation.parents):
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
    if row.maker == INFILL_MAKER:
        details[2:2] = _asked(project, layer, row)
    where = path.relative_to(project.root).as_posix()
    return Node(f"{layer} {row.x},{row.y}", row.sha256, where, tuple(details), made_from)


def _infill(project: Project, row: Row, cells: dict[Digest, Node]) -> Node:
    """Return what an infill model painted, over the renders and generations that it saw."""
    seen = [
        (name, owner, found)
        for name in ("render", "generation")
        for owner in (project.padding, project)
        for found in owner.layer(name).rows()
    ]
    known = {r.sha256: (name, owner, r) for name, owner, r in seen if r.sha256 in row.parents}
    nodes: list[Node] = []
    for digest in row.parents:
        if digest not in known:
            nodes.append(Node("an earlier picture", digest, "", ()))
            continue
        name, owner, found = known[digest]
        below = _chosen(cells, found) if name == "render" else ()
        nodes.append(_picture(owner, name, found, below))
    return _picture(project, "generation", row, tuple(nodes))


def _asked(project: Project, layer: str, row: Row) -> list[tuple[str, str]]:
    """Return how a model was asked for a picture, and what that took."""
    told = [
        ("revision", row.revision),
        ("prompt", row.prompt),
        ("negative prompt", row.negative_prompt),
        ("seed", row.seed),
        ("template", row.template_sha256),
    ]
    last: Made | None = None
    for record in project.layer(layer).history():
        if isinstance(record.event, Made) and record.event.row == row and record.event.attempts:
            last = record.event
    if last is not None:
        told += [("seconds", f"{last.seconds:.1f}"), ("attempts", last.attempts)]
        told += [("cost", None if last.cost_usd is None else f"${last.cost_usd:.4f}")]
        told += [(name.replace("_", " "), value) for name, value in sorted(last.measures.items())]
    return [(name, str(value)) for name, value in told if value is not None]


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
