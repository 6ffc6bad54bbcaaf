// The panels over the map: layers, read-out, attribution, messages.

import type { MapFacts } from "./map";
import type { Layers } from "./layers";
import type { LatLng } from "./projection";

const TOAST_MS = 1800;
const MINIMAP_SIDE_PX = 176;

export function element<E extends HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as E;
}

/** Give the overview the shape of the map before OpenSeadragon measures it. */
export function shapeMinimap(map: MapFacts): HTMLElement {
  const { columns, rows } = map.grid;
  const side = MINIMAP_SIDE_PX / Math.max(columns, rows);
  const minimap = element("minimap");
  minimap.style.width = `${Math.round(columns * side)}px`;
  minimap.style.height = `${Math.round(rows * side)}px`;
  return minimap;
}

export function showAttribution(map: MapFacts): void {
  const footer = element("attribution");
  for (const { text, url } of map.attribution) {
    const item = document.createElement("span");
    const link = document.createElement("a");
    link.textContent = text;
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener";
    item.append(url ? link : text);
    footer.append(item);
  }
}

export function showLayers(map: MapFacts, layers: Layers): void {
  const nav = element("layers");
  nav.hidden = map.layers.length < 2;
  document.body.classList.toggle("single", nav.hidden);
  const buttons = map.layers.map((layer) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = layer.title;
    button.addEventListener("click", () => void layers.show(layer));
    nav.append(button);
    return button;
  });
  const mark = () =>
    map.layers.forEach((layer, i) =>
      buttons[i]?.setAttribute("aria-pressed", String(layer === layers.current)),
    );
  layers.onChange(mark);
  mark();
}

const degrees = (value: number, positive: string, negative: string): string =>
  `${Math.abs(value).toFixed(6)}° ${value < 0 ? negative : positive}`;

export function showPlace({ lat, lng }: LatLng, zoom: number): void {
  const place = element("place");
  const scale = document.createElement("small");
  const percent = 100 * 2 ** zoom;
  scale.textContent = `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
  place.replaceChildren(`${degrees(lat, "N", "S")}, ${degrees(lng, "E", "W")}`, scale);
}

let hiding = 0;

export function say(text: string): void {
  const toast = element("toast");
  toast.textContent = text;
  toast.classList.add("shown");
  window.clearTimeout(hiding);
  hiding = window.setTimeout(() => toast.classList.remove("shown"), TOAST_MS);
}

export function showFault(error: unknown): void {
  const fault = document.createElement("p");
  fault.id = "fault";
  fault.className = "panel";
  fault.setAttribute("role", "alert");
  fault.textContent = `The map cannot be shown: ${error instanceof Error ? error.message : error}`;
  document.body.append(fault);
}
