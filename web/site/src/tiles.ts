// A layer's tiles. Tiles that do not exist are never asked for, so holes cost nothing.

import OpenSeadragon from "openseadragon";
import type { LayerFacts, MapFacts } from "./map";

const LOG2_TILE = 9;

function bitsOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Describe a layer to OpenSeadragon. Levels count from one pixel up, as Deep Zoom's do. */
export function tileSource(map: MapFacts, layer: LayerFacts): OpenSeadragon.TileSource {
  const { columns, rows, tile_px } = map.grid;
  const width = columns * tile_px;
  const height = rows * tile_px;
  const top = Math.ceil(Math.log2(Math.max(width, height)));
  const exists = layer.exists.map(bitsOf);
  const source = new OpenSeadragon.TileSource({
    width,
    height,
    tileSize: tile_px,
    tileOverlap: 0,
    minLevel: LOG2_TILE,
    maxLevel: top,
    getTileUrl: (level: number, x: number, y: number) =>
      `${layer.tiles}/${level}/${x}_${y}.${layer.format}?v=${layer.version}`,
  } as unknown as OpenSeadragon.TileSourceOptions);
  source.tileExists = (level: number, x: number, y: number): boolean => {
    const halvings = top - level;
    const bits = exists[halvings];
    const across = Math.ceil(columns / 2 ** halvings);
    const down = Math.ceil(rows / 2 ** halvings);
    if (!bits || x < 0 || y < 0 || x >= across || y >= down) return false;
    const index = y * across + x;
    return ((bits[index >> 3] ?? 0) >> (index & 7) & 1) === 1;
  };
  source.hasTransparency = () => true;
  return source;
}
