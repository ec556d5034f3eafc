import { expect, test } from 'vitest'
import { project } from './map'

test('north is above, east is right, and all of it is on the drawing', () => {
  const south = { latitude: 29, longitude: 105 }
  const north = { latitude: 29.3, longitude: 105.4 }
  const map = project([south, north], 960, 320)
  expect(map.at(north).y).toBeLessThan(map.at(south).y)
  expect(map.at(north).x).toBeGreaterThan(map.at(south).x)
  for (const { x, y } of [map.at(south), map.at(north)]) {
    expect(x).toBeGreaterThanOrEqual(40)
    expect(x).toBeLessThanOrEqual(920)
    expect(y).toBeGreaterThanOrEqual(40)
    expect(y).toBeLessThanOrEqual(280)
  }
})

test('a length is the same in every direction', () => {
  const middle = { latitude: 29, longitude: 105 }
  const map = project([middle], 960, 320)
  const east = { latitude: 29, longitude: 105 + 0.01 / Math.cos((29 * Math.PI) / 180) }
  const north = { latitude: 29.01, longitude: 105 }
  expect(map.at(east).x - map.at(middle).x).toBeCloseTo(map.at(middle).y - map.at(north).y, 5)
  expect(map.at(middle)).toEqual({ x: 480, y: 160 })
  expect(map.length(10_000)).toBeCloseTo(240, 5)
})
