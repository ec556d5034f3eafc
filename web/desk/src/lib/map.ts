// Degrees onto a drawing: north above, a degree of longitude as long as it is at that latitude.
interface Degrees {
  latitude: number
  longitude: number
}

const metresOfDegree = (Math.PI * 6_371_000) / 180
const margin = 40

/** All of `points` inside `width` × `height`; never less than 10 km across. */
export function project(points: readonly Degrees[], width: number, height: number) {
  const latitudes = points.map((point) => point.latitude)
  const longitudes = points.map((point) => point.longitude)
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const [latitude, longitude] = points.length > 0 ? [middle(latitudes), middle(longitudes)] : [0, 0]
  const shrink = Math.cos((latitude * Math.PI) / 180)
  const east = (point: Degrees) => (point.longitude - longitude) * shrink * metresOfDegree
  const north = (point: Degrees) => (point.latitude - latitude) * metresOfDegree
  const widest = (along: (point: Degrees) => number) => Math.max(10_000, 2 * Math.max(0, ...points.map(along)))
  const scale = Math.min(
    (width - 2 * margin) / widest((point) => Math.abs(east(point))),
    (height - 2 * margin) / widest((point) => Math.abs(north(point))),
  )
  return {
    at: (point: Degrees) => ({ x: width / 2 + east(point) * scale, y: height / 2 - north(point) * scale }),
    length: (metres: number) => metres * scale,
  }
}
