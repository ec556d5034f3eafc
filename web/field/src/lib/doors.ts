// The houses of a canvass as the clerk goes through them; pure.
import type { OutboxItem } from '../core/core'
import type { Household, HouseholdResultCode } from '../core/types'

export interface Door extends Household {
  /** Also what this phone noted and has not sent yet. */
  state: HouseholdResultCode | 'open'
  unsent: boolean
}

/** `about.person` of a household's result is the household, `about.outcome` what was found. */
export function doorsOf(households: readonly Household[], outbox: readonly OutboxItem[]): Door[] {
  const noted = new Map<string, OutboxItem>()
  for (const item of outbox) {
    const id = item.about?.person
    // What the list of houses says after it was received is what counts.
    const news = item.state !== 'refused' && !item.counted
    if (item.kind === 'household_result' && news && id && !noted.has(id)) noted.set(id, item)
  }
  return households.map((household) => {
    const own = noted.get(household.id)
    const state = (own?.about?.outcome as HouseholdResultCode | undefined) ?? household.result?.result ?? 'open'
    const { differs, ...rest } = household
    return { ...rest, ...(own ? {} : { differs }), state, unsent: own !== undefined && own.state !== 'received' }
  })
}

export const isDone = (door: Door) => door.state !== 'open' && door.state !== 'not_home' && !door.differs

export interface DoorGroup {
  name: string
  doors: Door[]
  done: number
  /** Of which two results differ. */
  differing: number
}

/** By village group; those with work left first. */
export function groupsOf(doors: readonly Door[]): DoorGroup[] {
  const groups = new Map<string, Door[]>()
  for (const door of doors) groups.set(door.group, [...(groups.get(door.group) ?? []), door])
  const made = [...groups].map(([name, doors]) => ({
    name,
    doors,
    done: doors.filter(isDone).length,
    differing: doors.filter((door) => door.differs).length,
  }))
  return made.sort((a, b) => Number(a.done === a.doors.length) - Number(b.done === b.doors.length))
}

/** The next house of the group that nothing was noted for, after the one just done and around to the first. */
export function nextDoor(doors: readonly Door[], after: string): Door | undefined {
  const at = doors.findIndex(({ id }) => id === after)
  return [...doors.slice(at + 1), ...doors.slice(0, Math.max(0, at))].find(
    (door) => door.state === 'open' || door.differs,
  )
}

export const doorName = (door: Pick<Household, 'number' | 'head' | 'address'>) =>
  [door.number, door.head].filter(Boolean).join(' ') || door.address || '—'
