package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Duel.Result;
import dev.weft.benchmarks.report.Reading.Runner;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A run as one page of HTML that needs no other file: who has won where, a bar for each ratio, and
/// all figures. It is XML too, so that a test can read it.
final class HtmlPage {

  /// A bar of full length is a ratio of 16.
  private static final double DOUBLINGS = 4;

  private static final int HALF = 50;

  private final Run run;
  private final List<Duel> duels;
  private final StringBuilder page = new StringBuilder();

  private HtmlPage(Run run) {
    this.run = run;
    this.duels = Duel.of(run.readings());
  }

  static String of(Run run) throws IOException {
    HtmlPage page = new HtmlPage(run);
    page.write();
    return page.page.toString();
  }

  private void write() throws IOException {
    page.append(HEAD);
    page.append("<h1>Weft beside others</h1>\n<table class=\"about\">\n");
    run.about().forEach((name, value) -> line(th(name), td(value)));
    page.append("</table>\n");
    page.append("<h2>Won and lost</h2>\n<p>Medians; less than 5 % is even.</p>\n<table>\n");
    line(th("who"), th("won"), th("even"), th("lost"), th("rows lost"), th("rows won"));
    for (Runner ours : Runner.OURS) {
      Arrays.stream(Runner.values())
          .filter(theirs -> theirs != Runner.FLOOR)
          .forEach(theirs -> score(ours, theirs));
    }
    page.append("</table>\n");
    page.append(
        "<h2>Ratios</h2>\n<p>Weft's time over the other's. To the left of the line Weft is ");
    page.append(
        "faster; each eighth of the width is a factor of 2. <b>Floor</b> is what the JVM's ");
    page.append("own switches take.</p>\n<table>\n");
    line(th("row"), th("procs"), th("who"), th("ratio"), "<th class=\"bar\">1</th>");
    duels.forEach(this::ratio);
    page.append("</table>\n");
    curves();
    page.append(
        "<h2>Figures</h2>\n<p>Median time of an operation (least-most of the rounds), and ");
    page.append("bytes allocated by one.</p>\n<table>\n");
    figures();
    page.append("</table>\n</body>\n</html>\n");
  }

  private void curves() throws IOException {
    List<String> pictures = Curves.of(run.readings());
    if (!pictures.isEmpty()) {
      page.append(
          "<h2>When there is more of everything</h2>\n<p>Medians; the bars are as long as ");
      page.append("the readings are spread. Dashed: one processor.</p>\n");
      pictures.forEach(picture -> page.append("<div>").append(picture).append("</div>\n"));
    }
  }

  private void score(Runner ours, Runner theirs) {
    List<Duel> own =
        duels.stream().filter(duel -> duel.ours() == ours && duel.theirs() == theirs).toList();
    if (!own.isEmpty()) {
      line(
          th(ours.title() + " / " + theirs.title()),
          number(own, Result.WON),
          number(own, Result.EVEN),
          number(own, Result.LOST),
          td(names(own, Result.LOST)),
          td(names(own, Result.WON)));
    }
  }

  private static String number(List<Duel> duels, Result result) {
    return td(Long.toString(duels.stream().filter(duel -> duel.result() == result).count()));
  }

  private static String names(List<Duel> duels, Result result) {
    return duels.stream()
        .filter(duel -> duel.result() == result)
        .map(duel -> duel.row().title() + " on " + duel.procs())
        .collect(Collectors.joining("; "));
  }

  private void ratio(Duel duel) {
    String kind =
        duel.theirs() == Runner.FLOOR ? "floor" : duel.result().name().toLowerCase(Locale.ROOT);
    line(
        th(duel.row().title()),
        td(Integer.toString(duel.procs())),
        td(duel.ours().title() + " / " + duel.theirs().title()),
        td(Summary.digits(duel.ratio())),
        "<td class=\"bar\">" + bar(duel.ratio(), kind) + "</td>");
  }

  /// From the middle, to the left if the ratio is below 1.
  private static String bar(double ratio, String kind) {
    double doublings = Math.log(ratio) / Math.log(2);
    double end = HALF * (1 + Math.clamp(doublings / DOUBLINGS, -1, 1));
    return String.format(
        Locale.ROOT,
        "<i class=\"%s\" style=\"left:%.1f%%;width:%.1f%%\"></i>",
        kind,
        Math.min(HALF, end),
        Math.abs(HALF - end));
  }

  private void figures() {
    List<Runner> runners =
        Arrays.stream(Runner.values())
            .filter(runner -> run.readings().stream().anyMatch(r -> r.runner() == runner))
            .toList();
    page.append("<tr>").append(th("row")).append(th("procs"));
    runners.forEach(runner -> page.append(th(runner.title())));
    page.append("</tr>\n");
    for (Row row : Rows.all()) {
      run.readings().stream()
          .filter(r -> r.row() == row)
          .mapToInt(Reading::procs)
          .distinct()
          .sorted()
          .forEach(procs -> figures(row, procs, runners));
    }
  }

  private void figures(Row row, int procs, List<Runner> runners) {
    page.append("<tr>").append(th(row.title())).append(td(procs == 0 ? "" : "" + procs));
    for (Runner runner : runners) {
      Summary summary = Summary.of(run.readings(), row, runner, procs);
      String bytes = summary.readings().isEmpty() ? "" : summary.bytes() + " B";
      page.append("<td>").append(escaped(summary.time()));
      page.append("<small>").append(bytes).append("</small></td>");
    }
    page.append("</tr>\n");
  }

  private void line(String... cells) {
    page.append("<tr>").append(String.join("", cells)).append("</tr>\n");
  }

  private static String th(String text) {
    return "<th>" + escaped(text) + "</th>";
  }

  private static String td(String text) {
    return "<td>" + escaped(text) + "</td>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width"/>
      <title>Weft beside others</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 14px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 110em; padding: 0 1em; }
      table { border-collapse: collapse; margin: 1em 0; }
      th, td { border-bottom: 1px solid #8884; padding: .15em .7em; text-align: left; vertical-align: top; }
      th { font-weight: 600; }
      td { font-variant-numeric: tabular-nums; }
      small { display: block; opacity: .7; }
      .bar { position: relative; width: 24em; padding: 0; text-align: center; vertical-align: middle;
        background: linear-gradient(#8888, #8888) center / 1px 100% no-repeat; }
      .bar i { position: absolute; top: 20%; height: 60%; }
      .won { background: #2a9d5c; }
      .even { background: #8a8a8a; }
      .lost { background: #d1495b; }
      .floor { background: #5b8def; }
      </style>
      </head>
      <body>
      """;
}
