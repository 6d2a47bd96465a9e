const filing = /备案|備案|\bbei ?an\b|\bfilings?\b|\brecordals?\b/i;
const licence = /许可证|許可證|许可|許可|ICP ?[证證]|\blicen[cs]es?\b/i;

/** Other papers of these names, which nobody confuses with the two. */
const others =
  /营业执照|營業執照|公安备案|公安備案|\b(?:business|driving|software|psb|police) (?:licen[cs]es?|filings?)\b/gi;

/**
 * True when the visitor speaks of the filing (备案) alone and the reply of the licence (许可证) alone, or the reverse:
 * the two are different things, and a reply about the wrong one misleads.
 */
export function confuses(heard: readonly string[], reply: string): boolean {
  const asked = subject(heard.join('\n'));
  const told = subject(reply);
  return asked !== undefined && told !== undefined && asked !== told;
}

function subject(text: string): 'filing' | 'licence' | undefined {
  const plain = text.replace(others, ' ');
  const [isFiling, isLicence] = [filing.test(plain), licence.test(plain)];
  if (isFiling === isLicence) return undefined;
  return isFiling ? 'filing' : 'licence';
}
