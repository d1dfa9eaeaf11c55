package dev.weft.gates;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Writes what a class shows to its users, one line per type and member, in an order that does not
/// depend on the compiler.
final class ApiSurface {
  private final List<String> lines = new ArrayList<>();

  /// The public and protected signatures of some classes, sorted by class name.
  static List<String> of(List<Class<?>> classes) {
    ApiSurface surface = new ApiSurface();
    classes.stream()
        .filter(ApiSurface::isVisible)
        .sorted(Comparator.comparing(Class::getName))
        .forEach(surface::add);
    return surface.lines;
  }

  private void add(Class<?> type) {
    lines.add(header(type));
    Stream<String> fields =
        Stream.of(type.getDeclaredFields())
            .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
            .map(ApiSurface::line);
    Stream<String> constructors =
        Stream.of(type.getDeclaredConstructors())
            .filter(constructor -> isVisible(constructor.getModifiers()))
            .filter(constructor -> !constructor.isSynthetic())
            .map(ApiSurface::line);
    Stream<String> methods =
        Stream.of(type.getDeclaredMethods())
            .filter(method -> isVisible(method.getModifiers()) && !method.isSynthetic())
            .map(ApiSurface::line);
    Stream.of(fields, constructors, methods)
        .flatMap(Stream::sorted)
        .forEach(line -> lines.add("  " + line));
  }

  private static String header(Class<?> type) {
    int modifiers = type.getModifiers() & ~Modifier.INTERFACE;
    if (type.isInterface() || type.isAnnotation()) {
      modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC);
    }
    String text =
        words(Modifier.toString(modifiers), type.isSealed() ? "sealed" : "", kind(type))
            + " "
            + type.getName()
            + typeParameters(type.getTypeParameters());
    AnnotatedType parent = type.getAnnotatedSuperclass();
    if (!type.isInterface() && parent != null && parent.getType() != Object.class) {
      text += " extends " + parent;
    }
    text += list(" implements ", type.getAnnotatedInterfaces());
    if (type.isSealed()) {
      text += list(" permits ", type.getPermittedSubclasses());
    }
    if (type.isAnnotationPresent(FunctionalInterface.class)) {
      text = "@FunctionalInterface " + text;
    }
    return (type.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "") + text;
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static String line(Field field) {
    return words(
        field.isAnnotationPresent(Deprecated.class) ? "@Deprecated" : "",
        Modifier.toString(field.getModifiers() & Modifier.fieldModifiers()),
        field.getAnnotatedType().toString(),
        field.getName());
  }

  private static String line(Constructor<?> constructor) {
    return words(start(constructor), signature(constructor, "<init>"));
  }

  private static String line(Method method) {
    return words(
        start(method),
        method.isDefault() ? "default" : "",
        method.getAnnotatedReturnType().toString(),
        signature(method, method.getName()));
  }

  private static String start(Executable code) {
    // Whether a method is native, synchronized or strictfp is not part of its signature.
    int shown =
        Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;
    return words(
        code.isAnnotationPresent(Deprecated.class) ? "@Deprecated" : "",
        Modifier.toString(code.getModifiers() & shown),
        typeParameters(code.getTypeParameters()));
  }

  private static String signature(Executable code, String name) {
    String parameters =
        Stream.of(code.getAnnotatedParameterTypes())
            .map(AnnotatedType::toString)
            .collect(joining(", ", "(", code.isVarArgs() ? ")..." : ")"));
    return name + parameters + list(" throws ", code.getAnnotatedExceptionTypes());
  }

  private static String typeParameters(TypeVariable<?>[] parameters) {
    if (parameters.length == 0) {
      return "";
    }
    return Stream.of(parameters)
        .map(
            parameter ->
                parameter.getName()
                    + Stream.of(parameter.getAnnotatedBounds())
                        .map(AnnotatedType::toString)
                        .filter(bound -> !bound.equals("java.lang.Object"))
                        .collect(joining(" & "))
                        .transform(bounds -> bounds.isEmpty() ? "" : " extends " + bounds))
        .collect(joining(", ", "<", ">"));
  }

  private static String list(String word, Object[] types) {
    if (types.length == 0) {
      return "";
    }
    return Stream.of(types)
        .map(type -> type instanceof Class<?> c ? c.getName() : type.toString())
        .collect(joining(", ", word, ""));
  }

  private static String words(String... words) {
    return Stream.of(words).filter(word -> !word.isEmpty()).collect(joining(" "));
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && !type.isSynthetic()
        && isVisible(type.getModifiers())
        && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
