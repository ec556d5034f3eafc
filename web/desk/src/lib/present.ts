// Who visits some people now: by the lists of their towns, and one by one who is owed nothing in the month.
import { api, body } from './api'
import { groupBy, listAssigned, type Assigned } from './assignment'

export type Present = Pick<Assigned, 'visitor' | 'appointed'>

/** `told` hears how many are known; it ends early where it answers that it was stopped. */
export async function presentOf(
  people: readonly { id: string; area: string }[],
  month: string,
  told: (done: number) => boolean,
): Promise<Map<string, Present>> {
  const found = new Map<string, Present>()
  for (const [town, here] of groupBy(people, (person) => person.area.slice(0, 9))) {
    const listed = new Map((await listAssigned(town, month)).map((each): [string, Present] => [each.person, each]))
    for (const { id } of here) {
      if (!told(found.size)) return found
      const known = listed.get(id)
      const asked = () => body(api.GET('/people/{person}/assignment', { params: { path: { person: id } } }))
      found.set(id, known ?? ((await asked()) as Present))
    }
  }
  told(found.size)
  return found
}
