// WGS84 to screen pixels and back: the same ellipsoid and camera as isogen/geo/wgs84.py.

import type { ProjectionFacts } from "./map";

const EQUATOR_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const POLE_M = EQUATOR_M * (1 - FLATTENING);
const E2 = FLATTENING * (2 - FLATTENING);
const SECOND_E2 = E2 / (1 - E2);
const LATITUDE_ROUNDS = 4;
const RAY_ROUNDS = 4;

type Vector = readonly [number, number, number];

export interface LatLng {
  lat: number;
  lng: number;
}

export interface Pixel {
  x: number;
  y: number;
}

const rad = (deg: number): number => (deg * Math.PI) / 180;
const deg = (angle: number): number => (angle * 180) / Math.PI;
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const along = (a: Vector, way: Vector, t: number): Vector => [
  a[0] + way[0] * t,
  a[1] + way[1] * t,
  a[2] + way[2] * t,
];

function toEcef({ lat, lng }: LatLng, height: number): Vector {
  const sin = Math.sin(rad(lat));
  const normal = EQUATOR_M / Math.sqrt(1 - E2 * sin * sin);
  const out = (normal + height) * Math.cos(rad(lat));
  return [
    out * Math.cos(rad(lng)),
    out * Math.sin(rad(lng)),
    (normal * (1 - E2) + height) * sin,
  ];
}

/** Bowring's iteration: exact to a nanometer after two rounds. */
function fromEcef([x, y, z]: Vector): LatLng & { height: number } {
  const axis = Math.hypot(x, y);
  let rise = z;
  let run = axis * (1 - E2);
  for (let i = 0; i < LATITUDE_ROUNDS; i++) {
    const beta = Math.atan2(rise * (1 - FLATTENING), run);
    rise = z + SECOND_E2 * POLE_M * Math.sin(beta) ** 3;
    run = axis - E2 * EQUATOR_M * Math.cos(beta) ** 3;
  }
  const lat = Math.atan2(rise, run);
  const sin = Math.sin(lat);
  const height = axis * Math.cos(lat) + z * sin - EQUATOR_M * Math.sqrt(1 - E2 * sin * sin);
  return { lat: deg(lat), lng: deg(Math.atan2(y, x)), height };
}

export class Projection {
  private readonly origin: Vector;
  private readonly east: Vector;
  private readonly north: Vector;
  private readonly up: Vector;
  private readonly right: readonly [number, number];
  private readonly forward: readonly [number, number];
  private readonly sinElevation: number;
  /** East and north that the line of sight gains per meter of height. */
  private readonly slant: readonly [number, number];

  constructor(private readonly facts: ProjectionFacts) {
    const [sinLat, cosLat] = [Math.sin(rad(facts.lat)), Math.cos(rad(facts.lat))];
    const [sinLng, cosLng] = [Math.sin(rad(facts.lng)), Math.cos(rad(facts.lng))];
    const azimuth = rad(facts.azimuth_deg);
    this.origin = toEcef(facts, facts.height_m);
    this.east = [-sinLng, cosLng, 0];
    this.north = [-sinLat * cosLng, -sinLat * sinLng, cosLat];
    this.up = [cosLat * cosLng, cosLat * sinLng, sinLat];
    this.right = [Math.cos(azimuth), -Math.sin(azimuth)];
    this.forward = [Math.sin(azimuth), Math.cos(azimuth)];
    this.sinElevation = Math.sin(rad(facts.elevation_deg));
    const slope = 1 / Math.tan(rad(facts.elevation_deg));
    this.slant = [-this.forward[0] * slope, -this.forward[1] * slope];
  }

  /** Where a place on the ground is shown. */
  toScreen(place: LatLng): Pixel {
    const { height_m, m_per_px, origin_px } = this.facts;
    const offset = along(toEcef(place, height_m), this.origin, -1);
    const up = dot(offset, this.up);
    const e = dot(offset, this.east) - up * this.slant[0];
    const n = dot(offset, this.north) - up * this.slant[1];
    const right = e * this.right[0] + n * this.right[1];
    const ahead = (e * this.forward[0] + n * this.forward[1]) * this.sinElevation;
    return { x: origin_px + right / m_per_px, y: origin_px - ahead / m_per_px };
  }

  /** The place on the ground that a pixel shows: its line of sight is followed to the ground. */
  toLatLng({ x, y }: Pixel): LatLng {
    const { height_m, m_per_px, origin_px } = this.facts;
    const right = (x - origin_px) * m_per_px;
    const ahead = ((origin_px - y) * m_per_px) / this.sinElevation;
    const start = this.turn(
      right * this.right[0] + ahead * this.forward[0],
      right * this.right[1] + ahead * this.forward[1],
      0,
      this.origin,
    );
    const sight = this.turn(this.slant[0], this.slant[1], 1, [0, 0, 0]);
    let t = 0;
    let place = fromEcef(start);
    for (let i = 0; i < RAY_ROUNDS; i++) {
      const [lat, lng] = [rad(place.lat), rad(place.lng)];
      const zenith: Vector = [
        Math.cos(lat) * Math.cos(lng),
        Math.cos(lat) * Math.sin(lng),
        Math.sin(lat),
      ];
      t -= (place.height - height_m) / dot(sight, zenith);
      place = fromEcef(along(start, sight, t));
    }
    return { lat: place.lat, lng: place.lng };
  }

  private turn(e: number, n: number, up: number, from: Vector): Vector {
    return along(along(along(from, this.east, e), this.north, n), this.up, up);
  }
}
