// What the phone itself refuses, and what it says of a server that does not answer: field, reason and mend.
import { Refusal } from './core'
import type { Problem, Words } from './types'

const problem = (code: string, zh: string, en: string): Problem => ({ code, words: { zh, en } })

export const pinWrong = (left: number) =>
  new Refusal(
    problem(
      'pin.wrong',
      `密码不对，还能试${left}次；再试，或联系镇街重新绑定手机`,
      `Wrong PIN, ${left} tries left; try again, or ask the office to bind the phone anew`,
    ),
    left,
  )
export const pinWait = (seconds: number) =>
  new Refusal(
    problem(
      'pin.wait',
      `密码错得太多，请等${seconds}秒再试`,
      `Too many wrong PINs; wait ${seconds} seconds and try again`,
    ),
    seconds,
  )
export const pinWiped = () =>
  new Refusal(
    problem(
      'pin.wiped',
      '密码错了十次，手机上的老人资料已清除；没发出的记录还在，会继续发送。请向镇街要新的邀请',
      'Ten wrong PINs: the people are taken off this phone; unsent records stay and will be sent. Ask for a new invitation',
    ),
  )
export const pinFull = () =>
  new Refusal(
    problem(
      'pin.full',
      '手机存满了，打不开名单；没发出的记录还在。请删掉手机里的照片或其他东西，再输一次密码',
      'The phone is full and the list cannot be opened; unsent records are kept. Free some room and enter the PIN again',
    ),
  )
export const pinForm = () =>
  new Refusal(problem('pin.form', '密码要六位数字，不能太简单', 'Six digits, not too simple'))

export const photoStorage = () =>
  new Refusal(
    problem(
      'photo.storage',
      '手机快存满了，这张照片没有存；记录还能存。请连上网发出等待的记录，或删掉手机里的其他东西',
      'The phone is nearly full: this photo was not kept, records still are. Send what waits or free room',
    ),
  )
export const photoUnreadable = () =>
  new Refusal(
    problem('photo.unreadable', '照片打不开，请重拍一张', 'The photo cannot be read; please take another one'),
  )
export const storageFull = () =>
  new Refusal(
    problem(
      'storage.full',
      '手机存满了，这次没有存上，填的还在页面上。请删掉手机里的照片或其他东西，再按保存',
      'The phone is full; this is still on the page. Free some room and save again',
    ),
  )
export const notSent = () =>
  new Refusal(
    problem(
      'not_sent',
      '这个浏览器存不住记录，记录还没发到；请别关页面，有网络时再按保存',
      'This browser keeps nothing and the record was not received yet; leave the page open and save again with a network',
    ),
  )
export const locked = () => new Refusal(problem('phone.locked', '请先输入密码', 'Enter the PIN first'))
export const unsent = () =>
  new Refusal(
    problem(
      'phone.unsent',
      '还有记录没发出，发完才能退出；请连上网再试',
      'There are unsent records; connect to a network and try again',
    ),
  )

export const unreachable: Problem = problem(
  'server.unreachable',
  '没连上服务器，记录都在手机里，连上后自动发送',
  'No answer from the server; everything is kept on the phone and is sent by itself later',
)
export const busy: Problem = problem(
  'server.busy',
  '服务器正忙，稍后自动再发',
  'The server is busy; it is tried again by itself',
)
export const unknownDevice: Problem = problem(
  'device.unknown',
  '服务器不认得这部手机了，记录都在手机里；请向镇街要新的邀请',
  'The server does not know this phone any more; everything is kept. Ask the office for a new invitation',
)

interface Said {
  code?: string
  detail?: string
  detail_en?: string
}
const wordsOf = ({ detail, detail_en }: Said, otherwise: string): Words => ({
  zh: detail ?? otherwise,
  en: detail_en ?? detail ?? otherwise,
})

/** The server's own words where it gave any: those of the fields, which name the reason, before those of the whole. */
export function problemOf(body: unknown): Problem | null {
  const given = body as (Said & { fields?: (Said & { field: string })[] }) | null
  if (!given || typeof given.code !== 'string') return null
  const { code } = given
  const whole = wordsOf(given, code)
  const fields = given.fields?.map(({ field, ...said }) => ({ field, code: said.code, words: wordsOf(said, '') }))
  if (!fields?.[0]) return { code, words: whole }
  const all = (language: 'zh' | 'en', between: string) =>
    fields.flatMap(({ words }) => words[language] || []).join(between) || whole[language]
  return { code, words: { zh: all('zh', '；'), en: all('en', '; ') }, field: fields[0].field, fields }
}
