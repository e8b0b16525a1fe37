package kopilka.program;

import java.util.Locale;

/** A language that members are told things in. */
public enum Language {
    /** English. */
    EN,
    /** Russian. */
    RU,
    /** Ukrainian. */
    UK,
    /** Kazakh. */
    KK;

    /** Its code by ISO 639-1, such as {@code uk}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
