// A record goes from its draft into the outbox in one step.
import { utf8 } from './bytes'
import { aheadOf, moved } from './clock'
import type { About, Draft, Mended, Photo } from './core'
import type { Inside } from './inside'
import { takenOff, type Part, type Row } from './outbox'
import { locked, storageFull } from './problems'
import { isFull, withRoom } from './room'
import { seal } from './seal'
import type { Change } from './store'
import type { Contents, Problem, RecordKind, VisitContent } from './types'
import { lockAway } from './vault'

/** What can be mended: the record as it was saved, and small pictures of its photos. */
export interface Copy {
  kind: RecordKind
  content: Contents[RecordKind]
  about: About
  photos?: Photo[]
}

/** What is mended: without the photos that the server says it does not have. */
export function mended(copy: Copy, problem: Problem | undefined): Mended {
  if (copy.kind !== 'visit') return { ...copy, photos: [] }
  const { signature, ...content } = copy.content as VisitContent
  const lost = (problem?.fields ?? [])
    .filter(({ code }) => code === 'visit.attachment_unknown')
    .map(({ field }) => content.attachments[Number(/\d+/.exec(field))])
  const attachments = content.attachments.filter((each) => !lost.includes(each))
  const signed = signature && !lost.includes(signature) ? { signature } : {}
  const seen = new Map(copy.photos?.map((photo) => [photo.digest, photo]))
  const photos = attachmentsOf('visit', { ...content, attachments, ...signed }).map((digest): Photo => {
    const unseen: Photo = { digest, role: digest === signature ? 'signature' : 'photo', preview: '', bytes: 0 }
    return { ...(seen.get(digest) ?? unseen), sent: true }
  })
  return { ...copy, content: { ...content, attachments, ...signed }, photos }
}

function attachmentsOf(kind: RecordKind, content: Contents[RecordKind]): string[] {
  if (kind !== 'visit') return []
  const { attachments, signature } = content as VisitContent
  return [...new Set([...attachments, ...(signature ? [signature] : [])])]
}

/** A row to be sent, or held until somebody says so. */
async function changesOf(inside: Inside, key: string, copy: Copy, state: 'waiting' | 'held'): Promise<Change[]> {
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
    state,
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
    outbox.get(key) ? { table: 'rows', key, put: row } : { table: 'rows', key, add: row },
    { table: 'parts', key, put: part },
    ...freed.flatMap((photo, i): Change[] =>
      photos[i]?.state === 'held' ? [{ table: 'rows', key: photo.key, put: photo }] : [],
    ),
  ]
}

/** An emergency that is being typed while the phone is locked, sealed as it would be sent. Refusal `phone.locked`. */
export async function holdReport(inside: Inside, { id, so_far }: Draft): Promise<Change[]> {
  if (!so_far || !inside.device) throw locked()
  return changesOf(inside, id, { kind: 'emergency', content: so_far, about: { title: '', at: so_far.at } }, 'held')
}

/** A photo of a draft, sealed as it would be sent. */
export async function holdPhoto(inside: Inside, digest: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { around, clock, device, outbox } = inside
  if (outbox.get(digest)) return
  const sealed = await seal(device!.key, device!.device, 'attachment', digest, bytes)
  const now = around.now()
  const row: Row = {
    key: digest,
    kind: 'attachment',
    device: device!.device,
    order: outbox.order(now),
    state: 'held',
    attachments: [],
    saved: { at: now, ...clock },
    tries: 0,
    next: 0,
    notices: [],
  }
  const part: Part = { sealed }
  await outbox.write([
    { table: 'rows', key: digest, put: row },
    { table: 'parts', key: digest, put: part },
  ])
}

/** Whether it was saved now; false where it had been saved before. Refusal `phone.locked`, `storage.full`. */
export async function saveRecord(inside: Inside, key: string, copy: Copy, mends?: string): Promise<boolean> {
  const { outbox } = inside
  if (!inside.device || (!inside.key && copy.kind !== 'emergency')) throw locked()
  const row = await outbox.look(key)
  if (row && row.state !== 'held') return false
  const changes = await changesOf(inside, key, copy, 'waiting')
  changes.push({ table: 'drafts', key, remove: true }, ...(mends ? takenOff(mends) : []))
  try {
    await withRoom(inside, 'records', () => outbox.write(changes))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'ConstraintError') return false
    throw isFull(error) ? storageFull() : error
  }
  outbox.know(key, copy.about)
  return true
}

/** A held report goes as it is; false where another page sent it, dropped it or made a draft of it. */
export async function sendReport(inside: Inside, key: string): Promise<boolean> {
  const { outbox } = inside
  const row = await outbox.look(key)
  if (row?.state !== 'held' || !(await inside.store.has('parts', key))) {
    await outbox.load()
    return false
  }
  const changes: Change[] = [
    { table: 'rows', key, put: { ...row, state: 'waiting' } },
    { table: 'drafts', key, remove: true },
  ]
  await withRoom(inside, 'records', () => outbox.write(changes))
  return true
}
