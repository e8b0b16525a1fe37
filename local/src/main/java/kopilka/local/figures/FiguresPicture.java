package kopilka.local.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * The figures that have a target as an SVG: a bar for each, as long as the share of the target that it takes. Whatever the
 * bound, a bar that ends before the line meets its target: where at least so much is asked, it is the target's share of
 * the figure. The axis is logarithmic, and what is beyond its ends ends there.
 *
 * <p>No script, no font of its own, no colour that depends on what is behind it.
 */
final class FiguresPicture {
    private static final int WIDTH = 960;
    private static final int MARGIN = 24;
    private static final int LABELS = 430;
    private static final int AXIS = MARGIN + LABELS + 12;
    private static final int AXIS_END = WIDTH - 172;
    private static final int HEAD = 84;
    private static final int AREA_HEIGHT = 34;
    private static final int ROW_HEIGHT = 24;
    private static final int BAR_HEIGHT = 14;
    private static final int FOOT = 30;

    /** Characters of a label at 13 pixels that fit; of a longer one the middle is left out, the table has it whole. */
    private static final int LABEL_CHARACTERS = 58;

    /** Characters of its end: labels differ there. */
    private static final int LABEL_END = 34;

    /** Where the axis has a mark; it begins at the first. */
    private static final List<BigDecimal> MARKS = List.of(
            new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.5"), BigDecimal.ONE, BigDecimal.TWO);

    /** The ends of the axis, as shares of the target. */
    private static final double FROM = 0.1;

    private static final double TO = 3;

    private static final String STYLE = """
              <style>
                .ground { fill: #ffffff; stroke: #d0d7de; }
                text { font-family: system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 13px; fill: #1f2328; }
                .title { font-size: 18px; font-weight: 600; }
                .area { font-size: 14px; font-weight: 600; }
                .faint { fill: #59636e; font-size: 12px; }
                .grid { stroke: #d8dee4; }
                .line { stroke: #1f2328; stroke-width: 1.5; }
                .met { fill: #2da44e; }
                .missed { fill: #cf5b10; }
                @media (prefers-color-scheme: dark) {
                  .ground { fill: #0d1117; stroke: #3d444d; }
                  text { fill: #e6edf3; }
                  .faint { fill: #9198a1; }
                  .grid { stroke: #2f353d; }
                  .line { stroke: #e6edf3; }
                  .met { fill: #3fb950; }
                  .missed { fill: #f0883e; }
                }
              </style>
            """;

    private FiguresPicture() {}

    static String of(List<Area> areas) {
        List<Area> drawn = areas.stream()
                .map(area -> new Area(
                        area.name(),
                        area.figures().stream().filter(FiguresPicture::isDrawn).toList()))
                .filter(area -> !area.figures().isEmpty())
                .toList();
        int rows = drawn.stream().mapToInt(area -> area.figures().size()).sum();
        int bottom = HEAD + drawn.size() * AREA_HEIGHT + rows * ROW_HEIGHT;
        int height = bottom + FOOT + MARGIN;
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                                + " aria-labelledby=\"title description\">",
                        WIDTH,
                        height,
                        WIDTH,
                        height));
        line(svg, "  <title id=\"title\">Figures and their targets</title>");
        line(svg, String.format(Locale.ROOT, "  <desc id=\"description\">%s</desc>", escaped(description(drawn))));
        svg.append(STYLE);
        line(
                svg,
                String.format(
                        Locale.ROOT,
                        "  <rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
                        WIDTH - 1,
                        height - 1));
        text(svg, "title", MARGIN, 36, "start", "Figures and their targets");
        text(
                svg,
                "faint",
                MARGIN,
                58,
                "start",
                "Share of the target that is used up. What ends left of the line marked 1 meets it.");
        grid(svg, bottom);
        int y = HEAD;
        for (Area area : drawn) {
            text(svg, "area", MARGIN, y + 22, "start", area.title());
            y += AREA_HEIGHT;
            for (Figure figure : area.figures()) {
                bar(svg, figure, y);
                y += ROW_HEIGHT;
            }
        }
        svg.append("</svg>\n");
        return svg.toString();
    }

    private static boolean isDrawn(Figure figure) {
        return figure.value().signum() >= 0
                && figure.target().filter(wanted -> wanted.value().signum() > 0).isPresent();
    }

    private static String description(List<Area> areas) {
        StringBuilder words = new StringBuilder();
        for (Area area : areas) {
            for (Figure figure : area.figures()) {
                words.append(String.format(
                        Locale.ROOT,
                        "%s: %s, %s; %s. ",
                        figure.what(),
                        Numbers.show(figure.value(), figure.unit()),
                        FiguresTable.target(figure),
                        isMet(figure) ? "met" : "missed"));
            }
        }
        return words.toString().strip();
    }

    private static boolean isMet(Figure figure) {
        return figure.met().orElse(false);
    }

    private static void grid(StringBuilder svg, int bottom) {
        for (BigDecimal mark : MARKS) {
            String x = at(mark.doubleValue());
            boolean target = mark.compareTo(BigDecimal.ONE) == 0;
            line(
                    svg,
                    String.format(
                            Locale.ROOT,
                            "  <line class=\"%s\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>",
                            target ? "line" : "grid",
                            x,
                            HEAD,
                            x,
                            bottom + 4));
            line(
                    svg,
                    String.format(
                            Locale.ROOT,
                            "  <text class=\"faint\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                            x,
                            bottom + 22,
                            mark.toPlainString()));
        }
    }

    private static void bar(StringBuilder svg, Figure figure, int y) {
        int middle = y + ROW_HEIGHT / 2;
        String end = at(share(figure));
        line(
                svg,
                String.format(
                        Locale.ROOT,
                        "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                        MARGIN + LABELS,
                        middle + 5,
                        escaped(cut(figure.what()))));
        line(
                svg,
                String.format(
                        Locale.ROOT,
                        "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>",
                        isMet(figure) ? "met" : "missed",
                        AXIS,
                        middle - BAR_HEIGHT / 2,
                        new BigDecimal(end).subtract(BigDecimal.valueOf(AXIS)).max(BigDecimal.ONE),
                        BAR_HEIGHT));
        text(
                svg,
                "faint",
                AXIS_END + 10,
                middle + 4,
                "start",
                Numbers.show(figure.value(), figure.unit()) + (isMet(figure) ? "" : ", missed"));
    }

    /** The figure over its target; the other way round where more is better. */
    private static double share(Figure figure) {
        Figure.Target wanted = figure.target().orElseThrow();
        double value = figure.value().doubleValue();
        double target = wanted.value().doubleValue();
        return wanted.bound() == Bound.AT_LEAST ? target / value : value / target;
    }

    /** The place of a share on the axis, to a tenth of a pixel. */
    private static String at(double share) {
        double within = StrictMath.log(Math.max(FROM, Math.min(TO, share)) / FROM) / StrictMath.log(TO / FROM);
        return BigDecimal.valueOf(AXIS + within * (AXIS_END - AXIS))
                .setScale(1, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String cut(String label) {
        return label.length() <= LABEL_CHARACTERS
                ? label
                : label.substring(0, LABEL_CHARACTERS - LABEL_END - 1).stripTrailing()
                        + "…"
                        + label.substring(label.length() - LABEL_END).stripLeading();
    }

    private static void text(StringBuilder svg, String style, int x, int y, String anchor, String words) {
        line(
                svg,
                String.format(
                        Locale.ROOT,
                        "  <text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                        style,
                        x,
                        y,
                        anchor,
                        escaped(words)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void line(StringBuilder svg, String text) {
        svg.append(text).append('\n');
    }
}
