// The villages one works in.
import type { View } from '../core/core'
import type { Village } from '../core/types'

/** One's own village; of a wider area those that the office listed, and until they have come those of one's people. */
export function villagesOf({ account, people, villages }: Pick<View, 'account' | 'people' | 'villages'>): Village[] {
  const { area = '', area_name: name = '' } = account ?? {}
  if (area.length === 12 || !account) return [{ area, name, town: '' }]
  const own = people.map(({ village }) => ({ area: village.area, name: village.name, town: '' }))
  const listed = villages.length > 0 ? villages : own.filter((each) => each.area.startsWith(area))
  return [...new Map(listed.map((each) => [each.area, each])).values()]
}
