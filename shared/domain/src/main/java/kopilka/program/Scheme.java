package kopilka.program;

/** How orders earn: by the rates of a first-format document, or by the rules of a later one. */
public sealed interface Scheme permits EarningRules, RuleBook {}
