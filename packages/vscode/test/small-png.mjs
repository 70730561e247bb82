/** Pictures of an editor have few colours that matter: with a palette of 256 they take a quarter of the room. */
import { crc32, deflateSync, inflateSync } from "node:zlib";

/** @param png eight bits a channel, not interlaced, as browsers write it @returns the same with a palette */
export function smallPng(png) {
  const { width, height, pixels } = decode(png);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = paletteOf([...counts].sort((a, b) => b[1] - a[1]));
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = pixels[y * width + x];
      if (!places.has(colour)) places.set(colour, nearest(palette, colour));
      rows[y * (width + 1) + x + 1] = places.get(colour);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => parts(colour)));
  return Buffer.concat([
    png.subarray(0, 8),
    ...[chunk("IHDR", header), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9 }))],
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, and of the others those that are least like any of them: a small sign may matter. */
function paletteOf(counted) {
  const palette = counted.slice(0, 160).map(([colour]) => colour);
  const others = counted.slice(160, 6_000).map(([colour, count]) => ({
    colour,
    count,
    distance: Math.min(...palette.map((one) => distanceOf(one, colour))),
  }));
  while (palette.length < 256 && others.length > 0) {
    let best = others[0];
    for (const one of others)
      if (one.distance * Math.sqrt(one.count) > best.distance * Math.sqrt(best.count)) best = one;
    if (best.distance === 0) break;
    palette.push(best.colour);
    for (const one of others) one.distance = Math.min(one.distance, distanceOf(best.colour, one.colour));
  }
  return palette;
}

function distanceOf(one, other) {
  const [a, b] = [parts(one), parts(other)];
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

function nearest(palette, colour) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, other] of palette.entries()) {
    const distance = distanceOf(other, colour);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

/** One number a pixel: red, green and blue. */
function decode(png) {
  const data = [];
  let [width, height, size] = [0, 0, 3];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") [width, height, size] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3];
    if (type === "IDAT") data.push(body);
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * size;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const row = Uint8Array.from(raw.subarray(from + 1, from + 1 + stride));
    for (let at = 0; at < stride; at++) {
      const left = at < size ? 0 : row[at - size];
      const corner = at < size ? 0 : above[at - size];
      row[at] += predicted(raw[from], left, above[at], corner);
    }
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = (row[x * size] << 16) | (row[x * size + 1] << 8) | row[x * size + 2];
    above = row;
  }
  return { width, height, pixels };
}

/** What a filter of the format takes for granted of a byte. */
function predicted(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
