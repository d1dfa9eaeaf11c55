package dev.weft.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The fenced blocks of a Markdown page, each with what the comment above it says of its origin.
///
/// ````
/// <!-- snippet Runes.java#walk -->
/// ```java
/// ...
/// ```
/// ````
public final class MarkedBlocks {

  private static final Pattern MARK = Pattern.compile("<!-- (.*) -->");
  private static final String FENCE = "```";

  /// One block.
  ///
  /// @param language what follows the opening fence
  /// @param mark what the comment in the line above says; empty if there is none
  /// @param from the index of its first line, after the fence
  /// @param lines its lines
  public record Block(String language, String mark, int from, List<String> lines) {}

  private MarkedBlocks() {}

  /// The blocks of a page, in their order.
  ///
  /// @throws IllegalArgumentException if the last one does not end
  public static List<Block> of(List<String> page) {
    List<Block> blocks = new ArrayList<>();
    int line = 0;
    while (line < page.size()) {
      if (page.get(line).startsWith(FENCE)) {
        int from = line + 1;
        int to = end(page, from);
        String language = page.get(line).substring(FENCE.length());
        String mark = line == 0 ? "" : mark(page.get(line - 1));
        blocks.add(new Block(language, mark, from, List.copyOf(page.subList(from, to))));
        line = to;
      }
      line++;
    }
    return blocks;
  }

  private static int end(List<String> page, int from) {
    int to = from;
    while (to < page.size() && !page.get(to).equals(FENCE)) {
      to++;
    }
    if (to == page.size()) {
      throw new IllegalArgumentException("the block that begins in line " + from + " has no end");
    }
    return to;
  }

  private static String mark(String line) {
    Matcher mark = MARK.matcher(line);
    return mark.matches() ? mark.group(1) : "";
  }
}
