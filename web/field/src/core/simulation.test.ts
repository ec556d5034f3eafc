// @vitest-environment node
// Many phones over thirty days by the phone's own code, with requests and answers lost, requests that arrive late or out of
// order, servers that are busy, clocks that are wrong, restarts at any moment and people who go to another visitor: in the
// end the server has everything once, and each phone has its people. The server's own half is field_simulation_test.cpp.
import { expect, test } from 'vitest'
import { about, joined, noon, photo, pin, seeded, somebody, visitTo, type TestPhone } from './test-phone'
import { TestServer } from './test-server'
import type { BundlePerson } from './types'

const phones = Number(process.env.PHONES ?? 20)
const days = 30
const day = 86_400_000
const chance = seeded(20_261_122)
const onceIn = (times: number) => chance() * times < 1
const below = (count: number) => Math.floor(chance() * count)

/** Whose people are whose, as the offices have it. */
class County {
  now = noon
  rough = true
  readonly of = new Map<string, number>()
  readonly people = new Map<string, BundlePerson>()
  /** Each record and photo that was saved on a phone, by its key. */
  readonly made = new Map<string, string>()

  constructor() {
    for (let i = 0; i < 2 * phones; i++) {
      this.people.set(`p${i}`, somebody(`p${i}`, `张${i}`))
      this.of.set(`p${i}`, i % phones)
    }
  }
  live(): void {
    this.now += day
    for (let i = 0; i < phones / 10; i++) this.of.set(`p${below(2 * phones)}`, below(phones))
    for (let i = 0; i < phones / 10; i++) {
      const id = `p${below(2 * phones)}`
      this.people.set(id, { ...this.people.get(id)!, version: `v${this.now}`, address: `${below(9)}组` })
    }
  }
  peopleOf(phone: number): BundlePerson[] {
    return [...this.people.values()].filter(({ id }) => this.of.get(id) === phone)
  }
}

/** One phone, its network and the server as that phone sees it. */
class Visitor {
  world!: TestPhone
  /** What was given with each cursor. */
  private given: BundlePerson[][] = [[]]
  private late: (() => Promise<unknown>)[] = []

  constructor(
    readonly number: number,
    private county: County,
    readonly server: TestServer,
  ) {
    server.bundle = (cursor) => {
      const had = this.given[Number(cursor?.slice(1) ?? 0)]!
      const now = county.peopleOf(number)
      this.given.push(now)
      return {
        cursor: `c${this.given.length - 1}`,
        people: now.filter((each) => !had.includes(each)),
        gone: had.flatMap(({ id }) => (now.some((each) => each.id === id) ? [] : [id])),
      }
    }
    server.fate = () =>
      !county.rough ? 'well' : onceIn(5) ? 'unheard' : onceIn(5) ? 'lost' : onceIn(12) ? 503 : onceIn(20) ? 429 : 'well'
    const { fetch } = server
    server.fetch = async (address, how) => {
      if (!county.rough || !onceIn(8) || !String(address).endsWith('/parcels')) return fetch(address, how)
      this.late.push(() => fetch(address, how))
      throw new TypeError('no answer')
    }
  }

  async begin(): Promise<void> {
    this.world = await joined(this.server, chance)
    if (onceIn(5)) this.world.clock += (below(7) - 3) * day
  }

  /** As after a call that closed the browser, whatever was under way. */
  private async restart(): Promise<void> {
    await this.world.open()
    await this.world.phone.unlock(pin)
  }

  private async visit(): Promise<void> {
    const { phone } = this.world
    const person = phone.view.people[below(phone.view.people.length)]
    if (!person) return
    const draft = phone.draft('visit', person.id, () => ({}))
    const attachments: string[] = []
    if (onceIn(3)) {
      const words = `photo ${this.number} ${this.county.made.size}`
      attachments.push((await phone.keepPhoto(draft, 'photo', photo(words))).digest)
      this.county.made.set(attachments[0]!, words)
    }
    this.county.made.set(draft.id, person.id)
    await phone.save('visit', draft.id, visitTo(person.id, { attachments }), about(person.id))
    // A thumb that is too quick.
    if (onceIn(6)) await phone.save('visit', draft.id, visitTo(person.id, { attachments }), about(person.id))
  }

  async live(): Promise<void> {
    if (onceIn(3)) {
      const visit = this.visit()
      if (!onceIn(6)) await visit
      else await Promise.all([visit, this.restart()])
    } else if (onceIn(12)) await this.restart()
    for (const send of this.late.splice(0)) await send().catch(() => undefined)
    await this.world.pass(onceIn(3) ? day / 24 : day)
    this.world.clock += Math.max(0, this.county.now - this.world.clock)
  }
  async end(): Promise<void> {
    for (const send of this.late.splice(0)) await send()
    await this.world.allIdle()
    await this.world.phone.syncNow()
  }
}

test(`${phones} phones over ${days} days end as the server is, nothing lost and nothing doubled`, async () => {
  const county = new County()
  const key = await TestServer.makeKey()
  const visitors: Visitor[] = []
  for (let i = 0; i < phones; i++) visitors.push(new Visitor(i, county, await TestServer.make(() => county.now, key)))
  county.rough = false
  await Promise.all(visitors.map((each) => each.begin()))
  county.rough = true
  for (let i = 0; i < days; i++) {
    county.live()
    for (const visitor of visitors) await visitor.live()
  }
  county.rough = false
  for (const visitor of visitors) await visitor.end()

  const arrived = new Map<string, string>()
  for (const { number, server, world } of visitors) {
    const { view } = world.phone
    expect(view.counts, `phone ${number}`).toEqual({ unsent: 0, refused: 0, set_aside: 0 })
    expect([...view.people].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      county.peopleOf(number).sort((a, b) => (a.id < b.id ? -1 : 1)),
    )
    for (const { key, kind, content, bytes } of server.arrived.values())
      arrived.set(key, kind === 'attachment' ? new TextDecoder().decode(bytes) : String(content.person))
  }
  expect(county.made.size).toBeGreaterThan(phones * 5)
  expect(new Map([...arrived].sort())).toEqual(new Map([...county.made].sort()))
}, 600_000)
