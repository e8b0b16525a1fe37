package kopilka.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which lines of an order a rule is about. */
public sealed interface LineCondition {
    /** Whether a line is among them. */
    default boolean selects(Optional<Category> category, Optional<Brand> brand, Optional<Sku> sku) {
        return switch (this) {
            case Every every -> true;
            case OfCategory of -> category.isPresent() && of.categories().contains(category.get());
            case OfBrand of -> brand.isPresent() && of.brands().contains(brand.get());
            case OfSku of -> sku.isPresent() && of.skus().contains(sku.get());
            case All all -> {
                for (LineCondition part : all.parts()) {
                    if (!part.selects(category, brand, sku)) {
                        yield false;
                    }
                }
                yield true;
            }
            case AnyOf any -> {
                for (LineCondition part : any.parts()) {
                    if (part.selects(category, brand, sku)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Not not -> !not.part().selects(category, brand, sku);
        };
    }

    /** All lines. */
    record Every() implements LineCondition {}

    /** Goods of one of these categories. */
    record OfCategory(Set<Category> categories) implements LineCondition {
        /** Copies what it is given. */
        public OfCategory {
            categories = Set.copyOf(categories);
        }
    }

    /** Goods of one of these brands. */
    record OfBrand(Set<Brand> brands) implements LineCondition {
        /** Copies what it is given. */
        public OfBrand {
            brands = Set.copyOf(brands);
        }
    }

    /** These goods. */
    record OfSku(Set<Sku> skus) implements LineCondition {
        /** Copies what it is given. */
        public OfSku {
            skus = Set.copyOf(skus);
        }
    }

    /** What all parts select. */
    record All(List<LineCondition> parts) implements LineCondition {
        /** Copies what it is given. */
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** What at least one part selects. */
    record AnyOf(List<LineCondition> parts) implements LineCondition {
        /** Copies what it is given. */
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    /** What the part does not select. */
    record Not(LineCondition part) implements LineCondition {}
}
