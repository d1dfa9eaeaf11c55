package dev.weft.examples;

import static dev.weft.Go.go;

import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

public final class HelloGoroutines {
  public static void main(String[] args) throws InterruptedException {
    LongAdder sum = new LongAdder();
    List<Goroutine> goroutines = new ArrayList<>();
    for (int i = 1; i <= 100_000; i++) {
      int number = i;
      goroutines.add(go(() -> addLater(number, sum)));
    }
    for (Goroutine goroutine : goroutines) {
      goroutine.join();
    }
    System.out.println("1 + 2 + ... + 100000 = " + sum + " on " + Scheduler.current());
  }

  private static void addLater(int number, LongAdder sum) throws InterruptedException {
    Thread.sleep(100); // the goroutine sleeps; the thread below it runs others
    sum.add(number);
  }
}
