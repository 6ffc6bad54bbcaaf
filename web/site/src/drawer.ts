// Draws tiles onto a canvas so that their edges meet on whole device pixels.
//
// OpenSeadragon draws tiles one pixel larger to hide the seams between them, which shifts
// and doubles rows of pixel art. Edges that two tiles share are rounded alike here, so there
// is neither a seam nor a stretched row.

import OpenSeadragon from "openseadragon";

interface Drawn {
  position: OpenSeadragon.Point;
  size: OpenSeadragon.Point;
}

/** What the types of OpenSeadragon leave out. */
interface DrawsTiles {
  _drawTile(tile: Drawn, ...rest: unknown[]): void;
}

const parent = OpenSeadragon.CanvasDrawer.prototype as unknown as DrawsTiles;

export class CrispDrawer extends OpenSeadragon.CanvasDrawer {
  minimumOverlapRequired(): boolean {
    return false;
  }

  _drawTile(tile: Drawn, ...rest: unknown[]): void {
    const ratio = OpenSeadragon.pixelDensityRatio;
    const snap = (value: number): number => Math.round(value * ratio) / ratio;
    const { position, size } = tile;
    const [left, top] = [snap(position.x), snap(position.y)];
    tile.size = new OpenSeadragon.Point(
      snap(position.x + size.x) - left,
      snap(position.y + size.y) - top,
    );
    tile.position = new OpenSeadragon.Point(left, top);
    parent._drawTile.call(this, tile, ...rest);
    Object.assign(tile, { position, size });
  }
}
