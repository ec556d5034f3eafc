import { expect, test } from 'vitest'
import { drawnAs, judge, namingProperties, readFeatures, thinned, type RawFeature } from './shapes'

const square = (x: number, y: number, properties: Record<string, unknown>): RawFeature => ({
  type: 'Feature',
  properties,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y],
      ],
    ],
  },
})
const known = [
  { code: '510521100', name: '福集镇' },
  { code: '510521101', name: '嘉明镇' },
]

test('a file is read when it is a collection of features', () => {
  expect(readFeatures('{"type":"FeatureCollection","features":[]}')).toEqual([])
  expect(readFeatures('{"type":"Topology"}')).toBeNull()
  expect(readFeatures('name,code')).toBeNull()
})

test('the property that names most areas comes first; code and name before others', () => {
  const features = [square(105, 29, { id: 1, 镇名: '福集镇' }), square(106, 29, { id: 2, 镇名: '嘉明镇' })]
  expect(namingProperties(features, known)).toEqual(['镇名', 'id'])
  expect(namingProperties([square(1, 1, { a: '', name: '', code: '' })], [])).toEqual(['name', 'code', 'a'])
  const village = square(105, 29, { id: 1, area: 3.5, CUN: '城古村' })
  expect(namingProperties([village], [])[0]).toBe('CUN')
})

test('each feature is told what is wrong with it', () => {
  const line = { ...square(105, 29, { name: '福集镇' }), geometry: { type: 'LineString', coordinates: [] } }
  const features = [
    square(105, 29, { name: '福集镇' }),
    square(105, 29, { name: '510521100' }),
    square(105, 29, { name: '别处' }),
    square(105, 29, {}),
    square(400000, 3200000, { name: '嘉明镇' }),
    line as unknown as RawFeature,
  ]
  const told = judge(features, 'name', known)
  expect(told.map(({ fault }) => fault)).toEqual([null, 'twice', 'unknown', 'unnamed', 'degrees', 'shape'])
  expect(told.map(drawnAs)).toEqual(['510521100', '#1', '#2', '#3', '#4', '#5'])
  expect(told[0]).toMatchObject({ at: 0, area: '510521100', name: '福集镇' })
  expect(judge(features.slice(2, 3), 'name', null)[0]).toMatchObject({ fault: null, area: '别处' })
})

test('what is drawn at once has not too many points, and begins and ends where it did', () => {
  const ring = Array.from({ length: 50_000 }, (_, i) => [105 + i / 1e5, 29])
  const feature: RawFeature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }
  const drawn = thinned(judge([feature], 'x', null)).features[0]?.geometry.coordinates[0]?.[0] ?? []
  expect(drawn.length).toBeLessThan(20_002)
  expect([drawn[0], drawn.at(-1)]).toEqual([ring[0], ring.at(-1)])
})
