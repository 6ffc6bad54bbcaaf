"""Seconds that Qwen-Image-Edit takes for a picture, with each way to make it faster.

    python benchmarks/qwen.py               full size, 1024 px, on a GPU of 80 GB: 9 minutes
    python benchmarks/qwen.py --tiny        a miniature on the CPU, to see that this works
    python benchmarks/qwen.py --budget 300  seconds after which nothing new is begun

Weights are random, which costs what trained ones cost; nothing is downloaded. Prints a
line of JSON for each measurement: what, seconds (the median), GiB at most, and for passes of the
transformer how far their result lies from that of the first, plain one (a share of its size).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import torch
from PIL import Image

from inference.qwen import correct_positions
from tests.support.random_qwen import FULL, TINY, Sizes, random_pipeline, small_pictures

STEPS = 14
PROMPT_TOKENS = 50
"""As many as the task prompt has; here a letter is a token."""

BACKENDS = ("_native_cudnn", "_native_flash", "_native_efficient", "flash_hub", "_flash_3_hub")
LORA_LAYERS = ["to_q", "to_k", "to_v", "to_out.0", "add_q_proj", "add_k_proj", "add_v_proj"]
GIB = 1 << 30


@dataclass
class Bench:
    """A model on a device, and the clock."""

    pipeline: Any
    device: torch.device
    side_px: int
    ends_at: float
    reference: torch.Tensor | None = None

    @property
    def is_gpu(self) -> bool:
        """Whether there is a GPU to wait for."""
        return self.device.type == "cuda"

    def seconds(self, work: Callable[[], object], rounds: int = 3) -> float:
        """Return the median of some rounds, after one to warm up."""
        work()
        self._wait()
        taken: list[float] = []
        for _ in range(rounds):
            start = time.perf_counter()
            work()
            self._wait()
            taken.append(time.perf_counter() - start)
        return median(taken)

    def inputs(self, count: int) -> dict[str, Any]:
        """Return what the transformer gets for a batch of pictures."""
        made = torch.Generator("cpu").manual_seed(1)
        config = self.pipeline.transformer.config
        grid = self.side_px // 16
        tokens = round(self.side_px / 28) ** 2 + PROMPT_TOKENS
        shapes = {
            "hidden_states": (1, 2 * grid * grid, config.in_channels),
            "encoder_hidden_states": (1, tokens, config.joint_attention_dim),
        }
        told = {
            name: torch.randn(shape, generator=made)
            .repeat(count, 1, 1)
            .to(self.device, self.pipeline.dtype)
            for name, shape in shapes.items()
        }
        half = torch.full((count,), 0.5).to(self.device, self.pipeline.dtype)
        sides = [[(1, grid, grid), (1, grid, grid)]] * count
        return {**told, "timestep": half, "img_shapes": sides, "return_dict": False}

    def forward(self, name: str, count: int = 1) -> float | None:
        """Measure a pass of the transformer and say how far its result is from the plain one."""
        told = self.inputs(count)

        def work() -> torch.Tensor:
            return self.pipeline.transformer(**told)[0]

        def measured() -> dict[str, Any]:
            made = work()[:1].float()
            if self.reference is None:
                self.reference = made
            scale = self.reference.abs().mean()
            distance = ((made - self.reference).abs().mean() / scale).item()
            return {"seconds": self.seconds(work), "batch": count, "distance": distance}

        return self.report(name, measured)

    def report(self, name: str, measure: Callable[[], dict[str, Any]]) -> float | None:
        """Print a measurement; one that cannot be made here is named and left out."""
        if time.monotonic() > self.ends_at:
            _say({"what": name, "left_out": "out of time"})
            return None
        if self.is_gpu:
            torch.cuda.reset_peak_memory_stats()
        try:
            told = measure()
        except Exception as error:  # noqa: BLE001  the others are measured all the same
            text = f"{type(error).__name__}: {error}".splitlines()[0]
            _say({"what": name, "left_out": text[:200]})
            return None
        if self.is_gpu:
            told["peak_gib"] = torch.cuda.max_memory_allocated() / GIB
        rounded = {k: round(v, 5) if isinstance(v, float) else v for k, v in told.items()}
        _say({"what": name, **rounded})
        return told["seconds"]

    def _wait(self) -> None:
        if self.is_gpu:
            torch.cuda.synchronize()


def main(arguments: list[str]) -> int:
    """Measure everything that can be measured here."""
    options = _options(arguments)
    sizes, side_px = (TINY, 64) if options.tiny else (FULL, 1024)
    device = torch.device("cpu" if options.tiny else "cuda")
    begin = time.monotonic()
    pipeline = _model(sizes, device)
    bench = Bench(pipeline, device, side_px, begin + options.budget)
    _say({"what": "build", "seconds": round(time.monotonic() - begin, 1), "on": _name(device)})
    with torch.inference_mode(), small_pictures(side_px):
        around = _around(bench)
        plain = bench.forward("transformer, plain")
        _attention(bench)
        _batches(bench)
        _lora(bench)
        _graph(bench)
        _whole(bench, f"edit of {STEPS} steps, plain")
        fast = _compiled(bench)
        if fast is not None:
            _whole(bench, f"edit of {STEPS} steps, compiled")
    for name, step in (("plain", plain), ("compiled", fast)):
        if step is not None:
            once = round(around + STEPS * step, 2)
            twice = round(around + 2 * STEPS * step, 2)
            _say(
                {"what": f"sum of {STEPS} steps, {name}", "seconds": once, "guided_seconds": twice}
            )
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--budget", type=float, default=480.0)
    return parser.parse_args(arguments)


def _model(sizes: Sizes, device: torch.device) -> Any:  # noqa: ANN401  diffusers has no types
    """Make the weights where they are needed: made on the CPU they would take minutes."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16 if device.type == "cuda" else torch.float32)
    try:
        with device:
            pipeline = random_pipeline(sizes)
    finally:
        torch.set_default_dtype(before)
    pipeline.to(device)
    pipeline.set_progress_bar_config(disable=True)
    correct_positions(pipeline.text_encoder)
    # as many tokens are cut off as in the published template, whose words are tokens
    cut = pipeline.prompt_template_encode_start_idx
    pipeline.prompt_template_encode = "x" * cut + "<|vision_start|><|image_pad|><|vision_end|>{}"
    return pipeline


