// A proposal is saved like a record: kept first, sent by itself, decided by an office or done by right.
import { go } from '../lib/route'
import type { ProposalContent } from '../core/types'
import { useAct } from '../lib/act'
import { useCore } from '../lib/core'
import { say } from '../lib/flash'
import { useTyped } from '../lib/mending'
import { also, t } from '../lib/words'
import changeWords from '../words/change.zh.json'

also(changeWords)

/** `title`: of the draft; `fresh`: what stands there at first, also where `had` was refused. */
export function usePropose<T extends object>(
  about: { person?: string; what: string; title: () => string },
  fresh: (had?: ProposalContent) => T,
) {
  const core = useCore()
  const { busy, problem, act } = useAct()
  const { key, mends, ...typing } = useTyped('proposal', about, fresh)

  async function propose(content: ProposalContent, title: string, after: string): Promise<void> {
    const about = { title, at: core.stamp(), ...(content.person ? { person: content.person } : {}) }
    if (!(await act(() => core.save('proposal', key, content, about, mends)))) return
    say(t('change.saved', { name: title }))
    await go(after, true)
  }
  return { busy, problem, propose, ...typing }
}
