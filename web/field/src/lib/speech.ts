// Reading aloud, where the phone has a Chinese voice.

const chinese = () =>
  typeof speechSynthesis === 'undefined'
    ? undefined
    : speechSynthesis.getVoices().find((voice) => /^zh|^cmn/i.test(voice.lang))

/** Phones tell their voices late: `then` is called when it is known. */
export function whenVoiced(then: (voiced: boolean) => void): void {
  then(chinese() !== undefined)
  if (typeof speechSynthesis === 'undefined') return
  speechSynthesis.addEventListener?.('voiceschanged', () => then(chinese() !== undefined))
}

/** `ended`: called once it is over, also where it was cut off. */
export function readAloud(text: string, ended: () => void): void {
  const voice = chinese()
  if (!voice) return
  speechSynthesis.cancel()
  const said = new SpeechSynthesisUtterance(text)
  said.voice = voice
  said.lang = voice.lang
  said.rate = 0.85
  said.onend = said.onerror = ended
  speechSynthesis.speak(said)
}

export const hush = () => {
  if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel()
}
