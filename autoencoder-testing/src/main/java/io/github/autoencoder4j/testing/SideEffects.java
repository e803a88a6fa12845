package io.github.autoencoder4j.testing;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a program does to the process and the machine it runs in. It runs in a JVM of its own, and
 * has folders of its own to work in, as its home and for temporary files.
 */
public final class SideEffects {

  private static final List<String> FOLDERS = List.of("given", "home", "temporary", "work");

  private SideEffects() {}

  /** Uses the library as a program would, failures included. Made without arguments. */
  public interface Program {

    /**
     * Runs to its end.
     *
     * @param given a folder to write to
     */
    void run(Path given) throws Exception;

    /** What is set for everybody in the libraries below; asked before and after. */
    default Map<String, Object> settings() {
      return Map.of();
    }
  }

  /**
   * Runs a program and tells what is there that was not before.
   *
   * @param program which one
   * @param folder an empty folder
   * @return files as paths within the folder, those it was to write among them; then, in words,
   *     threads, open files, settings, what was said and how it ended, if it should not have been
   *     so
   */
  public static List<String> of(Class<? extends Program> program, Path folder)
      throws IOException, InterruptedException {
    Path root = folder.toRealPath();
    for (String name : FOLDERS) {
      Files.createDirectory(root.resolve(name));
    }
    Path said = root.resolve("said");
    Path report = root.resolve("report");
    List<String> effects = new ArrayList<>();
    Process child =
        ChildJvm.of(
                SideEffects.class,
                List.of(
                    "-Xmx256m",
                    "-XX:-UsePerfData",
                    "-Djava.awt.headless=true",
                    // Loggers belong to the application; one that is silent shows what goes past
                    // them.
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                    "-Dorg.slf4j.simpleLogger.log.org.nd4j=off",
                    "-Dorg.slf4j.simpleLogger.log.org.deeplearning4j=off",
                    "-Dorg.slf4j.simpleLogger.log.org.bytedeco=off",
                    // A test's own settings come before these.
                    "-Dorg.slf4j.simpleLogger.log.io.github.autoencoder4j=off",
                    // Where JavaCPP keeps the native libraries it unpacked.
                    "-Dorg.bytedeco.javacpp.cachedir="
                        + Path.of(System.getProperty("user.home"), ".javacpp", "cache"),
                    "-Duser.home=" + root.resolve("home"),
                    "-Djava.io.tmpdir=" + root.resolve("temporary")),
                program.getName(),
                root.toString())
            .directory(root.resolve("work").toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      // It ends on its own only if no thread is left.
      if (!child.waitFor(4, TimeUnit.MINUTES)) {
        effects.add("does not end");
      } else if (child.exitValue() != 0) {
        effects.add("ends with " + child.exitValue());
      }
    } finally {
      child.destroyForcibly();
    }
    if (Files.exists(report)) {
      effects.addAll(0, Files.readAllLines(report));
    }
    Files.readAllLines(said).forEach(line -> effects.add("says " + line));
    effects.addAll(0, files(root));
    return effects;
  }

  private static List<String> files(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : FOLDERS) {
      try (Stream<Path> found = Files.walk(root.resolve(name))) {
        found
            .filter(file -> !Files.isDirectory(file))
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  /** The JVM of the program. */
  public static void main(String[] arguments) throws Exception {
    Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    Program program = (Program) constructor.newInstance();
    Path root = Path.of(arguments[1]);
    Map<String, Object> before = settings(program);

    program.run(root.resolve("given"));

    List<String> left = new ArrayList<>(threads());
    left.addAll(openFiles(root));
    Map<String, Object> after = settings(program);
    Map<String, Object> all = new TreeMap<>(before);
    all.putAll(after);
    for (String name : all.keySet()) {
      Object was = before.getOrDefault(name, "not set");
      Object is = after.getOrDefault(name, "not set");
      if (!was.equals(is)) {
        left.add("changes %s from %s to %s".formatted(name, was, is));
      }
    }
    Files.write(root.resolve("report"), left);
  }

  private static Map<String, Object> settings(Program program) {
    Map<String, Object> settings = new TreeMap<>(program.settings());
    settings.put("the locale", Locale.getDefault());
    settings.put("the time zone", TimeZone.getDefault().getID());
    settings.put("the standard output", System.identityHashCode(System.out));
    settings.put("the standard error", System.identityHashCode(System.err));
    settings.put("the standard input", System.identityHashCode(System.in));
    settings.put(
        "what is done with uncaught exceptions",
        String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
    settings.put("the interrupt", Thread.currentThread().isInterrupted());
    settings.put("the class loader", Thread.currentThread().getContextClassLoader());
    settings.put("the security providers", Arrays.toString(Security.getProviders()));
    // Last, for Java and the libraries below set some when they are first asked for anything.
    System.getProperties()
        .forEach((name, value) -> settings.put("the property " + name, value.toString()));
    return settings;
  }

  /** Our threads that are there still when those that wait for work have given up. */
  private static List<String> threads() throws InterruptedException {
    List<String> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean ours = !thread.isDaemon() || thread.getName().contains("autoencoder");
      if (ours && thread != Thread.currentThread() && !thread.getName().equals("DestroyJavaVM")) {
        thread.join(10_000);
        if (thread.isAlive()) {
          left.add("leaves the thread " + thread.getName());
        }
      }
    }
    return left;
  }

  /** The files of the folders that are open, where the system tells. */
  private static List<String> openFiles(Path root) throws IOException {
    List<String> open = new ArrayList<>();
    Path descriptors = Path.of("/proc/self/fd");
    if (Files.isDirectory(descriptors)) {
      try (Stream<Path> links = Files.list(descriptors)) {
        for (Path link : links.toList()) {
          // That of the listing itself is gone.
          Path file = Files.exists(link) ? Files.readSymbolicLink(link) : link;
          if (FOLDERS.stream().anyMatch(name -> file.startsWith(root.resolve(name)))) {
            open.add("leaves open " + root.relativize(file));
          }
        }
      }
    }
    return open;
  }
}
