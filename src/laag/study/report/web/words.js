// What the page says, in the language that is chosen; a sentence has its values in braces.
const WORDS = JSON.parse(document.getElementById("words").textContent);
export const LANGUAGES = Object.keys(WORDS);
let language = LANGUAGES.find((known) => navigator.language.toLowerCase().startsWith(known)) ?? "en";

export const speaking = () => language;

export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
}

export function knows(key) {
  return key in WORDS[language];
}

export function say(key, values = {}) {
  const sentence = WORDS[language][key];
  if (sentence === undefined) throw new Error(`no words for ${key} in ${language}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A name that the page may know in plain words (a device, a policy, an outcome), else the name itself.
export const named = (kind, name) => (knows(`${kind}.${name}`) ? say(`${kind}.${name}`) : name);

// What a run's tables say, in the language that is chosen where our own code wrote it.
export const toldOf = (row, key) => row[`${key}_${language}`] ?? row[key];

// A group's name is made of words that may be known: "owner, PV + battery".
export const groupName = (group) => (group ? group.split(/(, | \+ )/).map((part) => named("group", part)).join("") : say("bills.no_group"));
