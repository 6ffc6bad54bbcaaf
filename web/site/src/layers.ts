// Which layer is seen. A layer is loaded when it is first wanted, then faded in.

import type OpenSeadragon from "openseadragon";
import type { LayerFacts, MapFacts } from "./map";
import { tileSource } from "./tiles";
import { stillness } from "./view";

const FADE_MS = 220;
const PATIENCE_MS = 1500;

export class Layers {
  /** What was asked for last. */
  current: LayerFacts;
  /** What is seen, once it has faded in. */
  shown: LayerFacts | undefined;
  private readonly images = new Map<string, Promise<OpenSeadragon.TiledImage>>();
  private previous: LayerFacts | undefined;
  private turn = 0;
  private readonly listeners: ((layer: LayerFacts) => void)[] = [];

  constructor(
    private readonly map: MapFacts,
    private readonly viewer: OpenSeadragon.Viewer,
    first: LayerFacts,
  ) {
    this.current = first;
    this.previous = map.layers.find((layer) => layer !== first);
  }

  onChange(listener: (layer: LayerFacts) => void): void {
    this.listeners.push(listener);
  }

  named(name: string | undefined): LayerFacts | undefined {
    return this.map.layers.find((layer) => layer.name === name);
  }

  async start(): Promise<void> {
    (await this.image(this.current)).setOpacity(1);
    this.shown = this.current;
  }

  /** Go back to the layer seen before: the render and its art, to compare. */
  async toggle(): Promise<void> {
    if (this.previous) await this.show(this.previous);
  }

  async show(layer: LayerFacts): Promise<void> {
    if (layer === this.current) return;
    const turn = ++this.turn;
    this.previous = this.current;
    this.current = layer;
    for (const listener of this.listeners) listener(layer);
    const image = await this.image(layer);
    if (turn !== this.turn) return;
    image.setPreload(true);
    this.viewer.world.setItemIndex(image, this.viewer.world.getItemCount() - 1);
    this.viewer.forceRedraw(); // a hidden image does not notice that the view has moved
    await frame();
    await frame();
    await loaded(image);
    if (turn === this.turn && (await this.fadeIn(image, turn))) this.shown = layer;
  }

  private image(layer: LayerFacts): Promise<OpenSeadragon.TiledImage> {
    let image = this.images.get(layer.name);
    if (!image) {
      image = new Promise((resolve, reject) => {
        this.viewer.addTiledImage({
          tileSource: tileSource(this.map, layer),
          width: 1,
          opacity: 0,
          success: (event: unknown) =>
            resolve((event as { item: OpenSeadragon.TiledImage }).item),
          error: (event: unknown) =>
            reject(new Error(`layer ${layer.name} cannot be shown: ${String(event)}`)),
        } as unknown as Parameters<OpenSeadragon.Viewer["addTiledImage"]>[0]);
      });
      this.images.set(layer.name, image);
    }
    return image;
  }

  private async fadeIn(image: OpenSeadragon.TiledImage, turn: number): Promise<boolean> {
    const start = performance.now();
    const length = stillness.matches ? 0 : FADE_MS;
    for (let share = 0; share < 1; ) {
      const now = await frame();
      if (turn !== this.turn) return false;
      share = length ? Math.min(1, Math.max(0, (now - start) / length)) : 1;
      image.setOpacity(share);
    }
    const images = await Promise.all(this.images.values());
    if (turn !== this.turn) return false;
    for (const other of images) {
      if (other !== image) other.setOpacity(0);
      other.setPreload(false);
    }
    return true;
  }
}

function frame(): Promise<number> {
  return new Promise(requestAnimationFrame);
}

/** Wait until what is seen of an image is there, but not for ever. */
function loaded(image: OpenSeadragon.TiledImage): Promise<void> {
  return new Promise((resolve) => {
    const done = () => resolve();
    if (image.getFullyLoaded()) return done();
    image.addOnceHandler("fully-loaded-change", done);
    window.setTimeout(done, PATIENCE_MS);
  });
}
