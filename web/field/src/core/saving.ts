// A record goes from its draft into the outbox in one step.
import { utf8 } from './bytes'
import { aheadOf, moved } from './clock'
import type { About } from './core'
import type { Inside } from './inside'
import type { Part, Row } from './outbox'
import { locked, storageFull } from './problems'
import { isFull, withRoom } from './room'
import { seal } from './seal'
import type { Change } from './store'
import type { Contents, Problem, RecordKind, VisitContent } from './types'
import { lockAway } from './vault'

/** What can be mended: the record as it was saved. */
export interface Copy {
  kind: RecordKind
  content: Contents[RecordKind]
  about: About
}

/** What is mended: without the photos that the server says it does not have. */
export function withoutLost(copy: Copy, problem: Problem | undefined): Copy {
  if (copy.kind !== 'visit') return copy
  const { signature, ...content } = copy.content as VisitContent
  const lost = (problem?.fields ?? [])
    .filter(({ code }) => code === 'visit.attachment_unknown')
    .map(({ field }) => content.attachments[Number(/\d+/.exec(field))])
  const attachments = content.attachments.filter((each) => !lost.includes(each))
  const signed = signature && !lost.includes(signature) ? { signature } : {}
  return { ...copy, content: { ...content, attachments, ...signed } }
}

function attachmentsOf(kind: RecordKind, content: Contents[RecordKind]): string[] {
  if (kind !== 'visit') return []
  const { attachments, signature } = content as VisitContent
  return [...new Set([...attachments, ...(signature ? [signature] : [])])]
}

async function changesOf(inside: Inside, key: string, copy: Copy, mends?: string): Promise<Change[]> {
  const { around, clock, device, outbox } = inside
  const { kind, content, about } = copy
  const at = around.now()
  const photos = attachmentsOf(kind, content).flatMap((digest) => outbox.get(digest) ?? [])
  const order = outbox.order(at)
  const row: Row = {
    key,
    kind,
    device: device!.device,
    order: order + photos.length,
    state: 'waiting',
    attachments: photos.map((photo) => photo.key),
    saved: { at, ...clock },
    tries: 0,
    next: 0,
    notices: [],
  }
  const written = utf8(JSON.stringify(moved(content, -aheadOf(clock, at))))
  const part: Part = { sealed: await seal(device!.key, device!.device, kind, key, written) }
  if (inside.key) {
    row.about = await lockAway(inside.key, `about ${key}`, about)
    part.copy = await lockAway(inside.key, `copy ${key}`, copy)
  }
  const freed = photos.map((photo, i): Row => ({ ...photo, state: 'waiting', order: order + i }))
  return [
    { table: 'rows', key, add: row },
    { table: 'parts', key, put: part },
    { table: 'drafts', key, remove: true },
    ...freed.flatMap((photo, i): Change[] =>
      photos[i]?.state === 'held' ? [{ table: 'rows', key: photo.key, put: photo }] : [],
    ),
    ...(mends ? (['rows', 'parts'] as const).map((table): Change => ({ table, key: mends, remove: true })) : []),
  ]
}

/** Whether it was saved now; false where it had been saved before. Refusal `phone.locked`, `storage.full`. */
export async function saveRecord(inside: Inside, key: string, copy: Copy, mends?: string): Promise<boolean> {
  const { outbox } = inside
  if (!inside.device || (!inside.key && copy.kind !== 'emergency')) throw locked()
  if (outbox.get(key)) return false
  const changes = await changesOf(inside, key, copy, mends)
  try {
    await withRoom(inside, 'records', () => outbox.write(changes))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'ConstraintError') return false
    throw isFull(error) ? storageFull() : error
  }
  outbox.know(key, copy.about)
  return true
}
