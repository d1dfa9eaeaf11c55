package dev.weft.channel;

import java.time.Duration;

/// All forms of select, so that a test can go through them. With one to six cases it is the method
/// of that many parameters, otherwise the one that takes an array.
enum SelectForm {
  SELECT {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return switch (c.length) {
        case 1 -> Select.select(c[0]);
        case 2 -> Select.select(c[0], c[1]);
        case 3 -> Select.select(c[0], c[1], c[2]);
        case 4 -> Select.select(c[0], c[1], c[2], c[3]);
        case 5 -> Select.select(c[0], c[1], c[2], c[3], c[4]);
        case 6 -> Select.select(c[0], c[1], c[2], c[3], c[4], c[5]);
        default -> Select.select(c);
      };
    }
  },
  SELECT_ARRAY {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return Select.select(c);
    }
  },
  ORDERED {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return switch (c.length) {
        case 1 -> Select.selectOrdered(c[0]);
        case 2 -> Select.selectOrdered(c[0], c[1]);
        case 3 -> Select.selectOrdered(c[0], c[1], c[2]);
        case 4 -> Select.selectOrdered(c[0], c[1], c[2], c[3]);
        case 5 -> Select.selectOrdered(c[0], c[1], c[2], c[3], c[4]);
        case 6 -> Select.selectOrdered(c[0], c[1], c[2], c[3], c[4], c[5]);
        default -> Select.selectOrdered(c);
      };
    }
  },
  ORDERED_ARRAY {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return Select.selectOrdered(c);
    }
  },
  WITHIN {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return within(LONG, c);
    }
  },
  WITHIN_ARRAY {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return Select.selectWithin(LONG, c);
    }
  },
  TRY {
    @Override
    int of(SelectCase... c) {
      return switch (c.length) {
        case 1 -> Select.trySelect(c[0]);
        case 2 -> Select.trySelect(c[0], c[1]);
        case 3 -> Select.trySelect(c[0], c[1], c[2]);
        case 4 -> Select.trySelect(c[0], c[1], c[2], c[3]);
        case 5 -> Select.trySelect(c[0], c[1], c[2], c[3], c[4]);
        case 6 -> Select.trySelect(c[0], c[1], c[2], c[3], c[4], c[5]);
        default -> Select.trySelect(c);
      };
    }
  },
  TRY_ARRAY {
    @Override
    int of(SelectCase... c) {
      return Select.trySelect(c);
    }
  },
  WITHIN_NOTHING {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return within(Duration.ZERO, c);
    }
  },
  WITHIN_NOTHING_ARRAY {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return Select.selectWithin(Duration.ofNanos(-1), c);
    }
  },
  SET {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return SelectSet.of(c).select();
    }
  },
  SET_ORDERED {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return SelectSet.of(c).selectOrdered();
    }
  },
  SET_WITHIN {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return SelectSet.of(c).selectWithin(LONG);
    }
  },
  SET_TRY {
    @Override
    int of(SelectCase... c) {
      return SelectSet.of(c).trySelect();
    }
  },
  SET_WITHIN_NOTHING {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return SelectSet.of(c).selectWithin(Duration.ZERO);
    }
  },
  VALUE {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      return Select.selectValue(branches(c, 0));
    }
  },
  VALUE_OTHERWISE {
    @Override
    int of(SelectCase... c) throws InterruptedException {
      Branch<Integer>[] branches = branches(c, 1);
      branches[c.length] = Select.otherwise(() -> -1);
      return Select.selectValue(branches);
    }
  };

  /// Longer than any test.
  static final Duration LONG = Duration.ofHours(1);

  /// Selects.
  abstract int of(SelectCase... cases) throws InterruptedException;

  /// Whether it waits until a case is ready.
  boolean waits() {
    return switch (this) {
      case TRY,
          TRY_ARRAY,
          SET_TRY,
          WITHIN_NOTHING,
          WITHIN_NOTHING_ARRAY,
          SET_WITHIN_NOTHING,
          VALUE_OTHERWISE ->
          false;
      default -> true;
    };
  }

  /// Whether it prefers the first case that is ready.
  boolean isOrdered() {
    return this == ORDERED || this == ORDERED_ARRAY || this == SET_ORDERED;
  }

  /// Whether it looks at the interrupt flag.
  boolean isInterruptible() {
    return this != TRY && this != TRY_ARRAY && this != SET_TRY && this != VALUE_OTHERWISE;
  }

  private static int within(Duration timeout, SelectCase... c) throws InterruptedException {
    return switch (c.length) {
      case 1 -> Select.selectWithin(timeout, c[0]);
      case 2 -> Select.selectWithin(timeout, c[0], c[1]);
      case 3 -> Select.selectWithin(timeout, c[0], c[1], c[2]);
      case 4 -> Select.selectWithin(timeout, c[0], c[1], c[2], c[3]);
      case 5 -> Select.selectWithin(timeout, c[0], c[1], c[2], c[3], c[4]);
      case 6 -> Select.selectWithin(timeout, c[0], c[1], c[2], c[3], c[4], c[5]);
      default -> Select.selectWithin(timeout, c);
    };
  }

  /// Each answers with its place.
  private static Branch<Integer>[] branches(SelectCase[] cases, int room) {
    @SuppressWarnings("unchecked") // no other way to make it
    Branch<Integer>[] branches = (Branch<Integer>[]) new Branch<?>[cases.length + room];
    for (int i = 0; i < cases.length; i++) {
      int index = i;
      branches[i] =
          switch (cases[i]) {
            case ReceiveCase<?> receive -> receive.then(any -> index);
            case SendCase<?> send -> send.then(() -> index);
          };
    }
    return branches;
  }
}
