package ai.sphinxv.training.pages.kit;

/** What people write into the fields of forms. */
final class Entries {
    private Entries() {}

    /** Something that fits the field's name. */
    static String of(Kit kit, String name, String currency) {
        Facts facts = kit.facts();
        String person = facts.person();
        return switch (name) {
            case "Email", "Email address" -> facts.email(person);
            case "Phone", "Phone number" -> facts.phone();
            case "Password", "Confirm password", "Security code" -> "••••••••";
            case "Company", "Department" -> facts.company();
            case "Street", "Street address", "Address" -> facts.street();
            case "City", "Location", "State", "Country" -> kit.word("city");
            case "Postcode" -> String.valueOf(kit.between(10_000, 99_999));
            case "Date of birth", "Start date", "End date", "Expiry date" -> facts.date();
            case "Card number", "Account number" ->
                "%04d %04d %04d".formatted(kit.between(1000, 9999), kit.between(0, 9999), kit.between(0, 9999));
            case "Amount", "Budget" -> facts.price(currency);
            case "Quantity" -> String.valueOf(kit.between(1, 50));
            case "Order number", "Reference", "Coupon code", "Invoice number", "Tax number" -> facts.code();
            case "Website" -> facts.domain();
            case "Subject", "Title", "Project name", "Description", "Message", "Comments", "Notes" ->
                kit.prose().line("task", 30);
            default -> person;
        };
    }
}