def _around(bench: Bench) -> float:
    """Measure what comes before and after the steps."""
    pipeline, side = bench.pipeline, bench.side_px
    picture = Image.effect_noise((side, side), 64).convert("RGB")
    pixels = torch.zeros((1, 3, 1, side, side), device=bench.device, dtype=pipeline.vae.dtype)
    channels = pipeline.vae.config.z_dim
    latents = torch.zeros(
        (1, channels, 1, side // 8, side // 8), device=bench.device, dtype=pipeline.vae.dtype
    )
    works: dict[str, Callable[[], object]] = {
        "prompt": lambda: pipeline.encode_prompt(image=[picture], prompt=["p" * PROMPT_TOKENS]),
        "vae in": lambda: pipeline.vae.encode(pixels),
        "vae out": lambda: pipeline.vae.decode(latents),
    }
    taken = [
        bench.report(name, lambda work=work: {"seconds": bench.seconds(work)})
        for name, work in works.items()
    ]
    _lay_out(pipeline.vae, torch.channels_last_3d)
    for name in ("vae in", "vae out"):
        work = works[name]
        bench.report(f"{name}, channels last", lambda w=work: {"seconds": bench.seconds(w)})
    _lay_out(pipeline.vae, torch.contiguous_format)
    return sum(seconds or 0.0 for seconds in taken)


def _lay_out(vae: torch.nn.Module, memory_format: torch.memory_format) -> None:
    with torch.inference_mode(mode=False):
        for module in vae.modules():
            if isinstance(module, torch.nn.Conv3d):
                module.to(memory_format=memory_format)


def _attention(bench: Bench) -> None:
    transformer = bench.pipeline.transformer
    for backend in BACKENDS if bench.is_gpu else ("native",):
        with _settled(transformer.reset_attention_backend):
            try:
                transformer.set_attention_backend(backend)
            except Exception as error:  # noqa: BLE001  not every backend is everywhere
                _say({"what": f"attention {backend}", "left_out": str(error).splitlines()[0][:200]})
                continue
            bench.forward(f"attention {backend}")


def _batches(bench: Bench) -> None:
    for count in (2, 4):
        bench.forward(f"transformer, batch of {count}", count)


def _lora(bench: Bench) -> None:
    """Measure what a LoRA costs that is not fused; fused, it costs nothing."""
    from peft import LoraConfig  # noqa: PLC0415  slow to import

    transformer = bench.pipeline.transformer
    with torch.inference_mode(mode=False):
        transformer.add_adapter(LoraConfig(r=16, target_modules=LORA_LAYERS))
    bench.forward("transformer, LoRA of rank 16 not fused")
    transformer.delete_adapters("default")
    with torch.inference_mode(mode=False):
        bench.pipeline.unload_lora_weights()


def _graph(bench: Bench) -> None:
    """Measure a pass that is replayed as one CUDA graph."""
    if not bench.is_gpu:
        return
    told = bench.inputs(1)

    def measured() -> dict[str, Any]:
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            bench.pipeline.transformer(**told)
        return {"seconds": bench.seconds(graph.replay)}

    bench.report("transformer, CUDA graph", measured)


def _compiled(bench: Bench) -> float | None:
    """Compile the blocks and measure both the compiling and a pass."""
    if not bench.is_gpu:
        return None
    bench.pipeline.transformer.compile_repeated_blocks(fullgraph=True)
    told = bench.inputs(1)

    def first() -> dict[str, Any]:
        start = time.perf_counter()
        bench.pipeline.transformer(**told)
        torch.cuda.synchronize()
        return {"seconds": time.perf_counter() - start}

    bench.report("compile", first)
    return bench.forward("transformer, compiled blocks")


def _whole(bench: Bench, name: str) -> None:
    """Measure an edit from picture to picture."""
    side = bench.side_px
    picture = Image.effect_noise((side, side), 64).convert("RGB")

    def work() -> object:
        return bench.pipeline(
            image=[picture],
            prompt=["p" * PROMPT_TOKENS],
            true_cfg_scale=1.0,
            guidance_scale=None,
            num_inference_steps=STEPS,
            generator=[torch.Generator("cpu").manual_seed(0)],
            output_type="pt",
        )

    bench.report(name, lambda: {"seconds": bench.seconds(work, rounds=1)})


@contextmanager
def _settled(undo: Callable[[], object]) -> Iterator[None]:
    try:
        yield
    finally:
        undo()


def _name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"


def _say(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
