package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links between the pages of the project. Those into the network are not looked at.
@Tag("gate")
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern NETWORK = Pattern.compile("[a-z]+:.*");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @Test
  @DisplayName("No link of a page leads to a file or a heading that is not there")
  void links() throws IOException {
    List<Path> pages = pages();
    assertFalse(pages.isEmpty(), "no pages");
    Set<String> nowhere = new TreeSet<>();
    for (Path page : pages) {
      nowhere.addAll(broken(page));
    }
    assertEquals(Set.of(), nowhere, "these links lead nowhere");
  }

  @Test
  @DisplayName("A wrong file, a wrong heading of another page and one of the same are found")
  void found(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("b.md"), "# B\n\n## What is `x`, and why?\n");
    Path page = folder.resolve("a.md");
    Files.writeString(
        page,
        """
        # One and two
        [good](b.md) [good](b.md#what-is-x-and-why) [good](#one-and-two) `[code](x)`
        [network](https://example.com/x#y)
        [bad](c.md) [bad](b.md#why) ![bad](a.svg) [bad](#two)
        ```java
        f[0](x.md);
        ```
        """);
    assertEquals(
        Set.of("a.md: c.md", "a.md: b.md#why", "a.md: a.svg", "a.md: #two"),
        Set.copyOf(broken(page)));
  }

  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    String text = CODE.matcher(Files.readString(page)).replaceAll("");
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      String target = link.group(1);
      if (!NETWORK.matcher(target).matches() && !leadsSomewhere(page, target)) {
        broken.add(page.getFileName() + ": " + target);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    int sharp = target.indexOf('#');
    String name = sharp < 0 ? target : target.substring(0, sharp);
    Path file = name.isEmpty() ? page : page.resolveSibling(name).normalize();
    if (Files.notExists(file)) {
      return false;
    }
    return sharp < 0 || anchors(file).contains(target.substring(sharp + 1));
  }

  /// What the headings of a page are called in a link, as GitHub does it: small letters, digits,
  /// and a hyphen for each space.
  private static Set<String> anchors(Path page) throws IOException {
    String text =
        Pattern.compile("(?ms)^```.*?^```$").matcher(Files.readString(page)).replaceAll("");
    Set<String> anchors = new TreeSet<>();
    HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("docs", "benchmarks", "stress-tests", "tools")) {
      Path root = ProjectFiles.root().resolve(folder);
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(LinksTest::isPage).forEach(pages::add);
        }
      }
    }
    try (Stream<Path> files = Files.list(ProjectFiles.root())) {
      files.filter(LinksTest::isPage).forEach(pages::add);
    }
    return pages;
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md") && !file.toString().contains("/target/");
  }
}
