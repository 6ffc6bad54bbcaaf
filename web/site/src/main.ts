import "./style.css";
import { Actions, listen } from "./actions";
import { Layers } from "./layers";
import { type Link, pixelLink, readLink } from "./link";
import { loadMap, type MapFacts } from "./map";
import { element, shapeMinimap, showAttribution, showFault, showLayers, showPlace } from "./panels";
import { type Pixel, Projection } from "./projection";
import { View } from "./view";

const LINK_DELAY_MS = 250;

/** Where the mouse points, or null when it is elsewhere or there is none. */
function followPointer(map: HTMLElement, view: View, moved: () => void): () => Pixel | null {
  let at: { x: number; y: number } | null = null;
  map.addEventListener("pointermove", (event) => {
    at = event.pointerType === "mouse" ? { x: event.clientX, y: event.clientY } : null;
    moved();
  });
  map.addEventListener("pointerleave", () => {
    at = null;
    moved();
  });
  return () => (at ? view.pixelAt(at.x, at.y) : null);
}

/** Keep the address and the view the same. */
function keepLink(view: View, layers: Layers, follow: (link: Link) => void, projection: Projection) {
  let waiting = 0;
  const write = () => {
    const { at, zoom } = view.target;
    const hash = pixelLink(at, zoom ?? 0, layers.current.name);
    history.replaceState(history.state, "", hash);
  };
  const later = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(write, LINK_DELAY_MS);
  };
  view.viewer.addHandler("viewport-change", later);
  layers.onChange(later);
  window.addEventListener("hashchange", () => follow(readLink(location.hash, projection)));
}

async function start(map: MapFacts): Promise<void> {
  document.documentElement.style.setProperty("--void", map.void_color);
  showAttribution(map);
  const projection = new Projection(map.projection);
  const canvas = element("map");
  const view = new View(map, canvas, shapeMinimap(map));
  const first = readLink(location.hash, projection);
  const named = map.layers.find((layer) => layer.name === first.layer);
  const layer = named ?? map.layers[0];
  if (!layer) throw new Error("map.json names no layer");
  const layers = new Layers(map, view.viewer, layer);
  showLayers(map, layers);
  await layers.start();

  const follow = ({ place, layer: name }: Link): void => {
    if (place) view.go(place);
    const wanted = layers.named(name);
    if (wanted) void layers.show(wanted);
  };
  view.home(true);
  follow(first);

  const read = () => showPlace(projection.toLatLng(pointed() ?? view.center), view.zoom);
  const pointed = followPointer(canvas, view, read);
  view.viewer.addHandler("update-viewport", read);
  keepLink(view, layers, follow, projection);
  listen(new Actions(view, layers, projection, pointed));
  read();
  Object.assign(window, { isogen: { map, view, layers, projection } });
}

loadMap().then(start).catch(showFault);
