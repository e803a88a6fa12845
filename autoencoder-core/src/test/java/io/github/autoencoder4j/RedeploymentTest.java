package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.SecondClassLoader;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** What remains in a server of a web application that used this library and is gone. */
class RedeploymentTest {

  @TempDir Path folder;

  @Test
  void nothingRemainsWhereTheServerHasNd4j() throws Exception {
    assertThat(remains("shared", "io.github.autoencoder4j.")).isEmpty();
  }

  /** It can be deployed again, and what is left of each time is ND4J's and JavaCPP's. */
  @Test
  void noThreadOfOursRemainsWhereTheApplicationBringsNd4j() throws Exception {
    assertThat(
            remains(
                "own",
                "io.github.autoencoder4j.,org.nd4j.,org.deeplearning4j.,org.bytedeco.,org.slf4j."))
        .isNotEmpty()
        .allMatch(
            line ->
                line.equals("classes")
                    || line.equals("thread JavaCPP Deallocator")
                    || line.startsWith("thread DeallocatorServiceThread_"));
  }

  /** Has an application come and go twice, and lists what is there then that was not before. */
  private List<String> remains(String nd4j, String own) throws Exception {
    Path report = folder.resolve("report");
    Path said = folder.resolve("said");
    Process server =
        ChildJvm.of(
                Server.class,
                List.of("-Xmx256m"),
                nd4j,
                own,
                folder.resolve("run").toString(),
                report.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(ChildJvm.ended(server, 3)).withFailMessage(() -> read(said)).isZero();
    return Files.readAllLines(report);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server. */
  static final class Server {

    public static void main(String[] arguments) throws Exception {
      if (arguments[0].equals("shared")) {
        Nd4j.create(1);
      }
      List<String> own = List.of(arguments[1].split(","));
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        loaders.add(deploy(own, arguments[2] + i));
      }
      // Threads that wait for work give up after two seconds.
      TimeUnit.SECONDS.sleep(4);
      List<String> left = new ArrayList<>();
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> !before.contains(thread) && !thread.getName().contains("Attach"))
          .forEach(thread -> left.add("thread " + thread.getName()));
      // Java 17 keeps the class loader of the record that was compared, hashed or printed last.
      Mine mine = new Mine(Thread.State.NEW);
      Mine same = new Mine(Thread.State.NEW);
      if (!mine.equals(same) || mine.hashCode() != same.hashCode() || mine.toString().isEmpty()) {
        throw new AssertionError(mine);
      }
      for (WeakReference<ClassLoader> loader : loaders) {
        for (int i = 0; i < 40 && loader.get() != null; i++) {
          System.gc();
          TimeUnit.MILLISECONDS.sleep(50);
        }
        if (loader.get() != null) {
          left.add("classes");
        }
      }
      Files.write(Path.of(arguments[3]), left);
    }

    private record Mine(Thread.State state) {}

    private static WeakReference<ClassLoader> deploy(List<String> own, String folder)
        throws Exception {
      try (SecondClassLoader loader =
          new SecondClassLoader(name -> own.stream().anyMatch(name::startsWith))) {
        List<Throwable> failures = new ArrayList<>();
        Thread request =
            new Thread(
                () -> {
                  try {
                    loader.call(Application.class, "serve", folder);
                  } catch (ReflectiveOperationException e) {
                    failures.add(e);
                  }
                });
        request.setContextClassLoader(loader);
        request.start();
        request.join();
        if (!failures.isEmpty()) {
          throw new IllegalStateException(failures.get(0));
        }
        return new WeakReference<>(loader);
      }
    }
  }

  /** What the web application does. */
  static final class Application {

    static void serve(String folder) throws IOException {
      ImageSource data = TinyData.source(40, 12);
      Path checkpoints = Files.createDirectories(Path.of(folder));
      Training training =
          Training.epochs(2).batchSize(8).threads(2).checkpoints(Checkpoints.in(checkpoints));
      Autoencoder autoencoder = Autoencoder.dense().hidden(10).bottleneck(2).build();
      autoencoder.resume(data, training);
      Path file = checkpoints.resolve("model.aemodel");
      autoencoder.save(file);
      Autoencoder.load(file).encode(data);
    }
  }
}
