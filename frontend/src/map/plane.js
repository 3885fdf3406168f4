// The plane and the globe: the same Equal Earth as the server's drawing, so that nothing jumps when the canvas takes over.
import { geoEqualEarth, geoEqualEarthRaw, geoOrthographic } from "d3-geo";

const RAD = Math.PI / 180;
export const WIDTH = 960;
const SCALE = WIDTH / 5.4133;
const TOP = geoEqualEarthRaw(0, 83.7 * RAD)[1];
export const HEIGHT = Math.round((TOP - geoEqualEarthRaw(0, -56.5 * RAD)[1]) * SCALE);

export const flat = () => geoEqualEarth().scale(SCALE).translate([WIDTH / 2, TOP * SCALE]).precision(0.4);
export const globe = () => geoOrthographic().clipAngle(90).precision(0.6);

export function plot(lat, lng) {
  const [x, y] = geoEqualEarthRaw(lng * RAD, lat * RAD);
  return [WIDTH / 2 + x * SCALE, (TOP - y) * SCALE];
}

export function vector(lat, lng) {
  const c = Math.cos(lat * RAD);
  return [c * Math.cos(lng * RAD), c * Math.sin(lng * RAD), Math.sin(lat * RAD)];
}

// Samples the great circle between two unit vectors; a farther way has more points.
export function sample(a, b) {
  const arc = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (arc < 1e-6) return [];
  const steps = Math.max(1, Math.min(28, Math.round(arc / 0.075)));
  const sin = Math.sin(arc) || 1e-9;
  const points = [];
  for (let i = 0; i <= steps; i += 1) {
    const p = Math.sin(arc * (1 - i / steps)) / sin;
    const q = Math.sin((arc * i) / steps) / sin;
    points.push([p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]]);
  }
  return points;
}

export const place = ([x, y, z]) => [Math.atan2(z, Math.hypot(x, y)) / RAD, Math.atan2(y, x) / RAD];

// Turns the globe by (lambda, phi) as d3 does and returns screen units with depth.
export function turner(lambda, phi) {
  const [cl, sl, cp, sp] = [Math.cos(lambda * RAD), Math.sin(lambda * RAD), Math.cos(phi * RAD), Math.sin(phi * RAD)];
  return (x, y, z) => {
    const x1 = x * cl - y * sl;
    const y1 = x * sl + y * cl;
    return [y1, -(z * cp + x1 * sp), x1 * cp - z * sp];
  };
}
