// Deep links: #x=..&y=..&z=.. in screen pixels, or #lat=..&lng=..&z=..

import type { Pixel, Projection } from "./projection";

export interface Place {
  at: Pixel;
  /** Log2 of CSS pixels per screen pixel; absent when the link does not say. */
  zoom?: number;
}

export interface Link {
  place?: Place;
  layer?: string;
}

function numberIn(fields: URLSearchParams, name: string): number | undefined {
  const text = fields.get(name);
  const value = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

export function readLink(hash: string, projection: Projection): Link {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const [x, y] = [numberIn(fields, "x"), numberIn(fields, "y")];
  const [lat, lng] = [numberIn(fields, "lat"), numberIn(fields, "lng")];
  const zoom = numberIn(fields, "z");
  const layer = fields.get("layer");
  const link: Link = layer ? { layer } : {};
  let at: Pixel | undefined;
  if (x !== undefined && y !== undefined) at = { x, y };
  else if (lat !== undefined && lng !== undefined && Math.abs(lat) <= 90) {
    at = projection.toScreen({ lat, lng });
  }
  if (at) link.place = zoom === undefined ? { at } : { at, zoom };
  return link;
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** The link of what is shown: stable, in whole pixels. */
export function pixelLink({ x, y }: Pixel, zoom: number, layer?: string): string {
  const rest = layer ? `&layer=${encodeURIComponent(layer)}` : "";
  return `#x=${Math.round(x)}&y=${Math.round(y)}&z=${short(zoom)}${rest}`;
}

/** The link to send to people: it means the same place on every map. */
export function placeLink(at: Pixel, zoom: number, projection: Projection, layer?: string): string {
  const { lat, lng } = projection.toLatLng(at);
  const rest = layer ? `&layer=${encodeURIComponent(layer)}` : "";
  return `#lat=${lat.toFixed(6)}&lng=${lng.toFixed(6)}&z=${short(zoom)}${rest}`;
}
