package dev.weft.collections;

import java.util.Collections;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// Runs a suite of Guava's testlib, which is of JUnit 3, as dynamic tests of Jupiter.
final class GuavaSuite {

  private GuavaSuite() {}

  static DynamicNode of(Test test) {
    if (test instanceof TestSuite suite) {
      Stream<DynamicNode> tests = Collections.list(suite.tests()).stream().map(GuavaSuite::of);
      return DynamicContainer.dynamicContainer(suite.toString(), tests);
    }
    return DynamicTest.dynamicTest(test.toString(), () -> run(test));
  }

  private static void run(Test test) throws Throwable {
    TestResult result = new TestResult();
    test.run(result);
    for (TestFailure failure : Collections.list(result.failures())) {
      throw failure.thrownException();
    }
    for (TestFailure failure : Collections.list(result.errors())) {
      throw failure.thrownException();
    }
    if (result.runCount() != 1) {
      throw new AssertionError(result.runCount() + " tests have run instead of one");
    }
  }
}
