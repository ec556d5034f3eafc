// A proposal is saved like a record: kept first, sent by itself, decided by an office or done by right.
import { go } from '../lib/route'
import type { ProposalContent } from '../core/types'
import { useAct } from '../lib/act'
import { useCore } from '../lib/core'
import { say } from '../lib/flash'
import { useMending } from '../lib/mending'
import { t } from '../lib/words'

export function usePropose() {
  const core = useCore()
  const { busy, problem, act } = useAct()
  const key = core.newKey()
  const { mends, ...refused } = useMending<'proposal'>()

  async function propose(content: ProposalContent, title: string, after: string): Promise<void> {
    const about = { title, at: core.stamp(), ...(content.person ? { person: content.person } : {}) }
    if (!(await act(() => core.save('proposal', key, content, about, mends)))) return
    say(t('change.saved', { name: title }))
    await go(after, true)
  }
  return { busy, problem, propose, ...refused }
}
