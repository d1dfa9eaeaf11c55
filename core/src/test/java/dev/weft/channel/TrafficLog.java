package dev.weft.channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one thread has sent and received.
final class TrafficLog {

  /// Never two alike.
  ///
  /// @param sender who made it
  /// @param channel where it was to be sent
  /// @param number grows with each element of a sender for a channel
  record Element(int sender, int channel, int number) {}

  private final int owner;
  private final int[] made;
  private final List<Element> sent = new ArrayList<>();
  private final List<Element> received = new ArrayList<>();
  private int interrupts;
  private int closes;

  TrafficLog(int owner, int channels) {
    this.owner = owner;
    made = new int[channels];
  }

  /// Makes an element, which may then be sent or not.
  Element next(int channel) {
    return new Element(owner, channel, made[channel]++);
  }

  void sent(Element element) {
    sent.add(element);
  }

  void received(@Nullable Element element) {
    if (element != null) {
      received.add(element);
    }
  }

  void interrupted() {
    interrupts++;
  }

  void closed() {
    closes++;
  }

  /// Each element that was sent was received once, or left over once; no other was. And nobody saw
  /// the elements of one sender on one channel in another order than they were sent in (CH-9).
  static void check(List<TrafficLog> logs, TrafficLog rest) {
    Set<Element> open = new HashSet<>();
    logs.forEach(log -> open.addAll(log.sent));
    List<TrafficLog> receivers = new ArrayList<>(logs);
    receivers.add(rest);
    for (TrafficLog log : receivers) {
      int[][] last = new int[logs.size()][rest.made.length];
      for (Element element : log.received) {
        if (!open.remove(element)) {
          throw new AssertionError(log + " received what was not sent, or twice: " + element);
        }
        int before = last[element.sender][element.channel];
        if (element.number + 1 <= before) {
          throw new AssertionError(log + " received after number " + (before - 1) + ": " + element);
        }
        last[element.sender][element.channel] = element.number + 1;
      }
    }
    if (!open.isEmpty()) {
      throw new AssertionError("sent, but neither received nor in a buffer: " + open);
    }
  }

  @Override
  public String toString() {
    return "worker "
        + owner
        + " ("
        + sent.size()
        + " sent, "
        + received.size()
        + " received, "
        + interrupts
        + " interrupts, "
        + closes
        + " times closed)";
  }
}
