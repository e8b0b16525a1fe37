package kopilka.lambda.telling;

import java.util.ArrayList;
import java.util.List;
import kopilka.program.Language;
import kopilka.program.Program;

/**
 * The rules of a program as a member is told them: first what orders earn, in the sequence in which the rules are applied,
 * then how wallets, levels, activities, recommendations and returns work, and by which clock. Made from the program alone,
 * so the same program is told the same way for good. What concerns the shop alone, such as the limit of what it wants to
 * give back, is not told.
 */
public final class RuleSentences {
    private RuleSentences() {}

    /**
     * All rules of a program, of either format of documents, in a language.
     *
     * <p>Titles and names are those of the document where it has them, and else ids.
     */
    public static List<ToldRule> of(Program program, Language language) {
        Phrases phrases = Phrases.in(language);
        Units units = new Units(program, language);
        List<ToldRule> told = new ArrayList<>();
        told.addAll(new EarningSentences(program, phrases, units).all());
        told.addAll(new WalletSentences(program, phrases, units).all());
        told.addAll(new MemberSentences(program, phrases, units).all());
        told.add(new ToldRule(
                "timeZone",
                phrases.title(Topic.TIME_ZONE),
                Phrases.sentence(phrases.clockOf(program.zone().getId()))));
        return List.copyOf(told);
    }
}
