/** How many letters in three may differ for a word to be taken for another. */
const LETTERS_FOR_ONE_MISTAKE = 3;

/** The known word that was probably meant, or all that are known. */
export function suggest(word: string, known: readonly string[]): string {
  const [closest] = known
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance: mistakes }) => mistakes <= Math.max(word.length, name.length) / LETTERS_FOR_ONE_MISTAKE)
    .toSorted((one, other) => one.distance - other.distance);
  return closest ? `did you mean ${closest.name}?` : `known here: ${known.toSorted().join(', ')}`;
}

/** Letters to be changed, added or taken away (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1));
    row = next;
  }
  return row[other.length] ?? 0;
}
