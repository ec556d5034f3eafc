// A phone in a test: its clock stands still until it is moved, it can be killed and opened again, and its network is a
// TestServer.
import 'fake-indexeddb/auto'
import { newKey, utf8 } from './bytes'
import type { Surroundings } from './inside'
import { Phone } from './phone'
import type { TestServer } from './test-server'
import type { BundlePerson, VisitContent } from './types'

export const pin = '258036'
export const noon = Date.parse('2026-11-22T04:00:00Z')

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export class TestPhone {
  phone!: Phone
  clock = noon
  free: number | null = null
  bound = false
  /** What making a photo small waits for. */
  shrinking: Promise<void> = Promise.resolve()
  timers: { at: number; call: () => void }[] = []
  database = newKey()
  private opened: Phone[] = []

  constructor(
    private server: TestServer,
    private chance: () => number = () => 0.5,
  ) {}

  private around(): Surroundings {
    return {
      database: this.database,
      fetch: this.server.fetch,
      wasBound: (bound) => (this.bound ||= !!bound),
      now: () => this.clock,
      later: (ms, call) => {
        const timer = { at: this.clock + ms, call }
        this.timers.push(timer)
        return () => void (this.timers = this.timers.filter((each) => each !== timer))
      },
      random: this.chance,
      shrink: async (image) => {
        await this.shrinking
        return { bytes: new Uint8Array(await image.arrayBuffer()), preview: 'data:,' }
      },
      room: async () => this.free,
    }
  }

  /** As after a kill: nothing but what was kept. */
  async open(): Promise<Phone> {
    this.timers = []
    this.phone = new Phone(this.around())
    this.opened.push(this.phone)
    await this.phone.start()
    return this.phone
  }

  /** Pages that were killed in the test's eyes go on until nothing more is to be done. */
  async allIdle(): Promise<void> {
    for (const each of this.opened) await each.syncIdle()
  }

  /** Lets everything that only waits for its moment happen, without the clock moving. */
  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      const due = this.timers.filter((each) => each.at <= this.clock + 3000)
      this.timers = this.timers.filter((each) => !due.includes(each))
      due.forEach((each) => each.call())
    }
  }

  /** Whatever is due by then happens. */
  async pass(ms: number): Promise<void> {
    this.clock += ms
    const due = this.timers.filter((each) => each.at <= this.clock)
    this.timers = this.timers.filter((each) => each.at > this.clock)
    due.forEach((each) => each.call())
    await this.phone.syncIdle()
  }
}

/** A phone that is signed in and open. */
export async function joined(server: TestServer, chance?: () => number): Promise<TestPhone> {
  const test = new TestPhone(server, chance)
  const phone = await test.open()
  await phone.join('invitation', pin, '测试手机')
  return test
}

export const somebody = (id: string, name = '张秀英'): BundlePerson => ({
  id,
  version: 'v1',
  name,
  sex: 'female',
  age: 83,
  village: { area: '510521100015', name: '新桥村' },
  address: '一组3号',
  phone: '13800000000',
  contacts: [],
  tier: { id: 'one', words: { zh: '一类', en: 'tier 1' } },
  status: 'active',
  why: [],
  first_contact: false,
  form: { scheme: 's', form: 'visit', version: '1' },
  obligations: [],
  methods: [],
  recent: [],
})

export const visitTo = (person: string, more: Partial<VisitContent> = {}): VisitContent => ({
  person,
  method: 'home_visit',
  started_at: '2026-11-22T11:40:00+08:00',
  ended_at: '2026-11-22T11:55:00+08:00',
  outcome: 'met',
  answers: { health: 'good' },
  attachments: [],
  ...more,
})

export const about = (person: string) => ({ person, title: '张秀英', outcome: 'met', at: '2026-11-22T11:55:00+08:00' })
export const photo = (words: string) => new Blob([utf8(words)], { type: 'image/jpeg' })
