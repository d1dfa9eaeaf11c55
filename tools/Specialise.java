import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a class for each of the other primitive types from one that is written for `long`, by
/// exchanging words, in comments as well.
///
/// The written class is ordinary code. It must use the word `long` for elements only; indexes and
/// sizes are `int`, which is why the written one is not for `int`. What this program cannot decide
/// is an error: a name with `Long` in it that is not in the table, a number with the suffix `L`,
/// and `long` where it is English.
///
/// Usage: `java Specialise.java SOURCES TARGET NAME...`, where SOURCES is the folder with the
/// written classes, TARGET one that is all this program's, and each NAME a class, `LongSlice`.
public final class Specialise {

  private record Kind(String type, String box, String prefix, String stream, String inGo) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("byte", "Byte", "Byte", "IntStream", "byte"),
          new Kind("short", "Short", "Short", "IntStream", "int16"),
          new Kind("char", "Character", "Char", "IntStream", "uint16"),
          new Kind("int", "Integer", "Int", "IntStream", "int32"),
          new Kind("float", "Float", "Float", "DoubleStream", "float32"),
          new Kind("double", "Double", "Double", "DoubleStream", "float64"));

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\d_$]+");
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d[\\d_xXa-fA-F]*[lL]");
  private static final Pattern ENGLISH = Pattern.compile("(?i)\\b(as|how|so|too|very)\\s+long\\b");

  private Specialise() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      fail("usage: java Specialise.java SOURCES TARGET NAME...");
    }
    Path sources = Path.of(args[0]);
    Path target = Path.of(args[1]);
    List<String> names = List.of(args).subList(2, args.length);
    Files.createDirectories(target);
    Set<Path> made = new HashSet<>();
    for (String name : names) {
      String source = Files.readString(sources.resolve(name + ".java"));
      check(name, source);
      for (Kind kind : KINDS) {
        Map<String, String> table = table(kind, names);
        Path file = target.resolve(table.get(name) + ".java");
        write(file, note(name) + exchanged(source, name, table));
        made.add(file);
      }
    }
    removeOthers(target, made);
  }

  private static Map<String, String> table(Kind kind, List<String> names) {
    Map<String, String> table = new HashMap<>();
    table.put("long", kind.type);
    table.put("Long", kind.box);
    table.put("LongStream", kind.stream);
    table.put("int64", kind.inGo);
    names.forEach(name -> table.put(name, name.replace("Long", kind.prefix)));
    return table;
  }

  private static String note(String name) {
    return "// Made from "
        + name
        + ".java by tools/Specialise.java when the project is built.\n"
        + "// Change that one instead.\n";
  }

  private static void check(String name, String source) {
    if (!name.startsWith("Long")) {
      fail(name + " does not start with Long");
    }
    Matcher english = ENGLISH.matcher(source);
    if (english.find()) {
      fail(name + " has the word long in English, say it otherwise: " + english.group());
    }
  }

  private static String exchanged(String source, String name, Map<String, String> table) {
    return WORD.matcher(source)
        .replaceAll(found -> Matcher.quoteReplacement(exchangedWord(found.group(), name, table)));
  }

  private static String exchangedWord(String word, String name, Map<String, String> table) {
    if (LONG_NUMBER.matcher(word).matches()) {
      fail(name + " has the number " + word + ", which is a long in all types");
    }
    String other = table.get(word);
    if (other == null && word.contains("Long")) {
      fail(name + " uses " + word + ", which the table of Specialise.java does not know");
    }
    return other == null ? word : other;
  }

  /// Leaves a file alone that is right, or all that depends on it would be compiled again.
  private static void write(Path file, String content) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(content)) {
      Files.writeString(file, content);
    }
  }

  /// A class that is not made any more would still be compiled.
  private static void removeOthers(Path target, Set<Path> made) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target, "*.java")) {
      for (Path file : files) {
        if (!made.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private static void fail(String message) {
    System.err.println("specialise: " + message);
    System.exit(1);
  }
}
