// What map.json says. isogen/export/site.py writes it; both name the same schema.

export const SCHEMA = "isogen.map/1";

export interface ProjectionFacts {
  lat: number;
  lng: number;
  height_m: number;
  azimuth_deg: number;
  elevation_deg: number;
  m_per_px: number;
  /** Screen x and y of the origin. */
  origin_px: number;
}

export interface LayerFacts {
  name: string;
  title: string;
  /** Folder of the layer's Deep Zoom tiles, relative to the page. */
  tiles: string;
  format: string;
  /** Changes with the pixels: makes browsers ask for new tiles. */
  version: string;
  /** For each level, full resolution first: which tiles exist, a base64 bitset in row order. */
  exists: string[];
}

export interface MapFacts {
  schema: string;
  title: string;
  attribution: { text: string; url: string }[];
  projection: ProjectionFacts;
  pixel_size: number;
  void_color: string;
  /** Quadrants: first column and row, how many of each, and pixels along a side. */
  grid: { x0: number; y0: number; columns: number; rows: number; tile_px: number };
  /** Screen pixels around everything that is drawn; x1 and y1 are outside. */
  content: { x0: number; y0: number; x1: number; y1: number };
  /** What the page shows first; without a zoom it fills the window. */
  view: { x: number; y: number; zoom: number | null };
  layers: LayerFacts[];
}

/** Read the map's facts: from the page itself, so that it also opens as a plain file. */
export async function loadMap(): Promise<MapFacts> {
  const inline = document.getElementById("map-facts")?.textContent?.trim();
  const facts: MapFacts = inline ? JSON.parse(inline) : await (await fetch("map.json")).json();
  if (facts.schema !== SCHEMA) {
    throw new Error(`map.json is ${facts.schema}; this page reads ${SCHEMA}`);
  }
  return facts;
}
