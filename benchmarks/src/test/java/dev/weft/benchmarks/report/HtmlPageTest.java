package dev.weft.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlPageTest {
  private static final Row CASES_1 = Rows.named("Cases/1");
  private static final Row CASES_2 = Rows.named("Cases/2");
  private static final Row CASES_4 = Rows.named("Cases/4");
  private static final Row CASES_8 = Rows.named("Cases/8");
  private static final Row ONCE = Rows.named("OnceDone");
  private static final Row SPSC_0 = Rows.named("Spsc/0");

  private static final XPath PATHS = XPathFactory.newInstance().newXPath();

  private final Document page =
      pageOf(
          new Run(
              Map.of("cpu", "<fast & cheap>"),
              new Readings()
                  .with(Rows.CONTINUATION, Runner.FLOOR, 100)
                  .with(SPSC_0, Runner.GPM, 200)
                  .with(SPSC_0, Runner.GO, 100)
                  .with(SPSC_0, Runner.JOX, 800)
                  .with(ONCE, Runner.GPM, 100)
                  .with(ONCE, Runner.GO, 102)
                  .with(CASES_1, Runner.GPM, 300, 310, 320)
                  .with(CASES_2, Runner.GPM, 300, 310, 900)
                  .with(CASES_4, Runner.GPM, 400)
                  .with(CASES_8, Runner.GPM, 500)
                  .list()));

  @Test
  void saysWhatItIsAbout() {
    assertEquals(List.of("<fast & cheap>"), texts("//table[@class='about']//td"));
  }

  @Test
  void countsAndNamesWhatWasWonAndLost() {
    String spsc = SPSC_0.title() + " on 2";

    assertEquals(List.of("0", "1", "1", spsc, ""), score("gpm / Go"));
    assertEquals(List.of("1", "0", "0", "", spsc), score("gpm / Jox"));
    assertEquals(List.of(), score("gpm / kotlinx"));
    assertEquals(List.of(), score("gpm / floor"));
  }

  @Test
  void drawsFromTheMiddleToTheSideOfWhoIsFaster() {
    assertEquals(List.of("left:50.0%;width:12.5%"), texts("//i[@class='lost']/@style"));
    assertEquals(List.of("left:25.0%;width:25.0%"), texts("//i[@class='won']/@style"));
    assertEquals(List.of("left:50.0%;width:12.5%"), texts("//i[@class='floor']/@style"));
    assertEquals(1, texts("//i[@class='even']/@style").size());
  }

  @Test
  void givesTimeAndAllocation() {
    assertEquals(
        List.of("", "200 ns0.00 B", "100 ns0.00 B", "800 ns0.00 B"),
        texts("//h2[.='Figures']/following::tr[th='" + SPSC_0.title() + "']/td").subList(1, 5));
  }

  @Test
  void drawsACurveWhereThereAreEnoughPoints() {
    assertEquals(1, texts("//div[*[local-name()='svg']]").size());
  }

  @Test
  void standsAlone() {
    assertEquals(List.of(), texts("//@src | //@href | //link | //script"));
  }

  private List<String> score(String who) {
    return texts("//h2[.='Won and lost']/following::table[1]//tr[th='" + who + "']/td");
  }

  private List<String> texts(String path) {
    try {
      NodeList nodes = (NodeList) PATHS.evaluate(path, page, XPathConstants.NODESET);
      return IntStream.range(0, nodes.getLength())
          .mapToObj(i -> nodes.item(i).getTextContent())
          .toList();
    } catch (XPathExpressionException e) {
      throw new AssertionError(path, e);
    }
  }

  private static Document pageOf(Run run) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(HtmlPage.of(run))));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
