package ai.sphinxv.training.pages.kit;

import java.util.List;
import java.util.Locale;

/** Made-up names, prices, dates, addresses and the like. */
public final class Facts {
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final String CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private final Kit kit;

    Facts(Kit kit) {
        this.kit = kit;
    }

    public String person() {
        return kit.word("first") + " " + kit.word("last");
    }

    public String initials(String person) {
        int space = person.indexOf(' ');
        return person.substring(0, 1) + person.substring(space + 1, space + 2);
    }

    public String month() {
        return kit.pick(MONTHS);
    }

    public String day() {
        return kit.pick(DAYS);
    }

    public int year() {
        return kit.between(1998, 2026);
    }

    public String date() {
        int day = kit.between(1, 28);
        int month = kit.between(1, 12);
        int year = year();
        String name = MONTHS.get(month - 1);
        return switch (kit.between(0, 6)) {
            case 0 -> "%d %s %d".formatted(day, name, year);
            case 1 -> "%s %d, %d".formatted(name, day, year);
            case 2 -> "%02d/%02d/%d".formatted(day, month, year);
            case 3 -> "%d-%02d-%02d".formatted(year, month, day);
            case 4 -> "%02d.%02d.%d".formatted(day, month, year);
            case 5 -> "%s %d".formatted(name.substring(0, 3), day);
            default -> "%d %s %02d".formatted(day, name.substring(0, 3), year % 100);
        };
    }

    public String time() {
        int hour = kit.between(0, 23);
        int minute = kit.between(0, 59);
        return kit.chance(0.5)
                ? "%d:%02d".formatted(hour, minute)
                : "%d:%02d %s".formatted((hour + 11) % 12 + 1, minute, hour < 12 ? "AM" : "PM");
    }

    /** For instance {@code $1,249.50}; a page should keep to one sign, see {@link #currency}. */
    public String price(String currency) {
        double value = Math.exp(kit.real(0.7, 7.2));
        String number = decimal(kit.chance(0.4) ? Math.floor(value) + 0.99 : value, 2);
        return currency.length() > 1 ? currency + " " + number : currency + number;
    }

    public String currency() {
        return kit.pick("$", "$", "€", "£", "RM", "CHF");
    }

    public String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    public String count() {
        return String.format(Locale.ROOT, "%,d", (long) Math.exp(kit.real(2.3, 10)));
    }

    public String percent() {
        return (kit.chance(0.5) ? String.valueOf(kit.between(1, 99)) : decimal(kit.real(0.1, 99), 1)) + "%";
    }

    public String phone() {
        return switch (kit.between(0, 3)) {
            case 0 -> "(%d) %d-%04d".formatted(kit.between(201, 989), kit.between(200, 999), kit.between(0, 9999));
            case 1 ->
                "+%d %d %03d %04d"
                        .formatted(kit.between(30, 98), kit.between(10, 99), kit.between(0, 999), kit.between(0, 9999));
            case 2 -> "%03d-%04d %04d".formatted(kit.between(10, 99), kit.between(0, 9999), kit.between(0, 9999));
            default -> "0%d %03d %03d".formatted(kit.between(100, 999), kit.between(0, 999), kit.between(0, 999));
        };
    }

    public String company() {
        return switch (kit.between(0, 4)) {
            case 0 -> kit.word("last") + " " + kit.word("suffix");
            case 1 -> capital(kit.word("nature")) + capital(kit.word("place"));
            case 2 -> kit.word("last") + " & " + kit.word("last");
            case 3 -> capital(kit.word("adj")) + " " + capital(kit.word("nature"));
            default -> brand() + " " + kit.word("suffix");
        };
    }

    public String brand() {
        String stem = kit.pick(
                "Nor", "Vel", "Kai", "Lum", "Zen", "Tri", "Alt", "Fen", "Ora", "Max", "Sol", "Arc", "Bri", "Cor",
                "Del");
        return stem + kit.pick("via", "tek", "nova", "ly", "do", "ra", "mio", "ex", "is", "on", "ify", "base", "wave");
    }

    public String domain() {
        return kit.word("nature") + kit.word("place") + kit.pick(".example", ".test", ".example", ".example");
    }

    public String email(String person) {
        String name = person.toLowerCase(Locale.ROOT).replace(' ', kit.pick('.', '_', '.'));
        return name + "@" + domain();
    }

    public String code() {
        return letters(kit.between(1, 3)) + kit.pick("-", "", "/") + kit.between(1000, 999_999);
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(CODE_LETTERS.charAt(kit.between(0, CODE_LETTERS.length() - 1)));
        }
        return text.toString();
    }

    public String street() {
        return kit.between(1, 299) + " " + kit.word("street") + " "
                + kit.pick("Street", "Road", "Avenue", "Lane", "Square", "Drive");
    }

    public String town() {
        return kit.chance(0.5)
                ? kit.between(10_000, 99_999) + " " + kit.word("city")
                : kit.word("city") + ", " + letters(2) + " " + kit.between(10_000, 99_999);
    }

    public String ago() {
        return kit.pick(
                "Just now",
                kit.between(2, 59) + " min ago",
                kit.between(2, 23) + "h ago",
                kit.between(2, 6) + " days ago",
                "Yesterday",
                time(),
                date());
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
