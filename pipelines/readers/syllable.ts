import { ANSWERS } from "../vocabulary/words.ts";

/** Onsets of Vietnamese syllables; `q` is followed by rhymes that begin with `u`. */
const ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split(" ");

/** Rhymes of Vietnamese syllables without their tone, by their vowels. */
const RHYMES = new Set(
  [
    "a ac ach ai am an ang anh ao ap at au ay",
    "ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây",
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu",
    "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu",
    "o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay",
    "oăc oăm oăn oăng oăp oăt oe oen oeo oet ooc oong",
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt",
    "u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ",
    "uy uya uych uyn uynh uyp uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt",
    "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu",
    "y yêm yên yêng yêt yêu",
  ].flatMap((rhymes) => rhymes.split(" ")),
);

const RHYMES_AFTER_Q = new Set(
  [
    "ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt",
    "uân uâng uât uâu uây ue uen ueo uet uê uêch uên uênh uêt",
    "ui uich uin uinh uit uiu uo uôc uơ uơi uơn uy uych uyn uynh uyt uyên uyêt uyêu",
  ].flatMap((rhymes) => rhymes.split(" ")),
);

/** Consonants that are written in two ways, before i, e, ê and before other vowels. */
const BEFORE_FRONT = new Set(["k", "gh", "ngh"]);
const BEFORE_OTHER = new Set(["c", "g", "ng"]);
const FRONT = /^[ieê]/;

/** Consonants after which the rhyme `y` is written. */
const BEFORE_Y = new Set(["", "h", "k", "l", "m", "s", "t", "v"]);

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const SHARP_OR_HEAVY = /[\u0301\u0323]/;
const STOPPED = /(c|ch|p|t)$/;

/** Whether a word, composed (NFC), could be a syllable of Vietnamese as it is spelt. */
export function isSyllable(word: string): boolean {
  const decomposed = word.toLowerCase().normalize("NFD");
  const tones = decomposed.match(TONES) ?? [];
  if (tones.length > 1) return false;
  const plain = decomposed.replace(TONES, "").normalize("NFC");
  // a syllable that ends in a stop has one of two tones
  if (STOPPED.test(plain) && !SHARP_OR_HEAVY.test(tones[0] ?? "")) return false;
  if (RHYMES.has(plain)) return true;
  return ONSETS.some((onset) => {
    if (!plain.startsWith(onset)) return false;
    const rhyme = plain.slice(onset.length);
    if (onset === "q") return RHYMES_AFTER_Q.has(rhyme);
    if (rhyme === "y") return BEFORE_Y.has(onset);
    const isFront = FRONT.test(rhyme);
    if (BEFORE_FRONT.has(onset) && !isFront) return false;
    // «gì», «giêng»: the letter i belongs to the onset too
    if (BEFORE_OTHER.has(onset) && isFront && !(onset === "g" && rhyme.startsWith("i"))) {
      return false;
    }
    return RHYMES.has(rhyme);
  });
}

/** The words of the answers that a report consists of. */
const ANSWER_WORDS = new Set(
  Object.values(ANSWERS)
    .flatMap(({ word, also }) => [word, ...also])
    .flatMap((answer) => answer.toLowerCase().split(" ")),
);

/** Whether a word belongs to an answer such as «Có», «Không phát sinh», «Chưa đạt». */
export function isAnswer(word: string): boolean {
  return ANSWER_WORDS.has(word.toLowerCase());
}

/** Pieces between spaces and plain signs or digits. */
const BETWEEN = /[\s!-@[-`{-~\u00a0]+/;
/** Signs around a word that a Vietnamese text may well have. */
const SIGNS = /^[“”‘’«»–—…•°✓✔☑√×²³\ufeff]+|[“”‘’«»–—…•°✓✔☑√×²³\ufeff]+$/g;
const HAS_VOWEL = /[aeiouy]/i;

/** The words of a text that show its encoding: those with a letter beyond ASCII. */
export function wordsBeyondAscii(text: string): string[] {
  return text
    .normalize("NFC")
    .split(BETWEEN)
    .map((piece) => piece.replace(SIGNS, ""))
    .filter((word) => /[^\0-\u007f]/.test(word) && !isAbbreviation(word));
}

/** `HĐND`: capitals without a vowel are no syllable and show nothing. */
function isAbbreviation(word: string): boolean {
  return /^[A-ZĐ]+$/.test(word) && !HAS_VOWEL.test(word);
}
