// Steps of an assignment: sent with whom each was seen with, and taken back one by one.
import { useQueryClient } from '@tanstack/vue-query'
import { asProblem } from '@tanfang/shared/api/problem'
import { computed, ref } from 'vue'
import { api, freshKey } from './api'
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

export function useSteps() {
  const queries = useQueryClient()
  const { busy, problem, submit } = useSubmit()
  const steps = ref<Step[]>([])
  const progress = ref({ done: 0, of: 0 })
  /** Moves that were not made: somebody else gave these people to another visitor meanwhile. */
  const conflicts = ref<Move[]>([])
  let stopped = false

  /** Those among them whom somebody else visits by now, as the refusal names them. */
  function changedIn(error: unknown, moves: Move[]): Move[] {
    const refused = asProblem(error)
    if (refused.code !== 'assignment.changed') throw error
    const changed = moves.filter((_, i) => refused.field(`assignments[${i}]`, 'zh') !== undefined)
    if (changed.length === 0) throw error
    return changed
  }

  async function make(moves: Move[], made: Move[]): Promise<void> {
    const assignments = moves.map(({ person, to, from, appointed }) => ({ person, visitor: to, from, appointed }))
    try {
      const params = { header: { 'Idempotency-Key': freshKey() } }
      await api.POST('/plan/assignments', { params, body: { assignments } })
    } catch (error) {
      const changed = changedIn(error, moves)
      conflicts.value.push(...changed)
      progress.value.done += changed.length
      const others = moves.filter((move) => !changed.includes(move))
      return others.length > 0 ? make(others, made) : undefined
    }
    made.push(...moves)
    progress.value.done += moves.length
  }

  /** What is made is added to `made` even where a later part is refused. */
  async function carry(moves: Move[], made: Move[]) {
    stopped = false
    conflicts.value = []
    progress.value = { done: 0, of: moves.length }
    for (let i = 0; i < moves.length && !stopped; i += most) await make(moves.slice(i, i + most), made)
  }

  async function run(moves: Move[], label: string): Promise<Move[]> {
    const made: Move[] = []
    await submit(() => carry(moves, made))
    if (label !== '' && made.length > 0) steps.value.push({ label, moves: made })
    await queries.invalidateQueries({ queryKey: ['assigned'] })
    await queries.invalidateQueries({ queryKey: ['visitors'] })
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
    /** What could not be taken back stays the last step, to be tried again; what others changed since is theirs. */
    undo: async () => {
      const step = steps.value.at(-1)
      if (!step || busy.value) return []
      const made = await run(step.moves.map(reverse), '')
      const over = new Set([...made, ...conflicts.value].map(({ person }) => person))
      step.moves = step.moves.filter(({ person }) => !over.has(person))
      if (step.moves.length === 0) steps.value = steps.value.filter((each) => each !== step)
      return made
    },
  }
}
export type Steps = ReturnType<typeof useSteps>
