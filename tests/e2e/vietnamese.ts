import type { Page } from "playwright-core";

// How a Vietnamese syllable is put together: an onset, a rhyme and a tone. What is not put together
// so is another language's, whether or not anybody thought of that word.

const ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ");

/** Without tones. Those that end in a stop take only two of the six. */
const RHYMES = new Set(
  [
    "a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âu ây âc âm ân âng âp ât",
    "e eo ec em en eng ep et ê êu êch êm ên ênh êp êt",
    "i ia iu ich im in inh ip it iêu iêc iêm iên iêng iêp iêt y yêu yêm yên yêng yêt",
    "o oi oc om on ong op ot ooc oong ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt",
    "oa oai oao oay oac oach oam oan oang oanh oap oat oăc oăm oăn oăng oăt oe oeo oen oet",
    "u ua ui uc um un ung up ut uôi uôc uôm uôn uông uôt",
    "uê uêch uênh uơ uy uya uych uynh uyt uyp uyu uyên uyêt uân uâng uât uây",
    "ư ưa ưi ưu ưc ưm ưn ưng ưt ươi ươu ươc ươm ươn ương ươp ươt",
  ]
    .join(" ")
    .split(" "),
);

/** Grave, acute, hook, tilde and dot. */
const TONES = /[\u0300\u0301\u0309\u0303\u0323]/g;

/** Syllables by their form, but in Vietnamese no word of an office, and the commonest of English. */
const ENGLISH = new Set(["the", "to", "no", "on", "me", "he", "go", "then", "them", "nan"]);

/** Whether a word is a syllable that Vietnamese could have. */
export function isSyllable(word: string): boolean {
  // a mark, such as `loại B`
  if (/^[A-Z]$/.test(word)) return true;
  const lower = word.toLocaleLowerCase("vi").normalize("NFD");
  const tones = lower.match(TONES) ?? [];
  if (tones.length > 1) return false;
  const plain = lower.replace(TONES, "").normalize("NFC");
  if (ENGLISH.has(word.toLowerCase())) return false;
  if (/(?:ch|[cpt])$/.test(plain) && !/[\u0301\u0323]/.test(tones[0] ?? "")) return false;
  return ["", ...ONSETS].some((onset) => plain.startsWith(onset) && goesWith(onset, plain));
}

/** Whether what follows an onset is a rhyme that is written behind it. */
function goesWith(onset: string, plain: string): boolean {
  const rest = plain.slice(onset.length);
  const isFront = /^[eêiy]/.test(rest);
  if (["k", "gh", "ngh"].includes(onset) && !isFront) return false;
  if (["c", "g", "ng"].includes(onset) && isFront) {
    // `gì` and `gìn` have the i of the onset for their vowel.
    return onset === "g" && ["i", "in", "im"].includes(rest);
  }
  // `giếng` has one i for two.
  if (onset === "gi" && rest.startsWith("ê")) return RHYMES.has(`i${rest}`);
  return RHYMES.has(rest);
}

/** A text that somebody may read or hear on a page, and what it belongs to. */
export interface PageText {
  readonly where: string;
  readonly text: string;
}

/** Everything that a page says, once: also what is folded away, or said only to who cannot see it. */
export async function textsOf(page: Page): Promise<PageText[]> {
  return await page.evaluate(() => {
    const attributes = ["title", "alt", "aria-label", "aria-description", "aria-roledescription"];
    attributes.push("aria-valuetext", "placeholder", "label", "summary", "abbr");
    const texts = new Map([[document.title, "title"]]);
    const rulesIn = (rules: CSSRuleList): CSSRule[] =>
      [...rules].flatMap((rule) => [
        rule,
        ...(rule instanceof CSSGroupingRule || rule instanceof CSSStyleRule
          ? rulesIn(rule.cssRules)
          : []),
      ]);
    const written = [...document.styleSheets]
      .flatMap((sheet) => rulesIn(sheet.cssRules))
      .flatMap((rule) =>
        rule instanceof CSSStyleRule && rule.style.content !== ""
          ? rule.selectorText.split(/,(?![^(]*\))/)
          : [],
      );
    /** The elements to which a style sheet writes something; to ask all of them takes far longer. */
    const writtenTo = (part: string): Element[] => {
      const hosts = written
        .filter((selector) => selector.includes(part))
        .map((selector) => selector.replace(part, "").trim())
        .map((host) => (host === "" || /[\s>+~]$/.test(host) ? `${host}*` : host));
      if (hosts.some((host) => host.includes("&"))) throw new Error("a nested rule writes content");
      return hosts.length === 0 ? [] : [...document.querySelectorAll(hosts.join(","))];
    };
    const add = (where: string, text: string | null) => {
      const words = text?.trim() ?? "";
      if (words !== "" && !texts.has(words)) texts.set(words, where);
    };
    const inside = document.querySelector(".ct-published-page")?.shadowRoot;
    for (const element of [
      ...document.querySelectorAll("*"),
      ...(inside?.querySelectorAll("*") ?? []),
    ]) {
      const name = element.tagName.toLowerCase();
      if (["script", "style", "link"].includes(name)) continue;
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) add(name, child.nodeValue);
      }
      for (const attribute of attributes) add(attribute, element.getAttribute(attribute));
      if (name === "meta" && /description|title/.test(element.getAttribute("name") ?? "")) {
        add(name, element.getAttribute("content"));
      }
      if (name === "input" && /button|submit|reset/.test((element as HTMLInputElement).type)) {
        add(name, (element as HTMLInputElement).value);
      }
    }
    for (const part of ["::before", "::after"]) {
      for (const element of writtenTo(part)) {
        const { content } = getComputedStyle(element, part);
        const name = element.tagName.toLowerCase();
        for (const [, text] of content.matchAll(/"([^"]*)"/g))
          add(`content of ${name}`, text ?? "");
      }
    }
    return [...texts].map(([text, where]) => ({ where, text }));
  });
}

/** The words of a text that are neither Vietnamese nor a number nor among those that are known. */
export function foreignWords(text: string, isKnown: (word: string) => boolean): string[] {
  const tokens = text.normalize("NFC").match(/[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_.,:/-]*/gu) ?? [];
  return tokens
    .map((token) => token.replace(/[.,:/-]+$/, ""))
    .filter((token) => !isKnown(token))
    .flatMap((token) => token.split(/[.,:/-]+/))
    .filter((word) => word !== "" && !/^\d+$/.test(word) && !isKnown(word) && !isSyllable(word));
}
