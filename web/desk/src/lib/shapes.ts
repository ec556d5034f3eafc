// Shapes of areas: as the server has them, and a county's own file read before it is sent.
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, body, type Schemas } from './api'

export type AreaShapes = Schemas['AreaShapes']
export type Level = 'town' | 'village'
type Known = readonly { code: string; name: string }[]

/** Of the towns of a county or the villages of a town; nobody else has any. */
export function useShapes(area: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['shapes', area.value]),
    queryFn: () => body(api.GET('/areas/{area}/shapes', { params: { path: { area: area.value } } })),
    enabled: computed(() => area.value.length === 6 || area.value.length === 9),
    staleTime: 3600_000,
  })
}

/** What a file would do, as the server reads it; nothing is changed. */
export const askPreview = (area: string, level: Level, property: string, features: readonly RawFeature[]) =>
  body(
    api.POST('/areas/{area}/shapes/preview', {
      params: { path: { area }, query: { level, property } },
      body: { type: 'FeatureCollection', features: features as never[] },
    }),
  )

interface Geometry {
  type: 'Polygon' | 'MultiPolygon'
  coordinates: unknown[]
}
export interface RawFeature {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: Geometry
}
export type Fault = 'shape' | 'degrees' | 'unnamed' | 'unknown' | 'twice'
export interface ReadFeature {
  /** Its place in the file, from 0. */
  at: number
  /** What the chosen property says. */
  said: string
  area: string
  name: string
  fault: Fault | null
  feature: RawFeature
}

/** The features of a file; null where it is no such file. */
export function readFeatures(text: string): RawFeature[] | null {
  try {
    const read = JSON.parse(text) as { type?: string; features?: RawFeature[] }
    return read.type === 'FeatureCollection' && Array.isArray(read.features) ? read.features : null
  } catch {
    return null
  }
}

const rings = (geometry: Geometry): number[][][] =>
  (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(1)) as number[][][]

/** Degrees of longitude and latitude in China; another way of counting lies far outside. */
const inChina = ([longitude = 0, latitude = 0]: number[]) =>
  longitude > 72 && longitude < 137 && latitude > 2 && latitude < 55

function faultOfShape(feature: RawFeature): Fault | null {
  const kind = feature.geometry?.type
  if ((kind !== 'Polygon' && kind !== 'MultiPolygon') || !Array.isArray(feature.geometry.coordinates)) return 'shape'
  const points = rings(feature.geometry).flat(1)
  if (points.length < 4) return 'shape'
  return points.every(inChina) ? null : 'degrees'
}

const said = (feature: RawFeature, property: string) => String(feature.properties?.[property] ?? '').trim()
const find = (known: Known, text: string) => known.find((each) => each.code === text || each.name === text)

/** Where no area is known: a code of a town or village, or a name in Chinese. */
const looksLikeName = /^\d{9}(\d{3})?$|\p{Script=Han}{2}/u

/** Properties that name something, the one that names most of the known areas first. */
export function namingProperties(features: readonly RawFeature[], known: Known): string[] {
  const all = [...new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})))]
  const names = (text: string) => (known.length > 0 ? find(known, text) : looksLikeName.test(text))
  const hits = (property: string) => features.filter((feature) => names(said(feature, property))).length
  const first = (property: string) => ['code', 'name'].indexOf(property)
  return all
    .map((property) => ({ property, hits: hits(property), first: first(property) }))
    .sort((a, b) => b.hits - a.hits || b.first - a.first)
    .map(({ property }) => property)
}

/** What is wrong with each feature; areas are looked up where they are known. */
export function judge(features: readonly RawFeature[], property: string, known: Known | null): ReadFeature[] {
  const seen = new Set<string>()
  return features.map((feature, at) => {
    const text = said(feature, property)
    const area = known ? find(known, text) : { code: text, name: text }
    const fault =
      faultOfShape(feature) ?? (text === '' ? 'unnamed' : !area ? 'unknown' : seen.has(area.code) ? 'twice' : null)
    if (area) seen.add(area.code)
    return { at, said: text, area: area?.code ?? '', name: area?.name ?? text, fault, feature }
  })
}

/** Under which a feature is drawn: its area, or its place where it cannot be taken. */
export const drawnAs = ({ at, area, fault }: ReadFeature) => (fault || area === '' ? `#${at}` : area)

const most = 20_000

/** Shapes to be drawn at once: of very many points every so many are left out. */
export function thinned(features: readonly ReadFeature[]): AreaShapes {
  const sound = features.filter(({ fault }) => fault !== 'shape' && fault !== 'degrees')
  const count = sound.reduce((all, { feature }) => all + rings(feature.geometry).flat(1).length, 0)
  const step = Math.max(1, Math.ceil(count / most))
  return {
    type: 'FeatureCollection',
    features: sound.map((each) => ({
      type: 'Feature',
      properties: { code: drawnAs(each), name: each.name },
      geometry: {
        type: 'MultiPolygon',
        coordinates: rings(each.feature.geometry).map((ring) => [
          ring.length < 4 * step ? ring : ring.filter((_, i) => i % step === 0 || i === ring.length - 1),
        ]),
      },
    })),
  }
}
