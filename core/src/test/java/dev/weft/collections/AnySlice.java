package dev.weft.collections;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A slice of any kind, so that one test serves all of them. It calls by reflection what has other
/// types in each class; elements are given by their numbers ([SliceKind#element]).
final class AnySlice {

  private static final Map<Class<?>, List<Method>> METHODS = new ConcurrentHashMap<>();

  final SliceKind kind;
  final Object slice;

  private AnySlice(SliceKind kind, Object slice) {
    this.kind = kind;
    this.slice = slice;
  }

  static AnySlice create(SliceKind kind, String factory, Object... arguments) {
    return new AnySlice(kind, result(invoke(kind, null, factory, arguments)));
  }

  int len() {
    return (int) call("len");
  }

  int cap() {
    return (int) call("cap");
  }

  boolean isNil() {
    return (boolean) call("isNil");
  }

  boolean isEmpty() {
    return (boolean) call("isEmpty");
  }

  @Nullable Object get(int i) {
    return invoke(kind, slice, "get", i);
  }

  void set(int i, int element) {
    invoke(kind, slice, "set", i, kind.element(element));
  }

  AnySlice append(int element) {
    return slice("append", kind.element(element));
  }

  AnySlice append(int first, int second, int... more) {
    return slice("append", kind.element(first), kind.element(second), array(more));
  }

  AnySlice appendAll(AnySlice other) {
    return slice("appendAll", other.slice);
  }

  AnySlice appendArray(int... elements) {
    return slice("appendAll", array(elements));
  }

  AnySlice grow(int more) {
    return slice("grow", more);
  }

  AnySlice clip() {
    return slice("clip");
  }

  AnySlice slice(int from) {
    return slice("slice", from);
  }

  AnySlice slice(int from, int to) {
    return slice("slice", from, to);
  }

  AnySlice slice(int from, int to, int max) {
    return slice("slice", from, to, max);
  }

  AnySlice copyOut() {
    return slice("clone");
  }

  /// A slice of the array that the first elements make.
  AnySlice ofArray(int length) {
    Object array =
        kind == SliceKind.REFERENCE
            ? call("toArray", length, (IntFunction<Object[]>) Object[]::new)
            : call("toArray", length);
    return create(kind, "wrap", array);
  }

  AnySlice insert(int i, AnySlice other) {
    return slice("insert", i, other.slice);
  }

  AnySlice delete(int from, int to) {
    return slice("delete", from, to);
  }

  AnySlice replace(int from, int to, AnySlice other) {
    return slice("replace", from, to, other.slice);
  }

  AnySlice compact() {
    return slice("compact");
  }

  void reverse() {
    invoke(kind, slice, "reverse");
  }

  void clear() {
    invoke(kind, slice, "clear");
  }

  int copyFrom(AnySlice source) {
    return (int) result(invoke(kind, null, "copy", slice, source.slice));
  }

  int indexOf(int element) {
    return (int) call("indexOf", kind.element(element));
  }

  boolean contains(int element) {
    return (boolean) call("contains", kind.element(element));
  }

  boolean contentEquals(AnySlice other) {
    return (boolean) call("contentEquals", other.slice);
  }

  @SuppressWarnings("unchecked")
  List<@Nullable Object> asList() {
    return (List<@Nullable Object>) call("asList");
  }

  /// The elements, copied from the list view.
  List<@Nullable Object> elements() {
    return new ArrayList<>(asList());
  }

  /// The elements that the iterator produces.
  List<@Nullable Object> iterated() {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object element : (Iterable<?>) slice) {
      elements.add(element);
    }
    return elements;
  }

  /// The elements up to the capacity.
  List<@Nullable Object> all() {
    return slice(0, cap()).elements();
  }

  /// The array below.
  Object array() {
    try {
      return result(kind.slice.getDeclaredField("array").get(slice));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no field", e);
    }
  }

  /// The same, of numbers.
  static List<@Nullable Object> listOf(SliceKind kind, int... elements) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int element : elements) {
      list.add(kind.element(element));
    }
    return list;
  }

  private Object array(int... elements) {
    Object array = Array.newInstance(kind.element, elements.length);
    for (int i = 0; i < elements.length; i++) {
      Array.set(array, i, kind.element(elements[i]));
    }
    return array;
  }

  private AnySlice slice(String method, @Nullable Object... arguments) {
    return new AnySlice(kind, call(method, arguments));
  }

  private Object call(String method, @Nullable Object... arguments) {
    return result(invoke(kind, slice, method, arguments));
  }

  private static Object result(@Nullable Object result) {
    if (result == null) {
      throw new AssertionError("null");
    }
    return result;
  }

  private static @Nullable Object invoke(
      SliceKind kind, @Nullable Object on, String name, @Nullable Object... arguments) {
    try {
      return method(kind, name, arguments).invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Method method(SliceKind kind, String name, @Nullable Object... arguments) {
    List<Method> fitting =
        METHODS.computeIfAbsent(kind.slice, AnySlice::methods).stream()
            .filter(method -> method.getName().equals(name))
            .filter(method -> method.getParameterCount() == arguments.length)
            .filter(method -> takes(method.getParameterTypes(), arguments))
            .toList();
    if (fitting.size() != 1) {
      throw new AssertionError(
          fitting.size() + " methods " + name + " of " + kind + ": " + fitting);
    }
    return fitting.getFirst();
  }

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods()).filter(method -> !method.isBridge()).toList();
  }

  private static boolean takes(Class<?>[] types, @Nullable Object... arguments) {
    for (int i = 0; i < types.length; i++) {
      Object argument = arguments[i];
      boolean fits = types[i].isPrimitive() || argument == null || types[i].isInstance(argument);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return slice.toString();
  }
}
