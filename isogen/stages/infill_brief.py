"""What all calls of a run have in common, and the recipe of what comes of one."""

from dataclasses import dataclass, replace

from isogen.digest import Digest, canonical_json
from isogen.geo.grid import Quadrant
from isogen.image.png import ENCODER
from isogen.models.protocol import Identity, InfillModel
from isogen.params import Params
from isogen.params.infill import PreprocessParams, QualityParams
from isogen.plan.steps import PlannedStep
from isogen.recipe import Recipe, Setting
from isogen.stages.references import Reference

INFILL_MAKER = "infill/1"
"""Bumped when the bytes of a generation change."""


@dataclass(frozen=True)
class Brief:
    """What a model is told with every template, and what is done with its answers."""

    model: str
    """Its name in the settings."""

    identity: Identity
    prompt: str
    negative_prompt: str | None

    seed: int
    """Of the first try of each call."""

    references: tuple[Reference, ...]
    preprocess: PreprocessParams
    quality: QualityParams

    pixel_size: int
    """Screen pixels across an art pixel."""

    @classmethod
    def of(cls, model: InfillModel, params: Params, said: "Said") -> "Brief":
        """Return what the settings say, under what was said for this run."""
        own = model.params
        brief = cls(
            model=model.name,
            identity=model.identity,
            prompt=own.prompt,
            negative_prompt=own.negative_prompt,
            seed=own.seed,
            references=(),
            preprocess=own.preprocess,
            quality=params.generate.quality,
            pixel_size=params.map.pixel_size,
        )
        return replace(brief, **{k: v for k, v in vars(said).items() if v is not None})

    @property
    def settings(self) -> dict[str, Setting]:
        """What of a recipe is the same for all steps."""
        return {
            "model": canonical_json(dict(self.identity)).decode(),
            "prompt": self.prompt,
            "negative_prompt": self.negative_prompt,
            "seed": self.seed,
            "encoder": ENCODER,
            "pixel_size": self.pixel_size,
            **self.preprocess.model_dump(),
            **self.quality.model_dump(),
        }


@dataclass(frozen=True)
class Said:
    """What was said on the command line instead of in the settings; None where nothing was."""

    prompt: str | None = None
    negative_prompt: str | None = None
    seed: int | None = None


NOTHING_SAID = Said()


def recipe_of(
    brief: Brief, step: PlannedStep, parents: tuple[Digest, ...], quadrant: Quadrant
) -> Digest:
    """Return the recipe of one quadrant of a step."""
    own: dict[str, Setting] = {
        "rectangle": ",".join(map(str, step.rectangle)),
        "margin": ",".join(map(str, step.margin)),
        "x": quadrant.x,
        "y": quadrant.y,
    }
    return Recipe(INFILL_MAKER, parents, tuple({**brief.settings, **own}.items())).digest
