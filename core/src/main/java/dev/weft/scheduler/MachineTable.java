package dev.weft.scheduler;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// All machines of a scheduler, by id and as a list to steal from.
///
/// Both arrays are copied on every change, so that readers need one volatile read. Changes are made
/// by one thread at a time: the one that builds the scheduler, and from then on its monitor. So
/// those that end with the scheduler, which anybody may bring about, stay in here.
final class MachineTable {

  private volatile @Nullable Machine[] byId = new Machine[0];
  private volatile Machine[] all = new Machine[0];

  /// The machine of an id, or null when it has ended.
  @Nullable Machine get(int id) {
    @Nullable Machine[] machines = byId;
    return id < machines.length ? machines[id] : null;
  }

  /// All machines; not to be changed.
  Machine[] all() {
    return all;
  }

  int size() {
    return all.length;
  }

  /// The smallest id that is free.
  int freeId() {
    @Nullable Machine[] machines = byId;
    for (int id = 0; id < machines.length; id++) {
      if (machines[id] == null) {
        return id;
      }
    }
    return machines.length;
  }

  /// Makes a machine known, before anybody can see its id.
  void add(Machine machine) {
    int id = machine.id();
    @Nullable Machine[] machines = byId;
    @Nullable Machine[] more = Arrays.copyOf(machines, Math.max(machines.length, id + 1));
    more[id] = machine;
    Machine[] longer = Arrays.copyOf(all, all.length + 1);
    longer[longer.length - 1] = machine;
    byId = more;
    all = longer;
  }

  /// Forgets a machine that will not run again.
  void remove(Machine machine) {
    @Nullable Machine[] fewer = byId.clone();
    fewer[machine.id()] = null;
    byId = fewer;
    Machine[] rest = new Machine[all.length - 1];
    int n = 0;
    for (Machine other : all) {
      if (other != machine) {
        rest[n++] = other;
      }
    }
    all = rest;
  }
}
