// The window onto the map: where it looks, in screen pixels of the map.

import OpenSeadragon from "openseadragon";
import { CrispDrawer } from "./drawer";
import type { MapFacts } from "./map";
import type { Pixel } from "./projection";
import type { Place } from "./link";

const MOST_ZOOM = 4;
const LEAST_SHARE = 0.6;
/** Device pixels per art pixel at which the art is crisp: whole ones. */
const LADDER = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
const CLOSE = 0.01;

export const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  readonly viewer: OpenSeadragon.Viewer;
  private readonly width: number;
  private readonly left: number;
  private readonly top: number;
  private settleFrom: number | null = null;
  private anchor: OpenSeadragon.Point | null = null;

  constructor(
    private readonly map: MapFacts,
    element: HTMLElement,
    minimap: HTMLElement,
  ) {
    const { grid } = map;
    this.width = grid.columns * grid.tile_px;
    this.left = grid.x0 * grid.tile_px;
    this.top = grid.y0 * grid.tile_px;
    this.viewer = OpenSeadragon({
      element,
      drawer: CrispDrawer,
      showNavigationControl: false,
      showNavigator: true,
      navigatorId: minimap.id,
      navigatorBackground: "transparent",
      navigatorBorderColor: "transparent",
      navigatorDisplayRegionColor: "currentcolor",
      navigatorAutoFade: false,
      keyboardNavEnabled: false,
      imageSmoothingEnabled: true,
      subPixelRoundingForTransparency: {
        "*": OpenSeadragon.SUBPIXEL_ROUNDING_OCCURRENCES.ONLY_AT_REST,
      },
      animationTime: stillness.matches ? 0 : 0.45,
      springStiffness: 9,
      blendTime: 0,
      smoothTileEdgesMinZoom: Infinity,
      minPixelRatio: 0.7,
      maxZoomPixelRatio: 2 ** MOST_ZOOM,
      minZoomImageRatio: LEAST_SHARE,
      visibilityRatio: 0.3,
      zoomPerScroll: 1.35,
      imageLoaderLimit: 12,
      maxImageCacheCount: window.innerWidth < 700 ? 120 : 300,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true, pinchRotate: false },
    } as OpenSeadragon.Options);
    this.viewer.addHandler("update-viewport", () => this.keepCrisp());
    for (const event of ["canvas-scroll", "canvas-pinch", "canvas-double-click"] as const) {
      this.viewer.addHandler(event, (gesture) => this.beginZoom(gesture));
    }
    this.viewer.addHandler("animation-finish", () => this.settle());
  }

  /** CSS pixels per screen pixel. */
  get scale(): number {
    return this.scaleOf(this.viewer.viewport.getZoom(true));
  }

  get zoom(): number {
    return Math.log2(this.scale);
  }

  /** Where the view is going to rest. */
  get target(): Place {
    const { viewport } = this.viewer;
    return {
      at: this.toPixel(viewport.getCenter(false)),
      zoom: Math.log2(this.scaleOf(viewport.getZoom(false))),
    };
  }

  get center(): Pixel {
    return this.toPixel(this.viewer.viewport.getCenter(true));
  }

  /** The map pixel under a position in the window. */
  pixelAt(x: number, y: number): Pixel {
    const box = this.viewer.element.getBoundingClientRect();
    const point = new OpenSeadragon.Point(x - box.left, y - box.top);
    return this.toPixel(this.viewer.viewport.pointFromPixel(point, true));
  }

  go({ at, zoom }: Place, now = true): void {
    const { viewport } = this.viewer;
    if (zoom !== undefined) viewport.zoomTo(this.zoomOf(2 ** zoom), undefined, now);
    viewport.panTo(this.toPoint(at), now);
  }

  /** Show the map's own view; when it has no zoom, let crisp art fill the window. */
  home(now = false): void {
    const { view } = this.map;
    this.go({ at: view, zoom: view.zoom ?? Math.log2(this.homeScale()) }, now);
  }

  pan(dx: number, dy: number): void {
    const { viewport } = this.viewer;
    const size = viewport.getBounds(false);
    viewport.panBy(new OpenSeadragon.Point(size.width * dx, size.height * dy));
    viewport.applyConstraints();
  }

  /** Zoom in (1) or out (-1) to the next scale at which the art is crisp. */
  step(direction: 1 | -1): void {
    const { viewport } = this.viewer;
    const scale = this.crispBeyond(this.scaleOf(viewport.getZoom(false)), direction);
    viewport.zoomTo(this.zoomOf(scale));
    viewport.applyConstraints();
  }

  private toPixel(point: OpenSeadragon.Point): Pixel {
    return { x: point.x * this.width + this.left, y: point.y * this.width + this.top };
  }

  private toPoint({ x, y }: Pixel): OpenSeadragon.Point {
    return new OpenSeadragon.Point((x - this.left) / this.width, (y - this.top) / this.width);
  }

  private get containerWidth(): number {
    return this.viewer.viewport.getContainerSize().x;
  }

  private scaleOf(zoom: number): number {
    return (zoom * this.containerWidth) / this.width;
  }

  private zoomOf(scale: number): number {
    return (scale * this.width) / this.containerWidth;
  }

  private homeScale(): number {
    const { content, pixel_size } = this.map;
    const size = this.viewer.viewport.getContainerSize();
    const fill = Math.max(size.x / (content.x1 - content.x0), size.y / (content.y1 - content.y0));
    const least = Math.max(fill, 1 / pixel_size);
    return this.crispBeyond(least * (1 - 2 * CLOSE), 1);
  }

  private get artScale(): number {
    return this.map.pixel_size * window.devicePixelRatio;
  }

  private crispBeyond(scale: number, direction: 1 | -1): number {
    const size = scale * this.artScale;
    const steps = direction > 0 ? LADDER : [...LADDER].reverse();
    const next = steps.find((n) => (n / size - 1) * direction > CLOSE);
    if (size < 1 - CLOSE || next === undefined) {
      const power = Math.log2(size) * direction;
      return 2 ** (direction * Math.floor(power + 1 + CLOSE)) / this.artScale;
    }
    return next / this.artScale;
  }

  private beginZoom(gesture: { position?: OpenSeadragon.Point; center?: OpenSeadragon.Point }): void {
    this.settleFrom ??= this.scale;
    const at = gesture.position ?? gesture.center;
    this.anchor = at ? this.viewer.viewport.pointFromPixel(at, true) : null;
  }

  /** After a gesture, go on to the next scale at which art pixels are whole. */
  private settle(): void {
    const from = this.settleFrom;
    this.settleFrom = null;
    const size = this.scale * this.artScale;
    if (from === null || size < 1 || Math.abs(this.scale / from - 1) < CLOSE) return;
    if (LADDER.some((n) => Math.abs(n / size - 1) < CLOSE)) return;
    const scale = this.crispBeyond(this.scale, this.scale > from ? 1 : -1);
    this.viewer.viewport.zoomTo(this.zoomOf(scale), this.anchor ?? undefined);
    this.viewer.viewport.applyConstraints();
  }

  private keepCrisp(): void {
    const smooth = this.scale * window.devicePixelRatio < 1 - CLOSE;
    this.viewer.drawer.setImageSmoothingEnabled(smooth);
  }
}
