// Steps of an assignment: sent town by town, held against what the server has, and taken back one by one.
import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { api, body, freshKey } from './api'
import { groupBy, type Assigned } from './assignment'
import { useSubmit } from './submit'

/** One person's visitor, before and after. */
export interface Move {
  person: string
  village: string
  from: string | null
  to: string | null
  /** As first contact, after and before. */
  appointed: boolean
  was?: boolean
}
export interface Step {
  label: string
  moves: Move[]
}

const most = 1000

const reverse = (move: Move): Move => ({
  ...move,
  from: move.to,
  to: move.from,
  appointed: move.was ?? false,
  was: move.appointed,
})

export function useSteps(month: Ref<string>) {
  const queries = useQueryClient()
  const { busy, problem, submit } = useSubmit()
  const steps = ref<Step[]>([])
  const progress = ref({ done: 0, of: 0 })
  /** Moves that were not made: somebody else gave these people to another visitor meanwhile. */
  const conflicts = ref<Move[]>([])
  let stopped = false

  async function make(moves: Move[], made: Move[]) {
    for (let i = 0; i < moves.length && !stopped; i += most) {
      const part = moves.slice(i, i + most)
      const assignments = part.map(({ person, to, appointed }) => ({ person, visitor: to, appointed }))
      const params = { header: { 'Idempotency-Key': freshKey() } }
      await api.POST('/plan/assignments', { params, body: { assignments } })
      made.push(...part)
      progress.value.done += part.length
    }
  }

  /** What is made is added to `made` even where a later town is refused. */
  async function carry(moves: Move[], made: Move[]) {
    stopped = false
    conflicts.value = []
    progress.value = { done: 0, of: moves.length }
    for (const [town, wanted] of groupBy(moves, (move) => move.village.slice(0, 9))) {
      if (stopped) break
      const query = { area: town, month: month.value }
      const { assignments } = await body(api.GET('/plan/assignments', { params: { query } }))
      const now = new Map(assignments.map((each): [string, Assigned] => [each.person, each as Assigned]))
      // Who is owed nothing in the month is not in the list and taken as they were read.
      const stands = (move: Move) =>
        (now.get(move.person)?.visitor ?? (now.has(move.person) ? null : move.from)) === move.from
      conflicts.value.push(...wanted.filter((move) => !stands(move)))
      progress.value.done += wanted.length - wanted.filter(stands).length
      const known = wanted
        .filter(stands)
        .map((move) => ({ ...move, was: now.get(move.person)?.appointed ?? move.was ?? false }))
      await make(known, made)
    }
  }

  async function run(moves: Move[], label: string): Promise<Move[]> {
    const made: Move[] = []
    await submit(() => carry(moves, made))
    if (label !== '' && made.length > 0) steps.value.push({ label, moves: made })
    await queries.invalidateQueries({ queryKey: ['assigned'] })
    return made
  }

  return {
    busy,
    problem,
    progress,
    conflicts,
    last: computed(() => steps.value.at(-1)),
    run,
    stop: () => (stopped = true),
    undo: async () => {
      const step = steps.value.pop()
      return step ? run(step.moves.map(reverse), '') : []
    },
  }
}
export type Steps = ReturnType<typeof useSteps>
