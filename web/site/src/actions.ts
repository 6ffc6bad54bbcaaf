// What a person can do, by key or by button.

import type { Layers } from "./layers";
import { placeLink } from "./link";
import { element, say } from "./panels";
import type { Pixel, Projection } from "./projection";
import type { View } from "./view";

const PAN_SHARE = 0.2;

const KEYS: Record<string, keyof Actions> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  _: "zoomOut",
  "0": "home",
  Home: "home",
  r: "toggle",
  c: "copy",
  m: "minimap",
  h: "bare",
  f: "fullscreen",
  "?": "help",
};

export class Actions {
  constructor(
    private readonly view: View,
    private readonly layers: Layers,
    private readonly projection: Projection,
    private readonly pointed: () => Pixel | null,
  ) {}

  left = (): void => this.view.pan(-PAN_SHARE, 0);
  right = (): void => this.view.pan(PAN_SHARE, 0);
  up = (): void => this.view.pan(0, -PAN_SHARE);
  down = (): void => this.view.pan(0, PAN_SHARE);
  zoomIn = (): void => this.view.step(1);
  zoomOut = (): void => this.view.step(-1);
  home = (): void => this.view.home();
  toggle = (): void => void this.layers.toggle();
  bare = (): void => void document.body.classList.toggle("bare");
  minimap = (): void => void document.body.classList.toggle("no-minimap");

  help = (): void => {
    const help = element<HTMLDialogElement>("help");
    if (help.open) help.close();
    else help.showModal();
  };

  fullscreen = (): void => {
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen?.();
    done?.catch(() => say("This browser does not allow full screen"));
  };

  copy = (): void => {
    const at = this.pointed() ?? this.view.center;
    const layer = this.layers.current.name;
    const link = placeLink(at, this.view.zoom, this.projection, layer);
    const url = new URL(link, window.location.href).href;
    const copied = navigator.clipboard?.writeText(url) ?? Promise.reject(new Error());
    copied.then(
      () => say("Link copied"),
      () => window.prompt("Copy this link", url),
    );
  };
}

/** Let keys and buttons do what they say. */
export function listen(actions: Actions): void {
  window.addEventListener("keydown", (event) => {
    const helping = element<HTMLDialogElement>("help").open;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const name = KEYS[key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    if (helping && name !== "help") return;
    event.preventDefault();
    actions[name]();
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-do]")) {
    const name = button.dataset["do"] as keyof Actions;
    button.addEventListener("click", () => actions[name]());
  }
}
