// The canvass from door to door: its completeness, the doors of a village, and lines that list doors.
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, body, type Schemas } from './api'
import { useArea } from './area'
import type { Part } from './pages'

export type Canvass = Schemas['Canvass']
export type Counts = Schemas['CompletenessCounts']
export type CountedPart = Schemas['CanvassCompleteness']['parts'][number]
export type Door = Schemas['Household']
export type DoorState = Schemas['HouseholdState']
export type DoorResult = Schemas['HouseholdResult']

/** What is found at a door, in the order of the keys 1 to 4. */
export const results: DoorResult[] = ['nobody_eligible', 'registered', 'declined', 'not_home']
/** Those still to be visited first. */
export const doorStates: DoorState[] = ['open', 'not_home', 'registered', 'nobody_eligible', 'declined']

export const nothing: Counts = {
  ...{ households: 0, done: 0, nobody_eligible: 0, registered: 0, declined: 0, not_home: 0 },
  differing: 0,
}

/** How many doors are in a state, to be checked, or there at all. */
export function doorsIn(counts: Counts, state: DoorState | 'differs' | 'all'): number {
  if (state === 'open') return counts.households - counts.done - counts.not_home
  return counts[state === 'differs' ? 'differing' : state === 'all' ? 'households' : state]
}

/** Rounded down, so that the whole is said only of the whole; none where there is no door. */
export const reached = (counts: Counts) =>
  counts.households === 0 ? null : Math.floor((counts.done / counts.households) * 1000) / 1000

/** The areas or groups below, most doors left first; areas without doors at the end, for there is work too. */
export function withEmpty(parts: readonly CountedPart[], below: readonly { code: string; name: string }[]) {
  const known = new Set(parts.map((each) => each.part))
  const left = (part: Counts) => part.households - part.done
  const empty = below.filter(({ code }) => !known.has(code)).map(({ code, name }) => ({ ...nothing, part: code, name }))
  return [...[...parts].sort((a, b) => left(b) - left(a)), ...empty]
}

/** The canvass that is looked at: in the address, or the county's latest. */
export function useCanvass() {
  const route = useRoute()
  const router = useRouter()
  const { area, county } = useArea()
  const query = useQuery({
    queryKey: computed(() => ['canvasses', county.value]),
    queryFn: () => body(api.GET('/canvasses', { params: { query: { area: area.value } } })),
    enabled: computed(() => county.value !== ''),
  })
  const all = computed(() => query.data.value?.canvasses ?? [])
  const latest = computed(() => all.value[0] ?? null)
  return {
    query,
    all,
    latest,
    shown: computed(() => all.value.find((each) => each.id === route.query.canvass) ?? latest.value),
    choose: (id: string) =>
      router.replace({ query: { ...route.query, canvass: id === latest.value?.id ? undefined : id } }),
  }
}

export function useCompleteness(canvass: Ref<string>, area: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['completeness', canvass.value, area.value]),
    queryFn: () =>
      body(
        api.GET('/canvasses/{canvass}/completeness', {
          params: { path: { canvass: canvass.value }, query: { area: area.value } },
        }),
      ),
    enabled: computed(() => canvass.value !== '' && area.value.length >= 6),
  })
}

export async function listDoors(village: string, group: string, state: string, cursor?: string): Promise<Part<Door>> {
  const query = {
    village,
    ...(group ? { group } : {}),
    ...(state === 'differs' ? { differing: true } : state ? { result: state as DoorState } : {}),
    ...(cursor ? { cursor } : {}),
    limit: 100,
  }
  const found = await body(api.GET('/households', { params: { query } }))
  return { rows: found.households, next: found.next ?? null }
}

/** A line of a pasted list, and which of its parts is wrong. */
export interface Line {
  number: number
  group: string
  place: string
  wrong: 'group' | 'place' | null
}

const longest = { group: 30, place: 60 }
const length = (text: string) => [...text].length

function wrongOf({ group, place }: { group: string; place: string }): Line['wrong'] {
  if (length(group) > longest.group) return 'group'
  return place === '' || length(place) > longest.place ? 'place' : null
}

/** Lines of "group,place" or "place"; a heading and empty lines are left out, `group` is of those that name none. */
export function readLines(text: string, group = ''): Line[] {
  return text
    .split(/\r?\n/)
    .map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => line !== '' && !/^(组\s*[,，\t]\s*)?门牌号?$/.test(line))
    .map(({ line, number }) => {
      const [, before, after] = /^([^,，\t]*)[,，\t](.*)$/.exec(line) ?? [null, group, line]
      const said = { group: (before ?? '').trim(), place: (after ?? '').trim() }
      return { number, ...said, wrong: wrongOf(said) }
    })
}
