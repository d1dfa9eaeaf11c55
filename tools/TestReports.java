import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Adds up the test reports of each Surefire execution and fails if a test was skipped or if an
/// execution ran none: a test that does not run proves nothing, and nobody notices.
///
/// Usage: `java TestReports.java DIRECTORY EXECUTIONS [CHOSEN]`. `CHOSEN` is Maven's `-Dtest`: with
/// it an execution may be empty.
public final class TestReports {
  private TestReports() {}

  public static void main(String[] args) throws Exception {
    Map<String, Integer> run = new TreeMap<>();
    List<String> skipped = new ArrayList<>();
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (Path report : reports(Path.of(args[0]))) {
      NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
      String execution = execution(report);
      run.merge(execution, cases.getLength(), Integer::sum);
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        if (test.getElementsByTagName("skipped").getLength() > 0) {
          skipped.add(
              execution + ": " + test.getAttribute("classname") + " " + test.getAttribute("name"));
        }
      }
    }
    boolean all = args.length < 3 || args[2].isEmpty();
    if (all) {
      System.out.println("tests run per execution: " + run);
      List<String> empty =
          Stream.of(args[1].split(",")).filter(execution -> !run.containsKey(execution)).toList();
      if (!empty.isEmpty()) {
        fail("no test ran in the Surefire executions " + empty + ", see core/pom.xml");
      }
    }
    if (!skipped.isEmpty()) {
      fail(
          skipped.size()
              + " tests were skipped; make them run or delete them:\n  "
              + String.join("\n  ", skipped));
    }
  }

  /// `TEST-dev.weft.FooTest-gpm-class.xml` belongs to `gpm-class`.
  private static String execution(Path report) {
    String name = report.getFileName().toString().replace(".xml", "");
    return name.replaceFirst("^TEST-[^-]*-?", "");
  }

  private static List<Path> reports(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
      files.forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return found;
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
